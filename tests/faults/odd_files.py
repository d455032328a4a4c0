"""Journal files as nobody would make them: by chance, from a seed."""

import codecs
import csv
import random
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from services.journal.readers.sheets import sheets
from storage.schema.journal import relations
from tests.services.readers.books import ZONE, open_document, repacked, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[1] / "data"
SHEET = "xl/worksheets/sheet1.xml"
USUAL = {
    "Дата": ("20.11.2026", "19.11.2026", "2026-11-18", "17.11.26", "1.09.2026"),
    "Урок": ("1", "2", "3", "7"),
    "Класс": ("5А", "5 «Б»", "10А", "1а", "11-В"),
    "Предмет": ("Алгебра", "Русский язык", "Физика", "Технология"),
    "Учитель": ("Иванова И.И.", "Петров Пётр Петрович", "Сидорова А. Б."),
    "Тема": ("Дроби", "", "урок", "Контрольная работа № 1"),
    "№": ("1", "2", "17", "30"),
    "Отметка": ("5", "4", "3", "2", "н/а", "5/4", "4-", "зач", "."),
    "Код": ("Н", "Б", "У", "О"),
    "Период": ("1 четверть", "2 четверть", "год", "1 полугодие"),
    "Начало": ("01.09.2026", "08:30", "27.10.2026"),
    "Конец": ("26.10.2026", "09:15", "29.12.2026"),
    "Учебный год": ("2026/2027", "2026-2027"),
    "Вид": ("четверть", "год", "полугодие", "контрольная"),
    "Номер": ("1", "2"),
    "День": ("пн", "вторник", "3"),
    "Часов": ("1", "2", "0,5"),
    "ФИО": ("Смирнов Иван", "Кузнецова Анна"),
}
"""What a column may well hold; a column without a line of its own gets anything."""
ODD = (
    "", " ", "\u00a0", "-", "—", "нет", "да", "0", "-1", "999999999999999999999", "1e308", "NaN",
    "31.02.2026", "00.00.0000", "01.01.1900", "9999-12-31", "46000", "=1+1", "=cmd|' /C calc'!A0",
    "@SUM(A1)", "'", '"', '""";', ";", ",", "\t", "a\nb", "\r\n", "\x00", "\x1f", "\ufeff",
    "\u202e", "😀", "Ё" * 300, "5А" * 50, "1/0", "08:75", "24:00", "٣", "½", "́", "5А, 5Б; все",
    "<b>", "&amp;", "{{ 7*7 }}", "%(name)s", "' OR 1=1 --", "../../etc/passwd", "None", "True",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "cp1251", "utf-16", "koi8-r", "cp866")


@dataclass(slots=True)
class OddFiles:
    chance: random.Random
    tables: tuple[str, ...] = tuple(table.name for table in relations.values())
    _books: list[bytes] = field(default_factory=list)
    _columns: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for sheet in sheets(ZONE).values():
            self._columns[sheet.title] = [column.title for column in sheet.columns]
        self._books = [path.read_bytes() for path in sorted(SAMPLES.glob("*.xlsx"))]
        for _ in range(8):
            names = self.chance.sample(list(self._columns), 2)
            self._books.append(workbook({name: self._rows(name, 0.1) for name in names}))
        self._books.append(open_document([list(row) for row in self._rows("Уроки", 0.1)]))

    def one(self) -> tuple[str, str, bytes]:
        """Its kind, its name and its content."""
        kinds: dict[str, tuple[int, Callable[[], tuple[str, bytes]]]] = {
            "table": (60, self._table),
            "damaged table": (15, self._damaged_table),
            "bytes": (10, self._bytes),
            "damaged book": (8, self._damaged_book),
            "book": (5, self._book),
            "odd sheet": (2, self._odd_sheet),
        }
        weights = [weight for weight, _ in kinds.values()]
        [kind] = self.chance.choices(list(kinds), weights)
        return kind, *kinds[kind][1]()

    def _rows(self, title: str, odd: float) -> list[list[str]]:
        """A header, sometimes with columns missing, doubled or strange, and rows under it."""
        columns = list(self._columns[title])
        if self.chance.random() < odd:
            columns = self.chance.choices([*columns, *ODD[:8]], k=len(columns) + 1)
        if self.chance.random() < 1 / 2:
            self.chance.shuffle(columns)
        height = self.chance.choice((0, 1, 3, 8, 20))
        return [columns, *([self._cell(name, odd) for name in columns] for _ in range(height))]

    def _cell(self, column: str, odd: float) -> str:
        if self.chance.random() < odd:
            return self.chance.choice(ODD)
        known = next((values for name, values in USUAL.items() if column.startswith(name)), ("",))
        return self.chance.choice(known)

    def _table(self) -> tuple[str, bytes]:
        title = self.chance.choice(list(self._columns))
        out = StringIO()
        writer = csv.writer(
            out,
            delimiter=self.chance.choice(";,\t"),
            lineterminator=self.chance.choice(("\r\n", "\n", "\r")),
            quoting=self.chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
        )
        for row in self._rows(title, self.chance.choice((0.0, 0.02, 0.2))):
            writer.writerow([cell.replace("\x00", "") for cell in row])
        encoding = self.chance.choice(ENCODINGS)
        return f"{title}.csv", out.getvalue().encode(encoding, "replace")

    def _damaged_table(self) -> tuple[str, bytes]:
        name, content = self._table()
        return name, self._damaged(content)

    def _damaged(self, content: bytes) -> bytes:
        changed = bytearray(content)
        for _ in range(self.chance.randint(1, 5)):
            at = self.chance.randrange(len(changed) + 1)
            changed[at : at + self.chance.randint(0, 3)] = self.chance.randbytes(
                self.chance.randint(0, 3)
            )
        return bytes(changed[: len(changed) - self.chance.choice((0, 0, 1, 7, len(changed) // 2))])

    def _bytes(self) -> tuple[str, bytes]:
        head = self.chance.choice((b"", b"PK\x03\x04", codecs.BOM_UTF8, codecs.BOM_UTF16_LE))
        return "Уроки.csv", head + self.chance.randbytes(self.chance.randint(0, 300))

    def _book(self) -> tuple[str, bytes]:
        names = self.chance.sample(list(self._columns), self.chance.randint(1, 3))
        return "книга.xlsx", workbook({name: self._rows(name, 0.1) for name in names})

    def _damaged_book(self) -> tuple[str, bytes]:
        return "книга.xlsx", self._damaged(self.chance.choice(self._books))

    def _odd_sheet(self) -> tuple[str, bytes]:
        """A sheet of the archive replaced by a damaged one; the archive itself is sound."""
        _, book = self._book()
        return "книга.xlsx", repacked(book, {SHEET: self._damaged(b"<worksheet><sheetData/>")})
