"""Choosing where a defect goes: some everywhere, many in the last two weeks."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import islice

from services.generator.curriculum import SUBJECTS
from services.generator.school import School
from services.generator.world import Lesson
from services.journal.model import Day, Moment

RECENT = 14
LEAST = 3
DEADLINE = 20 * 60
DAY_END = 24 * 60


def plain(school: School) -> list[Lesson]:
    """Held lessons of the timetable that carry no defect and no look-alike yet."""
    return [
        one
        for one in school.known()
        if one.held and not one.touched and not one.extra and not one.silent
    ]


def pick(school: School, lessons: Iterable[Lesson], share: float) -> list[Lesson]:
    """About ``share`` of the lessons, at least three where there are, half of them recent.

    What is picked is touched.
    """
    free = [lesson for lesson in lessons if not lesson.touched]
    recent = [lesson for lesson in free if lesson.day > school.until - RECENT]
    count = max(LEAST, round(len(free) * share))
    chosen = school.random.sample(recent, min(len(recent), -(-count // 2)))
    taken = set(chosen)
    rest = [lesson for lesson in free if lesson not in taken]
    chosen += school.random.sample(rest, min(len(rest), count - len(chosen)))
    for lesson in chosen:
        lesson.touched = True
    return chosen


def some(school: School, lessons: list[Lesson], count: int) -> list[Lesson]:
    """At most so many, so that a dear look is taken at few; recent ones all."""
    recent = [lesson for lesson in lessons if lesson.day > school.until - RECENT]
    few = school.random.sample(lessons, min(count, len(lessons)))
    return list(dict.fromkeys([*recent[:count], *few]))


def due(school: School, lesson: Lesson) -> Moment:
    return school.local.moment(lesson.day, DEADLINE)


def day_end(school: School, lesson: Lesson) -> Moment:
    return school.local.moment(lesson.day, DAY_END)


def noticed(school: School, lesson: Lesson) -> Moment:
    """When the line came into the journal."""
    return due(school, lesson) if lesson.entered is None else lesson.entered


def wants_homework(lesson: Lesson) -> bool:
    """Before the exemptions that depend on other lessons."""
    subject = SUBJECTS[lesson.track.subject]
    return subject.homework and lesson.track.unit.grade > 1 and not lesson.kind


def later_in_term(school: School, lesson: Lesson) -> list[Lesson]:
    """Held lessons of the track after this one, in the same term."""
    term = school.calendar.term_of(lesson.track.unit, lesson.day)
    if term is None:
        return []
    lessons = school.by_track[lesson.track]
    at = bisect_right(lessons, (lesson.day, lesson.number), key=_moment_of)
    return [one for one in islice(lessons, at, None) if one.held and one.day <= term.last]


def _moment_of(lesson: Lesson) -> tuple[Day, int]:
    return lesson.day, lesson.number


def not_last_yet(school: School, lesson: Lesson) -> bool:
    """The journal already has a later day's lesson of the track in the term."""
    return any(lesson.day < one.day <= school.until for one in later_in_term(school, lesson))
