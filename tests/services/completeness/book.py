"""A class journal of a few lines, written by a test and read by the rules."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.journal import completeness_of, imports_of
from services.access import Actor, Role
from services.completeness.finding_store import Hit
from services.ids import ChatId, ImportId, SchoolId
from services.journal.imports import Source
from services.journal.model import (
    FIRST_DAY,
    LAST_DAY,
    AssignmentRow,
    AttendanceRow,
    Batch,
    BellRow,
    EnrollmentRow,
    LessonRow,
    MarkRow,
    MemberRow,
    NonSchoolRow,
    PlanRow,
    SlotRow,
    SubjectRow,
    SubstitutionRow,
    TermMarkRow,
    TermRow,
)
from services.journal.previews import Preview
from services.journal.records import ImportRecord
from storage.database import Database

MOSCOW = ZoneInfo("Europe/Moscow")
TEACHER, OTHER = "Иванова Ирина Ивановна", "Петров Пётр Петрович"
MATHS = "Математика"


def day(text: str) -> int:
    """«07.09» of the autumn of 2026."""
    of_month, month = (int(part) for part in text.split("."))
    return date(2026, month, of_month).toordinal()


def at(text: str, hour: int = 23, minute: int = 59) -> datetime:
    moment = datetime.combine(date.fromordinal(day(text)), time(hour, minute))
    return moment.replace(tzinfo=MOSCOW)


class Unasked:
    async def after_import(self, school: SchoolId, record: ImportRecord) -> None: ...
    async def after_undo(self, school: SchoolId) -> None: ...


@dataclass(slots=True)
class Book:
    """Class 5А: mathematics as lesson 1 from Monday to Friday, four pupils, one quarter."""

    database: Database
    class_unit: str = "5А"
    batch: Batch = field(default_factory=Batch)
    actor: Actor = field(
        default_factory=lambda: Actor(
            chat=ChatId(0), school=SchoolId(1), roles=frozenset({Role.ADMINISTRATOR})
        )
    )

    looked_at: bool = False
    """Whether every rule looks at each import; else only the one that the test asks does."""

    def __post_init__(self) -> None:
        unit = self.class_unit
        self.batch.terms = [
            TermRow("2026/2027", "четверть", 1, day("01.09"), day("25.10"), ""),
            TermRow("2026/2027", "четверть", 2, day("02.11"), day("27.12"), ""),
        ]
        self.batch.non_school = []
        self.batch.subjects = [SubjectRow(MATHS, None, None, (), None)]
        self.batch.slots = [
            SlotRow(unit, "", weekday, 1, MATHS, TEACHER, None, FIRST_DAY, LAST_DAY)
            for weekday in range(1, 6)
        ]
        self.batch.assignments = [AssignmentRow(TEACHER, MATHS, unit, "", 500, FIRST_DAY, LAST_DAY)]
        self.batch.enrollments = [self.stay(number) for number in (1, 2, 3, 4)]
        self.batch.lessons = []
        self.batch.marks = []
        self.batch.attendance = []

    def stay(self, number: int, first: str | None = None, last: str | None = None) -> EnrollmentRow:
        begins = FIRST_DAY if first is None else day(first)
        ends = LAST_DAY if last is None else day(last)
        return EnrollmentRow(self.class_unit, number, None, f"к{number}", begins, ends, None)

    def lesson(self, on: str, number: int = 1, **said: Any) -> None:
        row = LessonRow(
            day=day(on), number=number, class_unit=self.class_unit, study_group="",
            subject=MATHS, teacher=TEACHER, instead_of=None, topic="Дроби", homework="№ 12",
            work_kind="", work_type=None, state=None, attendance_taken=True,
            entered_at=int(at(on, 15).timestamp()), modified_at=None, author=TEACHER,
        )  # fmt: skip
        assert self.batch.lessons is not None
        self.batch.lessons.append(row._replace(**said))

    def lessons(self, first: str, last: str, **said: Any) -> None:
        """A lesson every weekday of the range."""
        for number in range(day(first), day(last) + 1):
            moment = date.fromordinal(number)
            if moment.isoweekday() <= 5:
                self.lesson(f"{moment:%d.%m}", **said)

    def mark(
        self, on: str, pupil: int, value: int | None = 5, number: int | None = 1, **said: Any
    ) -> None:
        row = MarkRow(
            day(on), number, 1, self.class_unit, "", MATHS, pupil, 0, value, "", str(value), "",
            None, None, None,
        )  # fmt: skip
        assert self.batch.marks is not None
        self.batch.marks.append(row._replace(**said))

    def absent(self, on: str, pupil: int, code: str = "Н", number: int = 1) -> None:
        assert self.batch.attendance is not None
        self.batch.attendance.append(
            AttendanceRow(day(on), number, 1, self.class_unit, "", MATHS, pupil, code)
        )

    def term_mark(self, pupil: int, value: int | None, code: str = "", number: int = 1) -> None:
        self.batch.term_marks = self.batch.term_marks or []
        self.batch.term_marks.append(
            TermMarkRow(self.class_unit, MATHS, pupil, "четверть", number, value, code, None)
        )

    def plan(self, on: str, hours: int = 100, **said: Any) -> None:
        self.batch.plans = self.batch.plans or []
        position = len(self.batch.plans) + 1
        row = PlanRow(
            MATHS, self.class_unit, "", None, position, f"Тема {position}", hours, day(on), ""
        )
        self.batch.plans.append(row._replace(**said))

    def substitution(self, on: str, substitute: str | None, **said: Any) -> None:
        self.batch.substitutions = self.batch.substitutions or []
        row = SubstitutionRow(day(on), 1, self.class_unit, "", MATHS, TEACHER, substitute, None)
        self.batch.substitutions.append(row._replace(**said))

    def holiday(self, first: str, last: str) -> None:
        assert self.batch.non_school is not None
        self.batch.non_school.append(NonSchoolRow(day(first), day(last), "Карантин", ""))

    def bells(self) -> None:
        self.batch.bells = [BellRow(1, 510, 550, "")]

    def groups(self, **members: list[int]) -> None:
        self.batch.members = [
            MemberRow(self.class_unit, MATHS, group, pupil)
            for group, pupils in members.items()
            for pupil in pupils
        ]

    async def load(self, batch: Batch | None = None, name: str = "a") -> Preview:
        """Import it; the school is made at the first call."""
        async with self.database.unit_of_work() as work:
            if await work.schools.first() is None:
                clock = self.database.clock
                await work.schools.add(name="Школа", timezone=MOSCOW.key, at=clock.now())
        imports = imports_of(self.database, self.database.clock)
        if not self.looked_at:
            imports = replace(imports, analysis=Unasked())
        source = Source(f"{name}.xlsx", name, "F12", batch or self.batch)
        preview = await imports.preview(self.actor, [source])
        await imports.apply(self.actor, ImportId(preview.number))
        return preview

    async def look(self, rule: str, as_of: datetime) -> list[Hit]:
        completeness = completeness_of(self.database, self.database.clock)
        return await completeness.look(SchoolId(1), as_of, only=[rule])

    async def says(self, rule: str, as_of: datetime) -> list[tuple[str, int | None]]:
        """(«дд.мм», lesson number or pupil's number) of every finding of a rule, in order."""
        hits = await self.look(rule, as_of)
        async with self.database.reading() as work:
            dictionary = await work.journal.dictionary(SchoolId(1))
        numbers = {pupil.id: pupil.number for pupil in dictionary.pupils.values()}
        return sorted(
            (
                f"{date.fromordinal(hit.day):%d.%m}" if hit.day else "",
                hit.number if hit.pupil is None else numbers[hit.pupil],
            )
            for hit in hits
        )
