"""Plain words and whatever no other handler takes."""

from datetime import UTC, datetime

import pytest
from aiogram.types import MessageOriginUser
from teremok import MockMessagePhoto, MockMessageVoice, MockUser

from tests.handlers.conversation import Conversation, group, written
from tests.handlers.steps import invite_teacher


@pytest.mark.parametrize("text", ["Здравствуйте", "Как поставить отметку?", "<b>", "💡", "/nosuch"])
async def test_any_text_of_anybody_is_answered(talk: Conversation, text: str) -> None:
    await talk.set_up()
    await talk.tell(1, "Школа № 12")
    await talk.tell(5, f"/start {await invite_teacher(talk, 'Ким Олег Викторович')}")

    for user in (1, 5, 9):
        message = written(text, MockUser(user))
        [said] = await talk.send(message)
        assert said.reply_to == message.message_id
        assert said.chat == user


async def test_a_teacher_is_shown_the_way_to_their_gaps(talk: Conversation) -> None:
    await talk.set_up()
    await talk.tell(5, f"/start {await invite_teacher(talk, 'Ким Олег Викторович')}")

    [said] = await talk.tell(5, "добрый день!")

    assert "Ваши незаполненные уроки: /my" in said.text


async def test_voices_and_pictures_are_answered_politely(talk: Conversation) -> None:
    voice, picture = MockMessageVoice(user=MockUser(9)), MockMessagePhoto(user=MockUser(9))
    for message, words in ((voice, "слушать не умею"), (picture, "понимаю только текст")):
        [said] = await talk.send(message)
        assert words in said.text
        assert said.reply_to == message.message_id


async def test_a_forwarded_command_is_answered_and_not_carried_out(talk: Conversation) -> None:
    await talk.set_up()
    origin = MessageOriginUser(date=datetime(2026, 11, 1, tzinfo=UTC), sender_user=MockUser(1))

    [said] = await talk.tell(1, "/invite", forward_origin=origin)
    [named] = await talk.tell(1, "Школа № 12", forward_origin=origin)

    assert "пересланное" in said.text
    assert named.text == said.text


async def test_a_group_s_chatter_is_left_alone(talk: Conversation) -> None:
    await talk.set_up()

    assert not await talk.tell(1, "всем привет", chat=group())
    assert not await talk.tell(1, "/nosuch", chat=group())


async def test_a_private_command_in_a_group_is_sent_to_the_private_chat(
    talk: Conversation,
) -> None:
    await talk.set_up()

    [said] = await talk.tell(1, "/settings", chat=group())

    assert "в нашем личном чате" in said.text


async def test_an_unknown_button_is_answered(talk: Conversation) -> None:
    [said] = await talk.press(9, "something:old")

    assert "уже не действует" in said.text
