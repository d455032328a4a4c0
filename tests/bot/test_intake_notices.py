"""What people read when the process itself failed them, from the handler to the wire."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiogram.methods import SendMessage

from bot.limits import Limits
from bot.notices import Notices, follow
from bot.outbox import Sender
from bot.presenting import Presenters
from bot.render import Reader, Renderer
from services.binding import BoundChat
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from storage.database import Database
from storage.inbox import Waiting
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
