"""Imitates two exports of Сетевой Город: one block a pupil, each as wide as the pupil's lessons.

An empty string is a lesson without anything in the cell, a missing cell is a day without a lesson.
"""

from datetime import date
from itertools import groupby
from pathlib import Path

import xlsxwriter

from services.journal.model import Batch, Day
from services.journal.writers.class_journal import ClassJournal, SubjectCells
from services.journal.writers.f12 import CREATED
from services.journal.writers.local_time import day_text

SCHOOL = 'Муниципальное общеобразовательное учреждение "Средняя школа № 00"'
MONTHS = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
    "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip
LEGEND = (("Н", "Неуважительная"), ("О", "Опоздание"), ("Б", "Болезнь"), ("У", "Уважительная"))
AVERAGES = ("Средняя оценка", "Средневзвешенный \n балл", "Итоговая оценка за период")
YEAR_COLUMNS = ("Год. оценка", "Экз. оценка", "Гос. экз. оценка", "Итог. оценка")
TERM_COLUMNS = ("Средний балл", "Ср. взв. балл", "Итог")
TITLE_ROWS = 10
REPORT_NAME = "Отчет об успеваемости и посещаемости (весь класс)"
TABLE_NAME = "Табель успеваемости (весь класс)"


def write_progress_report(
    batch: Batch, class_unit: str, period: tuple[Day, Day], target: Path
) -> None:
    """«Отчет об успеваемости и посещаемости»: marks and codes of a class between two days."""
    journal = ClassJournal(batch, class_unit)
    with xlsxwriter.Workbook(str(target), {"strings_to_formulas": False}) as book:
        book.set_properties({"created": CREATED})
        report = _Report(book, journal, period)
        for number, name in sorted(journal.pupils.items(), key=lambda one: one[1]):
            report.block(number, name)


class _Report:
    def __init__(
        self, book: xlsxwriter.Workbook, journal: ClassJournal, period: tuple[Day, Day]
    ) -> None:
        self._journal, self._period = journal, period
        self._marks = journal.term_marks()
        self._page = book.add_worksheet("Лист1")
        self._page.set_column(0, 0, 45)
        self._head = book.add_format({"bold": True, "align": "center", "border": 1})
        self._box = book.add_format({"border": 1})
        self._mean = book.add_format({"border": 1, "num_format": "0.00"})
        self._page.write_string(0, 0, SCHOOL)
        self._page.write_string(2, 0, "Отчет об успеваемости и посещаемости ученика")
        self._top = 5

    def block(self, number: int, name: str) -> None:
        first, last = self._period
        year = self._journal.batch.year
        period = f"Период: с {_short(first)} по {_short(last)}"
        for line in (f"Учебный год: {year}", f"Класс: {self._journal.class_unit}", period,
                     f"Ученик: {name}"):  # fmt: skip
            self._page.write_string(self._top, 0, line)
            self._top += 1
        rows = dict(sorted(self._journal.rows[number].items()))
        keys = {key for row in rows.values() for key in row.cells if first <= key[0] <= last}
        columns = sorted(keys)
        self._header(columns)
        for subject, row in rows.items():
            self._subject(number, subject, row, columns)
        self._top += 2
        for code, word in LEGEND:
            self._page.write_string(self._top, 0, code)
            self._page.write_string(self._top, 1, word)
            self._top += 1

    def _header(self, columns: list[tuple[Day, int]]) -> None:
        top, page = self._top + 1, self._page
        page.merge_range(top, 0, top + 1, 0, "Предмет", self._head)
        months = [date.fromordinal(day).month for day, _ in columns]
        left = 1
        for month, same in groupby(months):
            width = len(list(same))
            self._span(top, left, width, MONTHS[month - 1])
            left += width
        for at, (day, _) in enumerate(columns, 1):
            page.write_number(top + 1, at, date.fromordinal(day).day, self._head)
        for at, title in enumerate(AVERAGES, len(columns) + 1):
            page.merge_range(top, at, top + 1, at, title, self._head)
        self._top = top + 2

    def _span(self, row: int, left: int, width: int, title: str) -> None:
        if width > 1:
            self._page.merge_range(row, left, row, left + width - 1, title, self._head)
        else:
            self._page.write_string(row, left, title, self._head)

    def _subject(
        self, number: int, subject: str, row: SubjectCells, columns: list[tuple[Day, int]]
    ) -> None:
        page, top = self._page, self._top
        page.write_string(top, 0, subject, self._box)
        for at, key in enumerate(columns, 1):
            if key in row.cells:
                page.write_string(top, at, row.cells[key], self._box)
            else:
                page.write_blank(top, at, None, self._box)
        page.write_number(top, len(columns) + 1, row.mean(*self._period), self._mean)
        page.write_number(top, len(columns) + 2, 0, self._mean)
        ended = [t for t in self._journal.terms() if self._period[0] <= t.last <= self._period[1]]
        if ended:
            key_of_term = (number, subject, ended[-1].kind, ended[-1].number)
            mark = self._marks.get(key_of_term)
            if mark is not None:
                page.write_string(top, len(columns) + 3, mark, self._box)
        self._top += 1


def write_grade_table(batch: Batch, class_unit: str, target: Path) -> None:
    """«Табель»: period and year marks of a class."""
    journal = ClassJournal(batch, class_unit)
    with xlsxwriter.Workbook(str(target), {"strings_to_formulas": False}) as book:
        book.set_properties({"created": CREATED})
        table = _Table(book, journal)
        for number, name in sorted(journal.pupils.items(), key=lambda one: one[1]):
            table.block(number, name)


class _Table:
    def __init__(self, book: xlsxwriter.Workbook, journal: ClassJournal) -> None:
        self._journal, self._terms = journal, journal.terms()
        self._marks = journal.term_marks()
        self._page = book.add_worksheet("Лист1")
        self._page.set_column(0, 0, 27)
        self._head = book.add_format({"bold": True, "align": "center", "border": 1})
        self._page.write_string(0, 0, SCHOOL)
        self._page.write_string(2, 0, "Табель успеваемости учащегося")
        self._top = 5

    def block(self, number: int, name: str) -> None:
        page, year = self._page, self._journal.batch.year
        for line in (f"Учебный год: {year}", f"Класс: {self._journal.class_unit}",
                     f"Ученик: {name}"):  # fmt: skip
            page.write_string(self._top, 0, line)
            self._top += 1
        self._header()
        for at, (subject, row) in enumerate(sorted(self._journal.rows[number].items()), 1):
            page.write_string(self._top, 0, str(at))
            page.write_string(self._top, 1, subject)
            self._subject(number, subject, row)
            self._top += 1
        self._top += 1

    def _header(self) -> None:
        page, top = self._page, self._top + 2
        width = len(self._terms) * len(TERM_COLUMNS)
        page.merge_range(top, 1, top + 2, 1, "Предмет", self._head)
        page.merge_range(top, 2, top, width + 1, "Учебные периоды", self._head)
        page.write_string(top + 1, 0, "№")
        page.write_string(top + 2, 0, "п/п")
        for at, term in enumerate(self._terms):
            left = 2 + at * len(TERM_COLUMNS)
            title = f"{term.number} {term.kind.capitalize()}"
            page.merge_range(top + 1, left, top + 1, left + 2, None, self._head)
            page.merge_range(top + 2, left, top + 2, left + 2, title, self._head)
            for step, column in enumerate(TERM_COLUMNS):
                page.write_string(top + 3, left + step, column, self._head)
        for at, title in enumerate(YEAR_COLUMNS, width + 2):
            page.merge_range(top, at, top + 2, at, title, self._head)
        self._top = top + 4

    def _subject(self, number: int, subject: str, row: SubjectCells) -> None:
        page, left = self._page, 2
        for term in self._terms:
            page.write_number(self._top, left, row.mean(term.first, term.last))
            page.write_number(self._top, left + 1, 0)
            mark = self._marks.get((number, subject, term.kind, term.number))
            if mark is not None:
                page.write_string(self._top, left + 2, mark)
            left += len(TERM_COLUMNS)
        year = self._marks.get((number, subject, "год", 0))
        if year is not None:
            page.write_string(self._top, left, year)


def _short(day: Day) -> str:
    """``dd.mm.yy``, as that system writes a period."""
    text = day_text(day)
    return text[:6] + text[8:]
