"""A thousand questions at once from one person: everybody else is answered meanwhile."""

import asyncio

from sqlalchemy import func, select

from bot.app import dispatcher_of
from bot.intake import Intake
from bot.postbox import Postbox
from storage.database import Database
from storage.fsm import StoredConversations
from storage.schema.process import outbox
from tests.bot.scene import text
from tests.bot.wire import Wire, bot_over
from tests.conftest import FrozenClock
from tests.handlers.conversation import RENDERER, Conversation, Staff

FLOOD, OTHERS = 1000, 20
PERSON = 5


async def answers(database: Database) -> dict[int, int]:
    counted = select(outbox.c.chat, func.count()).group_by(outbox.c.chat)
    async with database.reading() as work:
        return {row[0]: row[1] for row in await work.connection.execute(counted)}


async def test_a_flood_of_one_person_does_not_slow_the_others(
    database: Database, clock: FrozenClock
) -> None:
    talk = Conversation(database, clock, Staff())
    await talk.set_up()
    await talk.tell(PERSON, "как поставить отметку")
    dispatcher = dispatcher_of(
        talk.provided, RENDERER, Postbox(database), StoredConversations(database)
    )
    intake = Intake(
        bot=bot_over(Wire()), dispatcher=dispatcher, database=database, stop=asyncio.Event()
    )
    flood = [text(number, f"как поставить отметку {number}", PERSON) for number in range(FLOOD)]
    others = [
        text(FLOOD + number, "как поставить отметку", 100 + number) for number in range(OTHERS)
    ]

    await intake.keep(flood)
    await intake.keep(others)

    async def served() -> bool:
        known = await answers(database)
        return all(100 + number in known for number in range(OTHERS))

    try:
        async with asyncio.timeout(30):
            while not await served():  # noqa: ASYNC110  # another side's state has no event
                await asyncio.sleep(0.01)
        mine = (await answers(database))[PERSON]
    finally:
        intake.stop.set()
        await intake.drain(0)
    assert mine < FLOOD / 4
    async with database.reading() as work:
        left = len(await work.inbox.waiting(42, limit=FLOOD))
    assert left >= FLOOD - mine - OTHERS
