"""Which format a file is: every detector says 0-1 about a glimpse of it, the surest is asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from services.journal.cells import cell_text
from services.journal.names import name_key
from services.journal.readers.f12 import exact_title, title_by_header, title_of
from services.journal.readers.sheets import sheets
from services.journal.readers.tables import Table, Workbook

ENOUGH = 0.8

GUIDE = "Как заполнять"
"""The template's own sheet of instructions: read by people only."""


@dataclass(slots=True)
class Glimpse:
    """Tables that were looked into, with the exchange sheets they are (None for none)."""

    names: list[str]
    tables: list[tuple[str | None, Table]] = field(default_factory=list)
    named: bool = False

    @property
    def recognised(self) -> list[tuple[str, Table]]:
        return [(title, table) for title, table in self.tables if title]

    @property
    def ignored(self) -> list[str]:
        """Sheets that hold something and are none of the template's."""
        read = {table.name for title, table in self.tables if title}
        empty = {table.name for _, table in self.tables if not table.height}
        return [name for name in self.names if name not in {GUIDE, *read, *empty}]


@dataclass(frozen=True, slots=True)
class Verdict:
    format: str | None
    confidence: float


def glimpse_of_workbook(book: Workbook, zone: ZoneInfo) -> Glimpse:
    """Sheets known by name are enough; where there is none, headers are looked at."""
    glimpse = Glimpse(book.names)
    titled = [(title, name) for name in book.names if (title := exact_title(name))]
    if titled:
        glimpse.named = True
        glimpse.tables = [(title, book.table(name)) for title, name in titled]
        return glimpse
    known = sheets(zone)
    for table in map(book.table, book.names):
        glimpse.tables.append((title_by_header(table, known), table))
    return glimpse


def glimpse_of_text(table: Table, zone: ZoneInfo) -> Glimpse:
    """The file's name tells the sheet; where it does not, the header does."""
    title = title_of(table.name)
    return Glimpse(
        [table.name], [(title or title_by_header(table, sheets(zone)), table)], named=bool(title)
    )


def detect(glimpse: Glimpse) -> Verdict:
    """The surest detector; ``format`` is None where none is sure enough."""
    scores = {name: detector(glimpse) for name, detector in DETECTORS.items()}
    best = max(scores, key=lambda name: scores[name])
    return Verdict(best if scores[best] >= ENOUGH else None, scores[best])


def _template(glimpse: Glimpse) -> float:
    """A sheet's name is proof enough; a header without it is nearly so."""
    if glimpse.named:
        return 1.0
    return 0.9 if glimpse.recognised else 0.0


def _progress_report(glimpse: Glimpse) -> float:
    """F1: the title, pupils' blocks, and a row of months that ends in averages."""
    lines = list(_lines(glimpse))
    title = any("отчет об успеваемости и посещаемости" in line for line in lines)
    block = any(line.startswith("ученик:") for line in lines)
    header = any(line.startswith("предмет ") and "средняя оценка" in line for line in lines)
    return 0.2 * title + 0.3 * block + 0.5 * header


def _report_card(glimpse: Glimpse) -> float:
    """F2: the title, pupils' blocks, and the header over the terms."""
    lines = list(_lines(glimpse))
    title = any("табель успеваемости" in line for line in lines)
    block = any(line.startswith("ученик:") for line in lines)
    header = any("предмет учебные периоды" in line for line in lines)
    return 0.2 * title + 0.3 * block + 0.5 * header


DETECTORS: dict[str, Callable[[Glimpse], float]] = {
    "F12": _template,
    "F1": _progress_report,
    "F2": _report_card,
}


def _lines(glimpse: Glimpse) -> Iterator[str]:
    for _, table in glimpse.tables:
        for row in table.head:
            text = " ".join(filter(None, map(cell_text, row)))
            yield text.casefold().replace("ё", "е")


def unknown(glimpse: Glimpse) -> str:
    """One sentence for a file that nobody knows: what was seen, and what to do."""
    seen = [_seen(table) for _, table in glimpse.tables if table.height][:2]
    what = "; ".join(filter(None, seen)) or "таблица пуста"
    return (
        f"Не узнаю, что это за файл: {what}. "
        "Пришлите выгрузку журнала или заполните шаблон: /template."
    )


def _seen(table: Table) -> str:
    """Only words of the template are repeated: other cells may be somebody's name."""
    titles = {
        column.title for sheet in sheets(ZoneInfo("UTC")).values() for column in sheet.columns
    }
    keys = {name_key(title): title for title in sorted(titles)}
    cells = {name_key(cell) for row in table.head for cell in row if isinstance(cell, str)}
    shown = ", ".join(f"«{keys[key]}»" for key in sorted(cells & keys.keys())[:4])
    width = max(map(len, table.head), default=0)
    known = f"из знакомых {shown}" if shown else "знакомых среди них нет"
    return f"лист «{table.name[:40]}», столбцов {width}, {known}"
