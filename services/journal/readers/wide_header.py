"""The header of a wide journal page: a column a lesson, under its date or its day of the month."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.journal.cells import cell_text
from services.journal.dates import Cell, month_of
from services.journal.model import Day
from services.journal.readers.academic_days import day_of, in_year
from services.journal.readers.columns import DEEPEST_HEADER
from services.journal.readers.loose import LackError
from services.journal.readers.tables import Row

LEAST_DAYS = 5

_DATED = re.compile(
    r"(?:(?:пн|вт|ср|чт|пт|сб)\.?,? )?"
    r"\d{1,2}(?:[./-]\d{1,2}(?:[./-]\d{2,4})?|[. -]{1,2}[а-яё]{3,8})\.?",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?(?:,? 20\d\d)?(?: ?г\.?)?",
    re.IGNORECASE,
)
_LAST_OF_MONTH = 31


@dataclass(frozen=True, slots=True)
class WideHeader:
    """``row`` holds the days; ``cells`` are theirs by column, ``months`` where they are apart."""

    row: int
    cells: dict[int, Cell]
    months: dict[int, int]

    @property
    def first(self) -> int:
        return min(self.cells)

    def days(self, year: str | None) -> dict[int, Day]:
        """Days by column; YearUnknownError or LackError where only the year could tell."""
        found: dict[int, Day] = {}
        for place, cell in self.cells.items():
            if not self.months:
                found[place] = day_of(cell, year)
            elif year is None:
                raise LackError(lacks=["учебный год"])
            else:
                found[place] = in_year(int(cell_text(cell)), self.months[place], year)
        return found


def find_wide(head: Sequence[Row], titles: str) -> WideHeader | None:
    """The first row with so many dates, or days of the month under months.

    ``titles`` are the names of the sheet and the file: the month may be said there alone.
    """
    for index, row in enumerate(head[:DEEPEST_HEADER]):
        dated = {place: cell for place, cell in enumerate(row) if _is_date(cell)}
        if len(dated) >= LEAST_DAYS:
            return WideHeader(index, dated, {})
        numbered = {place: cell for place, cell in enumerate(row) if _is_day(cell)}
        if len(numbered) >= LEAST_DAYS:
            months = _months_over(head[:index], titles, numbered)
            if months:
                cells = {place: cell for place, cell in numbered.items() if place in months}
                return WideHeader(index, cells, months)
    return None


def _is_date(cell: Cell) -> bool:
    if isinstance(cell, (date, datetime)):
        return True
    return isinstance(cell, str) and _DATED.fullmatch(cell_text(cell)) is not None


def _is_day(cell: Cell) -> bool:
    text = cell_text(cell)
    return text.isdecimal() and 1 <= int(text) <= _LAST_OF_MONTH


def _months_over(above: Sequence[Row], titles: str, days: dict[int, Cell]) -> dict[int, int]:
    """A merged month stands in its first cell and holds until the next; else a title names it."""
    for row in reversed(above[-3:]):
        held = _held(row, max(days))
        covered = {place: month for place, month in held.items() if place in days}
        if len(covered) >= LEAST_DAYS and _in_order(covered, days):
            return covered
    spoken = " ".join([titles, *(cell_text(cell) for row in above for cell in row)])
    named = {month_of(word) for word in re.findall(r"[А-Яа-яё]+", spoken) if _MONTH.fullmatch(word)}
    return dict.fromkeys(days, named.pop()) if len(named) == 1 else {}


def _held(row: Row, last: int) -> dict[int, int]:
    found: dict[int, int] = {}
    month = 0
    for place in range(last + 1):
        text = cell_text(row[place]) if place < len(row) else ""
        if _MONTH.fullmatch(text):
            month = month_of(text)
        if month:
            found[place] = month
    return found


def _in_order(months: dict[int, int], days: dict[int, Cell]) -> bool:
    """Within a month days go on: marks in a row would not."""
    last: tuple[int, int] = (0, 0)
    for place, month in sorted(months.items()):
        number = int(cell_text(days[place]))
        if month == last[0] and number < last[1]:
            return False
        last = (month, number)
    return True
