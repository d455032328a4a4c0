"""Files of other systems as schools send them: tables in a book, and what was read of them."""

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO
from typing import Any

from services.journal.container import UnsuitableError
from services.journal.readers.extract import Extract
from services.journal.reading import ROW_TYPES
from tests.services.readers.books import parsed, workbook

NBSP = "\u00a0"
Rows = Sequence[Sequence[Any]]


def read(rows: Rows, name: str = "файл.xlsx", *, sheet: str = "Лист1") -> Extract:
    return parsed(workbook({sheet: rows}), name)


def rows_of(extract: Extract, attribute: str) -> list[Any]:
    """The rows of one list, as the types of the model."""
    kind: Any = ROW_TYPES[attribute]
    return [kind(*line) for line in extract.rows.get(attribute, ())]


def column(extract: Extract, attribute: str, name: str) -> list[Any]:
    return [getattr(row, name) for row in rows_of(extract, attribute)]


def table(rows: Rows, *, encoding: str = "cp1251", delimiter: str = ";") -> bytes:
    """A text file as a Russian spreadsheet saves it."""
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding, "replace")


def refusal(rows: Rows, name: str = "файл.xlsx", *, sheet: str = "Лист1") -> str:
    """The sentence with which a file is refused as a whole."""
    try:
        extract = read(rows, name, sheet=sheet)
    except UnsuitableError as error:
        return str(error)
    raise AssertionError(extract)


def day(day_: int, month: int, year: int = 2026) -> int:
    return date(year, month, day_).toordinal()
