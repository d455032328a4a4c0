"""Whose row it is on a wide page: the columns of names and numbers left of the days."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.journal.cells import cell_text
from services.journal.names import normalise_name
from services.journal.readers.columns import title_key
from services.journal.readers.tables import Row

_WORD = r"[А-ЯЁA-Z][А-ЯЁа-яёA-Za-z'’-]*"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,4}}|{_WORD} [А-ЯЁ]\. ?(?:[А-ЯЁ]\.)?|{_WORD} [А-ЯЁ]\.?")
_NO_PUPIL = re.compile(
    r"(?:учитель|классный|директор|зам|завуч|итого|средн|всего|качеств|успеваем|кол)\w*(?: |$)",
    re.IGNORECASE,
)
_NAMES_TITLE = re.compile(
    r"ф ?и ?о?.*|фамилия.*|(?:список )?(?:учени|учащ|обучающ)\w+.*|список.*|имя.*"
)
_NUMBER_TITLE = re.compile(r"№.*|n|номер|п/п")
_LAST_PUPIL = 99
_LEAST_PUPILS = 2


def is_name(text: str) -> bool:
    """«Смирнов Иван», «Смирнов Иван Петрович» or «Смирнов И.П.»."""
    return _NAME.fullmatch(text) is not None


class Pupil(NamedTuple):
    """``name`` is ``""`` on a page of numbers only."""

    number: int | None
    name: str


@dataclass(frozen=True, slots=True)
class PupilColumns:
    """``names`` are one column, or surname and name in two; ``number`` may be missing beside it."""

    names: tuple[int, ...]
    number: int | None

    def of(self, row: Row) -> Pupil | None:
        """None for a row of no pupil: a total, a signature, a blank one."""
        text = _at(row, self.number) if self.number is not None else ""
        number = int(text) if text.isdecimal() and 1 <= int(text) <= _LAST_PUPIL else None
        if number is None and self.number is not None:
            return None
        if not self.names:
            return Pupil(number, "")
        name = normalise_name(" ".join(_at(row, place) for place in self.names))
        if not name or _NO_PUPIL.match(name) or (number is None and not is_name(name)):
            return None
        return Pupil(number, name)


def find_pupils(head: Sequence[Row], header: int, end: int) -> PupilColumns | None:
    """The columns before ``end``, by their titles in the header's rows, else by what is below."""
    titles = {place: _title(head[max(0, header - 2) : header + 1], place) for place in range(end)}
    below = head[header + 1 :]
    surname = [place for place, title in titles.items() if title == "фамилия"]
    given = [place for place, title in titles.items() if title == "имя"]
    named = [place for place, title in titles.items() if _NAMES_TITLE.fullmatch(title)]
    names: tuple[int, ...] = (surname[0], given[0]) if surname and given else tuple(named[:1])
    if not names:
        found = _fullest(below, end, is_name)
        names = () if found is None else (found,)
    number = next((p for p, title in titles.items() if _NUMBER_TITLE.fullmatch(title)), None)
    if number is None and names:
        number = _fullest(below, names[0], str.isdecimal)
    return PupilColumns(names, number) if names or number is not None else None


def _title(rows: Sequence[Row], place: int) -> str:
    """The lowest title over the column: merged ones stand a row or two above the days."""
    texts = [title_key(row[place]) for row in rows if place < len(row)]
    return next(filter(None, reversed(texts)), "")


def _fullest(rows: Sequence[Row], end: int, fits: Callable[[str], bool]) -> int | None:
    """The column before ``end`` in which most cells fit; two at least."""
    counts = Counter(
        place for row in rows for place in range(min(end, len(row))) if fits(cell_text(row[place]))
    )
    place, count = next(iter(counts.most_common(1)), (0, 0))
    return place if count >= _LEAST_PUPILS else None


def _at(row: Row, place: int) -> str:
    return cell_text(row[place]) if place < len(row) else ""
