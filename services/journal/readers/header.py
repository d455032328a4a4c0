"""Finding a sheet's header row among titles, by the names of its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.journal.cells import cell_text
from services.journal.dates import UnreadableError, day
from services.journal.model import Day
from services.journal.names import name_key
from services.journal.readers.sheets import Sheet
from services.journal.readers.tables import Row
from services.journal.readers.words import academic_year

_HINT = re.compile(r"\(.*?\)|[*:]")
_PERIOD = re.compile(r"период\b.*\d[./-]\d", re.IGNORECASE)
_RANGE = re.compile(r"период\s*:?\s*с?\s*(\S+)\s+(?:по|[-–—])\s+(\S+)", re.IGNORECASE)
_YEAR = re.compile(r"учебный год\s*:?\s*(20\d\d\s*[/–—-]\s*\d{2,4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """``row`` is the header's index in the head; ``places`` tell a title's column."""

    row: int
    places: dict[str, int]
    doubled: tuple[str, ...] = ()

    def missing(self, sheet: Sheet) -> list[str]:
        return [title for title in sheet.required if title not in self.places]


def key_of(title: object) -> str:
    """Headers differ in spaces, case, ё, marks of a required column and hints in brackets."""
    return name_key(_HINT.sub("", str(title)))


def find_header(head: Sequence[Row], sheet: Sheet) -> Header | None:
    """The row that names most columns of the sheet, the first of equals; None where none does."""
    best: Header | None = None
    for index, row in enumerate(head):
        header = _match(index, row, sheet)
        if header.places and (best is None or len(header.places) > len(best.places)):
            best = header
    return best


def _match(index: int, row: Row, sheet: Sheet) -> Header:
    where: dict[str, list[int]] = {}
    for place, cell in enumerate(row):
        if isinstance(cell, str) and cell:
            where.setdefault(key_of(cell), []).append(place)
    places: dict[str, int] = {}
    doubled: list[str] = []
    for column in sheet.columns:
        found = where.get(key_of(column.title))
        if found:
            places[column.title] = found[0]
            doubled += [column.title] * (len(found) > 1 and column.title not in doubled)
    taken = set(places.values())
    for column in sheet.columns:
        for synonym in column.synonyms:
            free = [each for each in where.get(key_of(synonym), ()) if each not in taken]
            if column.title not in places and free:
                places[column.title] = free[0]
                taken.add(free[0])
    return Header(index, places, tuple(doubled))


def period_of(titles: Sequence[Row]) -> tuple[Day, Day] | None:
    """The range of a title row «Период: с .. по ..»; UnreadableError for one that is damaged."""
    for row in titles:
        line = " ".join(filter(None, map(_as_text, row)))
        if _PERIOD.match(line):
            return _range(line)
    return None


def _as_text(cell: object) -> str:
    return f"{cell:%d.%m.%Y}" if hasattr(cell, "strftime") else cell_text(str(cell or ""))


def _range(line: str) -> tuple[Day, Day]:
    found = _RANGE.search(line)
    if found is None:
        raise UnreadableError(reason="строка «Период: с ... по ...» не понята")
    first, last = day(found[1].rstrip(",;.")), day(found[2].rstrip(",;."))
    if first > last:
        raise UnreadableError(reason="в строке «Период» конец раньше начала")
    return first, last


def year_in(titles: Sequence[Row]) -> str | None:
    """The academic year of a title row «Учебный год: 2026/2027»."""
    for row in titles:
        found = _YEAR.search(" ".join(filter(None, map(_as_text, row))))
        if found:
            return academic_year(found[1])
    return None
