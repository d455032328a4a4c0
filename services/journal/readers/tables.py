"""A file as named tables of cells, whatever it is packed in."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import Protocol

import python_calamine

from services.journal.container import UnsuitableError
from services.journal.dates import Cell
from services.journal.guard import MAX_COLUMNS, MAX_ROWS, TOO_WIDE

HEAD_ROWS = 40
"""How deep titles, periods and headers are looked for."""

Row = Sequence[Cell]
Span = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column) of merged cells, from 0."""

_LOCKED = "Книга зашифрована паролем: снимите пароль и отправьте её снова."
_DELIMITERS = ";\t,"
_SAMPLE = 65_536
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f]")
_BYTE_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(slots=True)
class Table:
    """One sheet: ``rows`` begin at row 1 and are read once; ``head`` may be looked at before."""

    name: str
    rows: Iterator[Row]
    height: int
    head: list[Row] = field(default_factory=list)
    merged: Callable[[], Sequence[Span]] = tuple
    """Merged cells, where the container tells them."""

    def __post_init__(self) -> None:
        self.head = list(islice(self.rows, HEAD_ROWS))

    def after(self, header: int) -> Iterator[Row]:
        """The rows below the header with this index."""
        return chain(self.head[header + 1 :], self.rows)


class Book(Protocol):
    """Named tables; one is parsed when it is asked for."""

    names: list[str]

    def table(self, name: str) -> Table: ...


class Workbook:
    """An .xlsx, .xls or .ods; a sheet is parsed when it is asked for."""

    def __init__(self, content: bytes) -> None:
        try:
            self._book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        except (python_calamine.CalamineError, OSError) as error:
            raise UnsuitableError(sentence=_closed(error)) from None
        self.names: list[str] = self._book.sheet_names

    def table(self, name: str) -> Table:
        try:
            sheet = self._book.get_sheet_by_name(name)
        except (python_calamine.CalamineError, OSError) as error:
            raise UnsuitableError(sentence=_unreadable(name, error)) from None
        if sheet.end is None or sheet.start is None:
            return Table(name, iter(()), 0)
        height, width = sheet.end[0] + 1, sheet.end[1] - sheet.start[1] + 1
        if height > MAX_ROWS or width > MAX_COLUMNS:
            raise UnsuitableError(sentence=TOO_WIDE)
        return Table(name, sheet.iter_rows(), height, merged=lambda: sheet.merged_cell_ranges or ())


def _closed(error: Exception) -> str:
    locked = isinstance(error, python_calamine.PasswordError) or "password" in str(error).casefold()
    return _LOCKED if locked else _unreadable(None, error)


def _unreadable(sheet: str | None, error: Exception) -> str:
    where = f"лист «{sheet}» повреждён" if sheet else "книга повреждена"
    return f"Файл не читается: {where} ({type(error).__name__}), выгрузите её ещё раз."


def delimited(name: str, content: bytes) -> Table:
    """A text table; the name of the sheet is the file's name without its extension."""
    text = decoded(content)
    first = text.partition("\n")[0]
    declared = re.fullmatch(r"\s*sep=(.)\s*", first, re.IGNORECASE)
    delimiter = declared[1] if declared else delimiter_of(text[:_SAMPLE])
    rows: Iterable[list[str]] = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        read = list(islice(rows, MAX_ROWS + HEAD_ROWS + 1))
    except csv.Error:
        raise UnsuitableError(
            sentence="Файл не читается: перепутаны кавычки или разделители, пришлите .xlsx."
        ) from None
    if declared:
        del read[0]
    width = max(map(len, read), default=0)
    if len(read) > MAX_ROWS or width > MAX_COLUMNS:
        raise UnsuitableError(sentence=TOO_WIDE)
    padded = (row if len(row) == width else row + [""] * (width - len(row)) for row in read)
    return Table(stem_of(name), padded, len(read))


def stem_of(name: str) -> str:
    """A file's name without its folders and its ending."""
    return PurePosixPath(name.replace("\\", "/")).stem


def decoded(content: bytes) -> str:
    """UTF-8 (with or without its mark), UTF-16 with a mark, else cp1251; never binary."""
    for mark, encoding in _BYTE_MARKS:
        if content.startswith(mark):
            return _text(content, encoding)
    try:
        return _text(content, "utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return _text(content, "cp1251")
    except UnicodeDecodeError:
        raise UnsuitableError(sentence=_NOT_TEXT) from None


_NOT_TEXT = "Не узнаю, что это за файл: это не таблица и не текст. Чистый шаблон: /template."


def _text(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding in {"utf-8", "cp1251"}:
            raise
        raise UnsuitableError(sentence=_NOT_TEXT) from None
    if _CONTROL.search(text):
        raise UnsuitableError(sentence=_NOT_TEXT)
    return text


def delimiter_of(text: str) -> str:
    """The delimiter that most lines hold equally often; ``;`` where there is none."""
    lines = [line for line in text.splitlines()[:HEAD_ROWS] if line.strip()]
    outside = [re.sub(r'"[^"]*"', "", line) for line in lines]
    return max(_DELIMITERS, key=lambda mark: _evenness(mark, outside))


def _evenness(mark: str, lines: list[str]) -> tuple[int, int]:
    """How many lines share the commonest number of marks, and that number."""
    counts = Counter(line.count(mark) for line in lines if mark in line)
    return max(((lines_, count) for count, lines_ in counts.items()), default=(0, 0))
