"""F3: «Отчет о доступе к классному журналу» of Сетевой Город: who changed what, and when."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.journal import dates
from services.journal.cells import cell_text
from services.journal.dates import UnreadableError, day
from services.journal.model import ChangeRow, Day
from services.journal.names import normalise_class, normalise_name
from services.journal.readers.columns import Columns, find_columns, patterns
from services.journal.readers.extract import Extract
from services.journal.readers.groups import without_group
from services.journal.readers.loose import Gathering, Given
from services.journal.readers.tables import Row, Table
from services.journal.readers.titles import Titles

SHEET = "Изменения"
CHANGES = patterns(
    class_unit=r"класс\w*",
    subject=r"предмет\w*|дисциплин\w*",
    at=r"(дата|время|дата и время|дата время) (изменени\w*|доступа|правки|события|действия)"
       r"|(изменение|изменено)( дата)?|дата и время|время",
    author=r"(имя |фио )?пользовател\w*|кто (изменил|внес)|автор( изменени\w*)?",
    lesson=r"дат\w* (урока|заняти\w*)|урок|дата",
    period=r"(учебн\w+ |отчетн\w+ )?период\w*|четверт\w*",
    action=r"действи\w*|вид (изменени\w*|действи\w*)|операци\w*|изменени\w*|событи\w*|описание.*",
)  # fmt: skip


def likeness(table: Table, name: str) -> float:  # noqa: ARG001  # as of every format
    """The time of a change, its author and what was done; in a class and subject."""
    columns = find_columns(table.head, CHANGES)
    if not {"at", "author", "action"} <= columns.places.keys():
        return 0.0
    return 0.95 if {"class_unit", "subject"} & columns.places.keys() else 0.6


def read_f3(given: Given) -> Extract:
    gathering = Gathering(Extract("F3", given.confidence))
    gathering.extract.rows["changes"] = []
    for table in given.tables:
        columns = find_columns(table.head, CHANGES)
        titles = given.titles(table, columns)
        gathering.extract.period = gathering.extract.period or titles.period
        reading = _Reading(columns, titles, dates.Moments(given.zone))
        for number, row in columns.records(table):
            try:
                gathering.put("changes", SHEET, reading.line(row), number)
            except UnreadableError as error:
                gathering.refuse(SHEET, number, str(error))
        given.progress(table.height)
    gathering.extract.period = _told(gathering.extract, given.zone)
    return gathering.done()


def _told(extract: Extract, zone: ZoneInfo) -> tuple[Day, Day] | None:
    """The days that the log tells of: its period, and those of its own lines."""
    moments = [line[0] for line in extract.rows["changes"] if isinstance(line[0], int)]
    days = [datetime.fromtimestamp(at, zone).toordinal() for at in moments]
    days += extract.period or ()
    return (min(days), max(days)) if days else None


@dataclass(slots=True)
class _Reading:
    columns: Columns
    titles: Titles
    moment: dates.Moments

    def line(self, row: Row) -> ChangeRow:
        said, group = without_group(self.columns.text(row, "class_unit"))
        unit = normalise_class(said) if said else next(iter(self.titles.classes), None)
        if unit is None:
            raise UnreadableError(reason="Класс: не понять, какой")
        raw = self.columns.cell(row, "at")
        if not cell_text(raw):
            raise UnreadableError(reason="Время изменения: не заполнено")
        try:
            at = self.moment(cell_text(raw) if isinstance(raw, str) else raw)
        except UnreadableError as error:
            raise UnreadableError(reason=f"Время изменения: {error}") from None
        subject, other = without_group(self.columns.text(row, "subject"))
        return ChangeRow(
            at, unit, group or other, subject or self.titles.subject,
            normalise_name(self.columns.text(row, "author")) or None, self._lesson(row),
            self.columns.text(row, "period"), self.columns.text(row, "action"),
        )  # fmt: skip

    def _lesson(self, row: Row) -> Day | None:
        """Changes of period marks have no lesson."""
        raw = self.columns.cell(row, "lesson")
        if cell_text(raw) in {"", "-", "–", "—"}:
            return None
        try:
            return day(raw)
        except UnreadableError as error:
            raise UnreadableError(reason=f"Дата урока: {error}") from None
