"""Substitutions whose file leaves out the class or the subject: the timetable has it."""

from collections.abc import Iterable, Iterator, Sequence

from services.journal.model import SubstitutionRow
from services.journal.relations import SLOTS, Row
from services.journal.resolution import Resolver

_DAYS = 7


def completed(
    rows: Sequence[SubstitutionRow], slots: Iterable[Row], names: Resolver
) -> list[SubstitutionRow]:
    """What exactly one timetable line of the absent teacher says; the rest stays unsaid (``""``).

    ``slots`` are rows of SLOTS.
    """
    if all(row.class_unit and row.subject for row in rows):
        return list(rows)
    kept = list(slots)
    units = {each.id: each.name for each in names.dictionary.class_units.values()}
    subjects = {each.id: each.name for each in names.dictionary.subjects.values()}
    groups = {each.id: each.name for each in names.dictionary.study_groups.values()}
    found = []
    for row in rows:
        lines = {(slot[0], slot[3], slot[4]) for slot in _lines_of(row, kept, names)}
        if (not row.class_unit or not row.subject) and len(lines) == 1:
            unit, subject, group = lines.pop()
            row = row._replace(  # noqa: PLW2901  # the same row, completed
                class_unit=row.class_unit or units[unit],
                subject=row.subject or subjects[subject],
                study_group=row.study_group or groups.get(group, ""),
            )
        found.append(row)
    return found


def _lines_of(row: SubstitutionRow, slots: Iterable[Row], names: Resolver) -> Iterator[Row]:
    weekday, number, first, last, staff = map(
        SLOTS.columns.index, ("weekday", "number", "first", "last", "staff")
    )
    unit = names.class_unit(row.class_unit) if row.class_unit else None
    absent = names.teacher(row.absent)
    for slot in slots:
        timely = slot[first] <= row.day <= slot[last]
        same = (slot[weekday], slot[number], slot[staff]) == (
            (row.day - 1) % _DAYS + 1, row.number, absent,
        )  # fmt: skip
        if timely and same and unit in {None, slot[0]}:
            yield slot
