from collections import Counter, defaultdict
from datetime import date
from functools import cache

import pytest

from services.errors import DomainError
from services.generator import GeneratedSchool, Options, generate
from services.generator.calendar import academic_year_of
from services.journal.model import Batch

NOVEMBER = date(2026, 11, 20)
WINTER_HOLIDAYS = date(2027, 1, 10)
END_OF_MAY = date(2027, 5, 31)
FIRST_WEEK = date(2026, 9, 5)


@cache
def made(seed: int, classes: int, until: date) -> GeneratedSchool:
    """Each once: its arguments have one spelling."""
    return generate(Options(seed=seed, classes=classes, until=until.toordinal()))


def school(until: date = NOVEMBER, *, seed: int = 1, classes: int | None = None) -> GeneratedSchool:
    """The whole year is long: its school is the default one, which a test measures anyway."""
    return made(seed, classes or (25 if until == END_OF_MAY else 11), until)


def batch(until: date = NOVEMBER, *, seed: int = 1, classes: int | None = None) -> Batch:
    return school(until, seed=seed, classes=classes).batch


def test_the_same_seed_gives_the_same_school() -> None:
    again = generate(Options(seed=1, classes=3, until=NOVEMBER.toordinal()))

    assert again == school(classes=3)


def test_another_seed_gives_another_school() -> None:
    assert batch(seed=2, classes=3).enrollments != batch(classes=3).enrollments


@pytest.mark.parametrize("classes", [0, 61])
def test_impossible_number_of_classes_is_refused(classes: int) -> None:
    with pytest.raises(DomainError) as refusal:
        generate(Options(classes=classes, until=NOVEMBER.toordinal()))

    assert refusal.value.facts == {"classes": classes, "most": 60}


@pytest.mark.parametrize("classes", [1, 3, 11, 60])
def test_no_teacher_and_no_class_is_at_two_lessons_at_once(classes: int) -> None:
    plain = Options(seed=1, classes=classes, until=FIRST_WEEK.toordinal(), defects=False)
    slots = generate(plain).batch.slots or []
    days = {(slot.weekday, slot.number) for slot in slots}
    for weekday, number in days:
        now = [
            slot
            for slot in slots
            if (slot.weekday, slot.number) == (weekday, number)
            and slot.first <= NOVEMBER.toordinal() <= slot.last
        ]
        of_teacher = defaultdict(set)
        of_class = defaultdict(list)
        for slot in now:
            of_teacher[slot.teacher].add(slot.study_group if "+" in slot.study_group else slot)
            of_class[slot.class_unit].append(slot.study_group)
        assert all(len(places) == 1 for places in of_teacher.values())
        assert all("" not in groups or groups == [""] for groups in of_class.values())
        assert all(len(groups) == len(set(groups)) for groups in of_class.values())


def test_weekly_lessons_are_the_hours_of_the_load() -> None:
    """Working Saturdays, which have one date, are not weekly."""
    differ = {
        (one.class_unit, one.subject, one.study_group or "")
        for one in school(until=NOVEMBER).truth
        if one.rule == "P8"
    }
    for day in (date(2026, 9, 30), date(2026, 11, 19)):
        lessons = Counter(
            (slot.class_unit, slot.subject, slot.study_group, slot.teacher)
            for slot in batch(until=NOVEMBER).slots or []
            if slot.first <= day.toordinal() <= slot.last
            and slot.first != slot.last
            and (slot.class_unit, slot.subject, slot.study_group) not in differ
        )
        hours = {
            (row.class_unit, row.subject, row.study_group, row.teacher): row.hours // 100
            for row in batch(until=NOVEMBER).assignments or []
            if row.first <= day.toordinal() <= row.last
            and (row.class_unit, row.subject, row.study_group) not in differ
        }
        assert differ
        assert lessons == hours


def test_no_teacher_holds_two_lessons_at_once() -> None:
    clashes = {
        (one.day, one.number, one.class_unit)
        for one in school(until=END_OF_MAY).truth
        if one.rule == "R8"
    }
    held = {
        (row.day, row.number, row.teacher, row.study_group if "+" in row.study_group else row)
        for row in batch(until=END_OF_MAY).lessons or []
        if row.state == "проведён" and (row.day, row.number, row.class_unit) not in clashes
    }
    places = Counter(place[:3] for place in held)

    assert [place for place, count in places.items() if count > 1] == []


def test_a_default_school_has_the_promised_size() -> None:
    rows = batch(END_OF_MAY)

    assert len({row.class_unit for row in rows.enrollments or []}) == 25
    assert 570 <= len({row.code for row in rows.enrollments or []}) <= 680
    assert 42 <= len(rows.staff or []) <= 54
    assert 26_000 <= len(rows.lessons or []) <= 31_000
    assert 220_000 <= len(rows.marks or []) <= 280_000


def test_classes_have_a_school_size() -> None:
    counts = Counter(row.class_unit for row in batch(END_OF_MAY).enrollments or [])

    assert min(counts.values()) >= 20
    assert max(counts.values()) <= 32


def test_names_repeat_and_lose_their_dots() -> None:
    names = [row.name or "" for row in batch().enrollments or []]

    assert max(Counter(names).values()) > 1
    assert any("Артем" in name or "Алена" in name or "Семен" in name for name in names)
    assert any("ё" in name for name in names)


def test_upper_classes_have_half_years_and_the_first_grade_a_february_week() -> None:
    rows = batch()
    halves = {row.classes for row in rows.terms or [] if row.kind == "полугодие"}
    february = [row for row in rows.non_school or [] if row.classes == "1"]

    assert halves == {"10-11"}
    assert [(row.last - row.first, date.fromordinal(row.first).month) for row in february] == [
        (6, 2)
    ]


def test_a_working_saturday_gives_its_day_back() -> None:
    rows = batch()
    saturdays = {slot.first for slot in rows.slots or [] if slot.first == slot.last}
    back = [row for row in rows.non_school or [] if row.title == "Выходной за рабочую субботу"]

    assert len(back) == len(saturdays) == 2
    assert all(date.fromordinal(day).isoweekday() == 6 for day in saturdays)


def test_two_senior_classes_have_a_lesson_together() -> None:
    joined = [slot for slot in batch().slots or [] if slot.study_group == "10А+11А"]

    assert {slot.class_unit for slot in joined} == {"10А", "11А"}
    assert len({(slot.weekday, slot.number, slot.teacher) for slot in joined}) == 1


def test_a_new_teacher_has_an_interval_after_the_old_one() -> None:
    rows = [row for row in batch().assignments or [] if row.class_unit != ""]
    ended = {(row.class_unit, row.subject, row.study_group): row.last + 1 for row in rows
             if row.last < NOVEMBER.toordinal()}  # fmt: skip
    begun = {(row.class_unit, row.subject, row.study_group): row.first for row in rows
             if row.first > date(2026, 10, 1).toordinal()}  # fmt: skip

    assert ended
    assert {key: begun[key] for key in ended} == ended


def test_plan_items_stand_on_days_of_the_timetable() -> None:
    rows = batch()
    weekdays = defaultdict(set)
    for slot in rows.slots or []:
        weekdays[slot.class_unit, slot.subject, slot.study_group].add(slot.weekday)
    plans = rows.plans or []

    assert len(plans) > len(rows.lessons or [])
    for item in plans:
        track = (item.class_unit, item.subject, item.study_group)
        day = date.fromordinal(item.day or 1)
        assert day.isoweekday() in weekdays[track] | {6}


@pytest.mark.parametrize("until", [NOVEMBER, WINTER_HOLIDAYS, END_OF_MAY, FIRST_WEEK])
def test_nothing_is_later_than_the_last_known_evening(until: date) -> None:
    rows = batch(until=until)
    last = until.toordinal()
    midnight = int((last - date(1970, 1, 1).toordinal() + 1) * 86_400 - 3 * 3600)

    early = {one.day for one in school(until=until).truth if one.rule == "T4"}
    tasks = {one.day for one in school(until=until).lookalikes if one.rule == "T4"}
    assert {row.day for row in rows.lessons or [] if row.day > last} <= early | tasks
    assert {row.day for row in rows.marks or [] if row.day > last} <= early
    for sheet in (rows.lessons, rows.marks, rows.term_marks):
        assert all((row.entered_at or 0) < midnight for row in sheet or [])


def test_period_marks_are_given_when_a_term_is_over() -> None:
    kinds = {(row.kind, row.number) for row in batch().term_marks or []}
    year = {(row.kind, row.number) for row in batch(until=END_OF_MAY).term_marks or []}

    assert kinds == {("четверть", 1)}
    assert ("год", 0) in year
    assert ("полугодие", 2) in year


def test_the_week_before_shows_gaps_that_are_mended_now() -> None:
    made = school()
    then = {row[:5]: row for row in made.before.lessons or []}
    now = {row[:5]: row for row in made.batch.lessons or []}
    mended = [place for place, row in then.items() if now[place].topic != row.topic]

    assert max(row.day for row in made.before.lessons or []) <= NOVEMBER.toordinal() - 7
    assert len(mended) >= 3
    assert all(then[place].topic == "" for place in mended)


def test_the_weekly_file_covers_two_weeks_of_four_sheets() -> None:
    week = school().week

    assert week.period == (NOVEMBER.toordinal() - 13, NOVEMBER.toordinal())
    assert {row.day for row in week.lessons or []} <= set(
        range(NOVEMBER.toordinal() - 13, NOVEMBER.toordinal() + 1)
    )
    assert week.enrollments is None
    assert week.plans is None


def test_an_academic_year_begins_with_august() -> None:
    assert academic_year_of(date(2026, 8, 15).toordinal()) == 2026
    assert academic_year_of(date(2027, 7, 31).toordinal()) == 2026
