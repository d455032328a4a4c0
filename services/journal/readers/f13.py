"""F13: a OneRoster archive of CSV files: class lists, staff and load, results."""

import csv
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from itertools import islice
from pathlib import PurePosixPath

from services.journal.container import UnsuitableError
from services.journal.dates import UnreadableError, day
from services.journal.guard import BROKEN, MAX_ROWS, TOO_WIDE
from services.journal.model import FIRST_DAY, LAST_DAY, Day
from services.journal.names import normalise_class, normalise_name
from services.journal.readers.extract import Extract
from services.journal.readers.loose import Gathering
from services.journal.readers.roster_columns import (
    CODE,
    HOURS,
    NUMBER,
    Record,
    besides,
    maybe,
    whole_number,
)
from services.journal.readers.tables import decoded
from services.journal.readers.titles import titles_of
from services.journal.readers.words import work_kind

MANIFEST = "manifest.csv"
_NEEDED = ("users", "classes", "enrollments")
_GONE = "tobedeleted"
_BEST, _WORST = 5, 1
_DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, ArithmeticError, EOFError, LookupError,
            OSError, RuntimeError, ValueError)  # fmt: skip
"""What the standard library lets through of an archive that disagrees with itself."""


def is_roster(content: bytes) -> bool:
    """Whether a zip has the manifest, at its root or in one folder."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return any(PurePosixPath(name).name == MANIFEST for name in archive.namelist())
    except _DAMAGES:
        return False


def read_f13(content: bytes) -> Extract:
    """Rows of the model; UnsuitableError where a file that all rests on is missing."""
    files = {name: list(records) for name, records in _files(content)}
    lacking = [f"{name}.csv" for name in _NEEDED if name not in files]
    if lacking:
        raise UnsuitableError(sentence=f"В архиве OneRoster нет {' и '.join(lacking)}.")
    roster = _Roster(Gathering(Extract("F13", 1.0)), files)
    roster.put_people()
    roster.put_results()
    roster.put_year()
    return roster.gathering.done()


def _files(content: bytes) -> Iterator[tuple[str, Iterator[Record]]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            paths = [PurePosixPath(name) for name in archive.namelist()]
            contents = {path.stem.casefold(): archive.read(f"{path}") for path in paths
                        if path.suffix.casefold() == ".csv"}  # fmt: skip
    except _DAMAGES:
        raise UnsuitableError(sentence=BROKEN) from None
    for name, each in contents.items():
        yield name, _records(each)


def _records(content: bytes) -> Iterator[Record]:
    rows = csv.reader(StringIO(decoded(content), newline=""))
    try:
        read = list(islice(rows, MAX_ROWS + 1))
    except csv.Error:
        raise UnsuitableError(sentence=BROKEN) from None
    if len(read) > MAX_ROWS:
        raise UnsuitableError(sentence=TOO_WIDE)
    titles = [title.strip().casefold() for title in read[0]] if read else []
    for row in read[1:]:
        record = dict(zip(titles, map(str.strip, row), strict=False))
        if record.get("status", "").casefold() != _GONE and any(row):
            yield record


@dataclass(frozen=True, slots=True)
class _Course:
    """A OneRoster class: a class unit, and a subject unless it is the homeroom."""

    units: tuple[str, ...]
    subject: str
    study_group: str = ""


@dataclass(slots=True)
class _Roster:
    gathering: Gathering
    files: dict[str, list[Record]]
    courses: dict[str, _Course] = field(init=False)
    names: dict[str, str] = field(init=False)
    codes: dict[str, str] = field(init=False)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        titles = {each.get("sourcedid", ""): each.get("title", "") for each in self._of("courses")}
        self.courses = {
            each.get("sourcedid", ""): _course(each, titles) for each in self._of("classes")
        }
        self.codes = {
            each.get("sourcedid", ""): each[CODE] for each in self._of("users") if CODE in each
        }
        self.names = {each.get("sourcedid", ""): _name(each) for each in self._of("users")}

    def _of(self, name: str) -> list[Record]:
        return self.files.get(name, [])

    def put_people(self) -> None:
        """An archive that numbers its pupils says also who is in the staff list."""
        self._put_staff()
        homerooms = {key for key, course in self.courses.items() if not course.subject}
        for number, each in enumerate(self._of("enrollments"), 2):
            course = self.courses.get(each.get("classsourcedid", ""))
            user = each.get("usersourcedid", "")
            if course is None or not (self.names.get(user) or user in self.codes):
                self.gathering.refuse("enrollments", number, "нет такого класса или человека")
                continue
            role = each.get("role", "").casefold()
            try:
                days = _days(each)
                if role == "student" and (each["classsourcedid"] in homerooms or not homerooms):
                    self._put_pupil(number, each, course, days)
                elif role == "teacher":
                    self._put_teacher(number, each, course, days)
            except UnreadableError as error:
                self.gathering.refuse("enrollments", number, str(error))

    def _put_staff(self) -> None:
        for number, each in enumerate(self._of("users"), 2):
            if CODE in each and each.get("role", "").casefold() == "teacher":
                name = self.names[each.get("sourcedid", "")]
                person = (name, each[CODE] or None, None, None, None, None)
                self.gathering.put("staff", "Сотрудники", person, number)

    def _put_pupil(
        self, number: int, record: Record, course: _Course, days: tuple[Day, Day]
    ) -> None:
        user = record.get("usersourcedid", "")
        if not course.units:
            raise UnreadableError(reason="не понять, какой это класс")
        for unit in course.units:
            if NUMBER in record:
                pupil = whole_number(record, NUMBER)
                self.numbers[unit, user] = pupil
                known = (self.names.get(user) or None, self.codes.get(user) or None)
                line = (unit, pupil, *known, *days, record.get("metadata.order") or None)
                self.gathering.put("enrollments", "Ученики", line, number)
            elif (unit, user) not in self.numbers:
                names = self.gathering.extract.pupil_names.setdefault(unit, [])
                names.append(self.names[user])
                self.numbers[unit, user] = len(names)
                line = (unit, len(names), self.names[user], user, *days, None)
                self.gathering.put("enrollments", "Ученики", line, number)

    def _put_teacher(
        self, number: int, record: Record, course: _Course, days: tuple[Day, Day]
    ) -> None:
        user = record.get("usersourcedid", "")
        person = (self.names[user], user, None, None, None, None)
        known = user in self.codes or person in self.gathering.extract.rows.get("staff", [])
        if not known:
            self.gathering.put("staff", "Сотрудники", person, number)
        hours = whole_number(record, HOURS) if HOURS in record else 0
        for unit in course.units if course.subject else ():
            line = (self.names[user], course.subject, unit, course.study_group, hours, *days)
            if line not in self.gathering.extract.rows.get("assignments", []):
                self.gathering.put("assignments", "Нагрузка", line, number)

    def put_results(self) -> None:
        items = {each.get("sourcedid", ""): each for each in self._of("lineitems")}
        used: Counter[tuple[object, ...]] = Counter()
        for number, each in enumerate(self._of("results"), 2):
            item = items.get(each.get("lineitemsourcedid", ""))
            score = each.get("score", "")
            if not score and not each.get("metadata.code"):
                continue
            try:
                for where in self._cells(each, item):
                    value = _value(score) if score else None
                    title = (item or {}).get("title", "")
                    line = (*where, used[where], value, *besides(each, score, work_kind(title)))
                    used[where] += 1
                    self.gathering.put("marks", "Отметки", line, number)
            except UnreadableError as error:
                self.gathering.refuse("results", number, str(error))

    def _cells(self, result: Record, item: Record | None) -> Iterator[tuple[object, ...]]:
        """(day, None, 1, class, group, subject, pupil) of a result."""
        course = self.courses.get((item or {}).get("classsourcedid", ""))
        user = result.get("studentsourcedid", "")
        if item is None or course is None or not course.subject:
            raise UnreadableError(reason="не понять, за что отметка")
        dated = item.get("assigndate") or item.get("duedate") or result.get("scoredate", "")
        units = [unit for unit in course.units if (unit, user) in self.numbers]
        if not units:
            raise UnreadableError(reason="ученика нет в списке класса")
        for unit in units:
            lesson = (maybe(item, "metadata.lesson"), maybe(item, "metadata.nth") or 1)
            place = (unit, course.study_group, course.subject)
            yield (day(dated), *lesson, *place, self.numbers[unit, user])

    def put_year(self) -> None:
        """OneRoster names an academic year by the year in which it ends."""
        ends = {each.get("schoolyear", "")[:4] for each in self._of("academicsessions")} - {""}
        if len(ends) == 1 and (end := ends.pop()).isdecimal():
            self.gathering.extract.year = f"{int(end) - 1}/{end}"


def _course(record: Record, titles: Mapping[str, str]) -> _Course:
    title, code = record.get("title", ""), record.get("classcode", "")
    own = record.get("metadata.class", "")
    said = titles_of([], title, code)
    whole = normalise_class(title)
    units = (own,) if own else said.classes or ((whole,) if whole else ())
    if record.get("classtype", "").casefold() == "homeroom":
        return _Course(units, "")
    subject = record.get("subjects", "").split(",")[0]
    subject = subject or titles.get(record.get("coursesourcedid", ""), "") or said.subject
    return _Course(units, normalise_name(subject), record.get("metadata.group", ""))


def _name(record: Record) -> str:
    parts = (record.get(part, "") for part in ("familyname", "givenname", "middlename"))
    return normalise_name(" ".join(filter(None, parts)))


def _days(record: Record) -> tuple[Day, Day]:
    begin, end = record.get("begindate", ""), record.get("enddate", "")
    return day(begin) if begin else FIRST_DAY, day(end) if end else LAST_DAY


def _value(score: str) -> int:
    try:
        value = float(score)
    except ValueError:
        raise UnreadableError(reason="отметка не число") from None
    if not (_WORST <= value <= _BEST and value.is_integer()):
        raise UnreadableError(reason="отметка не от 1 до 5")
    return int(value)
