"""Two people at one thing, and an actor without a person: refused, nothing half done."""

import asyncio
from typing import Any

import pytest

from bot.consultation import for_consultation
from bot.render import Renderer
from services.access import Actor, NotAllowedError, Role
from services.consultation.exchange import FileGoneError, FileId
from services.consultation.keeping import UnansweredId
from services.consultation.unanswered import Answered, QuestionGoneError
from services.ids import ChatId, PersonId, SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock

KEY = "где взять ключ от спортзала"


@pytest.fixture
async def school(database: Database, clock: FrozenClock) -> SchoolId:
    async with database.unit_of_work() as work:
        made = await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
        newcomer = Newcomer(user=UserId(7), name="Администратор")
        await work.people.admit(newcomer, school=made, staff=None, at=clock.now())
    return made


@pytest.fixture
def services(database: Database, clock: FrozenClock) -> dict[str, Any]:
    return for_consultation(database, clock=clock, renderer=Renderer())


def actor(school: SchoolId, *, person: int | None = 1) -> Actor:
    return Actor(
        chat=ChatId(7),
        school=school,
        person=None if person is None else PersonId(person),
        roles=frozenset(Role),
    )


async def asked(database: Database, clock: FrozenClock, school: SchoolId) -> UnansweredId:
    async with database.unit_of_work() as work:
        return await work.backlog.add(school, text=KEY, plain=KEY, at=clock.now())


async def test_of_two_answers_at_once_one_is_kept(
    database: Database, clock: FrozenClock, school: SchoolId, services: dict[str, Any]
) -> None:
    number = await asked(database, clock, school)
    desk = services["unanswered"]
    done = await asyncio.gather(
        desk.answer(actor(school), number, "Здесь"),
        desk.answer(actor(school), number, "Там"),
        return_exceptions=True,
    )
    assert {type(one) for one in done} == {Answered, QuestionGoneError}
    async with database.reading() as work:
        own = [one for one in await work.knowledge.kept(school) if one.origin is None]
    assert len(own) == 1


async def test_who_is_nobody_in_the_school_suggests_and_loads_nothing(
    school: SchoolId, services: dict[str, Any]
) -> None:
    nobody = actor(school, person=None)
    with pytest.raises(NotAllowedError):
        services["suggesting"].ensure(nobody)
    with pytest.raises(NotAllowedError):
        services["exchange"].ensure(nobody)


async def test_a_file_is_cancelled_once(school: SchoolId, services: dict[str, Any]) -> None:
    exchange = services["exchange"]
    preview = await exchange.stage(actor(school), [])
    await exchange.cancel(actor(school), preview.number)
    with pytest.raises(FileGoneError):
        await exchange.cancel(actor(school), preview.number)


async def test_another_school_s_file_is_gone(
    database: Database, clock: FrozenClock, school: SchoolId, services: dict[str, Any]
) -> None:
    async with database.unit_of_work() as work:
        other = await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
    exchange = services["exchange"]
    preview = await exchange.stage(actor(school), [])
    for step in (exchange.apply, exchange.undo, exchange.cancel):
        with pytest.raises(FileGoneError):
            await step(actor(other), preview.number)
    with pytest.raises(FileGoneError):
        await exchange.apply(actor(school), FileId(77))
