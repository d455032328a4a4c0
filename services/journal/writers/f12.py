"""Writes journal rows as the exchange template: one workbook, or a text table a sheet."""

import csv
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.journal.model import Batch
from services.journal.writers.cells import Cell, Cells, DayCell, MomentCell
from services.journal.writers.local_time import EXCEL_DAY_ZERO, LocalTime, day_text
from services.journal.writers.sheets import SHEETS, Sheet

WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
CREATED = date(2026, 1, 1)

Progress = Callable[[str, int, int], None]


def silent(_stage: str, _done: int, _total: int) -> None:
    """A progress callback that tells nobody."""


def write_workbook(
    batch: Batch,
    target: Path | BinaryIO,
    *,
    local: LocalTime,
    real_dates: bool = True,
    progress: Progress = silent,
) -> None:
    """Every sheet that the batch has; its period stands above the header of «Уроки»."""
    name = str(target) if isinstance(target, Path) else target
    with xlsxwriter.Workbook(name, WORKBOOK_OPTIONS) as book:
        book.set_properties({"created": CREATED})
        pen = _Pen(local=local, book=book, real_dates=real_dates)
        for done, sheet in enumerate(SHEETS):
            progress("book", done, len(SHEETS))
            rows = sheet.rows(batch)
            if rows is not None:
                title = period_title(batch) if sheet.name == "Уроки" else None
                pen.sheet(sheet, rows, title)


def period_title(batch: Batch) -> str | None:
    if batch.period is None:
        return None
    first, last = batch.period
    return f"Период: с {day_text(first)} по {day_text(last)}"


class _Pen:
    """Puts cells on a workbook's pages; serial numbers are much faster than datetime objects."""

    def __init__(self, *, local: LocalTime, book: xlsxwriter.Workbook, real_dates: bool) -> None:
        self._local = local
        self._book = book
        self._real_dates = real_dates
        self._header = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        self._day = book.add_format({"num_format": "dd.mm.yyyy"})
        self._moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})

    def sheet(self, sheet: Sheet, rows: Iterable[Cells], title: str | None) -> None:
        page = self._book.add_worksheet(sheet.name)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
        top = 0 if title is None else 1
        page.freeze_panes(top + 1, 0)
        if title is not None:
            page.write_string(0, 0, title)
        for at, column in enumerate(sheet.columns):
            page.write_string(top, at, column.title, self._header)
        for row, cells in enumerate(rows, top + 1):
            self._row(page, row, cells)

    def _row(self, page: Worksheet, row: int, cells: Cells) -> None:
        for at, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                page.write_string(row, at, cell)
            elif isinstance(cell, (DayCell, MomentCell)):
                self._date(page, row, at, cell)
            else:
                page.write_number(row, at, cell)

    def _date(self, page: Worksheet, row: int, at: int, cell: DayCell | MomentCell) -> None:
        if not self._real_dates:
            page.write_string(row, at, _text(cell, self._local))
            return
        serial, look = self._serial(cell)
        page.write_number(row, at, serial, look)

    def _serial(self, cell: DayCell | MomentCell) -> tuple[float, Format]:
        if isinstance(cell, DayCell):
            return cell.day - EXCEL_DAY_ZERO, self._day
        return self._local.excel(cell.moment), self._moment


def write_tables(
    batch: Batch,
    directory: Path,
    *,
    local: LocalTime,
    encoding: str = "utf-8-sig",
    delimiter: str = ";",
) -> list[Path]:
    """One ``<sheet>.csv`` for each sheet that the batch has; the files written."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for sheet in SHEETS:
        rows = sheet.rows(batch)
        if rows is None:
            continue
        path = directory / f"{sheet.name}.csv"
        with path.open("w", encoding=encoding, errors="replace", newline="") as file:
            table = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
            table.writerow([column.title for column in sheet.columns])
            table.writerows([_text(cell, local) for cell in cells] for cells in rows)
        written.append(path)
    return written


def _text(cell: Cell, local: LocalTime) -> str:
    if cell is None:
        return ""
    if isinstance(cell, DayCell):
        return day_text(cell.day)
    if isinstance(cell, MomentCell):
        return local.text(cell.moment)
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", ",")
    return str(cell)
