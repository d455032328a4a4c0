"""A bad line and a messenger in trouble: nothing hangs, nothing is lost, nothing piles up."""

import asyncio
from collections.abc import AsyncIterator, Callable
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
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.methods import SendMessage
from pydantic import SecretStr

from bot.outbox import Sender
from bot.polling import GetRawUpdates
from bot.settings import Settings
from bot.wire import session_of
from services.ids import ChatId
from services.outgoing import Letter
from storage.database import Database
from tests.bot.servers import TOKEN, eventually
from tests.bot.test_outbox import Telling, no_line, put, sending, settled
from tests.bot.wire import Wire
from tests.conftest import FrozenClock
from tests.faults.line import Fault, Line, through
from tests.faults.messenger import Messenger, serving, written

Record = Callable[[str, object], None]
LIMIT = 1
"""Seconds that a call may take here; the program's own limits are larger, in the same place."""
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


@pytest.mark.parametrize("words", ["query is too old and response timeout expired"])
async def test_an_old_press_is_answered_without_an_error(words: str) -> None:
    def answer(method: Any) -> object:
        return TelegramBadRequest(method=method, message=f"Bad Request: {words}")

    from tests.bot.wire import bot_over  # noqa: PLC0415

    assert await bot_over(Wire(answer)).answer_callback_query("1") is True


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
