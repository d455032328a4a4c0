"""F7: lists of pupils; parents, phones, birth dates and СНИЛС do not leave this module."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from services.journal.cells import cell_text
from services.journal.dates import UnreadableError, day
from services.journal.model import FIRST_DAY, LAST_DAY, Day
from services.journal.names import name_key, normalise_class, normalise_name
from services.journal.readers.columns import Columns, find_columns, patterns
from services.journal.readers.extract import Extract
from services.journal.readers.loose import Gathering, Given, LackError
from services.journal.readers.tables import Row, Table
from services.journal.readers.titles import Titles, classes_of, titles_of

SHEET = "Ученики"

_CHILD = r"(учени(ка|цы|к|ков)|обучающ\w+|учащ\w+|ребенка|воспитанника)"
_PARENT = r"(родител|матер|мать|мам|отец|отца|пап|представител|опекун)"
PUPILS = patterns(
    name=rf"ф ?и ?о?( {_CHILD})?|фамилия имя( отчество)?( {_CHILD})?|{_CHILD}( ф ?и ?о)?"
         rf"|список {_CHILD}|фамилия и имя( {_CHILD})?",
    surname=rf"фамилия( {_CHILD})?",
    given=rf"имя( {_CHILD})?",
    patronymic=rf"отчество( {_CHILD})?",
    class_unit=r"класс( обучения| группа)?|название класса",
    grade=r"параллель|(номер|№) класса",
    letter=r"литера?( класса)?|буква( класса)?",
    number=r"№( п/?п| в (классе|списке|журнале))?|n|номер( п/п)?|п/п",
    file=r"(№|номер)? ?личн\w+ дел\w*( №)?|л/д|№ л/д",
    code=r"(персональный |личный )?код( ученика)?|id|идентификатор",
    first=r"(дата )?(зачислени\w*|приема|прибытия|поступления)( в (школу|оо|класс))?|зачислена?",
    last=r"(дата )?(выбытия|отчислени\w*)( из (школы|оо|класса))?|выбыла?|отчислена?",
    order=r"(№|номер)? ?приказ\w*.*",
    born=r"(дата )?рождени\w*|д ?р",
    secret=r"снилс|паспорт.*|свидетельство.*|(телефон|тел|моб\w*|адрес|e ?mail|почта|пол)( .*)?"
           rf"|.*{_PARENT}.*",
    lessons=r"предмет\w*|час\w*|должность|тем\w*|учител\w*|дата|отметк\w*|урок",
)  # fmt: skip

EXPLAINED = 0.5
"""A list of pupils is about pupils: at least so much of its header is known."""

_BACKWARDS = "«выбыл» раньше, чем «зачислен»"


def likeness(table: Table, name: str) -> float:
    """ФИО, or Фамилия and Имя, and a class: in the rows, above them, or as the file's name."""
    columns = find_columns(table.head, PUPILS)
    named = "name" in columns or {"surname", "given"} <= columns.places.keys()
    if not named or "lessons" in columns or columns.share(PUPILS) < EXPLAINED:
        return 0.0
    foreign = {"born", "secret", "file", "surname", "letter", "grade"} & columns.places.keys()
    if {"class_unit", "grade", "first"} & columns.places.keys():
        return 0.95 if foreign else 0.88
    placed = titles_of(table.head[: columns.row], table.name, name).classes
    if "number" in columns or foreign:
        return 0.9 if placed else 0.85 * ("file" in columns)
    return 0.85 if placed else 0.0


class _Listed(NamedTuple):
    """One pupil once; ``number`` is the file's own where it has one."""

    row: int
    number: int | None
    name: str
    code: str | None
    first: Day
    last: Day
    order: str | None


def read_f7(given: Given) -> Extract:
    gathering = Gathering(Extract("F7", given.confidence))
    gathering.extract.rows["enrollments"] = []
    for table in given.tables:
        columns = find_columns(table.head, PUPILS)
        reading = _Reading(columns, given.titles(table, columns), gathering)
        try:
            reading.read(table)
        except LackError as error:
            gathering.lack(table, error)
        given.progress(table.height)
    return gathering.done()


@dataclass(slots=True)
class _Reading:
    """``repeated`` tells that some pupil stood in several rows: «№ п/п» then counts rows."""

    columns: Columns
    titles: Titles
    gathering: Gathering
    listed: dict[str, list[_Listed]] = field(default_factory=dict)
    seen: set[tuple[object, ...]] = field(default_factory=set)
    repeated: bool = False

    def read(self, table: Table) -> None:
        held = self.titles.classes if len(self.titles.classes) == 1 else ()
        for number, row in self.columns.records(table):
            heading = _only_class(row)
            if heading:
                held = (heading,)
                continue
            try:
                self._take(number, row, held)
            except UnreadableError as error:
                self.gathering.refuse(SHEET, number, str(error))
        for unit, pupils in self.listed.items():
            self._put(unit, pupils)

    def _take(self, number: int, row: Row, held: tuple[str, ...]) -> None:
        name = self._name(row)
        if not name:
            return
        unit = self._class(row, held)
        key = (unit, name_key(name), *self._marks_of_one(row))
        if key in self.seen:
            self.repeated = True
            return
        self.seen.add(key)
        first, last = self._day(row, "first", FIRST_DAY), self._day(row, "last", LAST_DAY)
        if first > last:
            raise UnreadableError(reason=_BACKWARDS)
        text = self.columns.text(row, "number")
        code = self.columns.text(row, "code") or self.columns.text(row, "file")
        pupil = _Listed(
            number, int(text) if text.isdecimal() else None, name, code or None, first, last,
            self.columns.text(row, "order") or None,
        )  # fmt: skip
        self.listed.setdefault(unit, []).append(pupil)

    def _marks_of_one(self, row: Row) -> Iterator[str]:
        """What tells namesakes apart; a row for each parent repeats all of it."""
        told = [name for name in ("born", "file", "code", "first") if name in self.columns]
        for name in told:
            yield self.columns.text(row, name)
        if not told and "secret" not in self.columns:
            yield self.columns.text(row, "number")

    def _name(self, row: Row) -> str:
        if "name" in self.columns:
            return normalise_name(self.columns.text(row, "name"))
        parts = (self.columns.text(row, part) for part in ("surname", "given", "patronymic"))
        return normalise_name(" ".join(filter(None, parts)))

    def _class(self, row: Row, held: tuple[str, ...]) -> str:
        text = self.columns.text(row, "class_unit") or self.columns.text(row, "grade")
        text += self.columns.text(row, "letter")
        if not text:
            if not held:
                raise LackError(lacks=["класс"])
            return held[0]
        unit = normalise_class(text)
        if unit is None:
            raise UnreadableError(reason="Класс: не понять, какой")
        return unit

    def _day(self, row: Row, name: str, unknown: Day) -> Day:
        raw = self.columns.cell(row, name)
        try:
            return day(raw) if cell_text(raw) else unknown
        except UnreadableError as error:
            title = "Зачислен" if name == "first" else "Выбыл"
            raise UnreadableError(reason=f"{title}: {error}") from None

    def _put(self, unit: str, pupils: list[_Listed]) -> None:
        """Numbers are the file's own where they can be numbers in the class, else places."""
        numbers = [pupil.number for pupil in pupils]
        own = set(numbers)
        kept = (
            not self.repeated and None not in own and len(own) == len(numbers)
            and all(1 <= number <= MOST for number in numbers if number is not None)
            and (1 in own or len(self.listed) == 1)
        )  # fmt: skip
        names = self.gathering.extract.pupil_names.setdefault(unit, [])
        for place, pupil in enumerate(pupils, len(names) + 1):
            number = pupil.number if kept else place
            names.append(pupil.name)
            line = (unit, number, pupil.name, pupil.code, pupil.first, pupil.last, pupil.order)
            self.gathering.put("enrollments", SHEET, line, pupil.row)


MOST = 99
"""Pupils of one class."""


def _only_class(row: Row) -> str | None:
    """«5А класс» alone in a row heads the pupils below it."""
    texts = list(filter(None, map(cell_text, row)))
    units = classes_of(texts[0]) if len(texts) == 1 and any(map(str.isdigit, texts[0])) else ()
    return units[0] if len(units) == 1 and not units[0].isdecimal() else None
