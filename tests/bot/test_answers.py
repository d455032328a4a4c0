"""How answers reach the chat: by the outbox, and at once."""

from typing import Any, TypeVar

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import CallbackQuery
from teremok import MockBot, MockCallbackQuery, MockChat, MockMessageText, MockUser

from bot.answers import Answers, present
from bot.render import Renderer
from handlers.callbacks import Cancel
from handlers.keyboards import button, keyboard
from services.ids import ChatId
from services.outgoing import Letter
from storage.database import Database
from storage.schema.process import outbox
from tests.handlers.conversation import BOT

RENDERER = Renderer()
Method = TypeVar("Method", bound=TelegramMethod[Any])
ROWS = keyboard([button("Отмена", Cancel())])


@pytest.fixture
def answers(database: Database) -> Answers:
    return Answers(RENDERER.voice(), database.unit_of_work)


@pytest.fixture
def bot() -> MockBot:
    return MockBot()


def pressed(bot: MockBot) -> CallbackQuery:
    shown = MockMessageText(user=BOT, chat=MockChat(5)).as_(bot)
    return MockCallbackQuery(user=MockUser(5), message=shown).as_(bot)


def calls(bot: MockBot, method: type[Method]) -> list[Method]:
    return [call for call in bot.requests.all if isinstance(call, method)]


async def kept(database: Database) -> list[Any]:
    async with database.reading() as work:
        return list((await work.connection.execute(outbox.select())).all())


def refuse(bot: MockBot, method: Any, description: str, code: int = 400) -> None:
    bot.add_result(method, ok=False, error_code=code, description=description)


async def test_a_reply_is_a_letter_in_the_outbox(
    answers: Answers, bot: MockBot, database: Database
) -> None:
    message = MockMessageText(user=MockUser(5)).as_(bot)

    await answers.reply(message, "people/cancelled", keyboard=ROWS)

    [row] = await kept(database)
    assert (row.chat, row.reply_to, row.kind) == (5, message.message_id, "answer")
    assert bot.requests.all == []


async def test_a_letter_is_delivered_as_it_was_said() -> None:
    buttons = ROWS.model_dump(exclude_none=True)["inline_keyboard"]
    view = {"text": "<b>да</b>", "buttons": buttons}
    letter = Letter(school=None, chat=ChatId(5), kind="answer", view=view, reply_to=3)

    call = present(letter)

    assert (call.chat_id, call.text, call.parse_mode) == (5, "<b>да</b>", "HTML")
    assert call.reply_markup == ROWS
    assert call.reply_parameters is not None
    assert call.reply_parameters.message_id == 3
    assert call.reply_parameters.allow_sending_without_reply


@pytest.mark.parametrize(
    ("description", "code"),
    [
        ("Bad Request: message to edit not found", 400),
        ("Bad Request: message can't be edited", 400),
        ("Bad Request: there is no text in the message to edit", 400),
        ("Internal Server Error", 500),
    ],
)
async def test_an_outcome_that_cannot_be_edited_in_is_sent_anew(
    answers: Answers, bot: MockBot, database: Database, description: str, code: int
) -> None:
    refuse(bot, EditMessageText, description, code)

    await answers.edit(pressed(bot), "people/cancelled")

    [row] = await kept(database)
    assert row.chat == 5


async def test_an_edit_that_changes_nothing_is_done(
    answers: Answers, bot: MockBot, database: Database
) -> None:
    refuse(bot, EditMessageText, "Bad Request: message is not modified: specified new message")

    await answers.edit(pressed(bot), "people/cancelled")

    assert await kept(database) == []


async def test_another_refusal_is_not_hidden(answers: Answers, bot: MockBot) -> None:
    refuse(bot, EditMessageText, "Bad Request: can't parse entities")

    with pytest.raises(TelegramBadRequest):
        await answers.edit(pressed(bot), "people/cancelled")


@pytest.mark.parametrize(
    ("description", "code"),
    [
        ("Bad Request: query is too old and response timeout expired or query ID is invalid", 400),
        ("Internal Server Error", 500),
    ],
)
async def test_a_press_that_waited_too_long_still_has_its_effect(
    answers: Answers, bot: MockBot, description: str, code: int
) -> None:
    refuse(bot, AnswerCallbackQuery, description, code)

    await answers.edit(pressed(bot), "people/cancelled")

    assert [call.text for call in calls(bot, EditMessageText)] == [
        "Отменено, ничего не изменилось."
    ]


async def test_a_press_that_cannot_be_answered_for_another_reason_is_not_hidden(
    answers: Answers, bot: MockBot
) -> None:
    refuse(bot, AnswerCallbackQuery, "Bad Request: wrong something")

    with pytest.raises(TelegramBadRequest):
        await answers.alert(pressed(bot), "questions/stale")


async def test_a_small_window_has_no_tags(answers: Answers, bot: MockBot) -> None:
    await answers.alert(pressed(bot), "people/revoked", name="<Ким & сын>")

    [call] = calls(bot, AnswerCallbackQuery)
    assert call.text == "Готово, доступ закрыт: <Ким & сын>."
    assert call.show_alert


async def test_a_handed_message_is_kept_nowhere(
    answers: Answers, bot: MockBot, database: Database
) -> None:
    message = MockMessageText(user=MockUser(5)).as_(bot)

    await answers.hand(message, "people/cancelled")

    [call] = calls(bot, SendMessage)
    assert call.reply_parameters is not None
    assert call.reply_parameters.message_id == message.message_id
    assert await kept(database) == []
