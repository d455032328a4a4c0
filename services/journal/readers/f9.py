"""F9: a timetable, as a list or as a grid of days and lessons against classes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from services.journal.cells import cell_text
from services.journal.dates import UnreadableError
from services.journal.model import FIRST_DAY, LAST_DAY, SlotRow
from services.journal.names import normalise_name
from services.journal.readers import fields, words
from services.journal.readers.columns import Columns, find_columns, patterns
from services.journal.readers.extract import Extract
from services.journal.readers.groups import without_group
from services.journal.readers.loose import Gathering, Given, LackError, demand_said
from services.journal.readers.slot_cells import Taught, taught_in
from services.journal.readers.tables import Row, Table
from services.journal.readers.timetable_grid import Grid, grid_of
from services.journal.readers.titles import Titles, classes_of, titles_of

SHEET = "Расписание"
SLOTS = patterns(
    weekday=r"день( недел\w*)?",
    number=r"(№|номер) урок\w*|урок( №)?|№( п/?п)?",
    class_unit=r"класс\w*( групп\w*)?",
    study_group=r"(под)?групп\w*",
    subject=r"(учебн\w+ )?(предмет\w*|дисциплин\w*)",
    teacher=r"(фио )?(учител\w*|преподавател\w*|педагог\w*)( фио)?",
    room=r"каб\w*( №)?|аудитори\w*|№ каб\w*|помещение",
    day=r"дат\w*.*",
)  # fmt: skip


def likeness(table: Table, name: str) -> float:  # noqa: ARG001  # as of every format
    """A list with День, Урок, Предмет; or weekdays and lesson numbers against classes."""
    columns = find_columns(table.head, SLOTS)
    if {"weekday", "number", "subject"} <= columns.places.keys() and "day" not in columns:
        return 0.88
    grid = grid_of(table)
    return grid.likeness(table.head) if grid else 0.0


def read_f9(given: Given) -> Extract:
    gathering = Gathering(Extract("F9", given.confidence))
    for table in given.tables:
        columns = find_columns(table.head, SLOTS)
        listed = {"weekday", "number", "subject"} <= columns.places.keys()
        grid = None if listed else grid_of(table)
        try:
            if grid is None:
                titles = given.titles(table, columns)
                _read_list(table, columns, _Slots(titles, gathering))
            else:
                titles = titles_of(table.head[: grid.row], table.name, given.name)
                _read_grid(table, grid, _Slots(titles, gathering))
        except LackError as error:
            gathering.lack(table, error)
        given.progress(table.height)
    return gathering.done()


@dataclass(slots=True)
class _Slots:
    """Rows of one table; the same twice is once."""

    titles: Titles
    gathering: Gathering
    seen: set[SlotRow] = field(default_factory=set)

    def put(self, row: int, unit: str, weekday: int, number: int, taught: Taught) -> None:
        first, last = self.titles.period or (FIRST_DAY, LAST_DAY)
        line = SlotRow(
            unit, taught.study_group, weekday, number, taught.subject, taught.teacher, taught.room,
            first, last,
        )  # fmt: skip
        if line not in self.seen:
            self.seen.add(line)
            self.gathering.put("slots", SHEET, line, row)


def _read_grid(table: Table, grid: Grid, slots: _Slots) -> None:
    titles = slots.titles
    for cell in grid.cells(table):
        units: Iterable[str] = (cell.class_unit,) if cell.class_unit else titles.classes
        if not units:
            demand_said(titles, "класс")
        for unit in units:
            for taught in taught_in(cell.raw):
                room = taught.room or cell.room or None
                slots.put(cell.row, unit, cell.weekday, cell.number, Taught(
                    taught.subject, taught.study_group or cell.study_group, taught.teacher, room,
                ))  # fmt: skip


def _read_list(table: Table, columns: Columns, slots: _Slots) -> None:
    titles = slots.titles
    if "class_unit" not in columns:
        demand_said(titles, "класс")
    held = _Held()
    for number, row in columns.records(table):
        try:
            for unit, taught in _listed(row, columns, titles, held):
                slots.put(number, unit, held.weekday, held.number, taught)
        except UnreadableError as error:
            slots.gathering.refuse(SHEET, number, str(error))


@dataclass(slots=True)
class _Held:
    """What merged cells say for the rows below them."""

    units: tuple[str, ...] = ()
    group: str = ""
    weekday: int = 0
    number: int = -1


def _listed(
    row: Row, columns: Columns, titles: Titles, held: _Held
) -> Iterator[tuple[str, Taught]]:
    _hold(row, columns, titles, held)
    subject, inside = without_group(columns.text(row, "subject"))
    if not subject or cell_text(subject) in {"-", "–", "—"}:
        return
    group = fields.study_group(columns.cell(row, "study_group")) or held.group or inside
    teacher = normalise_name(columns.text(row, "teacher")) or None
    room = columns.text(row, "room") or None
    for unit in held.units:
        yield unit, Taught(subject, group, teacher, room)


def _hold(row: Row, columns: Columns, titles: Titles, held: _Held) -> None:
    """Class, day and number of the row, or those of the last that had them."""
    text = columns.lines(row, "class_unit")
    if text:
        bare, held.group = without_group(text)
        held.units = classes_of(bare)
        if not held.units:
            raise UnreadableError(reason=f"Класс: {words.shown(text)} - не класс")
    held.units = held.units or titles.classes
    if columns.text(row, "weekday"):
        held.weekday = words.weekday(columns.cell(row, "weekday"))
        held.number = -1
    if columns.text(row, "number"):
        held.number = fields.lesson_number(columns.cell(row, "number"))
    if not held.units or not held.weekday or held.number < 0:
        raise UnreadableError(reason="не понять класс, день или урок")
