"""L5: which homework is over the norm, over holidays, or known too late in the day."""

import re
from collections import defaultdict

from services.generator.defects.picking import due
from services.generator.defects.texts import SHORT_HOMEWORK
from services.generator.school import School
from services.generator.world import Lesson, Track, Unit

NORMS = {
    grade: minutes
    for grades, minutes in (((2, 3), 90), ((4, 5), 120), ((6, 8), 150), ((9, 11), 210))
    for grade in range(grades[0], grades[1] + 1)
}
"""Minutes a day for all subjects together."""
EVENING = 18 * 60
SHORTEST = 3
_MINUTES = re.compile(r"(\d+) мин\b")
_NOTHING = {words.casefold() for words in SHORT_HOMEWORK}


def is_task(lesson: Lesson) -> bool:
    """Homework that asks for something; «не задано» does not."""
    words = lesson.homework.strip()
    return lesson.held and len(words) >= SHORTEST and words.casefold() not in _NOTHING


def note_tasks(school: School) -> None:
    last = _last_lessons(school)
    minutes: dict[tuple[Unit, int], dict[tuple[str, str], int]] = defaultdict(dict)
    for lesson in school.known():
        if not is_task(lesson):
            continue
        if lesson in last or _late(school, lesson):
            school.ledger.lesson("L5", lesson, since=lesson.entered or due(school, lesson))
        for said in _MINUTES.findall(lesson.homework):
            track = lesson.track
            of_day = minutes[track.unit, lesson.day]
            key = (track.subject, track.group)
            of_day[key] = of_day.get(key, 0) + int(said)
    for (unit, day), of_day in minutes.items():
        if _of_one_pupil(of_day) > NORMS.get(unit.grade, 0):
            since = max(due(school, one) for one in school.by_day[unit, day])
            school.ledger.place("L5", unit, day=day, since=since)


def _of_one_pupil(minutes: dict[tuple[str, str], int]) -> int:
    """Groups of a subject are parallel: the busier one counts."""
    subjects: dict[str, int] = defaultdict(int)
    for (subject, _), said in minutes.items():
        subjects[subject] = max(subjects[subject], said)
    return sum(subjects.values())


def _late(school: School, lesson: Lesson) -> bool:
    evening = school.local.moment(lesson.day, EVENING)
    return lesson.entered is not None and lesson.entered > evening


def _last_lessons(school: School) -> set[Lesson]:
    """Before the holidays that are next, whatever became of them."""
    ends = {
        (unit, quarter.number): max(
            (day for day in school.school_days[unit] if quarter.first <= day <= quarter.last),
            default=quarter.last,
        )
        for unit in school.units
        for quarter in school.calendar.quarters
    }
    last: dict[tuple[Track, int], Lesson] = {}
    for track, lessons in school.by_track.items():
        for lesson in lessons:
            quarter = school.calendar.quarter_of(lesson.day)
            if quarter is not None and ends[track.unit, quarter.number] <= school.until:
                last[track, quarter.number] = lesson
    return set(last.values())
