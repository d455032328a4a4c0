"""Which format a file is: every detector says 0-1 about a glimpse of it, the surest is asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from zoneinfo import ZoneInfo

from services.journal.cells import cell_text
from services.journal.loose_formats import LOOSE, Loose
from services.journal.names import name_key
from services.journal.readers.f12 import exact_title, explained, title_by_header, title_of
from services.journal.readers.header import find_header
from services.journal.readers.sheets import Sheet, sheets
from services.journal.readers.tables import Book, Table

ENOUGH = 0.8
LIKELY = 0.5
"""From here on a format is worth being offered."""

GUIDE = "Как заполнять"
"""The template's own sheet of instructions: read by people only."""


@dataclass(slots=True)
class Glimpse:
    """Tables that were looked into, with the exchange sheets they are (None for none).

    ``named``: a sheet's name is the template's; ``whole``: its required columns are there too, so
    that other tables were not looked into. ``file`` is the file's name without its ending.
    """

    names: list[str]
    tables: list[tuple[str | None, Table]] = field(default_factory=list)
    named: bool = False
    whole: bool = False
    file: str = ""

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


def glimpse_of_workbook(book: Book, zone: ZoneInfo, file: str = "") -> Glimpse:
    """Sheets known by name are enough; where there is none, headers are looked at.

    A timetable's grid may be called «Расписание» too: a name counts with its columns.
    """
    glimpse = Glimpse(book.names, file=file)
    known = sheets(zone)
    titled = {name: title for name in book.names if (title := exact_title(name))}
    if titled:
        glimpse.named = True
        glimpse.tables = [(title, book.table(name)) for name, title in titled.items()]
        glimpse.whole = any(_whole(known[title or ""], table) for title, table in glimpse.tables)
        if glimpse.whole:
            return glimpse
    for name in book.names:
        if name not in titled:
            table = book.table(name)
            glimpse.tables.append((None if titled else title_by_header(table, known), table))
    return glimpse


def glimpse_of_text(table: Table, zone: ZoneInfo) -> Glimpse:
    """The file's name tells the sheet; where it does not, the header does."""
    known = sheets(zone)
    title = title_of(table.name)
    whole = title is not None and _whole(known[title], table)
    found = title or title_by_header(table, known)
    return Glimpse([table.name], [(found, table)], bool(title), whole, table.name)


def _whole(sheet: Sheet, table: Table) -> bool:
    """Empty, or with all the columns that it must have."""
    header = find_header(table.head, sheet)
    return not table.height or (header is not None and not header.missing(sheet))


def detect(glimpse: Glimpse) -> Verdict:
    """The surest detector; ``format`` is None where none is sure enough."""
    if glimpse.whole:
        return Verdict("F12", 1.0)
    best, confidence = ranked(glimpse)[0]
    return Verdict(best if confidence >= ENOUGH else None, confidence)


def ranked(glimpse: Glimpse) -> list[tuple[str, float]]:
    """Formats and how sure their detectors are, the surest first."""
    scores = {name: detector(glimpse) for name, detector in DETECTORS.items()}
    return sorted(scores.items(), key=lambda one: -one[1])


def likely(glimpse: Glimpse) -> tuple[str, ...]:
    """What a file that nobody is sure of may be, the likeliest first."""
    return tuple(name for name, score in ranked(glimpse) if score >= LIKELY and name in HINTS)


def _template(glimpse: Glimpse) -> float:
    """A sheet's name, or its columns: with both the file is not even doubted."""
    if glimpse.named:
        return 0.8
    known = sheets(ZoneInfo("UTC"))
    told = [0.9 if explained(table, known[title]) else 0.8 for title, table in glimpse.recognised]
    return max(told, default=0.0)


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


def fitting(loose: Loose, glimpse: Glimpse) -> list[Table]:
    """The tables of a file in which a loose format is recognised, else those likest to it."""
    enough = min(ENOUGH, _likest(loose, glimpse))
    return [table for _, table in glimpse.tables if loose.likeness(table, glimpse.file) >= enough]


def _likest(loose: Loose, glimpse: Glimpse) -> float:
    return max((loose.likeness(table, glimpse.file) for _, table in glimpse.tables), default=0.0)


DETECTORS: dict[str, Callable[[Glimpse], float]] = {
    "F12": _template,
    "F1": _progress_report,
    "F2": _report_card,
    **{name: partial(_likest, each) for name, each in LOOSE.items()},
}


def _lines(glimpse: Glimpse) -> Iterator[str]:
    for _, table in glimpse.tables:
        for row in table.head:
            text = " ".join(filter(None, map(cell_text, row)))
            yield text.casefold().replace("ё", "е")


HINTS = {
    "F1": "отчёт об успеваемости и посещаемости класса: выгрузите его целиком",
    "F2": "табель успеваемости класса: выгрузите его целиком",
    "F4": "страницу журнала: нужны колонка имён и даты уроков с месяцами",
    "F5": "список уроков: напишите над таблицей «Темы уроков»",
    "F6": "КТП: напишите над таблицей «Календарно-тематическое планирование»",
    "F7": "список учеников: нужен их класс",
    "F8": "нагрузку: назовите колонку с именами «ФИО учителя»",
    "F9": "расписание: нужны дни недели, номера уроков и классы",
    "F10": "замены: нужна дата, в колонке или над таблицей",
    "F11": "отметки ученика: выгрузите их с датами",
}
"""What a doubtful file may be, and what would make it certain; a log of changes is sure or none."""


def unsure(glimpse: Glimpse) -> str | None:
    """One sentence for a file that is like something, not enough to be taken for it."""
    like = [HINTS[name] for name in likely(glimpse)]
    if not like:
        return None
    return f"Не уверен, что это. Похоже на {'; или на '.join(like)}. Исправьте и пришлите снова."


def unknown(glimpse: Glimpse) -> str:
    """One sentence for a file that nobody knows: what was seen, and what to do."""
    doubt = unsure(glimpse)
    if doubt:
        return doubt
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
