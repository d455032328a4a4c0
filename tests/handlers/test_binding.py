"""Groups: offering, binding, moving, leaving."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiogram.types import (
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberUpdated,
    InaccessibleMessage,
    Message,
    Update,
)
from teremok import MockMessageText, MockUpdate, MockUser

from services.ids import ChatId, SchoolId
from storage.database import Database
from tests.handlers.conversation import BOT, Conversation, group
from tests.handlers.steps import invite_teacher


async def test_the_owner_binds_a_group_by_a_button(talk: Conversation, database: Database) -> None:
    await talk.set_up()

    [offer] = await talk.tell(1, "/bind", chat=group())
    [bound] = await talk.press(1, offer.buttons["Привязать эту группу"], chat=group())

    assert offer.reply_to is not None
    assert "Следующая сводка: пятница 27.11 в 16:00" in bound.text
    async with database.reading() as work:
        [kept] = await work.bound_chats.list(SchoolId(1))
    assert (kept.chat, kept.title, kept.topic) == (-100, "Администрация", None)


async def test_a_topic_of_the_group_can_be_bound(talk: Conversation, database: Database) -> None:
    await talk.set_up()
    await talk.press(1, "bd:b", chat=group())

    topic = {"message_thread_id": 7, "is_topic_message": True}
    [offer] = await talk.tell(1, "/bind", chat=group(), **topic)
    shown = MockMessageText("…", user=BOT, chat=group(), **topic)
    await talk.press(1, offer.buttons["Присылать в эту тему"], message=shown)

    async with database.reading() as work:
        [kept] = await work.bound_chats.list(SchoolId(1))
    assert kept.topic == 7


async def test_only_an_owner_s_press_binds(talk: Conversation, database: Database) -> None:
    await talk.set_up()
    await talk.tell(5, f"/start {await invite_teacher(talk, 'Ким Олег Викторович')}")

    refused = [(await talk.press(user, "bd:b", chat=group()))[0].text for user in (5, 9)]

    assert all("недоступно" in text for text in refused)
    async with database.reading() as work:
        assert not await work.bound_chats.list(SchoolId(1))


async def test_others_are_offered_binding_in_an_unbound_group(talk: Conversation) -> None:
    await talk.set_up()

    [said] = await talk.tell(9, "/bind", chat=group())

    assert "не знакома" in said.text
    assert "Привязать эту группу" in said.buttons


async def test_others_are_refused_in_a_bound_group(talk: Conversation) -> None:
    await talk.set_up()
    await talk.press(1, "bd:b", chat=group())

    [said] = await talk.tell(9, "/bind", chat=group())

    assert "недоступно" in said.text


async def test_a_bound_group_can_be_unbound(talk: Conversation) -> None:
    await talk.set_up()
    await talk.press(1, "bd:b", chat=group())

    [bound] = await talk.tell(1, "/bind", chat=group())
    [gone] = await talk.press(1, bound.buttons["Отвязать"], chat=group())
    [again] = await talk.tell(1, "/bind", chat=group())

    assert "Группа отвязана" in gone.text
    assert "Привязать эту группу" in again.buttons


async def test_a_press_on_an_old_message_is_answered_by_a_new_one(talk: Conversation) -> None:
    await talk.set_up()
    old = InaccessibleMessage(chat=group(), message_id=3, date=0)

    [said] = await talk.press(1, "bd:b", message=old)

    assert "Группа привязана" in said.text
    assert said.chat == -100


async def test_binding_is_explained_in_a_private_chat(talk: Conversation) -> None:
    await talk.set_up()

    [said] = await talk.tell(1, "/bind")
    [pressed] = await talk.press(1, "bd:b")

    assert "Эту команду пишут в группе" in said.text
    assert "Эту команду пишут в группе" in pressed.text


async def test_a_group_of_another_school_stays_with_it(
    talk: Conversation, database: Database
) -> None:
    await talk.set_up()
    await talk.press(1, "bd:b", chat=group())
    async with database.unit_of_work() as work:
        other = await work.schools.add(
            name="", timezone="Europe/Moscow", at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        bound = await work.bound_chats.get(ChatId(-100))
        assert bound is not None
        await work.bound_chats.put(replace(bound, school=other))

    said = [
        (await talk.tell(1, "/bind", chat=group()))[0].text,
        (await talk.press(1, "bd:b", chat=group()))[0].text,
        (await talk.press(1, "bd:u", chat=group()))[0].text,
    ]

    assert all("привязана к другой школе" in text for text in said)


@pytest.mark.parametrize("first", ["old", "new"])
async def test_a_group_that_moves_stays_bound(
    first: str, talk: Conversation, database: Database
) -> None:
    await talk.set_up()
    await talk.press(1, "bd:b", chat=group(-5))

    old, new = (MockMessageText("", user=MockUser(1), chat=group(one)) for one in (-5, -100))
    told = [
        _without_text(old, migrate_to_chat_id=-100),
        _without_text(new, migrate_from_chat_id=-5, sender_chat=group()),
    ]
    for message in told if first == "old" else reversed(told):
        await talk.send(message)

    async with database.reading() as work:
        [kept] = await work.bound_chats.list(SchoolId(1))
    assert kept.chat == -100


async def test_joining_a_group_offers_binding_and_leaving_ends_it(
    talk: Conversation, database: Database
) -> None:
    await talk.set_up()

    [joined] = await talk.send(_membership(arrives=True))
    await talk.press(1, "bd:b", chat=group())
    left = await talk.send(_membership(arrives=False))

    assert "Я Ёж" in joined.text
    assert "Привязать эту группу" in joined.buttons
    assert not left
    async with database.reading() as work:
        assert not await work.bound_chats.list(SchoolId(1))


def _membership(*, arrives: bool) -> Update:
    out, inside = ChatMemberLeft(user=BOT), ChatMemberMember(user=BOT)
    event = ChatMemberUpdated(
        chat=group(),
        from_user=MockUser(1),
        date=datetime(2026, 11, 20, tzinfo=UTC),
        old_chat_member=out if arrives else inside,
        new_chat_member=inside if arrives else out,
    )
    return MockUpdate(my_chat_member=event)


def _without_text(message: Message, **fields: object) -> Message:
    return message.model_copy(update={"text": None, **fields})
