"""Cells of «Отметки» and «Итоги» opened up: a row a mark, and the absences found among them."""

from collections import Counter
from typing import NamedTuple, cast

from services.journal.cells import MarkCell
from services.journal.readers.extract import Line
from services.journal.readers.rows import Refused, SheetRows

_FIRST_OF_DAY = 1
_PLACE = 6
"""day, number, class, group, subject, pupil: the columns that tell a cell."""

MarkLine = tuple[
    object, object, object, object, object, object, MarkCell, object, object, object, object
]


class OpenedMarks(NamedTuple):
    marks: SheetRows
    attendance: SheetRows


def open_marks(read: SheetRows) -> OpenedMarks:
    """Marks of one cell are counted from 0, also where they stand in several rows.

    Most cells hold one mark and nothing else: they are opened on the spot.
    """
    opened = OpenedMarks(SheetRows(refused=list(read.refused)), SheetRows())
    lines = cast("list[MarkLine]", read.lines)
    several = _cells_in_several_rows(lines)
    used: Counter[Line] = Counter()
    add_line, add_number = opened.marks.lines.append, opened.marks.numbers.append
    for line, number in zip(lines, read.numbers, strict=True):
        day, lesson, unit, group, subject, pupil, (marks, codes), kind, weight, at, author = line
        if codes or len(marks) != 1 or (several and line[:_PLACE] in several):
            _open_cell(line, number, used, opened)
            continue
        place = (day, lesson, _FIRST_OF_DAY, unit, group, subject, pupil, 0)
        add_line((*place, *marks[0], kind, weight, at, author))
        add_number(number)
    return opened


def _open_cell(line: MarkLine, number: int, used: Counter[Line], opened: OpenedMarks) -> None:
    *_, (marks, codes), kind, weight, entered, author = line
    if len(set(codes)) > 1:
        reason = f"Отметка: в одной клетке {' и '.join(dict.fromkeys(codes))}"
        opened.marks.refused.append((number, reason))
        return
    place = line[:_PLACE]
    if codes:
        opened.attendance.lines.append(attendance_line((*place, codes[0])))
        opened.attendance.numbers.append(number)
    for position, mark in enumerate(marks, used[place]):
        cell = (*place[:2], _FIRST_OF_DAY, *place[2:], position)
        opened.marks.lines.append((*cell, *mark, kind, weight, entered, author))
        opened.marks.numbers.append(number)
    used[place] += len(marks)


def _cells_in_several_rows(lines: list[MarkLine]) -> frozenset[Line]:
    places: list[Line] = [line[:_PLACE] for line in lines]
    if len(set(places)) == len(places):
        return frozenset()
    return frozenset(place for place, count in Counter(places).items() if count > 1)


def attendance_line(line: Line) -> Line:
    day, number, class_unit, group, subject, pupil, code = line
    return day, number, _FIRST_OF_DAY, class_unit, group, subject, pupil, code


def join_attendance(sheet: SheetRows | None, found: SheetRows) -> tuple[SheetRows, list[Refused]]:
    """The sheet's own rows first; of those among marks only what it does not say already."""
    joined = sheet or SheetRows()
    known = dict(map(_key_and_code, joined.lines))
    refused: list[Refused] = []
    for line, number in zip(found.lines, found.numbers, strict=True):
        key, code = _key_and_code(line)
        said = known.get(key)
        if said is None:
            known[key] = code
            joined.lines.append(line)
            joined.numbers.append(number)
        elif said != code:
            refused.append((number, f"Отметка: код {code}, а раньше у этого урока {said}"))
    return joined, refused


def _key_and_code(line: Line) -> tuple[Line, object]:
    day, number, nth, class_unit, _, subject, pupil, code = line
    return (day, number, nth, class_unit, subject, pupil), code


def term_mark_line(line: Line) -> Line:
    class_unit, subject, pupil, term, mark, entered = line
    kind, number = cast("tuple[str, int]", term)
    value, code = cast("tuple[int | None, str]", mark)
    return class_unit, subject, pupil, kind, number, value, code, entered
