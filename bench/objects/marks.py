"""R1-R3 over objects: marks and lessons where none should be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bench.objects.entries import Absence, Lesson, Mark
from bench.objects.ground import HELD, UNNUMBERED, Ground
from bench.objects.people import ClassUnit, Enrollment
from services.completeness.finding_store import Hit

Limits = Mapping[str, int]
EVER = 9_999_999


def r1(class_unit: ClassUnit, ground: Ground, _limits: Limits) -> Iterator[Hit]:
    off = {day.day: day.off for day in class_unit.days}
    slots: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for slot in class_unit.expected:
        slots[slot.day, slot.number, slot.subject_id].append(slot.study_group_id)
    if slots:
        for lesson in class_unit.lessons:
            if lesson.state == HELD and lesson.day <= ground.today:
                groups = slots.get((lesson.day, lesson.number, lesson.subject_id), ())
                if not any(lesson.of_group(group) for group in groups):
                    yield _lesson_outside(lesson, off.get(lesson.day, 1))
    lines = {(one.day, one.number, one.subject_id) for one in class_unit.lessons}
    days = {(one.day, one.subject_id) for one in class_unit.lessons}
    for mark in class_unit.marks:
        if mark.day > ground.today or mark.position != 0:
            continue
        place = (mark.day, mark.number, mark.subject_id)
        numbered = mark.number <= UNNUMBERED
        if place in lines or (not numbered and (mark.day, mark.subject_id) in days):
            continue
        day_off = off.get(mark.day, 1) if slots else 0
        outside = bool(slots) and numbered and place not in slots
        if day_off or outside or (numbered and _covered(class_unit, mark)):
            yield _mark_outside(mark, day_off)


def _lesson_outside(lesson: Lesson, day_off: int) -> Hit:
    return Hit(
        "R1", "", lesson.class_unit_id, lesson.subject_id, lesson.study_group_id, lesson.staff,
        lesson.day, lesson.number, None, {"day_off": day_off, "is_mark": 0},
    )  # fmt: skip


def _mark_outside(mark: Mark, day_off: int) -> Hit:
    staff = max(
        (
            each.staff
            for each in mark.pupil.class_unit.assignments
            if each.subject_id == mark.subject_id
            and each.study_group_id in (0, mark.study_group_id)
            and each.holds(mark.day)
        ),
        default=None,
    )
    return _of_cell("R1", mark, staff, day_off=day_off, is_mark=1)


def _covered(class_unit: ClassUnit, mark: Mark) -> bool:
    return any(
        cover.kind == "lessons" and cover.subject_id == mark.subject_id and cover.holds(mark.day)
        for cover in class_unit.coverage
    )


def r2(class_unit: ClassUnit, ground: Ground, _limits: Limits) -> Iterator[Hit]:
    marked = {
        (mark.pupil_id, mark.day, mark.number, mark.subject_id)
        for enrollment in class_unit.enrollments
        for mark in enrollment.pupil.marks
        if mark.value is not None or mark.code in ("зач", "незач")
    }
    for absence in class_unit.absences:
        cell = (absence.pupil_id, absence.day, absence.number, absence.subject_id)
        if absence.code in ("Н", "Б", "У") and absence.day <= ground.today and cell in marked:
            teacher = _teacher(class_unit, absence)
            yield _of_cell("R2", absence, teacher, code=absence.code)


def r3(class_unit: ClassUnit, ground: Ground, _limits: Limits) -> Iterator[Hit]:
    stays: dict[int, list[Enrollment]] = defaultdict(list)
    for enrollment in class_unit.enrollments:
        stays[enrollment.pupil_id].append(enrollment)
    for own in stays.values():
        away = [
            (first, last)
            for first, last in _away(own)
            if last >= ground.year_first and first <= ground.today
        ]
        for mark in own[0].pupil.marks:
            if mark.class_unit_id != class_unit.id or mark.position or mark.day > ground.today:
                continue
            for first, last in away:
                if first <= mark.day <= last:
                    teacher = _teacher(class_unit, mark)
                    yield _of_cell("R3", mark, teacher, away_from=first, away_to=last)


def _away(stays: Sequence[Enrollment]) -> Iterator[tuple[int, int]]:
    """The days before, between and after a pupil's enrolments."""
    firsts = sorted(stay.first for stay in stays)
    yield 0, firsts[0] - 1
    for stay in stays:
        following = [first for first in firsts if first > stay.first]
        yield stay.last + 1, min(following, default=EVER) - 1


def _teacher(class_unit: ClassUnit, cell: Mark | Absence) -> int | None:
    return max(
        (
            lesson.staff
            for lesson in class_unit.lessons
            if lesson.day == cell.day
            and lesson.number == cell.number
            and lesson.subject_id == cell.subject_id
            and lesson.of_group(cell.study_group_id)
        ),
        default=None,
    )


def _of_cell(rule: str, cell: Mark | Absence, staff: int | None, **facts: object) -> Hit:
    number = cell.number if cell.number <= UNNUMBERED else None
    return Hit(
        rule, "", cell.class_unit_id, cell.subject_id, cell.study_group_id, staff, cell.day,
        number, cell.pupil_id, facts,
    )  # fmt: skip
