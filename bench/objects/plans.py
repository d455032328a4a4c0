"""K1 over objects: lessons held against the hours of the plan."""

from collections import Counter
from collections.abc import Iterator, Mapping

from bench.objects.entries import Lesson, PlanItem
from bench.objects.ground import HELD, Ground
from bench.objects.people import ClassUnit
from services.completeness.finding_store import Hit

Course = tuple[int, int]
"""(subject, group); group 0 is the whole class."""


def k1(class_unit: ClassUnit, ground: Ground, limits: Mapping[str, int]) -> Iterator[Hit]:
    lessons = [
        lesson
        for lesson in class_unit.lessons
        if lesson.state == HELD and ground.year_first <= lesson.day <= ground.today
    ]
    for (subject, group), hours in _planned(class_unit, lessons, ground).items():
        own = [
            lesson
            for lesson in lessons
            if lesson.subject_id == subject and lesson.study_group_id in (0, group)
        ]
        lag = hours - len(own) * 100
        if lag < limits["least_lessons"] * 100:
            continue
        critical = (
            lag >= limits["critical_lessons"] * 100
            or lag * 100 > hours * limits["critical_percent"]
        )
        staff = _teacher(class_unit, subject, group, own, ground.today)
        yield Hit(
            "K1", "critical" if critical else "", class_unit.id, subject, group, staff,
            None, None, None, {"hours": hours, "held": len(own)},
        )  # fmt: skip


def _planned(class_unit: ClassUnit, lessons: list[Lesson], ground: Ground) -> Mapping[Course, int]:
    """Hours by now; the whole class's plan holds for each of its groups."""
    groups = {
        (each.subject_id, each.study_group_id)
        for each in class_unit.assignments
        if each.first <= ground.today
    } | {(each.subject_id, each.study_group_id) for each in lessons}
    hours: Counter[Course] = Counter()
    for item in class_unit.plan_items:
        if not _counts(class_unit, item, ground):
            continue
        own = [
            group
            for subject, group in groups
            if group and subject == item.subject_id and item.study_group_id in (0, group)
        ]
        for group in own or [item.study_group_id]:
            hours[item.subject_id, group] += item.hours
    return hours


def _counts(class_unit: ClassUnit, item: PlanItem, ground: Ground) -> bool:
    """Dated up to today, on a day that a file of lessons covers."""
    day = item.day
    return (
        day is not None
        and ground.year_first <= day <= ground.today
        and any(
            cover.kind == "lessons" and cover.subject_id == item.subject_id and cover.holds(day)
            for cover in class_unit.coverage
        )
    )


def _teacher(
    class_unit: ClassUnit, subject: int, group: int, own: list[Lesson], today: int
) -> int | None:
    assigned = [
        each.staff
        for each in class_unit.assignments
        if each.subject_id == subject and each.study_group_id in (0, group) and each.holds(today)
    ]
    return max(assigned or [lesson.staff for lesson in own], default=None)
