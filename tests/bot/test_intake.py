import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Dispatcher, F
from aiogram.exceptions import TelegramForbiddenError, TelegramNetworkError
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from bot.arrivals import arrival, chat, moved_to
from bot.intake import TRIES, Intake
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from storage.database import Database
from storage.inbox import Waiting
from tests.bot.servers import eventually
from tests.bot.wire import Wire, bot_over

BOT = 42
Handler = Callable[[str], Awaitable[object]]


def text(number: int, words: str = "слово", person: int = 5) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "Ирина"}
    place = {"id": person, "type": "private"}
    return {
        "update_id": number,
        "message": {
            "message_id": number, "date": 0, "chat": place, "from": sender, "text": words,
        },
    }  # fmt: skip


@dataclass(slots=True)
class Scene:
    """An intake over a handler that the test gives; what became of updates is noted."""

    database: Database
    handler: Handler
    wire: Wire = field(default_factory=Wire)
    given_up: list[int] = field(default_factory=list)
    interrupted: list[int] = field(default_factory=list)

    def intake(self) -> Intake:
        dispatcher = Dispatcher()

        async def take(message: Message) -> object:
            return await self.handler(message.text or "")

        dispatcher.message.register(take, F.text)

        async def aside(waiting: Waiting, *, incident: str) -> None:
            del incident
            self.given_up.append(waiting.update_id)

        async def broken(waiting: Waiting, *, incident: str) -> None:
            del incident
            self.interrupted.append(waiting.update_id)

        return Intake(
            bot=bot_over(self.wire),
            dispatcher=dispatcher,
            database=self.database,
            stop=asyncio.Event(),
            aside=aside,
            interrupted=broken,
            pause=0.0,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Intake]:
        intake = self.intake()
        try:
            yield intake
        finally:
            intake.stop.set()
            await intake.drain(5)

    async def takes(self, *updates: object) -> None:
        """Keep the batch and wait until everything in it has ended."""
        async with self.running() as intake:
            await intake.keep(list(updates))
            assert await intake.drain(10)


@dataclass(slots=True)
class Listening:
    heard: list[str] = field(default_factory=list)

    async def __call__(self, words: str) -> None:
        self.heard.append(words)


async def left(database: Database) -> list[int]:
    async with database.reading() as work:
        return [one.update_id for one in await work.inbox.waiting(BOT)]


async def set_aside(database: Database) -> int:
    async with database.reading() as work:
        return await work.inbox.set_aside_count()


async def test_an_update_is_handled_and_its_content_erased(database: Database) -> None:
    listening = Listening()
    await Scene(database, listening).takes(text(1, "привет"))
    assert (listening.heard, await left(database)) == (["привет"], [])


async def test_copies_and_redeliveries_are_handled_once(database: Database) -> None:
    listening = Listening()
    scene = Scene(database, listening)
    await scene.takes(*[text(1)] * 50)
    await scene.takes(text(1), text(2), text(1))
    assert len(listening.heard) == 2


async def test_a_chat_keeps_its_order_while_others_pass(database: Database) -> None:
    heard, gate = [], asyncio.Event()

    async def handler(words: str) -> None:
        if words == "а1":
            await gate.wait()
        heard.append(words)
        if words == "б2":
            gate.set()

    batch = [text(1, "а1", 5), text(2, "а2", 5), text(3, "б1", 6), text(4, "б2", 6)]
    await Scene(database, handler).takes(*batch)
    assert heard == ["б1", "б2", "а1", "а2"]


async def test_keeping_returns_only_when_it_is_on_the_disk(database: Database) -> None:
    gate = asyncio.Event()

    async def handler(_words: str) -> None:
        await gate.wait()

    async with Scene(database, handler).running() as intake:
        await intake.keep([text(1)])
        assert await left(database) == [1]
        gate.set()


async def test_what_a_dead_process_left_is_handled_first(database: Database) -> None:
    listening = Listening()
    async with database.aside() as work:
        kept = arrival(text(1, "старое"))
        assert kept is not None
        await work.inbox.take(BOT, [kept])
    async with Scene(database, listening).running() as intake:
        assert await intake.restore() == 1
        await intake.keep([text(2, "новое")])
        await intake.drain(5)
    assert listening.heard == ["старое", "новое"]


async def test_what_is_in_hand_is_not_taken_up_twice(database: Database) -> None:
    listening, gate = Listening(), asyncio.Event()

    async def handler(words: str) -> None:
        await gate.wait()
        await listening(words)

    async with Scene(database, handler).running() as intake:
        await intake.keep([text(1, "одно"), text(2, "другое")])
        assert await intake.restore() == 2
        gate.set()
        await intake.drain(5)
    assert listening.heard == ["одно", "другое"]


async def test_what_was_set_aside_is_handled_when_it_is_asked_for_again(
    database: Database,
) -> None:
    heard: list[str] = []

    async def handler(words: str) -> None:
        heard.append(words)
        if len(heard) <= TRIES:
            raise ZeroDivisionError

    async with Scene(database, handler).running() as intake:
        await intake.keep([text(1, "снова")])
        await eventually(lambda: len(heard) == TRIES)
        await intake.drain(5)
        async with database.aside() as work:
            [stuck] = await work.process.stuck()
            assert await work.process.repeat(stuck.number)
        assert await intake.restore() == 1
        await intake.drain(5)
    assert heard == ["снова"] * (TRIES + 1)
    assert await left(database) == []


async def test_a_handler_that_recovers_loses_nothing(database: Database) -> None:
    tries = []

    async def handler(words: str) -> None:
        tries.append(words)
        if len(tries) < TRIES:
            raise ZeroDivisionError

    scene = Scene(database, handler)
    await scene.takes(text(1))
    assert (len(tries), scene.given_up, await left(database)) == (TRIES, [], [])


async def test_a_handler_s_bug_is_set_aside_after_five_tries_and_costs_others_nothing(
    database: Database,
) -> None:
    heard = []

    async def handler(words: str) -> None:
        heard.append(words)
        if words == "ой":
            raise ZeroDivisionError

    scene = Scene(database, handler)
    await scene.takes(text(1, "ой"), text(2, "ага"))
    assert heard == ["ой"] * TRIES + ["ага"]
    assert (scene.given_up, await set_aside(database), await left(database)) == ([1], 1, [])


async def test_a_network_failure_costs_no_try(database: Database) -> None:
    tries = []

    async def handler(words: str) -> None:
        tries.append(words)
        if len(tries) < 20:
            raise TelegramNetworkError(method=SendMessage(chat_id=5, text="…"), message="gone")

    scene = Scene(database, handler)
    await scene.takes(text(1))
    assert (len(tries), scene.given_up) == (20, [])


async def test_a_person_who_blocked_the_bot_is_not_answered_five_times(
    database: Database,
) -> None:
    tries = []

    async def handler(words: str) -> None:
        tries.append(words)
        raise TelegramForbiddenError(method=SendMessage(chat_id=5, text="…"), message="blocked")

    scene = Scene(database, handler)
    await scene.takes(text(1))
    assert (len(tries), scene.given_up, await left(database)) == (1, [], [])


async def test_an_effect_is_never_repeated(database: Database) -> None:
    runs = []

    async def handler(words: str) -> None:
        runs.append(words)
        async with database.unit_of_work() as work:
            await work.job_runs.claim("effect", SchoolId(1), str(len(runs)))
        raise ZeroDivisionError

    scene = Scene(database, handler)
    await scene.takes(text(1))
    async with database.aside() as work:
        [stuck] = await work.process.stuck()
        assert not await work.process.repeat(stuck.number)
    assert (len(runs), scene.given_up) == (1, [1])


async def test_an_effect_without_its_answer_is_told_after_a_crash(database: Database) -> None:
    changed = asyncio.Event()

    async def handler(_words: str) -> None:
        async with database.unit_of_work() as work:
            await work.job_runs.claim("effect", SchoolId(1), "1")
        changed.set()
        await asyncio.Event().wait()

    scene = Scene(database, handler)
    crashed = scene.intake()
    await crashed.keep([text(1)])
    await changed.wait()
    await crashed.drain(0)

    async with scene.running() as intake:
        await intake.restore()
        await intake.drain(5)
    assert (scene.interrupted, await left(database)) == ([1], [])


async def test_a_handler_s_letter_ends_its_update_with_it(database: Database) -> None:
    seen = []

    async def handler(_words: str) -> None:
        async with database.unit_of_work() as work:
            await work.outbox.put(Letter(school=None, chat=ChatId(5), kind="hello"))
        seen.extend(await left(database))

    await Scene(database, handler).takes(text(1))
    assert seen == []


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
    with caplog.at_level(logging.INFO, logger="bot.intake"):
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


async def test_a_stop_leaves_a_failing_update_for_the_next_start(database: Database) -> None:
    tried = asyncio.Event()

    async def handler(_words: str) -> None:
        tried.set()
        raise ZeroDivisionError

    intake = Scene(database, handler).intake()
    intake.pause = 100.0
    await intake.keep([text(1)])
    await tried.wait()
    intake.stop.set()
    assert await intake.drain(5)
    assert await left(database) == [1]


async def test_a_stop_waits_for_a_handler_only_so_long(database: Database) -> None:
    started = asyncio.Event()

    async def handler(_words: str) -> None:
        started.set()
        await asyncio.Event().wait()

    intake = Scene(database, handler).intake()
    await intake.keep([text(1)])
    await started.wait()
    intake.stop.set()
    assert not await intake.drain(0.01)
    assert await left(database) == [1]


async def test_a_person_seen_again_is_written_to_again(database: Database) -> None:
    async with database.aside() as work:
        await work.outbox.switch(5, on=False, reason="TelegramForbiddenError")
    await Scene(database, Listening()).takes(text(1))
    async with database.reading() as work:
        assert await work.outbox.closed() == set()


async def test_a_chat_that_expels_us_is_not_seen_again_by_that(database: Database) -> None:
    async with database.aside() as work:
        await work.outbox.switch(-100, on=False, reason="TelegramForbiddenError")
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
        assert await work.outbox.closed() == {-100}


async def test_a_group_that_moved_is_followed(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.outbox.put(Letter(school=None, chat=ChatId(-100), kind="hello"))
    moved = text(1)
    moved["message"] |= {"chat": {"id": -100, "type": "group"}, "migrate_to_chat_id": -1001}
    await Scene(database, Listening()).takes(moved)
    async with database.aside() as work:
        [posted] = await work.outbox.lease(await work.outbox.heads(busy=(), limit=9))
    assert posted.letter.chat == -1001


async def test_a_press_is_handled_too(database: Database) -> None:
    scene = Scene(database, Listening())
    pressed = []
    async with scene.running() as intake:

        async def press(query: CallbackQuery) -> None:
            pressed.append(query.data)

        intake.dispatcher.callback_query.register(press)
        press_update = {
            "id": "1",
            "from": text(1)["message"]["from"],
            "message": text(1)["message"],
            "chat_instance": "1",
            "data": "да",
        }
        await intake.keep([{"update_id": 9, "callback_query": press_update}])
        await intake.drain(5)
    assert pressed == ["да"]


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
