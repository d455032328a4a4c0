"""Files made for the tests: workbooks from rows, and the short way to read one."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import xlsxwriter

from services.journal.dates import Cell
from services.journal.parsing import parse
from services.journal.readers.extract import Extract

if TYPE_CHECKING:
    from xlsxwriter.format import Format

ZONE = ZoneInfo("Europe/Moscow")
Rows = Sequence[Sequence[Cell]]

LESSONS = ("Дата", "Урок", "Класс", "Предмет", "Учитель", "Тема", "Домашнее задание")
MARKS = ("Дата", "Урок", "Класс", "Предмет", "№", "Отметка")


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """An .xlsx whose dates are real ones."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
    formats: dict[type, Format] = {
        date: book.add_format({"num_format": "dd.mm.yyyy"}),
        datetime: book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
    }
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell, formats.get(type(cell)))
    book.close()
    return file.getvalue()


def packed(entries: Mapping[str, bytes]) -> bytes:
    """A zip of the given parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def repacked(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same zip with parts replaced or added."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return packed({**entries, **changed})


def parsed(content: bytes, name: str = "файл.xlsx") -> Extract:
    return parse(name, content, ZONE, lambda _done, _total: None)


def sheet(title: str, rows: Rows) -> Extract:
    return parsed(workbook({title: rows}))


def open_document(rows: Rows) -> bytes:
    """An .ods with one sheet «Уроки»: dates and numbers are typed, the rest is text."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
                    for row in rows)  # fmt: skip
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = "".join(f' xmlns:{name}="{space}:{name}:1.0"' for name in ("office", "table", "text"))
    body = (
        f'<office:body><office:spreadsheet><table:table table:name="Уроки">{lines}'
        "</table:table></office:spreadsheet></office:body>"
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": (
                f"<office:document-content{names}>{body}</office:document-content>".encode()
            ),
        }
    )


def _ods_cell(cell: Cell) -> str:
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, (int, float)):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{cell or ''}</text:p></table:table-cell>"
