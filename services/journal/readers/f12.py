"""The exchange template: sheets of a workbook, or one sheet as a text file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import compress
from zoneinfo import ZoneInfo

from services.journal.container import UnsuitableError
from services.journal.dates import UnreadableError
from services.journal.names import name_key
from services.journal.readers.extract import Extract
from services.journal.readers.header import Header, find_header, period_of, year_in
from services.journal.readers.marks import (
    attendance_line,
    join_attendance,
    open_marks,
    term_mark_line,
)
from services.journal.readers.rows import Progress, SheetRows, read_rows
from services.journal.readers.sheets import TITLES, Sheet, sheets
from services.journal.readers.tables import Table

KEPT_EMPTY = frozenset({"Уроки", "Отметки", "Посещаемость", "Итоги"})
"""Sheets of the journal itself: an empty one says "nothing there"; an empty list is not filled."""

TELLING = 3
"""So many required columns are proof; fewer, like «Предмет» alone, many a table has."""

_BY_KEY = {name_key(title): title for title in TITLES}
_WORD = re.compile(r"[а-яё]+", re.IGNORECASE)


def title_of(name: str) -> str | None:
    """The sheet a name means: «уроки », «Уроки (2)», «01_Уроки»; None for none or several."""
    exact = _BY_KEY.get(name_key(name))
    if exact:
        return exact
    found = {_BY_KEY[key] for word in _WORD.findall(name) if (key := name_key(word)) in _BY_KEY}
    return found.pop() if len(found) == 1 else None


def exact_title(name: str) -> str | None:
    return _BY_KEY.get(name_key(name))


def title_by_header(table: Table, known: Mapping[str, Sheet]) -> str | None:
    """The sheet whose required columns are all there and that explains most of the header.

    One column alone is no proof: many a table has a «Предмет» or a «ФИО».
    """
    scores = {
        title: len(header.places)
        for title, sheet in known.items()
        if (header := find_header(table.head, sheet)) and not header.missing(sheet)
    }
    scores = {title: score for title, score in scores.items() if score > 1}
    best = max(scores.values(), default=0)
    fitting = [title for title, score in scores.items() if score == best]
    return fitting[0] if len(fitting) == 1 else None


def explained(table: Table, sheet: Sheet) -> bool:
    """Whether the sheet's columns are enough to tell it by, or most of the header's cells."""
    header = find_header(table.head, sheet)
    if header is None or header.missing(sheet):
        return False
    titles = sum(isinstance(cell, str) and bool(cell.strip()) for cell in table.head[header.row])
    return len(sheet.required) >= TELLING or 2 * len(header.places) >= titles


@dataclass(slots=True)
class TemplateReader:
    """Reads the tables that were recognised, all of them or none."""

    zone: ZoneInfo
    progress: Progress
    confidence: float = 1.0
    known: dict[str, Sheet] = field(init=False)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = sheets(self.zone)

    def read(self, tables: Iterable[tuple[str, Table]]) -> Extract:
        """UnsuitableError where a sheet lacks columns, or nothing at all is filled."""
        extract = Extract("F12", self.confidence)
        read: dict[str, SheetRows] = {}
        for title, table in tables:
            if title in read:
                self.faults.append(f"лист «{title}» встречается дважды, оставьте один")
                continue
            found = self._sheet(self.known[title], table, extract)
            if found is not None:
                read[title] = found
        if self.faults:
            raise UnsuitableError(sentence=sentence(self.faults))
        _open_cells(read)
        for title, rows in read.items():
            _put(extract, self.known[title], rows)
        if not any(extract.rows.values()) and not extract.refused:
            raise UnsuitableError(
                sentence="В файле нет ни одной заполненной строки: заполните его листы."
            )
        return extract

    def _sheet(self, sheet: Sheet, table: Table, extract: Extract) -> SheetRows | None:
        if not table.height:
            extract.notes.append(f"лист «{sheet.title}» пуст и пропущен")
            return None
        header = find_header(table.head, sheet)
        if header is None or header.missing(sheet):
            self.faults.append(_lack(sheet, header))
            return None
        self._titles(sheet, table, header, extract)
        for title in header.doubled:
            extract.notes.append(f"лист «{sheet.title}»: столбец «{title}» дважды, взят первый")
        rows = read_rows(table, sheet, header, self.progress)
        if rows.lines or rows.refused or sheet.title in KEPT_EMPTY:
            return rows
        extract.notes.append(f"лист «{sheet.title}» не заполнен и пропущен")
        return None

    def _titles(self, sheet: Sheet, table: Table, header: Header, extract: Extract) -> None:
        above = table.head[: header.row]
        try:
            period = period_of(above)
            extract.year = extract.year or year_in(above)
        except UnreadableError as error:
            self.faults.append(f"лист «{sheet.title}»: {error}")
            return
        if period and extract.period and period != extract.period:
            self.faults.append(f"лист «{sheet.title}»: период не тот, что на других листах")
        extract.period = extract.period or period


def _lack(sheet: Sheet, header: Header | None) -> str:
    if header is None:
        return f"лист «{sheet.title}»: не найдена строка заголовков"
    missing = header.missing(sheet)
    columns = ", ".join(f"«{title}»" for title in missing)
    return f"лист «{sheet.title}»: нет {'столбца' if len(missing) == 1 else 'столбцов'} {columns}"


def sentence(faults: list[str]) -> str:
    text = "; ".join(faults)
    return f"{text[0].upper()}{text[1:]}. Исправьте и пришлите снова; чистый шаблон: /template."


def _open_cells(read: dict[str, SheetRows]) -> None:
    """Marks and absences out of their cells; an empty cell says nothing and leaves no row."""
    if "Посещаемость" in read:
        rows = read["Посещаемость"]
        filled = [bool(line[-1]) for line in rows.lines]
        rows.lines = [attendance_line(line) for line in compress(rows.lines, filled)]
        rows.numbers = list(compress(rows.numbers, filled))
    if "Отметки" in read:
        opened = open_marks(read["Отметки"])
        read["Отметки"] = opened.marks
        if opened.attendance.lines:
            joined, refused = join_attendance(read.get("Посещаемость"), opened.attendance)
            read["Посещаемость"] = joined
            opened.marks.refused += refused
    if "Итоги" in read:
        read["Итоги"].lines = list(map(term_mark_line, read["Итоги"].lines))


def _put(extract: Extract, sheet: Sheet, rows: SheetRows) -> None:
    extract.rows[sheet.attribute] = rows.lines
    extract.numbers[sheet.title] = rows.numbers
    extract.refused += [(sheet.title, number, reason) for number, reason in sorted(rows.refused)]
