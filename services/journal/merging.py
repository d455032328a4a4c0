"""Several files given at once are one import, whatever their order."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import cast

from services.journal.model import Batch, Day, MarkRow, Refusal
from services.journal.names import name_key
from services.journal.reading import SHEETS, FileReading

_KEYS: dict[str, tuple[str, ...]] = {
    "terms": ("year", "kind", "number", "classes"),
    "bells": ("number", "classes"),
    "subjects": ("subject",),
    "staff": ("name", "code", "hired"),
    "enrollments": ("class_unit", "pupil", "first"),
    "assignments": ("teacher", "subject", "class_unit", "study_group", "first"),
    "slots": ("class_unit", "study_group", "weekday", "number", "subject", "teacher", "first"),
    "substitutions": ("day", "number", "class_unit", "study_group", "subject", "absent"),
    "plans": ("subject", "class_unit", "study_group", "teacher", "position"),
    "lessons": ("day", "number", "class_unit", "study_group", "subject", "teacher"),
    "attendance": ("day", "number", "nth", "class_unit", "study_group", "subject", "pupil"),
    "term_marks": ("class_unit", "subject", "pupil", "kind", "number"),
}
"""What tells a row from another, as inside one file; where there is none, the whole row does."""

_CELL = attrgetter("day", "number", "nth", "class_unit", "study_group", "subject", "pupil")


class MixedNumberingError(ValueError):
    """Pupils of ``class_units`` are numbered by one file and only named by another."""

    def __init__(self, *, class_units: Sequence[str]) -> None:
        super().__init__(", ".join(class_units))
        self.class_units = tuple(class_units)


def merge(readings: Iterable[FileReading]) -> Batch:
    """One batch of all files that were read; MixedNumberingError where they do not fit together.

    Equal rows are one row. Of rows that differ under one key the first by the files' contents is
    kept and the other refused, so the order in which the files came does not matter.
    """
    read = sorted((each for each in readings if each.batch), key=lambda each: each.sha256)
    batches = [cast("Batch", each.batch) for each in read]
    if len(batches) == 1:
        return batches[0]
    merged = Batch()
    _join_pupils(batches, merged)
    for attribute, sheet in SHEETS.items():
        _join_rows(attribute, sheet, batches, merged)
    merged.period = _period(batches)
    merged.year = _year(batches)
    merged.refused += sorted(refusal for batch in batches for refusal in batch.refused)
    merged.notes += sorted({note for batch in batches for note in batch.notes})
    return merged


def _join_pupils(batches: Sequence[Batch], merged: Batch) -> None:
    """Lists of one class become one; rows follow their pupils to the new places."""
    named = {name for batch in batches for name in batch.pupil_names}
    if not named:
        return
    mixed = sorted(named & {unit for batch in batches for unit in _numbered(batch)})
    if mixed:
        raise MixedNumberingError(class_units=mixed)
    for unit in sorted(named):
        merged.pupil_names[unit] = _joined([batch.pupil_names.get(unit, []) for batch in batches])


def _numbered(batch: Batch) -> set[str]:
    """Classes whose pupils the batch knows by their numbers."""
    lists = (batch.members, batch.enrollments, batch.marks, batch.attendance, batch.term_marks)
    units = {row.class_unit for rows in lists for row in rows or ()}
    return units - batch.pupil_names.keys()


def _joined(lists: Sequence[Sequence[str]]) -> list[str]:
    """Every name as often as in the list that has most of it: namesakes stay two."""
    most: Counter[str] = Counter()
    for names in lists:
        most |= Counter(names)
    return sorted(most.elements(), key=lambda name: (name_key(name), name))


def _places(own: Sequence[str], joined: Sequence[str]) -> dict[int, int]:
    """From a pupil's number in one file to that in the joined list."""
    free: dict[str, list[int]] = {}
    for place, name in enumerate(joined, 1):
        free.setdefault(name, []).append(place)
    return {number: free[name].pop(0) for number, name in enumerate(own, 1)}


@dataclass(slots=True)
class _Joined:
    """Rows of one sheet of all files, each with the number it had in its own."""

    sheet: str
    key: Callable[[object], Hashable]
    rows: list[object] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    seen: dict[Hashable, object] = field(default_factory=dict)

    def add(self, row: object, number: int) -> None:
        key = self.key(row)
        if key not in self.seen:
            self.seen[key] = row
            self.rows.append(row)
            self.numbers.append(number)
        elif self.seen[key] != row:
            self.refused.append(Refusal(self.sheet, number, "повтор строки из другого файла"))


def _join_rows(attribute: str, sheet: str, batches: Sequence[Batch], merged: Batch) -> None:
    having = [batch for batch in batches if getattr(batch, attribute) is not None]
    if len(having) == 1 and not having[0].pupil_names:
        setattr(merged, attribute, getattr(having[0], attribute))
        merged.row_numbers[sheet] = having[0].row_numbers.get(sheet, [])
        return
    key = attrgetter(*_KEYS[attribute]) if attribute in _KEYS else _itself
    joined = _Joined(sheet, key)
    for batch in having:
        rows = getattr(batch, attribute)
        moved = _moved(rows, batch, merged) if "pupil" in _fields(rows) else rows
        for index, row in enumerate(moved):
            joined.add(row, batch.row_number(sheet, index))
    if having:
        setattr(merged, attribute, _recounted(joined.rows) if attribute == "marks" else joined.rows)
        merged.row_numbers[sheet] = joined.numbers
        merged.refused += joined.refused


def _itself(row: object) -> Hashable:
    return row


def _fields(rows: Sequence[MarkRow]) -> tuple[str, ...]:
    return rows[0]._fields if rows else ()


def _moved(rows: Iterable[MarkRow], batch: Batch, merged: Batch) -> Iterator[MarkRow]:
    places = {
        unit: _places(names, merged.pupil_names[unit]) for unit, names in batch.pupil_names.items()
    }
    for row in rows:
        own = places.get(row.class_unit)
        yield row._replace(pupil=own[row.pupil]) if own else row


def _recounted(rows: list[object]) -> list[MarkRow]:
    """Marks of one cell from several files are counted on."""
    used: Counter[Hashable] = Counter()
    counted: list[MarkRow] = []
    for row in cast("list[MarkRow]", rows):
        cell = _CELL(row)
        counted.append(row if row.position == used[cell] else row._replace(position=used[cell]))
        used[cell] += 1
    return counted


def _period(batches: Sequence[Batch]) -> tuple[Day, Day] | None:
    """From the first to the last day that any file covers, where one of them names its range."""
    if not any(batch.period for batch in batches):
        return None
    spans = [batch.period or _span(batch) for batch in batches]
    known = [span for span in spans if span]
    return min(first for first, _ in known), max(last for _, last in known)


def _span(batch: Batch) -> tuple[Day, Day] | None:
    days = [lesson.day for lesson in batch.lessons or ()]
    return (min(days), max(days)) if days else None


def _year(batches: Sequence[Batch]) -> str | None:
    """The year that all files agree on; where they differ, none is said."""
    years = {batch.year for batch in batches if batch.year}
    return years.pop() if len(years) == 1 else None
