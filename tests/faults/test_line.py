"""A bad line and a messenger in trouble: nothing hangs, nothing is lost, nothing piles up."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.methods import SendMessage
from pydantic import SecretStr

from bot.backoff import Backoff
from bot.outbox import Sender
from bot.polling import GetRawUpdates, Poller
from bot.settings import Settings
from bot.wire import session_of
from services.ids import ChatId
from services.outgoing import Letter
from storage.database import Database
from tests.bot.scene import Listening, Scene, set_aside, text
from tests.bot.servers import TOKEN, Scripted, eventually, scripted
from tests.bot.test_outbox import QUIET, Telling, no_line, put, sending, settled
from tests.bot.wire import Wire
from tests.conftest import FrozenClock
from tests.faults.line import Fault, Line, through
from tests.faults.messenger import Messenger, serving, written

Record = Callable[[str, object], None]
LIMIT = 1
"""Seconds that a call may take here; the program's own limits are larger, in the same place."""
PLACE = {"id": 5, "type": "private"}
ALERT = Letter(school=None, chat=ChatId(5), kind="alert", card="alert")


@asynccontextmanager
async def lined(*, tls: bool = False) -> AsyncIterator[tuple[Bot, Line, Messenger]]:
    messenger = Messenger()
    async with serving(messenger) as address, through(int(address.rpartition(":")[2])) as line:
        settings = Settings(
            bot_token=SecretStr(TOKEN),
            bot_api_url=f"{'https' if tls else 'http'}://{line.address}",
        )
        async with Bot(TOKEN, session=session_of(settings)) as bot:
            yield bot, line, messenger


@pytest.mark.parametrize("fault", [one for one in Fault if one is not Fault.NONE])
async def test_no_call_hangs_past_its_time(fault: Fault, record_property: Record) -> None:
    async with lined(tls=fault is Fault.STALL) as (bot, line, messenger):
        line.fault = fault
        messenger.feed([written(1, 5)])
        begun = perf_counter()
        with pytest.raises((TelegramNetworkError, ClientDecodeError)):
            await bot(GetRawUpdates(), request_timeout=LIMIT)
        spent = perf_counter() - begun
    record_property("figures", f"{fault.name.lower()}: {spent:.2f} s of {LIMIT} s")
    assert spent < LIMIT + 0.7


async def test_a_name_that_does_not_resolve_is_no_line_at_all() -> None:
    server = TelegramAPIServer.from_base("http://nowhere.invalid")
    async with Bot(TOKEN, session=AiohttpSession(api=server)) as bot:
        with pytest.raises(TelegramNetworkError):
            await bot(GetRawUpdates(), request_timeout=LIMIT)


TROUBLES = {
    "429 without parameters": (
        429,
        {"ok": False, "error_code": 429, "description": "Too Many Requests"},
    ),
    "502 of a proxy": (502, "<html>502 Bad Gateway</html>"),
    "an empty answer": (200, ""),
    "JSON cut short": (200, '{"ok":true,"result":[{"update_id":1,"mess'),
}


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_an_answer_that_is_none_loses_nothing(database: Database, trouble: str) -> None:
    """As they come over a real connection, three times to a question and three to a letter."""
    left, sent = Counter({"getUpdates": 3, "sendMessage": 3}), []
    updates = [written(1, 5)]

    def answer(method: str, fields: Mapping[str, Any]) -> tuple[int, object]:
        if left[method] > 0:
            left[method] -= 1
            return TROUBLES[trouble]
        if method == "getUpdates":
            fresh = [one for one in updates if one["update_id"] >= int(fields.get("offset") or 0)]
            return 200, {"ok": True, "result": fresh}
        sent.append(fields["text"])
        return 200, {"ok": True, "result": {"message_id": 9, "date": 0, "chat": PLACE}}

    stop, kept = asyncio.Event(), []

    async def keep(batch: list[Any]) -> None:
        kept.extend(batch)

    async with scripted(Scripted(answer)) as address:
        settings = Settings(bot_token=SecretStr(TOKEN), bot_api_url=address)
        async with Bot(TOKEN, session=session_of(settings)) as bot:
            quick = Backoff(first=0.01, limit=0.02)
            poller = Poller(bot=bot, keep=keep, stop=stop, kinds=[], backoff=quick)
            sender = Sender(
                bot=bot, database=database, presenter=Telling(), limits=QUIET, stop=stop, pause=0.0
            )
            running = asyncio.gather(poller.run(), sender.run())
            await put(database, ALERT)
            await eventually(lambda: bool(kept and sent))
            await settled(database)
            stop.set()
            await running
            await sender.drain(1)
    assert (kept[0], sent) == (updates[0], ["<b>alert</b>"])
    assert left == Counter({"getUpdates": 0, "sendMessage": 0})


@pytest.mark.parametrize(
    "trouble",
    [
        lambda method: TelegramServerError(method=method, message="Internal Server Error"),
        lambda _method: ClientDecodeError("Failed to decode object", ValueError(), "<html>"),
    ],
)
async def test_a_long_row_of_failures_ends_in_order(
    database: Database, trouble: Callable[[Any], object], record_property: Record
) -> None:
    """Ten minutes of 500 at the sender's slowest pace are ten tries a chat; here are a hundred."""
    left = [100]

    def answer(method: Any) -> object:
        if not isinstance(method, SendMessage) or left[0] == 0:
            return None
        left[0] -= 1
        return trouble(method)

    wire = Wire(answer)
    letters = [replace(ALERT, card=None, kind=f"{n}") for n in range(10)]
    await put(database, *letters)
    async with sending(database, wire):
        assert await settled(database) == {"sent": 10}
    arrived = list(dict.fromkeys(wire.sent()))
    record_property("figures", "failures 100, lost 0, order kept")
    assert arrived == [f"<b>{n}</b>" for n in range(10)]
    assert wire.sent()[-9:] == arrived[1:]


async def test_an_hour_without_a_line_leaves_one_message_a_chat_and_kind(
    database: Database, clock: FrozenClock, record_property: Record
) -> None:
    """Sixty states of a card, sixty notices that are worth half an hour, one that always is."""
    down = [True]
    wire = Wire(lambda method: no_line(method) if down[0] else None)
    soon = clock.now()
    async with sending(database, wire) as sender:
        for minute in range(60):
            clock.move(minutes=1)
            stale = replace(ALERT, card=None, kind="stale", expires_at=soon)
            await put(database, replace(ALERT, view={"n": minute}), stale)
        await put(database, replace(ALERT, card=None, kind="lasting"))
        down[0] = False
        wire.calls.clear()
        assert isinstance(sender, Sender)
        counts = await settled(database)
    assert counts == {"sent": 2, "dead": 119}
    assert sorted(wire.sent()) == ["<b>alert</b>", "<b>lasting</b>"]
    record_property("figures", "letters 121, messages after 2")


async def test_a_presenter_is_asked_again_after_a_silent_line(database: Database) -> None:
    """Rights and figures are those of the moment of sending, not of the first try."""
    telling, down = Telling(), [True]
    wire = Wire(lambda method: no_line(method) if down[0] else None)
    await put(database, ALERT)
    async with sending(database, wire, telling):
        await eventually(lambda: bool(telling.seen))
        down[0] = False
        await settled(database)
    assert len(telling.seen) > 1


async def test_the_line_itself_is_sound() -> None:
    """The negative control: without a fault the same call succeeds."""
    async with lined() as (bot, _, messenger):
        messenger.feed([written(1, 5)])
        assert await bot(GetRawUpdates(), request_timeout=LIMIT) == [written(1, 5)]
        await asyncio.sleep(0)


async def test_a_broken_update_in_a_batch_delays_nobody(
    database: Database, record_property: Record
) -> None:
    """The one that cannot be decoded stands first, in a chat of its own."""
    listening = Listening()
    broken = {"update_id": 1, "message": {"message_id": "?", "chat": {"id": 5}}}
    batch = [broken, *(text(number, f"{number}", number) for number in range(2, 101))]
    begun = perf_counter()
    await Scene(database, listening).takes(*batch)
    spent = perf_counter() - begun
    record_property("figures", f"99 healthy ones beside it: {spent:.2f} s")
    assert sorted(map(int, listening.heard)) == list(range(2, 101))
    assert await set_aside(database) == 1
    assert spent < 1
