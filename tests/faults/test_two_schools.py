"""Anything pressed and typed by anybody of one school: the other is not touched (F45, F46)."""

import hashlib
import random
import string
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import Any, get_args

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import TelegramMethod
from sqlalchemy import select

from handlers.commands import COMMANDS
from services.access import Role
from services.binding import BoundChat
from services.errors import DomainError
from services.ids import ChatId, SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from storage.schema import metadata
from storage.unit_of_work import StoredWork
from tests.conftest import FrozenClock
from tests.handlers.conftest import MEMBERS
from tests.handlers.conversation import Conversation, Staff, group

Record = Callable[[str, object], None]
CANARY = "Канарейкина"
"""Stands in the first school's name and in the names of its people."""
THEIRS, OUR_SCHOOL = SchoolId(1), SchoolId(2)
USERS = {role: 100 + number for number, role in enumerate(Role)}
OURS = [user for role, user in USERS.items() if role is not Role.STRANGER]
ASKED = ("outbox", "consultation", "unanswered_questions")
"""Beginnings of the tables in which a question of anybody's leaves a trace, as is his right."""
WORDS = ("", "1", "5А", "2026-W47", "P1", CANARY[:4], "'; DROP TABLE people --", "каникулы", "🦔")


def every_press() -> list[type[CallbackData]]:
    """Families of buttons that the bot has."""
    return [one for one in CallbackData.__subclasses__() if one.__module__.startswith("handlers")]


class Anybody:
    """Commands, presses and words by chance, from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # repeatable

    def press(self) -> str:
        if self.chance.random() < 1 / 10:
            return "".join(self.chance.choices(string.printable, k=self.chance.randint(1, 64)))
        family = self.chance.choice(every_press())
        values = [
            self._value(field.annotation) for field in family.model_fields.values()
        ]  # packed by hand: a press need not be one that we made
        return ":".join([family.__prefix__, *values])[:64]

    def _value(self, kind: Any) -> str:
        options = [one for one in get_args(kind) or (kind,) if one is not type(None)]
        if isinstance(options[0], type) and issubclass(options[0], Enum):
            return str(self.chance.choice(list(options[0])).value)
        if options[0] is str:
            return self.chance.choice(["", "P1", "А", "2026-W47", "calendar"])
        return str(self.chance.choice([0, 1, 2, 3, 4, 5, 7, 11, 19, -1, 10**9]))

    def words(self) -> str:
        if self.chance.random() < 1 / 3:
            return self.chance.choice(WORDS) or "…"
        command = self.chance.choice([*(command.name for command in COMMANDS), "start", "nothing"])
        return f"/{command} {self.chance.choice(WORDS)}".strip()


async def two_schools(database: Database, clock: FrozenClock) -> None:
    """The generated one with two people; another one with somebody of every role and a group."""
    now = clock.now()
    async with database.unit_of_work() as work:
        theirs = await work.schools.get(THEIRS)
        await work.schools.save(replace(theirs, name=f"Школа {CANARY}"))
        for user in (1, 2):
            newcomer = Newcomer(user=UserId(user), name=f"{CANARY} {user}")
            person = await work.people.admit(newcomer, school=THEIRS, staff=None, at=now)
            await work.people.give(person, Role.ADMINISTRATOR, given_by=None, at=now)
        ours = await work.schools.add(name="Наша", timezone="Europe/Moscow", at=now)
        for role, user in USERS.items():
            if role is not Role.STRANGER:
                await admit(work, ours, role, user, now)
        bound = BoundChat(
            school=ours, chat=ChatId(-100), title="", topic=None, bound_by=None, bound_at=now
        )
        await work.bound_chats.put(bound)


async def admit(work: StoredWork, school: SchoolId, role: Role, user: int, at: datetime) -> None:
    newcomer = Newcomer(user=UserId(user), name=role.value)
    person = await work.people.admit(newcomer, school=school, staff=None, at=at)
    await work.people.give(person, role, given_by=None, at=at)


async def come_back(database: Database, user: int, at: datetime) -> None:
    """Who pressed «forget me» or was dismissed is admitted again: a stranger is another test's."""
    role = next(role for role, known in USERS.items() if known == user)
    async with database.unit_of_work() as work:
        if await work.people.of_user(UserId(user), at) is None:
            await admit(work, OUR_SCHOOL, role, user, at)


async def kept(database: Database, *, school: int | None) -> dict[str, str]:
    """A digest of each table: of one school's rows, or of all that belongs to any school."""
    found = {}
    async with database.reading() as work:
        for table in metadata.sorted_tables:
            if "school" not in table.c and table.name != "schools":
                continue
            owner = table.c.id if table.name == "schools" else table.c.school
            statement = select(table).order_by(*table.primary_key)
            statement = statement if school is None else statement.where(owner == school)
            rows = (await work.connection.execute(statement)).all()
            found[table.name] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def said(calls: list[TelegramMethod[Any]]) -> Iterator[str]:
    for call in calls:
        yield repr(call.model_dump(exclude={"photo", "document"}, warnings=False))


@pytest.mark.parametrize("count", [150, pytest.param(4000, marks=pytest.mark.long)])
async def test_nobody_of_one_school_sees_or_changes_a_byte_of_another(
    full: Database, clock: FrozenClock, record_property: Record, count: int
) -> None:
    talk = Conversation(full, clock, Staff(list(MEMBERS)))
    await two_schools(full, clock)
    before = await kept(full, school=THEIRS)
    anybody = Anybody(45)
    for _ in range(count):
        user = anybody.chance.choice(OURS)
        await act(talk, anybody, user)
        clock.move(seconds=5)
        await come_back(full, user, clock.now())
    leaks = [line for line in said(list(talk.bot.requests.all)) if CANARY in line]
    record_property("figures", f"acts {count}, seed 45, errors 0, leaks {len(leaks)}")
    assert leaks == []
    after = await kept(full, school=THEIRS)
    assert [name for name in after if after[name] != before[name]] == []


@pytest.mark.parametrize("count", [150, pytest.param(2000, marks=pytest.mark.long)])
async def test_a_stranger_changes_nothing_whatever_he_does(
    full: Database, clock: FrozenClock, record_property: Record, count: int
) -> None:
    talk = Conversation(full, clock, Staff(list(MEMBERS)))
    await two_schools(full, clock)
    before = await kept(full, school=None)
    anybody = Anybody(46)
    for _ in range(count):
        await act(talk, anybody, USERS[Role.STRANGER])
        clock.move(seconds=5)
    after = await kept(full, school=None)
    record_property("figures", f"acts of a stranger {count}, seed 46, errors 0, effects 0")
    changed = [name for name in after if after[name] != before[name]]
    assert [name for name in changed if not name.startswith(ASKED)] == []


async def act(talk: Conversation, anybody: Anybody, user: int) -> None:
    """A press or words, in private or in a group; what our people would be told is no error."""
    chat = group() if anybody.chance.random() < 1 / 5 else None
    try:
        if anybody.chance.random() < 1 / 2:
            await talk.press(user, anybody.press(), chat=chat)
        else:
            await talk.tell(user, anybody.words(), chat=chat)
    except DomainError as error:
        pytest.fail(f"a refusal that is not said: {error!r}")


async def test_a_leak_would_be_seen(full: Database, clock: FrozenClock) -> None:
    """The negative control: an administrator of the first school does see and change."""
    talk = Conversation(full, clock, Staff(list(MEMBERS)))
    await two_schools(full, clock)
    before = await kept(full, school=THEIRS)
    await talk.tell(1, "/people")
    assert any(CANARY in line for line in said(list(talk.bot.requests.all)))
    await talk.tell(1, "/lang")
    async with full.unit_of_work() as work:
        await work.schools.save(replace(await work.schools.get(THEIRS), name="x"))
    assert await kept(full, school=THEIRS) != before
