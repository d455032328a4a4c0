"""Rows of a file (names) into rows of the journal (identities), sheet by sheet.

Each function takes the batch's rows of one sheet and a Resolver, and gives rows in the column order
of one relation. What cannot be resolved is refused by the Resolver and left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.journal.breathing import breathing
from services.journal.calendar import year_of
from services.journal.model import (
    AssignmentRow,
    EnrollmentRow,
    LessonRow,
    MemberRow,
    PlanRow,
    SlotRow,
    StaffRow,
    SubjectRow,
    SubstitutionRow,
    TermMarkRow,
)
from services.journal.relations import CANCELLED, HELD, MOVED, Row
from services.journal.resolution import Resolver
from services.journal.timetabled import Timetabled

NOTHING_TIMETABLED = Timetabled()
_STATES = {"проведён": HELD, "отменён": CANCELLED, "перенесён": MOVED}


def plain(text: str | None) -> str | None:
    """Trimmed, single-spaced, lower case; ``""`` where nothing but punctuation is left."""
    if text is None:
        return None
    squeezed = " ".join(text.split()).casefold()
    return squeezed if any(map(str.isalnum, squeezed)) else ""


def trimmed(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Place:
    """Class, subject and study group of a row, resolved."""

    class_unit: int
    subject: int
    study_group: int


@dataclass(slots=True)
class Places:
    """Resolves (class, subject, group) once for each triple of names of one sheet."""

    names: Resolver
    sheet: str
    _known: dict[tuple[str, str, str], Place | None]

    def __call__(self, index: int, class_unit: str, subject: str, study_group: str) -> Place | None:
        key = (class_unit, subject, study_group)
        if key not in self._known:
            self._known[key] = self._resolve(*key)
        place = self._known[key]
        if place is None:
            self.names.miss_class(self.sheet, index, class_unit)
        return place

    def _resolve(self, class_unit: str, subject: str, study_group: str) -> Place | None:
        unit = self.names.class_unit(class_unit)
        if unit is None:
            return None
        topic = self.names.subject(subject)
        return Place(unit, topic, self.names.study_group(unit, topic, study_group))


def places(names: Resolver, sheet: str) -> Places:
    return Places(names, sheet, {})


def subject_facts(rows: Sequence[SubjectRow], names: Resolver) -> Iterator[Row]:
    for row in rows:
        subject = names.subject(row.subject)
        for alias in row.aliases:
            names.dictionary.add_alias("subject", alias, subject)
        marks = None if row.marks is None else int(row.marks)
        homework = None if row.homework is None else int(row.homework)
        yield (subject, marks, homework, "; ".join(row.aliases), row.subject_group)


def staff_facts(rows: Sequence[StaffRow], staff: Mapping[StaffRow, int]) -> Iterator[Row]:
    for row in rows:
        yield (staff[row], row.name, *row[1:])


def members(rows: Sequence[MemberRow], names: Resolver) -> Iterator[Row]:
    locate = places(names, "Группы")
    for index, row in enumerate(rows):
        place = locate(index, row.class_unit, row.subject, row.study_group)
        if place is not None and row.study_group:
            yield (place.study_group, names.dictionary.pupil(place.class_unit, row.pupil))


def enrollments(rows: Sequence[EnrollmentRow], names: Resolver) -> Iterator[Row]:
    """``person`` is the pupil itself until ``services.journal.persons`` joins the intervals."""
    for index, row in enumerate(rows):
        unit = names.class_unit(row.class_unit)
        if unit is None:
            names.miss_class("Ученики", index, row.class_unit)
            continue
        pupil = names.dictionary.pupil(unit, row.pupil)
        yield (unit, pupil, row.first, row.last, pupil, row.name, row.code, row.order)


def assignments(rows: Sequence[AssignmentRow], names: Resolver) -> Iterator[Row]:
    locate = places(names, "Нагрузка")
    for index, row in enumerate(rows):
        place = locate(index, row.class_unit, row.subject, row.study_group)
        teacher = names.teacher(row.teacher)
        if place is None:
            continue
        if teacher is None:
            names.miss_teacher("Нагрузка", index, row.teacher)
            continue
        yield (
            place.class_unit, place.subject, place.study_group, teacher,
            row.first, row.last, row.hours,
        )  # fmt: skip


def slots(rows: Sequence[SlotRow], names: Resolver) -> Iterator[Row]:
    locate = places(names, "Расписание")
    for index, row in enumerate(rows):
        place = locate(index, row.class_unit, row.subject, row.study_group)
        teacher = names.teacher(row.teacher)
        if place is None:
            continue
        if row.teacher is not None and teacher is None:
            names.miss_teacher("Расписание", index, row.teacher)
            continue
        yield (
            place.class_unit, row.weekday, row.number, place.subject, place.study_group,
            row.first, row.last, teacher, row.room,
        )  # fmt: skip


def substitutions(rows: Sequence[SubstitutionRow], names: Resolver) -> Iterator[Row]:
    locate = places(names, "Замены")
    for index, row in enumerate(rows):
        if not row.class_unit or not row.subject:
            lack = "предмет" if row.class_unit else "класс"
            names.refuse("Замены", index, f"не сказан {lack}, и по расписанию не понять")
            continue
        place = locate(index, row.class_unit, row.subject, row.study_group)
        missing = [
            name for name in (row.absent, row.substitute)
            if name is not None and names.teacher(name) is None
        ]  # fmt: skip
        if place is None:
            continue
        if missing:
            names.miss_teacher("Замены", index, missing[0])
            continue
        yield (
            place.class_unit, row.day, row.number, place.subject, place.study_group,
            names.teacher(row.absent), names.teacher(row.substitute), row.order,
        )  # fmt: skip


def plans(rows: Sequence[PlanRow], names: Resolver) -> Iterator[Row]:
    locate = places(names, "КТП")
    for index, row in enumerate(rows):
        place = locate(index, row.class_unit, row.subject, row.study_group)
        if place is not None:
            yield (
                place.class_unit, place.subject, place.study_group, row.position, row.topic,
                names.author(row.teacher), row.hours, row.day, row.kind,
            )  # fmt: skip


def lessons(
    rows: Sequence[LessonRow], names: Resolver, timetabled: Timetabled = NOTHING_TIMETABLED
) -> Iterator[Row]:
    """State and attendance as the line itself says; the rest of the journal settles them later."""
    locate = places(names, "Уроки")
    for index, row in enumerate(breathing(rows)):
        place = locate(index, row.class_unit, row.subject, row.study_group)
        if place is None:
            continue
        held = (place.class_unit, row.day, place.subject)
        number = timetabled.number(held, row.number)
        if row.teacher:
            teacher = names.teacher(row.teacher)
        else:
            teacher = timetabled.teacher(held, number, place.study_group)
        if teacher is None:
            _miss_teacher(names, index, row)
            continue
        where = (place.class_unit, row.day, number, place.subject, place.study_group)
        yield (*where, teacher, *_said(row, names))


def _miss_teacher(names: Resolver, index: int, row: LessonRow) -> None:
    if row.teacher:
        names.miss_teacher("Уроки", index, row.teacher)
    else:
        names.refuse("Уроки", index, "кто вёл урок, не сказано, и по расписанию не понять")


def _said(row: LessonRow, names: Resolver) -> Row:
    said = _STATES[row.state] if row.state else 0
    taken = None if row.attendance_taken is None else int(row.attendance_taken)
    return (
        names.author(row.instead_of),
        trimmed(row.topic), plain(row.topic), trimmed(row.homework),
        row.work_kind, row.work_type, said, effective_state(said, struck=False),
        taken,
        taken,
        row.entered_at, row.modified_at, names.author(row.author),
    )  # fmt: skip


def effective_state(said: int, *, struck: bool) -> int:
    """An empty «Состояние» is held unless «Замены» cancels the lesson."""
    return said or (CANCELLED if struck else HELD)


def term_marks(rows: Sequence[TermMarkRow], names: Resolver, year: int) -> Iterator[Row]:
    locate = places(names, "Итоги")
    for index, row in enumerate(breathing(rows)):
        place = locate(index, row.class_unit, row.subject, "")
        if place is None:
            continue
        pupil = names.pupil(place.class_unit, row.pupil)
        if pupil is None:
            reason = f"в списке {row.class_unit} нет ученика № {row.pupil}"
            names.refuse("Итоги", index, reason)
            continue
        yield (
            place.class_unit, pupil, place.subject, year, row.kind, row.number,
            row.value, row.code, row.entered_at,
        )  # fmt: skip


def stated_year(year: str | None, days: Sequence[int]) -> int | None:
    """The academic year a file speaks of: its own word, else that of its days."""
    if year:
        return int(year[:4])
    return year_of(days[0]) if days else None
