"""A6: one teacher's many changes in one night."""

from collections import defaultdict

from services.generator.defects.picking import plain
from services.generator.school import School
from services.generator.world import Lesson, Teacher

MANY, FEW = 32, 29
"""Thirty are enough."""
AFTER_MIDNIGHT, STEP = 40, 2
RECENT = 60


def work_at_night(school: School) -> None:
    """Old lessons among them are changed too late as well (T3), which is counted elsewhere."""
    own: dict[Teacher, list[Lesson]] = defaultdict(list)
    for lesson in plain(school):
        if school.until - RECENT < lesson.day < school.until and lesson.author is lesson.teacher:
            own[lesson.teacher].append(lesson)
    busy = [one for one, lessons in own.items() if len(lessons) >= MANY]
    busy.sort(key=lambda one: (-len(own[one]), one.code))
    nights: set[int] = set()
    for teacher, count in zip(busy, (MANY, FEW), strict=False):
        free = [one for one in own[teacher] if one.day + 1 not in nights]
        latest = sorted(free, key=lambda one: (one.day, one.number))[-count:]
        if len(latest) == count:
            nights.add(latest[-1].day + 1)
            _change(school, teacher, latest)


def _change(school: School, teacher: Teacher, lessons: list[Lesson]) -> None:
    night = lessons[-1].day + 1
    for at, lesson in enumerate(lessons):
        lesson.touched = True
        lesson.modified = school.local.moment(night, AFTER_MIDNIGHT + STEP * at)
    if len(lessons) == MANY:
        since = lessons[-1].modified or 0
        school.ledger.place("A6", None, day=night, since=since, teacher=teacher)
    else:
        school.ledger.innocent_place(
            "A6", None, "меньше тридцати правок за ночь", day=night, teacher=teacher
        )
