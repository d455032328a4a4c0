"""F10: a list of substitutions: a day, a lesson, who is absent and who comes instead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from services.journal.cells import cell_text
from services.journal.dates import UnreadableError
from services.journal.model import Day, SubstitutionRow
from services.journal.names import name_key, normalise_name
from services.journal.readers import fields, words
from services.journal.readers.academic_days import YearUnknownError, day_of
from services.journal.readers.columns import Columns, find_columns, patterns
from services.journal.readers.extract import Extract
from services.journal.readers.groups import without_group
from services.journal.readers.loose import Gathering, Given, LackError
from services.journal.readers.tables import Row, Table
from services.journal.readers.titles import Titles, classes_of

SHEET = "Замены"

_TEACHER = r"( учител\w*| преподавател\w*| педагог\w*)?( ф ?и ?о)?"
SUBSTITUTIONS = patterns(
    day=r"дат\w*( (замены|замещения|урока|проведения))?|число",
    number=r"(№|номер)? ?урок\w*( №)?|№ урока",
    class_unit=r"класс\w*( групп\w*)?",
    study_group=r"(под)?групп\w*",
    planned=r"предмет\w* (по (расписанию|плану)|план)|заменяем\w+ предмет",
    subject=r"предмет\w*( (замены|проведенн\w+|фактическ\w+|факт|замещения))?|дисциплин\w*"
            r"|замещающ\w+ предмет",
    absent=rf"(фио )?(заменяем|замещаем|отсутствующ)\w+{_TEACHER}|кого (заменя|замеща)\w+"
           r"|вместо кого|отсутствует|кто отсутствует|(фио )?(учитель|преподаватель) по расписанию",
    substitute=rf"(фио )?(замещающ|заменяющ)\w+{_TEACHER}|(кто|кем) (заменя|замеща)\w+|заменяет"
               r"|замещает|на кого|кто проводит( урок)?",
    order=r"(№|номер)? ?приказ\w*.*|основание",
)  # fmt: skip

_CANCELLED = re.compile(
    r"(урок\w* )?(отмен\w*|снят\w*|не будет|нет)( урок\w*)?|[-–—]*", re.IGNORECASE
)
_LESSONS = re.compile(r"\d{1,2}(?:\s*[,;и–—-]\s*\d{1,2})*(?:-?(?:й|ый|ий|е|ой))?(?:\s*урок\w*)?\.?")
_FROM_TO = re.compile(r"(\d{1,2})\s*[–—-]\s*(\d{1,2})")
_TITLE_DAY = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d)")
_LAST_LESSON = 12


def likeness(table: Table, name: str) -> float:  # noqa: ARG001  # as of every format
    columns = find_columns(table.head, SUBSTITUTIONS)
    if not {"number", "absent", "substitute"} <= columns.places.keys():
        return 0.0
    dated = "day" in columns or _day_above(table, columns) is not None
    return 0.92 if dated else 0.6


def read_f10(given: Given) -> Extract:
    gathering = Gathering(Extract("F10", given.confidence))
    gathering.extract.rows["substitutions"] = []
    for table in given.tables:
        columns = find_columns(table.head, SUBSTITUTIONS)
        titles = given.titles(table, columns)
        reading = _Reading(columns, titles, gathering, _day_above(table, columns))
        try:
            reading.read(table)
        except LackError as error:
            gathering.lack(table, error)
        given.progress(table.height)
    return gathering.done()


def _day_above(table: Table, columns: Columns) -> Day | None:
    """«Замены на 20.11.2026» over a table without a column of days."""
    above = " ".join(cell_text(cell) for row in table.head[: columns.row] for cell in row)
    found = set(_TITLE_DAY.findall(above))
    return day_of(found.pop(), None) if len(found) == 1 else None


@dataclass(slots=True)
class _Reading:
    """``day`` is that of the row above: merged cells stand once."""

    columns: Columns
    titles: Titles
    gathering: Gathering
    day: Day | None
    seen: set[SubstitutionRow] = field(default_factory=set)

    def read(self, table: Table) -> None:
        for number, row in self.columns.records(table):
            try:
                for line in self._lines(row):
                    if line not in self.seen:
                        self.seen.add(line)
                        self.gathering.put("substitutions", SHEET, line, number)
            except YearUnknownError:
                raise LackError(lacks=["учебный год"]) from None
            except UnreadableError as error:
                self.gathering.refuse(SHEET, number, str(error))

    def _lines(self, row: Row) -> Iterator[SubstitutionRow]:
        if cell_text(self.columns.cell(row, "day")):
            self.day = self._read_day(row)
        if self.day is None:
            raise UnreadableError(reason="Дата: не заполнено")
        absent = normalise_name(self.columns.text(row, "absent"))
        if not absent:
            raise UnreadableError(reason="не сказано, кого заменяют")
        subject, inside = self._subject(row)
        group = fields.study_group(self.columns.cell(row, "study_group"))
        order = self.columns.text(row, "order") or None
        units, own = self._classes(row)
        for lesson in self._lessons(row):
            for unit in units:
                yield SubstitutionRow(
                    self.day, lesson, unit, group or own or inside, subject, absent,
                    self._substitute(row), order,
                )  # fmt: skip

    def _read_day(self, row: Row) -> Day:
        try:
            return day_of(self.columns.cell(row, "day"), self.titles.year)
        except YearUnknownError:
            raise
        except UnreadableError as error:
            raise UnreadableError(reason=f"Дата: {error}") from None

    def _subject(self, row: Row) -> tuple[str, str]:
        """The one really taught; ``""`` leaves it to the timetable."""
        said = self.columns.text(row, "subject") or self.columns.text(row, "planned")
        subject, group = without_group(said)
        return (subject if name_key(subject).strip("-–—") else ""), group

    def _classes(self, row: Row) -> tuple[tuple[str, ...], str]:
        text = self.columns.lines(row, "class_unit")
        if not text:
            return self.titles.classes or ("",), ""
        bare, group = without_group(text)
        units = classes_of(bare)
        if not units:
            raise UnreadableError(reason=f"Класс: {words.shown(text)} - не класс")
        return units, group

    def _lessons(self, row: Row) -> list[int]:
        """«2», «1, 2» or «2-4»."""
        text = self.columns.text(row, "number")
        if not _LESSONS.fullmatch(text):
            raise UnreadableError(reason="Урок: нужен номер урока от 0 до 12")
        span = _FROM_TO.search(text)
        if span and int(span[1]) < int(span[2]):
            found = list(range(int(span[1]), int(span[2]) + 1))
        else:
            found = list(map(int, re.findall(r"\d+", text)))
        if max(found) > _LAST_LESSON:
            raise UnreadableError(reason="Урок: нужен номер урока от 0 до 12")
        return found

    def _substitute(self, row: Row) -> str | None:
        """None: the lesson is cancelled."""
        name = normalise_name(self.columns.text(row, "substitute"))
        return None if _CANCELLED.fullmatch(name) else name
