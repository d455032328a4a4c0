"""A class journal with the people who are told of it: a real database, a clock that is moved."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Any

from aiogram.methods import SendMessage
from sqlalchemy import select, update

from bot.collaborators import for_people
from bot.figures import for_figures
from bot.journal import completeness_of
from bot.reminding import for_reminding, reaching_of, reminders_of, showing_of
from bot.reminding_job import PrivateReminders, UnreachedTeachers
from bot.reminding_messages import RemindingMessages
from bot.render import Reader, Renderer
from bot.schedule import Schedule
from services.access import Actor, Role
from services.helpdesk.outage import Outage, OutageNumber
from services.ids import ChatId, FindingId, PersonId, SchoolId, StaffId
from services.journal.model import StaffRow
from services.outgoing import Letter
from services.people import Newcomer, UserId
from services.reminding.choosing import ReminderHours, RemindingRules
from services.reminding.sending import TOLD
from storage.database import Database
from storage.schema.process import outbox
from storage.staff import StoredStaff
from tests.conftest import FrozenClock
from tests.services.completeness.book import OTHER, TEACHER, Book, at, day

SCHOOL = SchoolId(1)
RENDERER = Renderer()
IVANOVA, PETROV, HEAD, DEPUTY, DIRECTOR, ADMINISTRATOR = (UserId(one) for one in range(11, 17))
POSTS = {
    TEACHER: ("учитель", "МО математики"),
    OTHER: ("учитель", "МО математики"),
    "Числова Нина Павловна": ("руководитель МО математики", "МО математики"),
}
WHO = {
    IVANOVA: (Role.TEACHER, TEACHER),
    PETROV: (Role.TEACHER, OTHER),
    HEAD: (Role.ADMINISTRATION, "Числова Нина Павловна"),
    DEPUTY: (Role.ADMINISTRATION, None),
    DIRECTOR: (Role.DIRECTOR, None),
    ADMINISTRATOR: (Role.ADMINISTRATOR, None),
}


@dataclass(slots=True)
class Stage:
    database: Database
    clock: FrozenClock
    book: Book = field(init=False)
    rules: tuple[str, ...] = ("P1", "P2", "P3", "P4")
    people: dict[UserId, PersonId] = field(default_factory=dict)
    schedule: Schedule = field(init=False)
    provided: dict[str, Any] = field(default_factory=dict)
    _seen: int = 0
    _loads: int = 0

    def __post_init__(self) -> None:
        self.book = Book(self.database)
        self.book.batch.staff = [
            StaffRow(name, None, post, group, None, None) for name, (post, group) in POSTS.items()
        ]
        self.provided = for_reminding(self.database, clock=self.clock)
        self.provided |= for_people(
            self.database, clock=self.clock, staff=StoredStaff(self.database)
        )
        self.provided |= for_figures(
            self.database, clock=self.clock, people=self.provided["people"], renderer=RENDERER
        )
        self.schedule = Schedule(
            database=self.database,
            clock=self.clock,
            jobs=[
                PrivateReminders(reminders_of(self.database, self.clock)),
                UnreachedTeachers(reaching_of(self.database, self.clock)),
            ],
            pause=0.0,
        )

    async def load(self, on: str, hour: int = 21, minute: int = 0) -> None:
        """An export of this moment, with everything that the book holds."""
        self.clock.moment = at(on, hour, minute).astimezone(UTC)
        self._loads += 1
        await self.book.load(name=f"{self._loads}")
        completeness = completeness_of(self.database, self.clock)
        some = {code: rule for code, rule in completeness.rules.items() if code in self.rules}
        async with self.database.reading() as work:
            record = await work.journal.current_import(SCHOOL)
        assert record is not None
        await replace(completeness, rules=some).after_import(SCHOOL, record)

    async def begin(self, *days: str, first: str = "02.11", last: str = "18.11") -> None:
        """Everything is filled in but the lessons of ``days``, as of the last day's evening."""
        self.book.lessons(first, last)
        self.empty(*days)
        await self.load(last)
        await self.admit()

    def empty(self, *days: str, **said: Any) -> None:
        """Lessons without a topic and without attendance."""
        wanted = {day(one) for one in days}
        blank = {"topic": "", "attendance_taken": False, "entered_at": None, **said}
        self.book.batch.lessons = [
            one._replace(**blank) if one.day in wanted else one
            for one in self.book.batch.lessons or []
        ]

    def fill(self, *days: str) -> None:
        self.empty(*days, topic="Дроби", attendance_taken=True)

    async def admit(self, *users: UserId) -> None:
        async with self.database.unit_of_work() as work:
            staff = (await work.journal.dictionary(SCHOOL)).staff.values()
            known = {one.name: StaffId(one.id) for one in staff}
            for user in users or WHO:
                role, name = WHO[user]
                newcomer = Newcomer(user=user, name=f"Имя{user}")
                since = at("01.09", 8).astimezone(UTC)
                linked = known[name] if name else None
                person = await work.people.admit(newcomer, school=SCHOOL, staff=linked, at=since)
                await work.people.give(person, role, given_by=None, at=since)
                self.people[user] = person

    async def another_deputy(self) -> UserId:
        user = UserId(21)
        async with self.database.unit_of_work() as work:
            since = at("01.09", 8).astimezone(UTC)
            newcomer = Newcomer(user=user, name="Ещё один")
            person = await work.people.admit(newcomer, school=SCHOOL, staff=None, at=since)
            await work.people.give(person, Role.ADMINISTRATION, given_by=None, at=since)
        return user

    async def at(self, on: str, hour: int = 16, minute: int = 30) -> dict[int, str]:
        """What is said to whom when the school's clock shows this."""
        self.clock.moment = at(on, hour, minute).astimezone(UTC)
        for _ in range(2):
            await self.schedule.tick()
        return {letter.chat: await self.text(letter) for letter in await self.letters()}

    async def letters(self) -> Sequence[Letter]:
        """Those written since this was asked last; the messenger takes them all."""
        fresh = select(outbox).where(outbox.c.id > self._seen).order_by(outbox.c.id)
        async with self.database.unit_of_work() as work:
            rows = (await work.connection.execute(fresh)).all()
            sent = outbox.c.id.in_([row.id for row in rows])
            await work.connection.execute(update(outbox).where(sent).values(state="sent"))
        self._seen = max([self._seen, *(row.id for row in rows)])
        return [
            Letter(
                school=SchoolId(row.school),
                chat=ChatId(row.chat),
                kind=row.kind,
                view=json.loads(row.view),
                dedupe=row.dedupe,
                expires_at=row.expires_at,
            )
            for row in rows
        ]

    async def letters_to(self, user: UserId) -> list[Letter]:
        return [letter for letter in await self.letters() if letter.chat == ChatId(user)]

    @property
    def hours(self) -> ReminderHours:
        found: ReminderHours = self.provided["reminder_hours"]
        return found

    @property
    def school_rules(self) -> RemindingRules:
        found: RemindingRules = self.provided["reminding_rules"]
        return found

    async def message(self, letter: Letter) -> SendMessage | None:
        messages = RemindingMessages(
            showing_of(self.database, RENDERER),
            self.provided["digests"],
            self.provided["people"],
            RENDERER,
        )
        calls = await messages.kinds[TOLD](letter, Reader())
        return next((call for call in calls if isinstance(call, SendMessage)), None)

    async def text(self, letter: Letter) -> str:
        if letter.kind != TOLD:
            return RENDERER.voice().render(letter.kind, **letter.view)
        message = await self.message(letter)
        return "" if message is None else message.text

    async def actor(self, user: UserId) -> Actor:
        known = await self.provided["people"].recognise(user=user, chat=ChatId(user))
        return known.actor  # type: ignore[no-any-return]

    async def outage(self, begins: str, hours: int, *, going_on: bool = False) -> None:
        """From 10:00 of a day, for so many hours."""
        since = at(begins, 10).astimezone(UTC)
        until = None if going_on else since.replace(hour=since.hour + hours)
        async with self.database.unit_of_work() as work:
            declared = Outage(
                school=SCHOOL,
                number=OutageNumber(0),
                begins=since,
                ends=until,
                declared_by=self.people[ADMINISTRATOR],
                declared_at=since,
                changed_at=since,
            )
            await work.outages.add(declared)

    async def findings(self, rule: str) -> list[FindingId]:
        async with self.database.reading() as work:
            return [one.id for one in await work.reminding.open(SCHOOL) if one.hit.rule == rule]
