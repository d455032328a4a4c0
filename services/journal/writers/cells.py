"""A journal row as the cells of its line in the exchange template."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from services.journal.model import (
    FIRST_DAY,
    LAST_DAY,
    AssignmentRow,
    AttendanceRow,
    BellRow,
    EnrollmentRow,
    LessonRow,
    MarkRow,
    MemberRow,
    NonSchoolRow,
    PlanRow,
    SlotRow,
    StaffRow,
    SubjectRow,
    SubstitutionRow,
    TermMarkRow,
    TermRow,
)


class DayCell(NamedTuple):
    """A date; written as a real one or as text."""

    day: int


class MomentCell(NamedTuple):
    """A date with a time of day."""

    moment: int


Cell = str | int | float | DayCell | MomentCell | None
Cells = tuple[Cell, ...]

WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
PLAN_KINDS = {
    "контрольная": "к/р",
    "лабораторная": "л/р",
    "сочинение": "р/р",
    "изложение": "р/р",
}


def _day(day: int | None) -> DayCell | None:
    return None if day is None or day in (FIRST_DAY, LAST_DAY) else DayCell(day)


def _moment(moment: int | None) -> MomentCell | None:
    return None if moment is None else MomentCell(moment)


def _yes(answer: bool | None) -> str | None:  # noqa: FBT001  # a cell, not a switch
    return None if answer is None else "да" if answer else "нет"


def _hundredths(number: int | None) -> float | None:
    if number is None:
        return None
    return number // 100 if number % 100 == 0 else number / 100


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def term_cells(row: TermRow) -> Cells:
    return row.year, row.kind, row.number, _day(row.first), _day(row.last), row.classes


def holiday_cells(row: NonSchoolRow) -> Cells:
    return _day(row.first), _day(row.last), row.title, row.classes


def bell_cells(row: BellRow) -> Cells:
    return row.number, _clock(row.begins), _clock(row.ends), row.classes


def subject_cells(row: SubjectRow) -> Cells:
    aliases = ", ".join(row.aliases)
    return row.subject, _yes(row.marks), _yes(row.homework), aliases, row.subject_group


def member_cells(row: MemberRow) -> Cells:
    return tuple(row)


def staff_cells(row: StaffRow) -> Cells:
    return row.name, row.code, row.post, row.subject_group, _day(row.hired), _day(row.dismissed)


def enrollment_cells(row: EnrollmentRow) -> Cells:
    first, last = _day(row.first), _day(row.last)
    return row.class_unit, row.pupil, row.name, row.code, first, last, row.order


def assignment_cells(row: AssignmentRow) -> Cells:
    hours = _hundredths(row.hours)
    whom: Cells = (row.teacher, row.subject, row.class_unit, row.study_group)
    return *whom, hours, _day(row.first), _day(row.last)


def slot_cells(row: SlotRow) -> Cells:
    when: Cells = (row.class_unit, row.study_group, WEEKDAYS[row.weekday - 1], row.number)
    return *when, row.subject, row.teacher, row.room, _day(row.first), _day(row.last)


def substitution_cells(row: SubstitutionRow) -> Cells:
    return _day(row.day), *row[1:]


def plan_cells(row: PlanRow) -> Cells:
    where: Cells = (row.subject, row.class_unit, row.study_group, row.teacher)
    kind = PLAN_KINDS.get(row.kind, row.kind)
    return *where, row.position, row.topic, _hundredths(row.hours), _day(row.day), kind


def lesson_cells(row: LessonRow) -> Cells:
    times: Cells = (_moment(row.entered_at), _moment(row.modified_at), row.author)
    words: Cells = (row.topic, row.homework, row.work_type, row.state)
    return DayCell(row.day), *row[1:7], *words, _yes(row.attendance_taken), *times


def _cell_of(row: MarkRow) -> tuple[object, ...]:
    return row.day, row.number, row.nth, row.class_unit, row.study_group, row.subject, row.pupil


def marks_cells(rows: Sequence[MarkRow]) -> Iterator[Cells]:
    """Neighbouring marks of one cell go into one line: ``4/3``."""
    for _, cell in groupby(rows, key=_cell_of):
        row, *others = cell
        raw: Cell = "/".join([row.raw, *(other.raw for other in others)])
        if len(row.raw) == 1 and not others and row.value is not None:
            raw = row.value
        where: Cells = (row.number, row.class_unit, row.study_group, row.subject, row.pupil)
        what: Cells = (raw, row.work_kind, _hundredths(row.weight), _moment(row.entered_at))
        yield DayCell(row.day), *where, *what, row.author


def attendance_cells(row: AttendanceRow) -> Cells:
    return DayCell(row.day), row.number, *row[3:]


def term_mark_cells(row: TermMarkRow) -> Cells:
    period = f"{row.number} {row.kind}" if row.number else row.kind
    mark = row.code if row.value is None else row.value
    return row.class_unit, row.subject, row.pupil, period, mark, _moment(row.entered_at)
