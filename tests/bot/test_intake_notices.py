"""What people read when the process itself failed them, from the handler to the wire."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiogram.methods import SendMessage
from sqlalchemy import select

from bot.limits import Limits
from bot.notices import Notices, follow
from bot.outbox import Sender
from bot.presenting import Presenters
from bot.render import Reader, Renderer
from services.access import Role
from services.binding import BoundChat
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from services.people import Newcomer, UserId
from storage.database import Database
from storage.inbox import Waiting
from storage.schema.process import outbox
from tests.bot.wire import Wire, bot_over
from tests.conftest import FrozenClock

RAW = '{"update_id": 7, "message": {"message_id": 33, "text": "?"}}'
WAITING = Waiting(
    row=4,
    update_id=7,
    chat=5,
    raw=RAW,
    attempts=5,
    received_at=datetime(2026, 11, 20, tzinfo=UTC),
)
GROUP, SUPERGROUP = ChatId(-100), ChatId(-1001)


@pytest.fixture
def presenters(database: Database) -> Presenters:
    return Presenters(database=database, renderer=Renderer())


async def delivered(database: Database, presenters: Presenters) -> list[SendMessage]:
    wire = Wire()
    sender = Sender(
        bot=bot_over(wire),
        database=database,
        presenter=presenters,
        limits=Limits(),
        stop=asyncio.Event(),
    )
    await sender.drain(5)
    return [call.method for call in wire.calls if isinstance(call.method, SendMessage)]


async def test_an_update_given_up_is_told_once_with_its_number(
    database: Database, presenters: Presenters
) -> None:
    for _ in range(2):
        await Notices(database).given_up(WAITING, incident="4")
    [message] = await delivered(database, presenters)
    assert " 4." in message.text
    assert message.reply_parameters is not None
    assert message.reply_parameters.message_id == 33


async def test_an_interrupted_update_is_told(database: Database, presenters: Presenters) -> None:
    await Notices(database).interrupted(replace(WAITING, raw="cut"), incident="4")
    [message] = await delivered(database, presenters)
    assert "перезапустили" in message.text


async def test_a_group_is_not_told(database: Database, presenters: Presenters) -> None:
    await Notices(database).given_up(replace(WAITING, chat=GROUP), incident="4")
    assert await delivered(database, presenters) == []


async def test_a_group_that_moved_stays_bound_and_reads_in_its_school_s_zone(
    database: Database, presenters: Presenters, clock: FrozenClock
) -> None:
    async with database.aside() as work:
        school = await work.schools.add(name="Школа", timezone="Asia/Omsk", at=clock.now())
        bound = BoundChat(
            school=school,
            chat=GROUP,
            title="Администрация",
            topic=None,
            bound_by=None,
            bound_at=clock.now(),
        )
        await work.bound_chats.put(bound)
        await follow(work, GROUP, SUPERGROUP)

    async with database.reading() as work:
        assert await work.bound_chats.get(GROUP) is None
    assert await presenters.reader(SUPERGROUP) == Reader(zone="Asia/Omsk")
    assert await presenters.reader(ChatId(-7)) == Reader()
    assert await presenters.reader(ChatId(7)) == Reader()


async def test_a_kind_of_its_own_has_its_own_presenter(database: Database) -> None:
    async def two(letter: Letter, reader: Reader) -> list[SendMessage]:
        return [SendMessage(chat_id=letter.chat, text=f"{n} {reader.zone}") for n in (1, 2)]

    presenters = Presenters(database=database, renderer=Renderer(), kinds={"week": two})
    async with database.unit_of_work() as work:
        await work.outbox.put(Letter(school=SchoolId(1), chat=ChatId(5), kind="week"))
    texts = [message.text for message in await delivered(database, presenters)]
    assert texts == ["1 Europe/Moscow", "2 Europe/Moscow"]


OWNER, DIRECTOR, TEACHER, STRANGER = ChatId(1), ChatId(2), ChatId(5), ChatId(77)


async def school_of_three(database: Database, clock: FrozenClock) -> SchoolId:
    """An administrator, a director and a teacher."""
    roles = {OWNER: Role.ADMINISTRATOR, DIRECTOR: Role.DIRECTOR, TEACHER: Role.TEACHER}
    async with database.unit_of_work() as work:
        school = await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
        for user, role in roles.items():
            newcomer = Newcomer(user=UserId(user), name=f"Имя{user}")
            person = await work.people.admit(newcomer, school=school, staff=None, at=clock.now())
            await work.people.give(person, role, given_by=None, at=clock.now())
    return school


async def kinds(database: Database) -> list[tuple[int, str]]:
    """What waits to be sent, put earliest first."""
    async with database.reading() as work:
        waiting = select(outbox).where(outbox.c.state == "new").order_by(outbox.c.id)
        return [(row.chat, row.kind) for row in await work.connection.execute(waiting)]


async def test_the_administrator_gets_one_card_an_hour_of_what_was_given_up(
    database: Database, clock: FrozenClock
) -> None:
    await school_of_three(database, clock)
    notices = Notices(database)
    for row in (4, 5, 6):
        await notices.given_up(replace(WAITING, row=row, chat=STRANGER), incident=f"{row}")
    within_the_hour = await kinds(database)
    clock.move(hours=1)
    await notices.given_up(replace(WAITING, row=7, chat=STRANGER), incident="7")

    told = [(int(STRANGER), "errors/given-up")]
    assert sorted(within_the_hour) == [(OWNER, "health/aside"), *told * 3]
    assert (await kinds(database)).count((OWNER, "health/aside")) == 2


async def test_another_school_s_administrator_hears_nothing(
    database: Database, clock: FrozenClock
) -> None:
    await school_of_three(database, clock)
    async with database.unit_of_work() as work:
        other = await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
        newcomer = Newcomer(user=UserId(STRANGER), name="Чужой")
        await work.people.admit(newcomer, school=other, staff=None, at=clock.now())
    await Notices(database).given_up(replace(WAITING, chat=STRANGER), incident="4")
    assert await kinds(database) == [(STRANGER, "errors/given-up")]


@pytest.mark.parametrize(
    ("chat", "told"),
    [(TEACHER, [(1, "health/closed")]), (OWNER, []), (STRANGER, []), (GROUP, [])],
)
async def test_a_destination_that_closed_is_told_to_the_administrators_of_its_school(
    database: Database, clock: FrozenClock, chat: ChatId, told: list[tuple[int, str]]
) -> None:
    await school_of_three(database, clock)
    await Notices(database).closed(Letter(school=None, chat=chat, kind="x"), "blocked")
    assert await kinds(database) == told


async def test_a_bound_group_that_closed_is_told_by_its_title(
    database: Database, clock: FrozenClock, presenters: Presenters
) -> None:
    school = await school_of_three(database, clock)
    async with database.aside() as work:
        bound = BoundChat(
            school=school,
            chat=GROUP,
            title="Администрация",
            topic=None,
            bound_by=None,
            bound_at=clock.now(),
        )
        await work.bound_chats.put(bound)
    await Notices(database).closed(Letter(school=school, chat=GROUP, kind="x"), "kicked")
    [message] = await delivered(database, presenters)
    assert message.chat_id == OWNER
    assert "«Администрация»" in message.text
