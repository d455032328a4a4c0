"""Headers of files that no template binds: columns are known by patterns, wherever they stand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest

from services.journal.cells import cell_text
from services.journal.dates import Cell
from services.journal.readers.tables import Row, Table

DEEPEST_HEADER = 20
"""Rows in which a header is looked for, titles and approval stamps above it counted."""

LONGEST_TITLE = 100
"""Longer text is no header."""

_NUMBERED = 3

_HINT = re.compile(r"\(.*?\)")
_NOISE = re.compile(r"[^\w№/]+")
_HYPHEN = re.compile(r"(?<=\w)[-‐\xad] (?=\w)")


def title_key(cell: Cell) -> str:
    """A header's words: no case, no ё, no punctuation, no hints in brackets, no broken words."""
    text = cell_text(cell)
    return _key(text) if len(text) <= LONGEST_TITLE else ""


@lru_cache(maxsize=4096)
def _key(title: str) -> str:
    text = _HINT.sub(" ", title).casefold().replace("ё", "е")
    return _NOISE.sub(" ", _HYPHEN.sub("", text)).strip()


@dataclass(frozen=True)
class Patterns:
    """Columns by name, in the order in which they take a title."""

    known: Mapping[str, re.Pattern[str]]
    met: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    def fitting(self, title: str) -> tuple[str, ...]:
        """Columns whose pattern matches the whole title; titles come again and again."""
        if title not in self.met:
            self.met[title] = tuple(n for n, each in self.known.items() if each.fullmatch(title))
        return self.met[title]


def patterns(**titles: str) -> Patterns:
    """Each column's pattern must match the whole key of its title."""
    return Patterns({name: re.compile(pattern) for name, pattern in titles.items()})


@dataclass(frozen=True, slots=True)
class Columns:
    """``row`` is the header's index in the head, ``first`` that of the first row of data."""

    row: int
    first: int
    places: dict[str, int]
    titles: dict[int, str]

    def __contains__(self, name: str) -> bool:
        return name in self.places

    def cell(self, row: Row, name: str) -> Cell:
        """None also where the file has no such column."""
        place = self.places.get(name)
        return row[place] if place is not None and place < len(row) else None

    def text(self, row: Row, name: str) -> str:
        return cell_text(self.cell(row, name))

    def lines(self, row: Row, name: str) -> str:
        """The text with the cell's own line breaks, ``""`` for a blank one."""
        raw = self.cell(row, name)
        return raw if isinstance(raw, str) and cell_text(raw) else cell_text(raw)

    def repeated(self, row: Row) -> bool:
        """The header again, as at the top of every printed page."""
        same = [
            place for place, title in self.titles.items()
            if place < len(row) and title_key(row[place]) == title
        ]  # fmt: skip
        return len(same) >= max(2, (len(self.titles) + 1) // 2)

    def share(self, known: Patterns) -> float:
        """How much of the header is known, columns that stand twice counted."""
        fitting = [
            title for title in self.titles.values() if known.fitting(title)
        ]  # fmt: skip
        return len(fitting) / max(1, len(self.titles))

    def records(self, table: Table) -> Iterator[tuple[int, Row]]:
        """Rows of data with their numbers in the file; blank ones and repeated headers are not."""
        for number, row in enumerate(table.after(self.first - 1), self.first + 1):
            if any(map(cell_text, row)) and not self.repeated(row) and not _counts_columns(row):
                yield number, row


def _counts_columns(row: Row) -> bool:
    """«1, 2, 3, 4» under the titles of a form."""
    texts = list(filter(None, map(cell_text, row)))
    return len(texts) >= _NUMBERED and texts == [f"{n}" for n in range(1, len(texts) + 1)]


def find_columns(head: Sequence[Row], known: Patterns, depth: int = DEEPEST_HEADER) -> Columns:
    """The row, or the pair of rows under merged titles, that explains most; the first of equals."""
    best = Columns(0, 1, {}, {})
    for index, row in enumerate(head[:depth]):
        below = head[index + 1] if index + 1 < len(head) else ()
        own = [title_key(cell) for cell in row]
        for first, titles in ((index + 1, own), (index + 2, _joined(own, below))):
            places = _places(titles, known)
            if len(places) > len(best.places):
                shown = {place: title for place, title in enumerate(titles) if title}
                best = Columns(index, first, places, shown)
    return best


def _joined(upper: Sequence[str], lower: Row) -> list[str]:
    """«Дата» over «план» and «факт»: a merged title stands in its first cell only.

    Empty where no cell of the lower row stands under such a title.
    """
    below = [title_key(cell) for cell in lower]
    merged = any(under and not own for own, under in zip_longest(upper, below, fillvalue=""))
    if not merged:
        return []
    titles: list[str] = []
    held = ""
    for own, under in zip_longest(upper, below, fillvalue=""):
        held = own or (held if under else "")
        titles.append(f"{held} {under}".strip() if under else own)
    return titles


def _places(titles: Sequence[str], known: Patterns) -> dict[str, int]:
    """The first pattern that fits a title takes it, the first title that fits a pattern gets it."""
    places: dict[str, int] = {}
    for place, title in enumerate(titles):
        if title:
            name = next((each for each in known.fitting(title) if each not in places), "")
            if name:
                places[name] = place
    return places
