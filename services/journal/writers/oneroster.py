"""Writes rosters, load and marks as a OneRoster 1.1 archive of CSV files.

What the standard has no room for (the number in the class list, the study group, hours, the lesson)
stands in its extension columns, ``metadata.*``, and our own reader takes it back from there.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from services.journal.model import (
    FIRST_DAY,
    LAST_DAY,
    AssignmentRow,
    Batch,
    Day,
    EnrollmentRow,
    MarkRow,
    StaffRow,
    TermRow,
)
from services.journal.names import grade_of, name_key

Cells = Sequence[object]
PlaceKey = tuple[str, str, str]
"""Class, subject and study group; subject ``""`` is the homeroom."""

BASE = ("sourcedId", "status", "dateLastModified")
COLUMNS = {
    "academicSessions": (
        *BASE, "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear",
    ),
    "orgs": (*BASE, "name", "type", "identifier", "parentSourcedId"),
    "courses": (
        *BASE, "schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects",
        "subjectCodes",
    ),
    "classes": (
        *BASE, "title", "grades", "courseSourcedId", "classCode", "classType", "location",
        "schoolSourcedId", "termSourcedIds", "subjects", "subjectCodes", "periods",
        "metadata.class", "metadata.group",
    ),
    "users": (
        *BASE, "enabledUser", "orgSourcedIds", "role", "username", "userIds", "givenName",
        "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds",
        "grades", "password", "metadata.code",
    ),
    "enrollments": (
        *BASE, "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary",
        "beginDate", "endDate", "metadata.number", "metadata.order", "metadata.hours",
    ),
    "categories": (*BASE, "title"),
    "lineItems": (
        *BASE, "title", "description", "assignDate", "dueDate", "classSourcedId",
        "categorySourcedId", "gradingPeriodSourcedId", "resultValueMin", "resultValueMax",
        "metadata.lesson", "metadata.nth",
    ),
    "results": (
        *BASE, "lineItemSourcedId", "studentSourcedId", "scoreStatus", "score", "scoreDate",
        "comment", "metadata.code", "metadata.raw", "metadata.weight", "metadata.entered",
        "metadata.author",
    ),
}  # fmt: skip
ABSENT = ("classResources", "courseResources", "demographics", "resources")
OF_LESSONS = "Урок"
"""The category of marks for no written work."""

_BULK = ("", "")
_PACKED_AT = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterOf:
    """``batch`` has staff, enrollments, assignments and marks; ``year`` is «2026/2027»."""

    school: str
    year: str
    terms: Sequence[TermRow]
    batch: Batch


def write_roster(roster: RosterOf) -> bytes:
    """The archive; the same rows give the same bytes."""
    files = _Files(roster)
    files.fill()
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        _put(archive, "manifest", ("propertyName", "value"), _manifest())
        for name, columns in COLUMNS.items():
            _put(archive, name, columns, files.rows[name])
    return target.getvalue()


def _manifest() -> Iterator[Cells]:
    yield "manifest.version", "1.0"
    yield "oneroster.version", "1.1"
    yield from ((f"file.{name}", "absent") for name in ABSENT)
    yield from ((f"file.{name}", "bulk") for name in COLUMNS)
    yield "source.systemName", "Yozh"
    yield "source.systemCode", "yozh"


def _put(archive: ZipFile, name: str, columns: Cells, rows: Iterable[Cells]) -> None:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    entry = ZipInfo(f"{name}.csv", _PACKED_AT)
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, text.getvalue().encode())


@dataclass(slots=True)
class _Files:
    roster: RosterOf
    rows: dict[str, list[Cells]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    classes: dict[PlaceKey, str] = field(default_factory=dict)
    courses: dict[str, str] = field(default_factory=dict)
    pupils: dict[tuple[str, int], str] = field(default_factory=dict)
    staff: dict[str, str] = field(default_factory=dict)
    items: dict[Cells, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    terms: list[tuple[Day, Day, str]] = field(default_factory=list)

    def fill(self) -> None:
        batch = self.roster.batch
        self._add("orgs", "school", self.roster.school, "school", "", "")
        self._sessions()
        for member in batch.staff or ():
            self._staff(member)
        for stay in batch.enrollments or ():
            self._pupil(stay)
        for load in batch.assignments or ():
            self._load(load)
        for mark in batch.marks or ():
            self._mark(mark)
        self._attend()

    def _add(self, file: str, identity: str, *cells: object) -> None:
        self.rows[file].append((identity, *_BULK, *cells))

    def _sessions(self) -> None:
        ends = self.roster.year[-4:]
        years = [each for each in self.roster.terms if each.kind == "год"]
        parts = [each for each in self.roster.terms if each.kind != "год"]
        first = min((each.first for each in years or parts), default=None)
        last = max((each.last for each in years or parts), default=None)
        days = (_iso(first or FIRST_DAY), _iso(last or LAST_DAY))
        self._add("academicSessions", "year", self.roster.year, "schoolYear", *days, "", ends)
        for number, each in enumerate(parts, 1):
            identity = f"term-{number}"
            title = f"{each.number} {each.kind}"
            days = (_iso(each.first), _iso(each.last))
            self._add("academicSessions", identity, title, "gradingPeriod", *days, "year", ends)
            self.terms.append((each.first, each.last, identity))

    def _staff(self, row: StaffRow) -> None:
        identity = f"t-{len(self.staff) + 1}"
        self.staff[name_key(row.name)] = identity
        self._user(identity, "teacher", row.name, row.code, "")

    def _pupil(self, row: EnrollmentRow) -> None:
        place = (row.class_unit, row.pupil)
        if place not in self.pupils:
            self.pupils[place] = f"p-{row.class_unit}-{row.pupil}"
            grade = grade_of(row.class_unit)
            self._user(self.pupils[place], "student", row.name or "", row.code, grade)
        days = (_iso(row.first), _iso(row.last))
        facts = ("false", *days, row.pupil, row.order or "", "")
        self._enrol(self._class(row.class_unit, "", ""), self.pupils[place], "student", facts)

    def _load(self, row: AssignmentRow) -> None:
        place = self._class(row.class_unit, row.subject, row.study_group)
        facts = ("true", _iso(row.first), _iso(row.last), "", "", row.hours)
        self._enrol(place, self._teacher(row.teacher), "teacher", facts)

    def _teacher(self, name: str) -> str:
        """Whoever teaches and is in no staff list is a user too."""
        if name_key(name) not in self.staff:
            self._staff(StaffRow(name, None, None, None, None, None))
        return self.staff[name_key(name)]

    def _user(self, identity: str, role: str, name: str, code: str | None, grade: object) -> None:
        family, given, middle = [*name.split(" ", 2), "", "", ""][:3]
        who = ("true", "school", role, identity, "", given, family, middle, code or "")
        self._add("users", identity, *who, "", "", "", "", grade, "", code or "")

    def _enrol(self, place: str, user: str, role: str, facts: Cells) -> None:
        identity = f"e-{len(self.rows['enrollments']) + 1}"
        self._add("enrollments", identity, place, "school", user, role, *facts)

    def _class(self, unit: str, subject: str, group: str) -> str:
        place = (unit, subject, group)
        if place not in self.classes:
            course = self._course(subject)
            kind = "scheduled" if subject else "homeroom"
            identity = f"{kind[0]}-{len(self.classes) + 1}"
            title = " ".join(filter(None, (unit, subject, f"({group})" if group else "")))
            facts = (title, grade_of(unit), course, unit, kind, "", "school", "year", "", "", "")
            self._add("classes", identity, *facts, unit, group)
            self.classes[place] = identity
        return self.classes[place]

    def _course(self, subject: str) -> str:
        if subject not in self.courses:
            identity = f"k-{len(self.courses) + 1}"
            self.courses[subject] = identity
            facts = ("year", subject or "Класс", "", "", "school", "", "")
            self._add("courses", identity, *facts)
        return self.courses[subject]

    def _mark(self, row: MarkRow) -> None:
        pupil = self.pupils.get((row.class_unit, row.pupil))
        if pupil is None:
            return
        item = self._item(row)
        score = "" if row.value is None else str(row.value)
        raw = "" if row.raw == score else row.raw
        facts = (
            "fully graded",
            score,
            _iso(row.day),
            "",
            row.code,
            raw,
            row.weight,
            row.entered_at,
        )
        identity = f"r-{len(self.rows['results']) + 1}"
        self._add("results", identity, item, pupil, *facts, row.author)

    def _item(self, row: MarkRow) -> str:
        place = self._class(row.class_unit, row.subject, row.study_group)
        key = (place, row.day, row.number, row.nth, row.work_kind)
        if key not in self.items:
            identity = f"l-{len(self.items) + 1}"
            day = _iso(row.day)
            term = next((t for first, last, t in self.terms if first <= row.day <= last), "year")
            facts = (row.work_kind or OF_LESSONS, "", day, day, place, self._category(row), term)
            self._add("lineItems", identity, *facts, 1, 5, row.number or "", row.nth)
            self.items[key] = identity
        return self.items[key]

    def _category(self, row: MarkRow) -> str:
        title = row.work_kind or OF_LESSONS
        if title not in self.categories:
            self.categories[title] = f"g-{len(self.categories) + 1}"
            self._add("categories", self.categories[title], title)
        return self.categories[title]

    def _attend(self) -> None:
        """Pupils of a class go to its lessons; who is in which study group, their marks tell."""
        whole = [(unit, place) for (unit, subject, group), place in self.classes.items()
                 if subject and not group]  # fmt: skip
        facts = ("false", "", "", "", "", "")
        for unit, place in whole:
            for (own, _), pupil in self.pupils.items():
                if own == unit:
                    self._enrol(place, pupil, "student", facts)


def _iso(day: Day) -> str:
    return "" if day in {FIRST_DAY, LAST_DAY} else date.fromordinal(day).isoformat()
