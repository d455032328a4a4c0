"""F4: a wide journal page of any system: a row a pupil, a column a lesson."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from services.journal.cells import MarkCell, cell_text, mark_cell
from services.journal.container import UnsuitableError
from services.journal.dates import Cell, UnreadableError
from services.journal.model import MARK_CODES, Day, LessonRow
from services.journal.readers.academic_days import YearUnknownError
from services.journal.readers.extract import Extract
from services.journal.readers.f5 import NO_TEACHER
from services.journal.readers.loose import Gathering, Given, LackError, demand_said
from services.journal.readers.pupil_columns import PupilColumns, find_pupils
from services.journal.readers.tables import Row, Table
from services.journal.readers.titles import Titles, titles_of
from services.journal.readers.wide_header import WideHeader, find_wide
from services.journal.relations import UNNUMBERED

_MARKS_SHARE = 0.7
_SOME_SHARE = 0.3
"""With so many marks among other words it may be a page still: somebody must say."""


def likeness(table: Table, name: str) -> float:
    """Days in the header, names or numbers beside them, marks or nothing below."""
    page = _page(table, name)
    if page is None or any(cell_text(row[0]).startswith("Ученик:") for row in table.head if row):
        return 0.0
    below = table.head[page.header.row + 1 :]
    cells = [cell for row in below for _, cell in page.cells(row)]
    fitting = sum(map(_is_mark, cells))
    if fitting >= _MARKS_SHARE * len(cells):
        return 0.9
    return 0.6 if fitting >= _SOME_SHARE * len(cells) else 0.4


def _is_mark(cell: Cell) -> bool:
    """A mark, an absence, or what a spreadsheet made of one."""
    if isinstance(cell, (date, datetime)):
        return True
    try:
        found = mark_cell(cell)
    except UnreadableError:
        return False
    return all(mark.value is not None or mark.code in MARK_CODES for mark in found.marks)


@dataclass(frozen=True, slots=True)
class _Page:
    header: WideHeader
    pupils: PupilColumns

    def cells(self, row: Row) -> Iterator[tuple[int, Cell]]:
        """The cells of a pupil's row that are not blank, with their columns."""
        if self.pupils.of(row) is not None:
            for place in self.header.cells:
                if place < len(row) and cell_text(row[place]):
                    yield place, row[place]


def _page(table: Table, name: str) -> _Page | None:
    header = find_wide(table.head, f"{table.name} {name}")
    if header is None:
        return None
    pupils = find_pupils(table.head, header.row, header.first)
    return _Page(header, pupils) if pupils else None


def read_f4(given: Given) -> Extract:
    gathering = Gathering(Extract("F4", given.confidence))
    gathering.extract.rows = {"lessons": [], "marks": [], "attendance": []}
    pages = [(table, page) for table in given.tables if (page := _page(table, given.name))]
    for table, page in pages:
        above = [*table.head[: page.header.row], _left_of_days(table, page)]
        titles = titles_of(above, table.name, given.name)
        try:
            _Reading(page, titles, gathering).read(table)
        except LackError as error:
            gathering.lack(table, error)
        given.progress(table.height)
    return gathering.done()


def _left_of_days(table: Table, page: _Page) -> Row:
    return table.head[page.header.row][: page.header.first]


@dataclass(slots=True)
class _Reading:
    page: _Page
    titles: Titles
    gathering: Gathering
    seen: Counter[str] = field(default_factory=Counter)

    def read(self, table: Table) -> None:
        demand_said(self.titles, "класс", "предмет")
        if len(self.titles.classes) > 1:  # a page is of one class
            raise LackError(lacks=["класс"])
        try:
            days = self.page.header.days(self.titles.year)
        except YearUnknownError:
            raise LackError(lacks=["учебный год"]) from None
        except UnreadableError as error:
            raise UnsuitableError(sentence=f"Файл не читается: {error}.") from None
        lessons = dict(_counted(days))
        for day, nth in lessons.values():
            self._put_lesson(day, nth)
        for number, row in enumerate(table.after(self.page.header.row), self.page.header.row + 2):
            self._read_pupil(number, row, lessons)
        extract = self.gathering.extract
        extract.year = extract.year or self.titles.year
        extract.period = extract.period or self.titles.period
        if not self.titles.teacher and NO_TEACHER not in extract.notes:
            extract.notes.append(NO_TEACHER)

    @property
    def _place(self) -> tuple[str, str, str]:
        [unit] = self.titles.classes
        return unit, self.titles.study_group, self.titles.subject

    def _put_lesson(self, day: Day, nth: int) -> None:
        line = LessonRow(
            day, UNNUMBERED + nth, *self._place, self.titles.teacher or "", None, None, None,
            "", None, None, None, None, None, None,
        )  # fmt: skip
        self.gathering.put("lessons", "Уроки", line, self.page.header.row + 1)

    def _read_pupil(self, number: int, row: Row, lessons: dict[int, tuple[Day, int]]) -> None:
        pupil = self.page.pupils.of(row)
        if pupil is None:
            return
        if self.page.pupils.names:
            names = self.gathering.extract.pupil_names.setdefault(self._place[0], [])
            self.seen[pupil.name] += 1
            own = _numbered(names, pupil.name, self.seen[pupil.name])
        else:
            own = pupil.number or 0
        for place, cell in self.page.cells(row):
            day, nth = lessons[place]
            try:
                found = mark_cell(cell)
            except UnreadableError as error:
                self.gathering.refuse("Отметки", number, f"столбец {place + 1}: {error}")
            else:
                self._put_cell((day, None, nth), own, found, number)

    def _put_cell(
        self, when: tuple[Day, None, int], pupil: int, cell: MarkCell, number: int
    ) -> None:
        where = (*when, *self._place, pupil)
        for position, mark in enumerate(cell.marks):
            line = (*where, position, *mark, "", None, None, None)
            self.gathering.put("marks", "Отметки", line, number)
        for code in dict.fromkeys(cell.attendance):
            self.gathering.put("attendance", "Посещаемость", (*where, code), number)


def _numbered(names: list[str], name: str, nth: int) -> int:
    """The place of the page's ``nth`` pupil of that name among the names of the class, from 1."""
    own = [place for place, known in enumerate(names, 1) if known == name]
    if len(own) < nth:
        names.append(name)
        return len(names)
    return own[nth - 1]


def _counted(days: dict[int, Day]) -> Iterator[tuple[int, tuple[Day, int]]]:
    """A day twice is two lessons, in the columns' order."""
    held: Counter[Day] = Counter()
    for place, day in sorted(days.items()):
        held[day] += 1
        yield place, (day, held[day])
