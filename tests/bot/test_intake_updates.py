"""What comes in: strange updates, chats that left or moved, whose an update is."""

import logging
from typing import Any

import pytest

from bot.arrivals import chat, moved_to
from services.ids import ChatId
from services.outgoing import Letter
from storage.database import Database
from tests.bot.scene import BOT, Listening, Scene, left, set_aside, text


async def test_an_undecodable_update_is_kept_aside_and_the_rest_is_handled(
    database: Database,
) -> None:
    listening = Listening()
    broken = {"update_id": 1, "message": {"message_id": "первое", "chat": {"id": 5}}}
    scene = Scene(database, listening)
    await scene.takes(broken, text(2, "целое"))
    assert (listening.heard, await set_aside(database)) == (["целое"], 1)
    assert scene.given_up == [1]


@pytest.mark.parametrize(
    "odd",
    [
        {"update_id": 1, "telepathy": {"chat": {"id": 5}}},
        {"update_id": 1},
        {"update_id": "1", "message": {}},
        {"update_id": 2**80},
        {"message": {}},
        "update",
        None,
        {"update_id": 1, "message": None},
        {"update_id": 1, "telepathy": [[[]]]},
    ],
)
async def test_a_strange_update_disturbs_nobody(database: Database, odd: object) -> None:
    listening = Listening()
    scene = Scene(database, listening)
    await scene.takes(odd, text(7, "обычное"))
    assert (listening.heard, scene.given_up, await left(database)) == (["обычное"], [], [])


async def test_an_unknown_kind_is_logged_once(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="bot.handling"):
        odd = [{"update_id": number, "telepathy": {}} for number in range(3)]
        await Scene(database, Listening()).takes(*odd)
    assert caplog.messages.count("unknown kind of update") == 1


async def test_nothing_that_people_write_gets_into_the_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def handler(_words: str) -> None:
        raise ZeroDivisionError

    with caplog.at_level(logging.INFO):
        await Scene(database, handler).takes(text(1, "канарейка"))
    assert "update set aside" in caplog.messages
    assert "канарейка" not in caplog.text


async def test_a_person_seen_again_is_written_to_again(database: Database) -> None:
    async with database.aside() as work:
        await work.destinations.switch(5, on=False, reason="TelegramForbiddenError")
    await Scene(database, Listening()).takes(text(1))
    async with database.reading() as work:
        assert await work.destinations.closed() == set()


async def test_a_chat_that_expels_us_is_not_seen_again_by_that(database: Database) -> None:
    async with database.aside() as work:
        await work.destinations.switch(-100, on=False, reason="TelegramForbiddenError")
    member = {"user": {"id": BOT, "is_bot": True, "first_name": "Ёж"}}
    kicked = {
        "chat": {"id": -100, "type": "group", "title": "Школа"},
        "from": {"id": 5, "is_bot": False, "first_name": "Ирина"},
        "date": 0,
        "old_chat_member": {**member, "status": "member"},
        "new_chat_member": {**member, "status": "kicked", "until_date": 0},
    }
    await Scene(database, Listening()).takes({"update_id": 1, "my_chat_member": kicked})
    async with database.reading() as work:
        assert await work.destinations.closed() == {-100}


async def test_a_group_that_moved_is_followed(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.outbox.put(Letter(school=None, chat=ChatId(-100), kind="hello"))
    moved = text(1)
    moved["message"] |= {"chat": {"id": -100, "type": "group"}, "migrate_to_chat_id": -1001}
    await Scene(database, Listening()).takes(moved)
    async with database.aside() as work:
        [posted] = await work.outbox.lease(await work.outbox.heads(busy=(), limit=9))
    assert posted.letter.chat == -1001


@pytest.mark.parametrize(
    ("raw", "whose"),
    [
        (text(1, person=7), 7),
        (
            {
                "update_id": 1,
                "callback_query": {"message": {"chat": {"id": -3}}, "from": {"id": 7}},
            },
            -3,
        ),
        ({"update_id": 1, "inline_query": {"from": {"id": 7}}}, 7),
        ({"update_id": 1, "poll": {"id": "x"}}, None),
        ({"update_id": 1, "message": {"chat": {"id": 2**70}}}, None),
    ],
)
def test_an_update_belongs_to_its_chat_or_else_to_its_author(
    raw: dict[str, Any], whose: int | None
) -> None:
    assert chat(raw) == whose


@pytest.mark.parametrize(
    ("message", "moved"),
    [
        ({"chat": {"id": -1}, "migrate_to_chat_id": -2}, (-1, -2)),
        ({"chat": {"id": -2}, "migrate_from_chat_id": -1}, (-1, -2)),
        ({"chat": {"id": -2}}, None),
        ("text", None),
    ],
)
def test_a_move_is_read_from_either_side(message: object, moved: tuple[int, int] | None) -> None:
    assert moved_to({"update_id": 1, "message": message}) == moved
