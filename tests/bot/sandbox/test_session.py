"""The Bot API in memory answers a real aiogram bot as the real one does."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates, LogOut, TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ChatMemberOwner,
)

from bot.sandbox.session import SandboxSession
from bot.sandbox.world import World
from tests.bot.sandbox.stage import (
    CLERK,
    TEACHER,
    running,
)


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None


async def test_a_polling_bot_answers_with_a_reply(world: World) -> None:
    async with running(world):
        asked = world.send_text(CLERK, CLERK, "Где <b>замена</b>?")
        answer = await world.until(CLERK, lambda one: "reply_to_message" in one)
    assert answer["text"] == "Где замена?"
    assert answer["entities"] == [{"type": "bold", "offset": 4, "length": 6}]
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]


async def test_a_press_is_answered_and_the_message_edited(world: World) -> None:
    async with running(world):
        world.send_text(CLERK, CLERK, "/week")
        shown = await world.until(CLERK, lambda one: "reply_markup" in one)
        query = world.press(CLERK, shown, "Принято")
        edited = await world.until(CLERK, lambda one: "edit_date" in one)
    assert (edited["text"], "reply_markup" in edited) == ("Сводка принята", False)
    assert edited["message_id"] == shown["message_id"]
    assert world.presses[query]["answer"] == {"text": "Спасибо", "alert": False}


async def test_a_document_goes_there_and_back_byte_for_byte(world: World) -> None:
    data = bytes(range(256)) * 700
    async with running(world):
        sent = world.send_document(CLERK, CLERK, "Журнал.xlsx", data)
        back = await world.until(CLERK, lambda one: one["from"]["is_bot"] and "document" in one)
    assert sent["document"]["mime_type"].endswith("spreadsheetml.sheet")
    assert sent["document"]["file_size"] == len(data)
    assert world.files.get(back["document"]["file_id"]).data == data[::-1]
    assert (back["document"]["file_name"], back["caption"]) == ("обратно.csv", "Наоборот")


async def test_updates_come_raw_until_their_offset_is_confirmed(world: World, bot: Bot) -> None:
    for text in ("раз", "два", "/start три"):
        world.send_text(TEACHER, TEACHER, text)
    first = await bot(RawUpdates(limit=2))
    assert [one["message"]["text"] for one in first] == ["раз", "два"]
    assert await bot(RawUpdates(limit=2)) == first
    (last,) = await bot(RawUpdates(offset=first[-1]["update_id"] + 1))
    assert last["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert last["message"]["chat"] == {
        "id": TEACHER,
        "first_name": "Ирина Соколова",
        "type": "private",
    }
    assert await bot(RawUpdates(offset=last["update_id"] + 1)) == []


async def test_a_long_poll_ends_with_the_first_update(world: World, bot: Bot) -> None:
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot(GetUpdates(timeout=60)))
        await asyncio.sleep(0)
        world.send_text(TEACHER, TEACHER, "привет")
    assert poll.result()[0].message is not None


async def test_a_second_poller_ends_the_first(bot: Bot) -> None:
    async def wait_long() -> None:
        with pytest.raises(TelegramConflictError):
            await bot(GetUpdates(timeout=60))

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(wait_long())
        await asyncio.sleep(0)
        assert await bot(GetUpdates(timeout=0)) == []


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("https://example.org/hook")
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_only_kinds_asked_for_are_queued(world: World, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    world.send_text(TEACHER, TEACHER, "привет")
    assert await bot.get_updates() == []


async def test_a_foreign_token_is_unauthorized(world: World) -> None:
    with pytest.raises(TelegramUnauthorizedError):
        await Bot("1:other", session=SandboxSession(world)).get_me()


async def test_an_unknown_method_is_an_error_of_the_api(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="method not found in sandbox: logOut"):
        await bot(LogOut())


async def test_menus_are_found_from_the_narrowest_scope(world: World, bot: Bot) -> None:
    wide, narrow = (BotCommand(command=name, description=name) for name in ("help", "import"))
    await bot.set_my_commands([wide], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([narrow, wide], scope=BotCommandScopeChat(chat_id=CLERK))
    shown = {
        person: world.commands.shown(chat=person, person=person, private=True, leads=False)
        for person in (CLERK, TEACHER)
    }
    assert [one["command"] for one in shown[CLERK]] == ["import", "help"]
    assert [one["command"] for one in shown[TEACHER]] == ["help"]
    (known,) = await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats())
    assert known.command == "help"


async def test_me_files_chats_and_small_calls(world: World, bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.can_read_all_group_messages) == (bot.id, "yozh_bot", False)
    assert (await bot.get_chat(CLERK)).first_name == "Марина Орлова"
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.get_chat(5)
    sent = await bot.send_message(CLERK, "раз")
    assert await bot.set_message_reaction(CLERK, sent.message_id)
    assert await bot.send_chat_action(CLERK, "typing")
    assert await bot.pin_chat_message(CLERK, sent.message_id)
    assert world.chats[CLERK].pinned == sent.message_id
    assert await bot.unpin_chat_message(CLERK)
    assert await bot.set_my_description("Помогаю вести журнал")
    assert await bot.set_my_short_description("Журнал")
    assert world.description == "Помогаю вести журнал"
    owner = await bot.get_chat_member(CLERK, CLERK)
    assert not isinstance(owner, ChatMemberOwner)
