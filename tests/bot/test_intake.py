"""Updates are kept, handled once and in order, whatever happens to the process."""

import asyncio

from aiogram.types import CallbackQuery

from bot.arrivals import arrival
from storage.database import Database
from tests.bot.scene import BOT, Listening, Scene, left, text


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


async def test_a_stop_leaves_a_failing_update_for_the_next_start(database: Database) -> None:
    tried = asyncio.Event()

    async def handler(_words: str) -> None:
        tried.set()
        raise ZeroDivisionError

    intake = Scene(database, handler).intake(pause=100.0)
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
