"""The grid of a timetable: where its classes, days and lesson numbers stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.journal.cells import cell_text
from services.journal.dates import Cell, UnreadableError
from services.journal.names import normalise_class
from services.journal.readers.columns import DEEPEST_HEADER, title_key
from services.journal.readers.groups import without_group
from services.journal.readers.tables import Row, Table
from services.journal.readers.words import weekday

_NUMBER = re.compile(
    r"№?\s*(\d{1,2})(?:\s*[.)]|\s*-?(?:й|ый|ий))?(?:\s*урок)?(?:\s+\(?\d{1,2}[.:]\d\d.*)?"
)
_ROOM = re.compile(r"(?:№ )?(?:каб\w*|к|ауд\w*)")
_CLASS = re.compile(
    r"\d{1,2}\s*[-–]?\s*[«\"“„']?\s*[А-ЯЁа-яёA-Za-z]\s*[»\"”“']?(?:\s*(?:класс|кл\.?))?"
)
_LETTERS = re.compile(r"[А-Яа-яЁё]{2}")
_LAST_LESSON = 12
_DAYS_IN_HEADER = 4


class GridCell(NamedTuple):
    """``row`` is the file's; ``class_unit`` is ``""`` where the whole table is of one class."""

    row: int
    class_unit: str
    study_group: str
    weekday: int
    number: int
    raw: Cell
    room: str


class _Head(NamedTuple):
    """What a column of lessons stands for, and the column of its rooms."""

    class_unit: str
    study_group: str
    weekday: int
    rooms: int | None


@dataclass(slots=True)
class Grid:
    """``heads`` by column; ``first`` is the leftmost of them, ``row`` their row."""

    row: int
    heads: dict[int, _Head]
    by_day: bool

    @property
    def first(self) -> int:
        return min(self.heads)

    def likeness(self, head: Sequence[Row]) -> float:
        """Days and numbers stand beside, and words in the cells."""
        table = Table("", iter(head), len(head))
        cells = list(self.cells(table))
        worded = sum(bool(_LETTERS.search(cell_text(cell.raw))) for cell in cells)
        return 0.9 if cells and worded * 2 >= len(cells) else 0.0

    def cells(self, table: Table) -> Iterator[GridCell]:
        """Cells with something in them, those of a merged block once for each of its classes."""
        state = _State(self.heads)
        wide = _wide(table)
        for index, row in enumerate(table.after(self.row), self.row + 1):
            if self._heads_again(row, state):
                continue
            beside = row[: self.first]
            named = _day_in(row if _alone(row) else beside)
            if named:
                state.day, state.number = named, -1
            counted = _number_in(beside)
            state.number = state.number if counted is None else counted
            if state.number >= 0 and (state.day or self.by_day):
                yield from state.cells(index, row, wide)

    def _heads_again(self, row: Row, state: "_State") -> bool:
        """A block of other classes below: their header, or the class alone in its row."""
        if self.by_day:
            unit = next((each.class_unit for each in _classes(row).values()), "")
            unit = unit if _alone(row) else ""
            state.unit = unit or state.unit
            again = bool(unit) or len(_days(row)) >= _DAYS_IN_HEADER
            state.number = -1 if again else state.number
            return again
        classes = _classes(row)
        state.heads = classes or state.heads
        return bool(classes)


@dataclass(slots=True)
class _State:
    """What holds from the rows above."""

    heads: dict[int, _Head]
    unit: str = ""
    day: int = 0
    number: int = -1

    def cells(self, index: int, row: Row, wide: dict[tuple[int, int], int]) -> Iterator[GridCell]:
        for place, head in self.heads.items():
            source = wide.get((index, place), place)
            raw = row[source] if source < len(row) else None
            if cell_text(raw):
                room = "" if head.rooms is None or head.rooms >= len(row) else row[head.rooms]
                yield GridCell(
                    index + 1, head.class_unit or self.unit, head.study_group,
                    head.weekday or self.day, self.number, raw, cell_text(room),
                )  # fmt: skip


def grid_of(table: Table) -> Grid | None:
    """Days over the columns, and one class; or classes over them and days at the left."""
    head = table.head[:DEEPEST_HEADER]
    for index, row in enumerate(head):
        days = _days(row)
        if len(set(days.values())) >= _DAYS_IN_HEADER and min(days):
            heads = {
                place: _Head("", "", found, _rooms(row, place)) for place, found in days.items()
            }
            return Grid(index, heads, by_day=True)
    found = [(index, classes) for index, row in enumerate(head) if (classes := _classes(row))]
    wanted = [each for each in found if min(each[1])]
    if not wanted:
        return None
    index, classes = max(wanted, key=lambda each: len(each[1]))
    return Grid(index, classes, by_day=False)


def _days(row: Row) -> dict[int, int]:
    return {place: found for place, cell in enumerate(row) if (found := _weekday(cell))}


def _classes(row: Row) -> dict[int, _Head]:
    found: dict[int, _Head] = {}
    for place, cell in enumerate(row):
        text, group = without_group(cell_text(cell))
        unit = normalise_class(text) if _CLASS.fullmatch(text) else None
        if unit:
            found[place] = _Head(unit, group, 0, _rooms(row, place))
    others = [cell for place, cell in enumerate(row) if place > min(found, default=0)
              and place not in found and _LETTERS.search(cell_text(cell))
              and not _ROOM.fullmatch(title_key(cell))]  # fmt: skip
    return found if len(found) > len(others) else {}


def _rooms(row: Row, place: int) -> int | None:
    """The next column, where it is titled as that of rooms."""
    following = title_key(row[place + 1]) if place + 1 < len(row) else ""
    return place + 1 if following and _ROOM.fullmatch(following) else None


def _weekday(cell: Cell) -> int:
    if not isinstance(cell, str) or not _LETTERS.search(cell.replace(" ", "")):
        return 0
    try:
        return weekday(re.sub(r"[\s,(]*[\d(].*", "", cell))
    except UnreadableError:
        return 0


def _day_in(cells: Sequence[Cell]) -> int:
    return next(filter(None, map(_weekday, cells)), 0)


def _alone(row: Row) -> bool:
    return sum(map(bool, map(cell_text, row))) == 1


def _number_in(beside: Sequence[Cell]) -> int | None:
    """The rightmost number left of the lessons: running numbers stand before it."""
    for cell in reversed(beside):
        found = _NUMBER.fullmatch(cell_text(cell))
        if found and int(found[1]) <= _LAST_LESSON:
            return int(found[1])
    return None


def _wide(table: Table) -> dict[tuple[int, int], int]:
    """Merged cells over several columns: from (row, column) to the column that has their text."""
    return {
        (top, place): left
        for (top, left), (_, right) in table.merged()
        for place in range(left + 1, right + 1)
    }
