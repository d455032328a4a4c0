"""A workbook of plain sheets: styled header, filter, frozen row, print setup; text stays text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.shares import tenths

Kind = Literal["text", "long", "whole", "delta", "share", "points", "date"]
Cell = str | float | None

HEADER_FILL = "#1F4E79"
RULE_LINE = "#C9D3DD"
NO_DATA = "нет данных"
LONGEST_TEXT = 32_000
LONGEST_NAME = 31
LINE_HEIGHT = 15
MOST_LINES = 25
UNKNOWN_DAY = datetime(2000, 1, 1, tzinfo=UTC)
NUMBERS: dict[Kind, str] = {
    "whole": "0",
    "share": "0.0%",
    "delta": "+0;-0;0",
    "points": "+0.0;-0.0;0.0",
    "date": "dd.mm.yyyy",
}


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is in characters; shares are 0-100, a date is ДД.ММ.ГГГГ, ``None`` is no data."""

    title: str
    width: int
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook in memory. The same contents give the same bytes."""

    title: str
    buffer: BytesIO = field(default_factory=BytesIO)
    workbook: Workbook = field(init=False)
    formats: dict[str, Format] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        workbook = Workbook(self.buffer, options)
        workbook.set_properties({"title": clean(self.title), "created": UNKNOWN_DAY})
        object.__setattr__(self, "workbook", workbook)

    def finish(self) -> bytes:
        self.workbook.close()
        return self.buffer.getvalue()

    def sheet(
        self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, note: str
    ) -> Worksheet:
        """A table from A1 on; ``note`` (what the data is as of) is printed below every page."""
        sheet = self.workbook.add_worksheet(self.sheet_name(name))
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.title, self.header())
        sheet.set_row(0, 2 * LINE_HEIGHT)
        for number, row in enumerate(rows, start=1):
            sheet.set_row(number, LINE_HEIGHT * lines_of(columns, row))
            for index, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self.write(sheet, (number, index), cell, kind=column.kind)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        sheet.freeze_panes(1, 0)
        self.print_setup(sheet, note=note)
        return sheet

    def write(self, sheet: Worksheet, at: tuple[int, int], cell: Cell, *, kind: Kind) -> None:
        """Numbers and dates as such, all else as text, whatever sign it begins with."""
        row, column = at
        day = as_day(cell) if kind == "date" and isinstance(cell, str) else None
        if cell is None:
            sheet.write_string(
                row, column, NO_DATA, self.format("quiet", {"font_color": "#5B6775"})
            )
        elif cell == "":
            sheet.write_blank(row, column, None, self.words(wrap=False))
        elif day is not None:
            sheet.write_datetime(row, column, day, self.number("date"))
        elif isinstance(cell, str):
            sheet.write_string(row, column, clean(cell), self.words(wrap=kind == "long"))
        else:
            shown = tenths(cell) / 100 if kind == "share" else cell
            sheet.write_number(row, column, shown, self.number(kind))

    def print_setup(self, sheet: Worksheet, *, note: str) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer(f"&L{footer(note)}&C&A&R&P / &N")

    def header(self) -> Format:
        return self.format(
            "header",
            {
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": HEADER_FILL,
                "text_wrap": True,
                "valign": "vcenter",
            },
        )

    def words(self, *, wrap: bool) -> Format:
        return self.format(f"words{wrap}", {"text_wrap": wrap})

    def number(self, kind: Kind) -> Format:
        return self.format(kind, {"num_format": NUMBERS.get(kind, "General"), "align": "left"})

    def format(self, name: str, look: dict[str, object]) -> Format:
        if name not in self.formats:
            common = {"valign": "top", "bottom": 1, "bottom_color": RULE_LINE}
            self.formats[name] = self.workbook.add_format({**common, **look})
        return self.formats[name]

    def sheet_name(self, name: str) -> str:
        """A free name without the characters that spreadsheets forbid in names."""
        plain = re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip().strip("'") or "Лист"
        free, number = plain[:LONGEST_NAME].strip(), 1
        while free.casefold() in self.names:
            number += 1
            free = f"{plain[: LONGEST_NAME - 4].strip()} {number}"
        self.names.add(free.casefold())
        return free


def lines_of(columns: Sequence[Column], row: Sequence[Cell]) -> int:
    """How many lines the row's wrapped cells need: not every program finds that out by itself."""
    needed = (
        sum(max(1, -(-len(part) // max(1, column.width - 2))) for part in cell.split("\n"))
        for column, cell in zip(columns, row, strict=True)
        if column.kind == "long" and isinstance(cell, str)
    )
    return min(MOST_LINES, max(1, 1, *needed))


def clean(text: str) -> str:
    """The text without what XML cannot carry, no longer than a cell holds."""
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", text)
    return plain[:LONGEST_TEXT]


def footer(note: str) -> str:
    """``&`` begins a code in a footer; a footer holds 255 characters."""
    return clean(note).replace("&", "&&")[:200]


def as_day(text: str) -> datetime | None:
    """The day of ДД.ММ.ГГГГ, None for anything else."""
    found = re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", text)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return datetime(year, month, day)  # noqa: DTZ001  # a spreadsheet's day has no zone
    except ValueError:
        return None
