"""A button pressed long after its message, or one whose press is too old to be answered (F18)."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery

from bot.app import dispatcher_of
from bot.intake import Intake
from bot.postbox import Postbox
from handlers.callbacks import LanguagePick
from services.people import UserId
from storage.database import Database
from storage.fsm import StoredConversations
from tests.bot.scene import set_aside
from tests.bot.wire import Wire, bot_over
from tests.conftest import FrozenClock
from tests.handlers.conversation import RENDERER, Conversation, Staff

OWNER = 1
LONG_AGO = 1_500_000_000


def press(number: int, data: str) -> dict[str, Any]:
    """Of a button under a message of years ago."""
    person = {"id": OWNER, "is_bot": False, "first_name": "Имя"}
    place = {"id": OWNER, "type": "private"}
    message = {"message_id": 7, "date": LONG_AGO, "chat": place, "text": "…"}
    query = {"id": f"{number}", "from": person, "chat_instance": "1", "message": message}
    return {"update_id": number, "callback_query": {**query, "data": data}}


def too_old(method: Any) -> object:
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    return TelegramBadRequest(method=method, message=words)


@pytest.mark.parametrize("answer", [lambda _method: None, too_old])
async def test_an_old_press_has_its_effect_and_shows_no_error(
    database: Database,
    clock: FrozenClock,
    caplog: pytest.LogCaptureFixture,
    answer: Callable[[Any], object],
) -> None:
    talk = Conversation(database, clock, Staff())
    await talk.set_up(OWNER)
    wire = Wire(lambda method: answer(method) if isinstance(method, AnswerCallbackQuery) else None)
    states = StoredConversations(database)
    dispatcher = dispatcher_of(talk.provided, RENDERER, Postbox(database), states)
    intake = Intake(
        bot=bot_over(wire), dispatcher=dispatcher, database=database, stop=asyncio.Event()
    )
    await intake.keep([press(1, LanguagePick(language="en").pack())])
    assert await intake.drain(10)
    async with database.reading() as work:
        found = await work.people.of_user(UserId(OWNER), clock.now())
    assert found is not None
    assert found.language == "en"
    assert await set_aside(database) == 0
    assert [record for record in caplog.records if record.levelname in {"ERROR", "WARNING"}] == []
