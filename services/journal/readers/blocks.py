"""Exports of «Сетевой Город» by pupil: blocks headed «Класс», «Период», «Ученик»."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO

import openpyxl

from services.journal.cells import cell_text
from services.journal.container import UnsuitableError
from services.journal.dates import Cell, UnreadableError
from services.journal.guard import BROKEN
from services.journal.model import Day
from services.journal.names import normalise_class, normalise_name
from services.journal.readers.extract import Extract
from services.journal.readers.header import period_of
from services.journal.readers.words import academic_year

Line = Sequence[Cell]

_FACT = re.compile(r"\s*(Учебный год|Класс|Период|Ученик|Ученица|Учащийся)\s*:\s*(.*)", re.DOTALL)
_DAMAGES = (
    ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile,
    zlib.error,
)  # fmt: skip
"""What openpyxl lets through of a book that is damaged inside."""
_PUPIL = frozenset({"Ученик", "Ученица", "Учащийся"})


@dataclass(slots=True)
class Block:
    """One pupil: ``lines`` are the file's rows below the name, numbered from ``first``."""

    class_unit: str
    number: int
    year: str
    period: tuple[Day, Day] | None
    first: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Facts:
    """What stands above the pupils and holds until it is said again."""

    class_unit: str = ""
    year: str = ""
    period: tuple[Day, Day] | None = None

    def take(self, word: str, value: str) -> None:
        if word == "Класс":
            self.class_unit = normalise_class(value) or ""
        elif word == "Учебный год":
            self.year = academic_year(value)
        else:
            self.period = period_of([[f"Период: {value}"]])


def open_lines(content: bytes) -> Iterator[tuple[str, list[Line]]]:
    """Sheets with their rows; None and '' differ here: no lesson, and a lesson without a mark."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                yield sheet.title, [_plain(row) for row in sheet.iter_rows(values_only=True)]
        except _DAMAGES:
            raise UnsuitableError(sentence=BROKEN) from None


def _plain(row: tuple[object, ...]) -> Line:
    kinds = (str, int, float, date, datetime, time, timedelta)
    return [cell if isinstance(cell, kinds) else None for cell in row]


def read_blocks(lines: Sequence[Line], extract: Extract) -> list[Block]:
    """Blocks in their order; pupils get their place in the class as number."""
    facts = _Facts()
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        found = _FACT.fullmatch(cell_text(line[0])) if line and isinstance(line[0], str) else None
        if found is None:
            if blocks:
                blocks[-1].lines.append(line)
        elif found[1] in _PUPIL:
            blocks.append(_begin(facts, found[2], index, extract))
        else:
            _take(facts, found, index)
    return blocks


def _take(facts: _Facts, found: re.Match[str], index: int) -> None:
    try:
        facts.take(found[1], found[2])
    except UnreadableError as error:
        raise UnsuitableError(sentence=f"Файл не читается: в строке {index + 1} {error}.") from None


def _begin(facts: _Facts, name: str, index: int, extract: Extract) -> Block:
    if not facts.class_unit or not facts.year:
        lack = "класс" if not facts.class_unit else "учебный год"
        raise UnsuitableError(
            sentence=f"Файл не читается: в строке {index + 1} не понять, какой это {lack}. "
            "Выгрузите отчёт за весь класс ещё раз."
        )
    if extract.year not in {None, facts.year}:
        raise UnsuitableError(
            sentence="В файле отчёты за разные учебные годы: пришлите их по отдельности."
        )
    extract.year = facts.year
    names = extract.pupil_names.setdefault(facts.class_unit, [])
    names.append(normalise_name(name))
    return Block(facts.class_unit, len(names), facts.year, facts.period, index + 2)


def column_of(line: Line, *titles: str) -> int | None:
    """Where one of the titles stands; spaces and breaks inside a title do not matter."""
    for place, cell in enumerate(line):
        if isinstance(cell, str) and cell_text(cell).casefold() in titles:
            return place
    return None
