"""T2 over objects: marks for written works that have not come in time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bench.objects.calendar import ClassDay, Term
from bench.objects.entries import Lesson
from bench.objects.ground import HELD, Ground
from bench.objects.people import ClassUnit, Pupil
from services.completeness.finding_store import Hit

Limits = Mapping[str, int]
Cell = tuple[int, int, int]
"""(day, lesson number, subject)."""


def t2(class_unit: ClassUnit, ground: Ground, limits: Limits) -> Iterator[Hit]:
    works = list(_works(class_unit, ground))
    lessons = {_slot(lesson) for lesson in class_unit.lessons if lesson.state == HELD}
    asked = {_slot(work) for work in works}
    marked, away, exempt = _marked(class_unit), _away(class_unit), _exempt(class_unit)
    by_day = {day.day: day for day in class_unit.days}
    by_seq = {day.seq: day for day in class_unit.days if day.school_day}
    for work in works:
        due = _due(work, by_day, by_seq, limits)
        if due is None or not ground.ended(due) or _slot(work, -1) in asked:
            continue
        if not _covered(class_unit, work):
            continue
        cells = [
            (work.day, work.number + step, work.subject_id)
            for step in (-1, 0, 1)
            if not step or _slot(work, step) in lessons
        ]
        absent = away[_cell(work)]
        roster = _roster(class_unit, work, exempt)
        present = [pupil for pupil in roster if pupil.id not in absent]
        missing = [pupil for pupil in present if not any(pupil.id in marked[c] for c in cells)]
        if missing:
            yield Hit(
                "T2", "", class_unit.id, work.subject_id, work.study_group_id, work.staff, work.day,
                work.number, None,
                {
                    "work_kind": work.work_kind,
                    "due_day": due,
                    "missing": len(missing),
                    "present": len(present),
                },
            )  # fmt: skip


def _works(class_unit: ClassUnit, ground: Ground) -> Iterator[Lesson]:
    if class_unit.grade == 1:
        return
    for lesson in class_unit.lessons:
        asked = lesson.state == HELD and lesson.work_kind and lesson.day <= ground.today
        if asked and lesson.subject.has_marks:
            yield lesson


def _due(
    work: Lesson, by_day: Mapping[int, ClassDay], by_seq: Mapping[int, ClassDay], limits: Limits
) -> int | None:
    """The school day by whose end the marks are to be there; None where the calendar ends."""
    day = by_day.get(work.day)
    if day is None:
        return None
    due = by_seq.get(day.seq + _days_given(work, limits))
    return due.day if due else None


def _days_given(work: Lesson, limits: Limits) -> int:
    if work.work_kind in ("контрольная", "диктант"):
        return limits["control_days"]
    if work.work_kind == "сочинение" and work.class_unit.grade >= 10:
        return limits["senior_essay_days"]
    if work.work_kind in ("сочинение", "изложение"):
        return limits["essay_days"]
    return limits["test_days"]


def _covered(class_unit: ClassUnit, work: Lesson) -> bool:
    return any(
        cover.kind == "marks"
        and cover.subject_id == work.subject_id
        and cover.study_group_id in (0, work.study_group_id)
        and cover.holds(work.day)
        for cover in class_unit.coverage
    )


def _roster(
    class_unit: ClassUnit, work: Lesson, exempt: Mapping[tuple[int, int], list[Term]]
) -> Iterator[Pupil]:
    """Enrolled that day, of the group, not exempt from the subject."""
    for enrollment in class_unit.enrollments:
        pupil = enrollment.pupil
        terms = exempt.get((pupil.id, work.subject_id), ())
        asked = enrollment.holds(work.day) and pupil.in_group(work.study_group_id)
        if asked and not any(term.holds(work.day) for term in terms):
            yield pupil


def _exempt(class_unit: ClassUnit) -> Mapping[tuple[int, int], list[Term]]:
    """(pupil, subject) -> the terms of the year for which the mark is «осв»."""
    terms = {term.key: term for term in class_unit.terms}
    found: dict[tuple[int, int], list[Term]] = defaultdict(list)
    for pupil in class_unit.pupils:
        for mark in pupil.term_marks:
            if mark.code == "осв" and mark.key in terms:
                found[pupil.id, mark.subject_id].append(terms[mark.key])
    return found


def _marked(class_unit: ClassUnit) -> Mapping[Cell, set[int]]:
    found: dict[Cell, set[int]] = defaultdict(set)
    for mark in class_unit.marks:
        found[mark.day, mark.number, mark.subject_id].add(mark.pupil_id)
    return found


def _away(class_unit: ClassUnit) -> Mapping[Cell, set[int]]:
    found: dict[Cell, set[int]] = defaultdict(set)
    for absence in class_unit.absences:
        if absence.code in ("Н", "Б", "У"):
            found[absence.day, absence.number, absence.subject_id].add(absence.pupil_id)
    return found


def _cell(lesson: Lesson) -> Cell:
    return lesson.day, lesson.number, lesson.subject_id


def _slot(lesson: Lesson, step: int = 0) -> tuple[int, int, int, int]:
    """Where it stands, or the lesson ``step`` after it: day, number, subject, group."""
    return lesson.day, lesson.number + step, lesson.subject_id, lesson.study_group_id
