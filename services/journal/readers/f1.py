"""F1: «Отчет об успеваемости и посещаемости», a row a subject and a column a day of lessons."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from services.journal.cells import MarkCell, cell_text, mark_cell, period_mark
from services.journal.container import UnsuitableError
from services.journal.dates import Cell, UnreadableError, month_of
from services.journal.model import Day
from services.journal.names import normalise_name
from services.journal.readers.blocks import Block, Line, column_of, open_lines, read_blocks
from services.journal.readers.extract import Extract

_FIRST_MONTH = 8
"""Months before it belong to the second half of the academic year."""


@dataclass(slots=True)
class _Sheet:
    title: str
    extract: Extract
    marks: list[tuple[object, ...]] = field(default_factory=list)
    attendance: list[tuple[object, ...]] = field(default_factory=list)
    term_marks: list[tuple[object, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Days by column, and the column of the period's mark where the report has one."""

    days: dict[int, Day]
    final: int | None


def read_f1(content: bytes, confidence: float) -> Extract:
    extract = Extract("F1", confidence)
    read = _Sheet("", extract)
    for title, lines in open_lines(content):
        read.title = title
        for block in read_blocks(lines, extract):
            _read_block(block, read)
    extract.rows = {"marks": read.marks, "attendance": read.attendance}
    if read.term_marks:
        extract.rows["term_marks"] = read.term_marks
    return extract


def _read_block(block: Block, read: _Sheet) -> None:
    extract = read.extract
    if block.period:
        first, last = extract.period or block.period
        extract.period = min(first, block.period[0]), max(last, block.period[1])
    header = next(
        (n for n, line in enumerate(block.lines) if column_of(line, "предмет") == 0), None
    )
    if header is None or header + 1 >= len(block.lines):
        extract.refused.append((read.title, block.first - 1, "под учеником нет таблицы предметов"))
        return
    grid = _grid(block, header)
    for offset, line in enumerate(block.lines[header + 2 :], header + 2):
        if not line or not cell_text(line[0]):
            return
        _read_subject(block, block.first + offset, line, grid, read)


def _grid(block: Block, header: int) -> _Grid:
    months, numbers = block.lines[header], block.lines[header + 1]
    averages = column_of(months, "средняя оценка") or len(months)
    first_year = int(block.year[:4])
    days: dict[int, Day] = {}
    month = 0
    for place in range(1, min(averages, len(numbers))):
        if place < len(months) and cell_text(months[place]):
            month = _month(cell_text(months[place]), block.first + header)
        number = cell_text(numbers[place])
        if number:
            days[place] = _day(first_year, month, number, block.first + header + 1)
    return _Grid(days, column_of(months, "итоговая оценка за период"))


def _month(word: str, row: int) -> int:
    try:
        return month_of(word)
    except UnreadableError:
        raise UnsuitableError(
            sentence=f"Файл не читается: в строке {row} «{word}» - не месяц."
        ) from None


def _day(first_year: int, month: int, number: str, row: int) -> Day:
    try:
        return date(first_year + (month < _FIRST_MONTH), month, int(number)).toordinal()
    except ValueError:
        raise UnsuitableError(
            sentence=f"Файл не читается: в строке {row} «{number}» - не день месяца."
        ) from None


def _read_subject(block: Block, row: int, line: Line, grid: _Grid, read: _Sheet) -> None:
    """A day twice is two lessons; two absences in one cell are two lessons too."""
    subject = normalise_name(cell_text(line[0]))
    held: Counter[Day] = Counter()
    for place, day in grid.days.items():
        if place >= len(line) or line[place] is None:
            continue
        nth = held[day] + 1
        try:
            cell = mark_cell(line[place])
        except UnreadableError as error:
            read.extract.refused.append((read.title, row, f"{subject}: {error}"))
            held[day] += 1
            continue
        held[day] += max(1, len(cell.attendance))
        _put_cell((block.class_unit, "", subject, block.number), day, nth, cell, read)
    if grid.final is not None and grid.final < len(line):
        _put_final(block, row, subject, line[grid.final], read)


def _put_cell(place: tuple[object, ...], day: Day, nth: int, cell: MarkCell, read: _Sheet) -> None:
    for position, mark in enumerate(cell.marks):
        value = (position, mark.value, mark.code, mark.raw, "", None, None, None)
        read.marks.append((day, None, nth, *place, *value))
    for further, code in enumerate(cell.attendance):
        read.attendance.append((day, None, nth + further, *place, code))


def _put_final(block: Block, row: int, subject: str, cell: Cell, read: _Sheet) -> None:
    """The report names no term: the mark is for the term that the report's period covers."""
    if cell is None:
        return
    try:
        value, code = period_mark(cell)
    except UnreadableError as error:
        read.extract.refused.append((read.title, row, f"{subject}: {error}"))
        return
    line = (block.class_unit, subject, block.number, "период", 0, value, code, None)
    read.term_marks.append(line)
