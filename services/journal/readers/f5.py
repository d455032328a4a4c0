"""F5: a long list of lessons, a row a lesson, with columns of its own."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

from services.journal import dates
from services.journal.cells import cell_text
from services.journal.dates import Cell, UnreadableError
from services.journal.model import Day, LessonRow
from services.journal.names import normalise_name
from services.journal.readers import fields, words
from services.journal.readers.academic_days import YearUnknownError, day_of
from services.journal.readers.columns import Columns, find_columns, patterns, title_key
from services.journal.readers.extract import Extract
from services.journal.readers.f6 import PLAN
from services.journal.readers.groups import without_group
from services.journal.readers.loose import Gathering, Given, LackError, demand_said
from services.journal.readers.tables import Row, Table
from services.journal.readers.titles import Titles, classes_of
from services.journal.relations import UNNUMBERED

SHEET = "Уроки"
LESSONS = patterns(
    topic=r"(изученн\w+ |пройденн\w+ )?тем[аы]( урок\w*| заняти\w*)?|содержание урок\w*"
          r"|что пройдено.*|тема \(.*",
    day=r"дат\w*( и время)?( проведени\w*)?( урок\w*| заняти\w*)?|число",
    number=r"(№|номер) урок\w*|урок( №)?|№ урок\w* в (расписани\w*|течени\w* дня)",
    class_unit=r"класс\w*( групп\w*)?",
    study_group=r"(под)?групп\w*",
    subject=r"(учебн\w+ )?предмет\w*|дисциплин\w*|курс",
    teacher=r"(фио )?(учител\w*|преподавател\w*|педагог\w*)( фио)?",
    instead_of=r"замещает|за кого|замещаем\w+( учител\w*)?",
    homework=r"(домашн\w+ (задани\w*|работ\w*)|д/?з)( .*)?|задани\w+ на дом",
    work_type=r"(вид|тип|форма) (работ\w*|урок\w*|заняти\w*|контрол\w*)",
    state=r"состояние|статус( урок\w*)?",
    taken=r"посещаемость( отмечена)?",
    entered=r"внесено|(дата|время|дата и время) (внесени\w*|создани\w*|заполнени\w*)",
    modified=r"изменено|(дата|время|дата и время) (последн\w+ )?(изменени\w*|правки)",
    author=r"автор|кто (внес|заполнил)|пользовател\w*",
)  # fmt: skip

_JOURNAL = re.compile(r"журнал|тем\w* уроков|пройденн|прохождени|проведенн\w+ урок|период")
_OFF = frozenset({"", "-", "–", "—"})


def likeness(table: Table, name: str) -> float:
    """Тема and дата, and whose lessons: a column of it, or titles that speak of lessons."""
    columns = find_columns(table.head, LESSONS)
    if not {"topic", "day"} <= columns.places.keys():
        return 0.0
    plan = find_columns(table.head, PLAN)
    if {"hours", "planned"} & plan.places.keys():
        return 0.0
    if {"class_unit", "subject", "teacher"} & columns.places.keys():
        return 0.85
    above = " ".join(title_key(cell) for row in table.head[: columns.row] for cell in row)
    said = f"{above} {table.name} {name}".casefold()
    return 0.85 if _JOURNAL.search(said) and "планирован" not in said else 0.7


def read_f5(given: Given) -> Extract:
    gathering = Gathering(Extract("F5", given.confidence))
    for table in given.tables:
        columns = find_columns(table.head, LESSONS)
        titles = given.titles(table, columns)
        reader = LessonReader(columns, titles, dates.Moments(given.zone))
        try:
            reader.read(table, gathering)
        except LackError as error:
            gathering.lack(table, error)
        given.progress(table.height)
    return gathering.done()


@dataclass(slots=True)
class LessonReader:
    """``counted`` lessons of a (day, class, group, subject), for files that give no numbers."""

    columns: Columns
    titles: Titles
    moment: Callable[[Cell], object]
    counted: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def read(self, table: Table, gathering: Gathering) -> None:
        said = {"класс": "class_unit", "предмет": "subject"}
        demand_said(self.titles, *(each for each, column in said.items()
                                   if column not in self.columns))  # fmt: skip
        gathering.extract.rows.setdefault("lessons", [])
        for number, row in self.columns.records(table):
            try:
                for line in self._lines(row):
                    gathering.put("lessons", SHEET, line, number)
            except YearUnknownError:
                raise LackError(lacks=["учебный год"]) from None
            except UnreadableError as error:
                gathering.refuse(SHEET, number, str(error))
        gathering.extract.year = gathering.extract.year or self.titles.year
        gathering.extract.period = gathering.extract.period or self.titles.period
        if "teacher" not in self.columns and not self.titles.teacher:
            gathering.extract.notes.append(NO_TEACHER)

    def _lines(self, row: Row) -> Iterator[LessonRow]:
        """A line a class: «5А, 5Б» are taught together."""
        units, group = self._classes(row)
        subject, other = without_group(self.columns.text(row, "subject"))
        subject = subject or self.titles.subject
        if not subject:
            raise UnreadableError(reason="Предмет: не заполнено")
        group = fields.study_group(self.columns.cell(row, "study_group")) or group or other
        on = self._day(row)
        number = self._number(row)
        for unit in units:
            place = (on, unit, group or self.titles.study_group, subject)
            self.counted[place] += number is None
            told = number if number is not None else UNNUMBERED + self.counted[place]
            yield self._line(row, told, place)

    def _line(self, row: Row, number: int, place: tuple[Day, str, str, str]) -> LessonRow:
        on, unit, group, subject = place
        teacher = self._name(row, "teacher") or self.titles.teacher or ""
        work = self._text(row, "work_type") or None
        return LessonRow(
            on, number, unit, group, subject, teacher, self._name(row, "instead_of"),
            self._text(row, "topic"), self._text(row, "homework"),
            words.work_kind(work) if work else "", work,
            cast("str | None", self._maybe(row, "state", words.state)),
            cast("bool | None", self._maybe(row, "taken", words.yes_no)),
            cast("int | None", self._maybe(row, "entered", self.moment)),
            cast("int | None", self._maybe(row, "modified", self.moment)),
            self._name(row, "author"),
        )  # fmt: skip

    def _classes(self, row: Row) -> tuple[tuple[str, ...], str]:
        text = self.columns.text(row, "class_unit")
        if not text:
            if not self.titles.classes:
                raise UnreadableError(reason="Класс: не заполнено")
            return self.titles.classes, ""
        bare, group = without_group(text)
        units = classes_of(bare)
        if not units:
            raise UnreadableError(reason=f"Класс: {words.shown(text)} - не класс")
        return units, group

    def _day(self, row: Row) -> Day:
        raw = self.columns.cell(row, "day")
        if not cell_text(raw):
            raise UnreadableError(reason="Дата: не заполнено")
        try:
            return day_of(raw, self.titles.year)
        except YearUnknownError:
            raise
        except UnreadableError as error:
            raise UnreadableError(reason=f"Дата: {error}") from None

    def _number(self, row: Row) -> int | None:
        raw = self.columns.cell(row, "number")
        if not cell_text(raw):
            return None
        try:
            return fields.lesson_number(raw)
        except UnreadableError as error:
            raise UnreadableError(reason=f"Урок: {error}") from None

    def _text(self, row: Row, name: str) -> str | None:
        """None where there is no such column, ``""`` for an empty cell."""
        return self.columns.text(row, name) if name in self.columns else None

    def _name(self, row: Row, name: str) -> str | None:
        found = normalise_name(self.columns.text(row, name))
        return None if found in _OFF else found

    def _maybe(self, row: Row, name: str, read: Callable[[Cell], object]) -> object:
        raw = self.columns.cell(row, name)
        return None if cell_text(raw) in _OFF else read(raw)


NO_TEACHER = "учителя в файле нет: он берётся из расписания и нагрузки"
