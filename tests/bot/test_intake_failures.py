"""A handler that fails: tried again, then set aside; its effect is never repeated."""

import asyncio

from aiogram.exceptions import TelegramForbiddenError, TelegramNetworkError
from aiogram.methods import SendMessage

from bot.handling import TRIES
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from storage.database import Database
from tests.bot.scene import Scene, left, set_aside, text
from tests.bot.servers import eventually


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
