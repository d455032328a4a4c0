"""Lists, posts, tasks and nights of a made-up school, read anew from its rows (C, A6, L5).

Slow and simple on purpose: nothing here knows how the generator made them.
"""

import re
from collections import defaultdict
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest

from services.generator import GeneratedSchool, Options, generate
from services.journal.model import EnrollmentRow, LessonRow
from services.journal.writers.local_time import LocalTime
from tests.services.test_generator_oracle import Oracle, grade_of

LOCAL = LocalTime()
SCHOOLS = [
    (21, 4, date(2026, 11, 20)),
    (22, 3, date(2027, 3, 5)),
    (23, 13, date(2026, 10, 16)),
    (24, 2, date(2027, 1, 5)),
    (25, 5, date(2027, 5, 31)),
]
NORMS = {2: 90, 3: 90, 4: 120, 5: 120, 6: 150, 7: 150, 8: 150, 9: 210, 10: 210, 11: 210}
NO_TASK = ("не задано", "нет", "б/з")
Place = tuple[Any, ...]
every_school = pytest.mark.parametrize("key", SCHOOLS)


@cache
def made(seed: int, classes: int, until: date) -> GeneratedSchool:
    return generate(Options(seed=seed, classes=classes, until=until.toordinal()))


def truth(school: GeneratedSchool, rule: str, *facts: str) -> set[Place]:
    found = [
        tuple(getattr(one, fact) for fact in facts) for one in school.truth if one.rule == rule
    ]
    assert len(found) == len(set(found))
    return set(found)


def enrolled(school: GeneratedSchool) -> list[EnrollmentRow]:
    """On the last day."""
    until = school.options.until
    return [one for one in school.batch.enrollments or [] if one.first <= until <= one.last]


@every_school
def test_changes_without_an_order_are_all_told(key: tuple[Any, ...]) -> None:
    school = made(*key)
    begins = min(one.first for one in school.batch.terms or [])
    unordered = {
        (one.class_unit, one.first, one.pupil)
        for one in school.batch.enrollments or []
        if one.first > begins and not one.order
    }
    assert unordered
    assert truth(school, "C3", "class_unit", "day", "pupil") == unordered


@every_school
def test_everybody_else_is_in_one_group_of_a_divided_subject(key: tuple[Any, ...]) -> None:
    school = made(*key)
    groups: dict[Place, list[set[int]]] = defaultdict(list)
    members: dict[Place, set[int]] = defaultdict(set)
    for row in school.batch.members or []:
        members[row.class_unit, row.subject, row.study_group].add(row.pupil)
    for (unit, subject, _), numbers in members.items():
        groups[unit, subject].append(numbers)
    wrong = {
        (unit, subject, one.pupil)
        for (unit, subject), parts in groups.items()
        for one in enrolled(school)
        if one.class_unit == unit and sum(one.pupil in numbers for numbers in parts) != 1
    }
    assert truth(school, "C4", "class_unit", "subject", "pupil") == wrong


@every_school
def test_a_code_stands_twice_only_where_it_is_told(key: tuple[Any, ...]) -> None:
    school = made(*key)
    lines: dict[str, list[EnrollmentRow]] = defaultdict(list)
    for one in sorted(enrolled(school), key=lambda row: row.first):
        lines[one.code or ""].append(one)
    twice = {(two[-1].class_unit, two[-1].pupil) for two in lines.values() if len(two) > 1}

    assert truth(school, "C5", "class_unit", "pupil") == twice


@every_school
def test_namesakes_have_codes_of_their_own(key: tuple[Any, ...]) -> None:
    school = made(*key)
    same_names = {(one.class_unit, one.pupil) for one in school.lookalikes if one.rule == "C5"}
    names = [one.name for one in enrolled(school)]

    for row in enrolled(school):
        if (row.class_unit, row.pupil) in same_names:
            assert names.count(row.name) > 1
            assert sum(one.code == row.code for one in enrolled(school)) == 1


def last_written(one: LessonRow) -> int:
    """The day; that of the lesson where no moment is known."""
    moments = [at for at in (one.entered_at, one.modified_at) if at is not None]
    unknown = [] if one.entered_at is not None else [one.day]
    return max([LOCAL.local(at)[0] for at in moments] + unknown)


@every_school
def test_entries_after_the_dismissal_are_told(key: tuple[Any, ...]) -> None:
    school = made(*key)
    left = {one.name: one.dismissed for one in school.batch.staff or [] if one.dismissed}
    after = {
        (one.class_unit, one.subject, one.day, one.number)
        for one in school.batch.lessons or []
        if one.author in left and last_written(one) > left[one.author]
    }
    assert truth(school, "C6", "class_unit", "subject", "day", "number") == after


@every_school
def test_one_class_of_several_has_no_class_teacher(key: tuple[Any, ...]) -> None:
    school = made(*key)
    posts = " ".join(one.post or "" for one in school.batch.staff or [])
    led = set(re.findall(r"классный руководитель (\d+[А-Я])", posts))
    units = {one.class_unit for one in school.batch.enrollments or []}

    assert truth(school, "C7", "class_unit") == {(unit,) for unit in units - led}
    assert len(units - led) == 1


@every_school
def test_a_condition_is_told_when_its_day_has_passed(key: tuple[Any, ...]) -> None:
    school = made(*key)
    conditional = [one for one in enrolled(school) if "условно" in (one.order or "")]
    passed = set()
    for one in conditional:
        [words] = re.findall(r"до (\d\d\.\d\d\.\d{4})", one.order or "")
        day = datetime.strptime(f"{words} +0300", "%d.%m.%Y %z").date().toordinal()
        if day < school.options.until:
            passed.add((one.class_unit, None, one.pupil))

    assert len(conditional) == 2
    assert truth(school, "C8", "class_unit", "day", "pupil") == passed
    assert len(passed) == 1


@every_school
def test_thirty_changes_of_a_night_are_told(key: tuple[Any, ...]) -> None:
    school = made(*key)
    nights: dict[tuple[str | None, int], int] = defaultdict(int)
    for one in school.batch.lessons or []:
        if one.modified_at is not None:
            day, seconds = LOCAL.local(one.modified_at)
            if seconds < 6 * 3600 or seconds >= 23 * 3600:
                nights[one.author, day + (seconds >= 23 * 3600)] += 1
    many = {night for night, count in nights.items() if count >= 30}
    now = {one.code: one.name for one in school.batch.staff or []}
    codes = {one.name: one.code for one in school.batch.staff or []}
    today = {(now[codes[name or ""]], day) for name, day in many}

    assert truth(school, "A6", "teacher", "day") == today
    assert many


def is_task(one: LessonRow) -> bool:
    words = (one.homework or "").strip()
    return one.state == "проведён" and len(words) >= 3 and words.casefold() not in NO_TASK


def place_of(one: LessonRow) -> Place:
    return one.class_unit, one.study_group, one.subject, one.day, one.number


def last_places(school: GeneratedSchool) -> set[Place]:
    """Of every course the last before holidays that are next, by the timetable or the journal."""
    oracle = Oracle(school.batch, school.options.until)
    quarters = [one for one in school.batch.terms or [] if one.kind == "четверть"]
    places = {place_of(one) for one in school.batch.lessons or []} | {
        (unit, slot.study_group, slot.subject, day, slot.number)
        for (unit, day), slots in oracle.slots_on.items()
        for slot in slots
    }
    last: dict[Place, Place] = {}
    for place in sorted(places, key=lambda one: one[3:]):
        unit, day = place[0], place[3]
        for term in quarters:
            ends = max(one for one in oracle.school_days[unit] if one <= term.last)
            if term.first <= day <= term.last and ends <= school.options.until:
                last[*place[:3], term.number] = place
    return set(last.values())


@every_school
def test_tasks_are_too_long_too_late_or_over_holidays(key: tuple[Any, ...]) -> None:
    school = made(*key)
    lessons = [one for one in school.batch.lessons or [] if one.state == "проведён"]
    last = last_places(school)
    told = {id(one) for one in lessons if place_of(one) in last}
    told |= {
        id(one)
        for one in lessons
        if one.entered_at is not None and one.entered_at > LOCAL.moment(one.day, 18 * 60)
    }
    found = {
        (one.class_unit, one.study_group, one.subject, one.day, one.number)
        for one in lessons
        if id(one) in told and is_task(one)
    } | {(unit, "", "", day, None) for unit, day in overfull(lessons)}

    assert truth(school, "L5", "class_unit", "study_group", "subject", "day", "number") == found


def overfull(lessons: list[LessonRow]) -> set[tuple[str, int]]:
    """Class and day with more minutes than the norm; of parallel groups the busier counts."""
    minutes: dict[Place, int] = defaultdict(int)
    for one in lessons:
        for said in re.findall(r"(\d+) мин\b", one.homework or ""):
            minutes[one.class_unit, one.day, one.subject, one.study_group] += int(said)
    subjects: dict[Place, int] = defaultdict(int)
    for (unit, day, subject, _), said in minutes.items():
        subjects[unit, day, subject] = max(subjects[unit, day, subject], said)
    days: dict[tuple[str, int], int] = defaultdict(int)
    for (unit, day, _), said in subjects.items():
        days[unit, day] += said
    return {(unit, day) for (unit, day), said in days.items() if said > NORMS[grade_of(unit)]}


@every_school
def test_a_day_of_just_the_norm_is_a_look_alike(key: tuple[Any, ...]) -> None:
    school = made(*key)
    lessons = school.batch.lessons or []
    exact = [one for one in school.lookalikes if one.rule == "L5" and one.number is None]

    for one in exact:
        own = [row for row in lessons if (row.class_unit, row.day) == (one.class_unit, one.day)]
        said = [int(part) for row in own for part in re.findall(r"(\d+) мин", row.homework or "")]
        assert sum(said) == NORMS[grade_of(one.class_unit)]
        assert one.day
    assert exact


@every_school
def test_whoever_came_last_owes_nothing_yet(key: tuple[Any, ...]) -> None:
    """Newcomers of the lists' defects bring no finding of marks into the old rules' truth."""
    school = made(*key)
    assert Oracle(school.batch, school.options.until).findings()
    late = {
        (one.class_unit, one.pupil)
        for one in school.batch.enrollments or []
        if one.first > school.options.until - 3
    }
    rules = {"P7", "N1", "N6", "Q1", "R2", "R3"}
    assert not [
        one for one in school.truth if (one.class_unit, one.pupil) in late and one.rule in rules
    ]
