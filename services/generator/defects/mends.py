"""Gaps of the week before last that are mended in the last week: the demo's first digest."""

from services.generator.defects.picking import later_in_term, plain, wants_homework
from services.generator.school import School
from services.generator.world import Lesson

WEEK = 7
TOPICS, HOMEWORKS, ATTENDANCES = 5, 6, 4
MENDED_MINUTE = 14 * 60 + 10
DAYS_LATER = 3


def remember_gaps(school: School) -> None:
    """``before`` of some good lessons says what they lacked a week before ``until``."""
    last = school.until - WEEK
    free = [one for one in plain(school) if last - WEEK < one.day <= last]
    free = [one for one in free if one.entered is None or one.day <= last]
    school.random.shuffle(free)
    _gap(school, free, "topic", TOPICS)
    tasks = [one for one in free if wants_homework(one) and _followed(school, one)]
    _gap(school, tasks, "homework", HOMEWORKS)
    _gap(
        school,
        [one for one in free if not one.codes and not one.kind],
        "attendance",
        ATTENDANCES,
    )


def _followed(school: School, lesson: Lesson) -> bool:
    """By a lesson of that same week: the last one of a term needs no homework."""
    last = school.until - WEEK
    later = later_in_term(school, lesson)
    return any(lesson.day < one.day <= last for one in later) and not school.neighbours(lesson)


def _gap(school: School, lessons: list[Lesson], field: str, count: int) -> None:
    free = [one for one in lessons if not one.touched]
    for lesson in free[:count]:
        lesson.touched = True
        lesson.before[field] = False if field == "attendance" else ""
        day = school.until - WEEK + DAYS_LATER
        lesson.modified = school.local.moment(day, MENDED_MINUTE + lesson.number)
