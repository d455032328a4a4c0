"""F11: marks of one pupil from ЭлЖур: a row a subject from row 4 on, a column a day.

Source of the layout: programs that read this export take column A as subjects and skip three rows.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.journal.cells import cell_text, mark_cell
from services.journal.container import UnsuitableError
from services.journal.dates import Cell, UnreadableError
from services.journal.model import Day
from services.journal.names import normalise_name
from services.journal.readers.academic_days import YearUnknownError
from services.journal.readers.extract import Extract
from services.journal.readers.loose import Gathering, Given, LackError
from services.journal.readers.pupil_columns import is_name
from services.journal.readers.subjects import subjects_in
from services.journal.readers.tables import Row, Table
from services.journal.readers.titles import Titles, titles_of
from services.journal.readers.wide_header import WideHeader, find_wide

SHEET = "Отметки"
_DEEPEST = 5
_LEAST_SUBJECTS = 2
_PUPIL = re.compile(
    r"(?:ученик|ученица|учащийся|учащаяся|обучающийся|фио)\s*[:\x1f]\s*([^\x1f;]+)", re.IGNORECASE
)
_APART = re.compile(r"[,;|()_\x1f]|\s-\s")
_CLASS = re.compile(r"\s*\d{1,2}\s*[-«\"]?[А-ЯЁа-яё][»\"]?(?:\s*класс\w*)?\s*")
_YEAR = re.compile(r"20\d\d(?:\s*[/–-]\s*\d{2,4})?(?: уч\w*\.? год\w*| г\.?)?")


def likeness(table: Table, name: str) -> float:
    """Subjects in column A from row 4 on, marks beside them; the days stand in rows 1-3."""
    below = [row for row in table.head[3:] if row and cell_text(row[0])]
    named = [row for row in below if subjects_in(cell_text(row[0]))]
    if len(named) < _LEAST_SUBJECTS or 2 * len(named) < len(below):
        return 0.0
    cells = [cell for row in named for cell in row[1:] if cell_text(cell)]
    if not cells or 2 * sum(map(_is_mark, cells)) < len(cells):
        return 0.0
    return 0.9 if _header(table, name) else 0.6


def _is_mark(cell: Cell) -> bool:
    try:
        found = mark_cell(cell)
    except UnreadableError:
        return False
    return all(mark.value is not None for mark in found.marks)


def _header(table: Table, name: str) -> WideHeader | None:
    return find_wide(table.head[:_DEEPEST], f"{table.name} {name}")


def read_f11(given: Given) -> Extract:
    gathering = Gathering(Extract("F11", given.confidence))
    gathering.extract.rows = {"marks": [], "attendance": []}
    pages = [(table, head) for table in given.tables if (head := _header(table, given.name))]
    for table, header in pages:
        above = table.head[: header.row]
        titles = titles_of(above, table.name, given.name)
        name = _pupil_in(above, table.name, given.name)
        try:
            _Reading(header, titles, name, gathering).read(table)
        except LackError as error:
            gathering.lack(table, error)
        given.progress(table.height)
    return gathering.done()


def _pupil_in(above: Sequence[Row], *names: str) -> str:
    """«Ученик: ...», else a part of a title, or of the file's name, that is a person's name."""
    lines = ["\x1f".join(filter(None, map(cell_text, row))) for row in above]
    for line in lines:
        found = _PUPIL.search(line)
        if found:
            return _bare(found[1].split(",")[0])
    for text in (*lines, *names):
        for part in _APART.split(text):
            bare = _bare(part)
            if is_name(bare):
                return bare
    return ""


def _bare(text: str) -> str:
    """The name without a class or a year beside it."""
    return normalise_name(_CLASS.sub(" ", _YEAR.sub(" ", text)).strip(" ()-,"))


@dataclass(slots=True)
class _Reading:
    header: WideHeader
    titles: Titles
    pupil: str
    gathering: Gathering

    def read(self, table: Table) -> None:
        if not self.pupil:
            raise LackError(lacks=["ученик"])
        if len(self.titles.classes) != 1:
            raise LackError(lacks=["класс"])
        try:
            days = self.header.days(self.titles.year)
        except YearUnknownError:
            raise LackError(lacks=["учебный год"]) from None
        except UnreadableError as error:
            raise UnsuitableError(sentence=f"Файл не читается: {error}.") from None
        extract = self.gathering.extract
        names = extract.pupil_names.setdefault(self.titles.classes[0], [])
        if self.pupil not in names:
            names.append(self.pupil)
        own = names.index(self.pupil) + 1
        for number, row in enumerate(table.after(self.header.row), self.header.row + 2):
            subject = normalise_name(cell_text(row[0])) if row else ""
            if subject:
                self._read_subject(number, subject, own, _cells(row, days))
        extract.year = extract.year or self.titles.year

    def _read_subject(
        self, number: int, subject: str, pupil: int, cells: Iterator[tuple[int, Day, Cell]]
    ) -> None:
        held: Counter[Day] = Counter()
        for place, day, cell in cells:
            held[day] += 1
            try:
                found = mark_cell(cell)
            except UnreadableError as error:
                self.gathering.refuse(SHEET, number, f"столбец {place + 1}: {error}")
                continue
            where = (day, None, held[day], self.titles.classes[0], "", subject, pupil)
            for position, mark in enumerate(found.marks):
                line = (*where, position, *mark, "", None, None, None)
                self.gathering.put("marks", SHEET, line, number)
            for code in dict.fromkeys(found.attendance):
                self.gathering.put("attendance", "Посещаемость", (*where, code), number)


def _cells(row: Row, days: dict[int, Day]) -> Iterator[tuple[int, Day, Cell]]:
    for place, day in sorted(days.items()):
        if place < len(row) and cell_text(row[place]):
            yield place, day, row[place]
