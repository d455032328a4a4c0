"""From cells to rows, a column at a time: equal cells are read once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, islice, repeat
from operator import itemgetter

from services.journal.cells import cell_text
from services.journal.dates import Cell, UnreadableError
from services.journal.readers.extract import Line
from services.journal.readers.header import Header
from services.journal.readers.sheets import Column, Sheet, Span
from services.journal.readers.tables import Row, Table

CHUNK = 20_000

Refused = tuple[int, str]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that could not be read, among those that could."""

    reason: str


class Reading(dict[Cell, object]):
    """Cells of one column already read; ``failed`` tells whether any could not be."""

    def __init__(self, column: Column, place: int) -> None:
        super().__init__()
        self.column = column
        self.place = place
        self.failed = False

    def __missing__(self, raw: Cell) -> object:
        value: object
        try:
            value = self._read(raw)
        except UnreadableError as error:
            value = Bad(f"{self.column.title}: {error}")
            self.failed = True
        self[raw] = value
        return value

    def _read(self, raw: Cell) -> object:
        if raw is None or (isinstance(raw, str) and not cell_text(raw)):
            if self.column.must:
                raise UnreadableError(reason="не заполнено")
            return self.column.blank
        return self.column.read(raw)

    def over(self, chunk: Sequence[Row]) -> list[object]:
        return list(map(self.__getitem__, map(itemgetter(self.place), chunk)))


@dataclass(slots=True)
class SheetRows:
    """Rows that were read, where each stands in the file, and which were refused."""

    lines: list[Line] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_rows(table: Table, sheet: Sheet, header: Header, progress: Progress) -> SheetRows:
    """All rows below the header; blank ones are skipped, unreadable ones refused."""
    readings = [
        Reading(column, header.places[column.title]) if column.title in header.places else column
        for column in sheet.columns
    ]
    taken = SheetRows()
    first = header.row + 2
    below = table.after(header.row)
    while chunk := list(islice(below, CHUNK)):
        _read_chunk(chunk, readings, taken, first)
        first += len(chunk)
        progress(len(chunk))
    if sheet.span:
        _refuse_backwards(taken, sheet.span)
    return taken if sheet.repeats else without_repeats(taken, sheet.key)


def _read_chunk(
    chunk: list[Row], readings: list[Reading | Column], taken: SheetRows, first: int
) -> None:
    columns: list[Iterable[object]] = []
    reasons: dict[int, list[str]] = {}
    for reading in readings:
        if isinstance(reading, Column):
            columns.append(repeat(reading.absent, len(chunk)))
            continue
        values = reading.over(chunk)
        columns.append(values)
        if reading.failed:
            _collect(values, reasons)
    lines = zip(*columns, strict=True)
    numbers = range(first, first + len(chunk))
    if not reasons:
        taken.lines += lines
        taken.numbers += numbers
        return
    kept = [index not in reasons for index in range(len(chunk))]
    taken.lines += compress(lines, kept)
    taken.numbers += compress(numbers, kept)
    places = [reading.place for reading in readings if isinstance(reading, Reading)]
    for index in sorted(reasons):
        if not _is_blank(chunk[index], places):
            taken.refused.append((first + index, "; ".join(dict.fromkeys(reasons[index]))))


def _collect(values: list[object], reasons: dict[int, list[str]]) -> None:
    for index, value in enumerate(values):
        if type(value) is Bad:
            reasons.setdefault(index, []).append(value.reason)


def _is_blank(row: Row, places: list[int]) -> bool:
    return not any(cell_text(row[place]) for place in places)


def _refuse_backwards(taken: SheetRows, span: Span) -> None:
    kept = [_in_order(line[span.first], line[span.last]) for line in taken.lines]
    wrong = [number for number, good in zip(taken.numbers, kept, strict=True) if not good]
    taken.refused += [(number, span.reason) for number in wrong]
    taken.lines = list(compress(taken.lines, kept))
    taken.numbers = list(compress(taken.numbers, kept))


def _in_order(first: object, last: object) -> bool:
    return not (isinstance(first, int) and isinstance(last, int) and first > last)


def without_repeats(taken: SheetRows, key: tuple[int, ...] | None) -> SheetRows:
    """Identical rows are one row; of two that differ under one key the second is refused."""
    keys: list[object] = list(map(itemgetter(*key), taken.lines)) if key else list(taken.lines)
    if len(set(keys)) == len(keys):
        return taken
    unique = SheetRows(refused=taken.refused)
    seen: dict[object, tuple[Line, int]] = {}
    for found, line, number in _walk(keys, taken):
        known = seen.setdefault(found, (line, number))
        if known[1] == number:
            unique.lines.append(line)
            unique.numbers.append(number)
        elif known[0] != line:
            unique.refused.append((number, f"повтор строки {known[1]}"))
    return unique


def _walk(keys: list[object], taken: SheetRows) -> Iterator[tuple[object, Line, int]]:
    return zip(keys, taken.lines, taken.numbers, strict=True)
