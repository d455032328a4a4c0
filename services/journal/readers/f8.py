"""F8: staff and load, whatever the columns: a teacher, a subject, classes, hours a week."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from services.journal.cells import cell_text
from services.journal.dates import UnreadableError, day
from services.journal.model import FIRST_DAY, LAST_DAY, AssignmentRow, Day, StaffRow
from services.journal.names import name_key, normalise_name
from services.journal.readers import fields, words
from services.journal.readers.columns import Columns, find_columns, patterns
from services.journal.readers.extract import Extract
from services.journal.readers.groups import without_group
from services.journal.readers.loose import Gathering, Given
from services.journal.readers.tables import Row, Table
from services.journal.readers.titles import Titles, classes_of

STAFF, LOAD = "Сотрудники", "Нагрузка"

_PERSON = r"(учител\w*|преподавател\w*|педагог\w*|сотрудник\w*|работник\w*)"
TEACHERS = patterns(
    teacher=rf"(ф ?и ?о ?)?{_PERSON}( ф ?и ?о)?|ф ?и ?о|фамилия имя отчество( {_PERSON})?",
    subject=r"(преподаваем\w+ |учебн\w+ )?(предмет\w*|дисциплин\w*)|наименование предмета",
    class_unit=r"класс\w*( и групп\w*| группа)?",
    study_group=r"(под)?групп\w*",
    hours=r"(кол ?во |количество |число |всего )?(час\w*|ч)( в неделю| нед| недел\w*)?|ч/нед"
          r"|(недельн\w+ |учебн\w+ )?нагрузка( в неделю)?|час\w*/нед\w*",
    post=r"должност\w*",
    code=r"(табельн\w+ )?(код|номер)|таб №|id",
    subject_group=r"ш?мо|(школьн\w+ )?методическ\w+ объединени\w*|кафедра",
    hired=r"(дата )?(приема|принят)( на работу)?",
    dismissed=r"(дата )?(увольнени\w*|уволен\w*)",
    first=r"с|(дата )?начал\w*|действует с",
    last=r"по|(дата )?(окончани\w*|конец|конца)|действует по",
    number=r"№( п/?п)?|п/п",
    topic=r"тем[аы].*|дат[аы].*|урок\w*|день( недели)?|отметк\w*|(домашн|замещ|заменя)\w+.*",
)  # fmt: skip

_TOTAL = re.compile(r"(итого|всего|вакансия)(?!\w)", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;/\n]|\sи\s")
EACH = "где в клетке несколько классов, часы считаются для каждого"
NO_HOURS = "часов в неделю в файле нет: нагрузка взята без них"


def likeness(table: Table, name: str) -> float:  # noqa: ARG001  # as of every format
    """A teacher and a subject; surer with hours or classes, surest with several in a cell."""
    columns = find_columns(table.head, TEACHERS)
    if not {"teacher", "subject"} <= columns.places.keys() or "topic" in columns:
        return 0.0
    title = columns.titles[columns.places["teacher"]]
    staff = {"hours", "post", "code", "subject_group"} & columns.places.keys()
    if not staff and not re.search(_PERSON, title):
        return 0.6
    if "class_unit" not in columns:
        return 0.85 if "hours" in columns or len(columns.titles) <= _FEW else 0.7
    classes = [columns.lines(row, "class_unit") for row in table.head[columns.first :]]
    merged = any(not columns.text(row, "teacher") for row in table.head[columns.first :])
    several = any(map(_SEVERAL.search, classes))
    return 0.95 if several or merged else 0.88


_FEW = 4


def read_f8(given: Given) -> Extract:
    gathering = Gathering(Extract("F8", given.confidence))
    gathering.extract.rows["staff"] = []
    for table in given.tables:
        columns = find_columns(table.head, TEACHERS)
        titles = given.titles(table, columns)
        _Reading(columns, titles, gathering).read(table)
        given.progress(table.height)
    return gathering.done()


@dataclass(slots=True)
class _Reading:
    """``teacher`` and ``subject`` are those of the row above: merged cells stand once."""

    columns: Columns
    titles: Titles
    gathering: Gathering
    teacher: str = ""
    subject: str = ""
    known: set[str] = field(default_factory=set)
    loads: set[tuple[object, ...]] = field(default_factory=set)

    def read(self, table: Table) -> None:
        for number, row in self.columns.records(table):
            try:
                self._take(number, row)
            except UnreadableError as error:
                self.gathering.refuse(LOAD, number, str(error))

    def _take(self, number: int, row: Row) -> None:
        named = normalise_name(self.columns.text(row, "teacher"))
        subject = normalise_name(self.columns.text(row, "subject"))
        if _TOTAL.match(named) or _TOTAL.match(subject):
            return
        if named and named != self.teacher:
            self.teacher, self.subject = named, ""
        self.subject = subject or self.subject
        if not self.teacher:
            raise UnreadableError(reason="Учитель: не заполнено")
        self._put_person(number, row)
        if "class_unit" in self.columns:
            for line in self._loads(row):
                self._put_load(number, line)

    def _put_person(self, number: int, row: Row) -> None:
        if name_key(self.teacher) in self.known:
            return
        self.known.add(name_key(self.teacher))
        line = StaffRow(
            self.teacher, self._text(row, "code"), self._text(row, "post"),
            self._text(row, "subject_group"), self._day(row, "hired", None),
            self._day(row, "dismissed", None),
        )  # fmt: skip
        self.gathering.put("staff", STAFF, line, number)

    def _loads(self, row: Row) -> Iterator[AssignmentRow]:
        text = self.columns.lines(row, "class_unit")
        hours = self.columns.text(row, "hours")
        if not text:
            return
        if not self.subject:
            raise UnreadableError(reason="Предмет: не заполнено")
        subject, inside = without_group(self.subject)
        places = list(_places(text))
        shares = self._shares(hours, len(places))
        group = fields.study_group(self.columns.cell(row, "study_group")) or inside
        first = self._day(row, "first", FIRST_DAY) or FIRST_DAY
        last = self._day(row, "last", LAST_DAY) or LAST_DAY
        for (unit, own), share in zip(places, shares, strict=True):
            yield AssignmentRow(self.teacher, subject, unit, own or group, share, first, last)

    def _shares(self, hours: str, count: int) -> list[int]:
        """«5» is each class's; «5, 4» go to the classes in turn."""
        notes = self.gathering.extract.notes
        if not hours:
            if NO_HOURS not in notes:
                notes.append(NO_HOURS)
            return [0] * count
        parts = list(filter(None, map(str.strip, _SEVERAL.split(hours))))
        if len(parts) == count > 1:
            return [fields.hundredths(part) for part in parts]
        if count > 1 and EACH not in notes:
            notes.append(EACH)
        try:
            return [fields.hundredths(hours)] * count
        except UnreadableError as error:
            raise UnreadableError(reason=f"Часы: {error}") from None

    def _put_load(self, number: int, line: AssignmentRow) -> None:
        key = (name_key(line.teacher), name_key(line.subject), line.class_unit, line.study_group,
               line.first)  # fmt: skip
        if key in self.loads:
            self.gathering.refuse(LOAD, number, "нагрузка этого учителя в классе уже названа выше")
            return
        self.loads.add(key)
        self.gathering.put("assignments", LOAD, line, number)

    def _text(self, row: Row, name: str) -> str | None:
        return self.columns.text(row, name) or None

    def _day(self, row: Row, name: str, unknown: Day | None) -> Day | None:
        raw = self.columns.cell(row, name)
        return day(raw) if cell_text(raw) else unknown


def _places(text: str) -> Iterator[tuple[str, str]]:
    """Classes with their groups: «5А (1 гр.), 5Б»; UnreadableError where one is no class."""
    units = classes_of(text)
    if units:
        yield from ((unit, "") for unit in units)
        return
    for part in filter(str.strip, _SEVERAL.split(text)):
        bare, group = without_group(part)
        found = classes_of(bare)
        if len(found) != 1:
            raise UnreadableError(reason=f"Класс: {words.shown(part)} - не класс")
        yield found[0], group
