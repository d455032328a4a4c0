import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiogram.exceptions import TelegramNetworkError, TelegramUnauthorizedError
from aiogram.methods import GetWebhookInfo
from aiogram.types import WebhookInfo
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.backoff import Backoff
from bot.errors import RefusedTokenError
from bot.settings import Settings, SettingsError
from bot.webhook import HEADER, LARGEST, Webhook, webhook_of
from services.contact import Contact
from storage.database import Database
from tests.bot.servers import eventually
from tests.bot.test_health import letters, with_owner
from tests.bot.wire import Wire, bot_over
from tests.conftest import FrozenClock

KEY = "a-secret_of-the-tests"
UPDATE = {"update_id": 7, "message": {"text": "?"}}


class Hook:
    """A running webhook over a wire; what was kept is noted, or refused with ``failure``."""

    def __init__(self, wire: Wire) -> None:
        self.kept: list[Any] = []
        self.failure: Exception | None = None
        self.hook = Webhook(
            bot=bot_over(wire),
            keep=self.keep,
            stop=asyncio.Event(),
            kinds=["message"],
            url="https://example.org/hook",
            secret=KEY,
            host="127.0.0.1",
            port=0,
            reading=0.2,
            backoff=Backoff(first=0.001),
        )

    async def keep(self, batch: list[Any]) -> None:
        if self.failure is not None:
            raise self.failure
        self.kept.extend(batch)

    async def post(self, *, key: str | bytes = KEY, **body: Any) -> int:
        name = key if isinstance(key, str) else key.decode("utf-8", "surrogateescape")
        async with ClientSession() as session:
            address = f"{self.hook.address}/hook"
            async with session.post(address, headers={HEADER: name}, **body) as answer:
                return answer.status


@asynccontextmanager
async def listening(wire: Wire | None = None) -> AsyncIterator[Hook]:
    hook = Hook(wire or Wire())
    running = asyncio.ensure_future(hook.hook.run())
    try:
        await eventually(lambda: bool(hook.hook.address) or running.done())
        yield hook
    finally:
        hook.hook.stop.set()
        await running


async def test_an_update_is_kept_and_then_acknowledged() -> None:
    wire = Wire()
    async with listening(wire) as hook:
        assert await hook.post(json=UPDATE) == 200
    assert hook.kept == [UPDATE]
    assert [call.name for call in wire.calls][:1] == ["setWebhook"]


@pytest.mark.parametrize("key", ["", "wrong", "пароль"])
async def test_a_wrong_secret_is_refused(key: str) -> None:
    async with listening() as hook:
        assert await hook.post(key=key, json=UPDATE) == 401
    assert hook.kept == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b"\xff", b"[" * 100_000])
async def test_what_is_no_update_is_acknowledged_and_let_go(body: bytes) -> None:
    async with listening() as hook:
        assert await hook.post(data=body) == 200
    assert hook.kept == []


@pytest.mark.parametrize("size", [LARGEST + 1, 10 * 1024 * 1024])
async def test_a_giant_is_refused(size: int) -> None:
    async with listening() as hook:
        assert await hook.post(data=BytesIO(b"a" * size)) == 413
        assert await hook.post(json=UPDATE) == 200


async def test_what_cannot_be_kept_is_to_be_brought_again() -> None:
    async with listening() as hook:
        hook.failure = OSError(28, "No space left on device")
        assert await hook.post(json=UPDATE) == 503


async def test_a_slow_client_disturbs_nobody() -> None:
    async with listening() as hook:
        at = urlsplit(hook.hook.address)
        reader, writer = await asyncio.open_connection(at.hostname, at.port)
        head = f"POST /hook HTTP/1.1\r\nHost: a\r\n{HEADER}: {KEY}\r\nContent-Length: 9\r\n\r\n"
        writer.write(head.encode() + b"{")
        assert await hook.post(json=UPDATE) == 200
        assert b"408" in await reader.readline()
        writer.close()


async def test_a_messenger_out_of_reach_is_told_the_address_later() -> None:
    left = [1, 2]

    def answer(method: Any) -> object:
        return left.pop() and TelegramNetworkError(method=method, message="gone") if left else None

    wire = Wire(answer)
    async with listening(wire):
        await eventually(lambda: len(wire.calls) >= 3)


@pytest.mark.parametrize(
    ("states", "heard"),
    [
        ([(0, None)], 1),
        ([(0, 5)], 1),
        ([(3, 5), (3, 6), (2, 7)], 0),
        ([(3, 5), (3, 5)], 1),
        ([(3, None)], 1),
        ([None, (0, None)], 1),
    ],
)
async def test_the_messenger_is_heard_when_what_it_has_gets_through(
    states: list[tuple[int, int | None] | None], heard: int
) -> None:
    """States: how many updates wait, when one of them could not be brought; None: no answer."""
    asked, times = 0, 0

    def answer(method: Any) -> object:
        nonlocal asked
        if not isinstance(method, GetWebhookInfo):
            return None
        state = states[min(asked, len(states) - 1)]
        asked += 1
        if state is None or asked > len(states):
            return TelegramNetworkError(method=method, message="gone")
        waiting, failed = state
        return WebhookInfo(
            url="https://example.org/hook",
            has_custom_certificate=False,
            pending_update_count=waiting,
            last_error_date=None if failed is None else datetime.fromtimestamp(failed, UTC),
        )

    async def hear() -> None:
        nonlocal times
        times += 1

    hook = Hook(Wire(answer)).hook
    hook.look, hook.heard = 0.001, hear
    running = asyncio.ensure_future(hook.run())
    await eventually(lambda: asked > len(states))
    hook.stop.set()
    await running
    assert times == heard


@pytest.mark.parametrize(("hours", "told"), [(23.9, 0), (24.1, 1)])
async def test_more_than_a_day_without_the_messenger_is_told_under_a_webhook_too(
    database: Database, clock: FrozenClock, hours: float, told: int
) -> None:
    await with_owner(database, clock)
    for passed in (0, hours):
        clock.move(hours=passed)
        hook, heard = Hook(Wire()).hook, asyncio.Event()
        contact = Contact(unit_of_work=database.aside, clock=clock)
        hook.heard = noted(contact, heard)
        running = asyncio.ensure_future(hook.run())
        await heard.wait()
        hook.stop.set()
        await running
    assert [letter.kind for letter in await letters(database)] == ["health/silence"] * told


def noted(contact: Contact, heard: asyncio.Event) -> Callable[[], Awaitable[None]]:
    async def hear() -> None:
        await contact.heard()
        heard.set()

    return hear


async def test_a_refused_token_ends_it() -> None:
    wire = Wire(lambda method: TelegramUnauthorizedError(method=method, message="Unauthorized"))
    with pytest.raises(RefusedTokenError):
        await Hook(wire).hook.run()


async def test_a_port_that_is_taken_is_told() -> None:
    async with listening() as hook:
        second = Hook(Wire()).hook
        second.port = urlsplit(hook.hook.address).port or 0
        with pytest.raises(SettingsError, match="WEBHOOK_LISTEN"):
            await second.run()


async def test_without_a_secret_it_does_not_start(tmp_path: Path) -> None:
    def hook(secret: SecretStr | None) -> Webhook:
        url = "https://example.org/h"
        settings = Settings(webhook_url=url, webhook_secret=secret, data_dir=tmp_path)
        bot, keep = bot_over(Wire()), Hook(Wire()).keep
        return webhook_of(settings, bot=bot, keep=keep, stop=asyncio.Event(), kinds=[])

    with pytest.raises(SettingsError, match="WEBHOOK_SECRET"):
        hook(None)
    made = hook(SecretStr(KEY))
    assert (made.host, made.port, made.secret) == ("127.0.0.1", 8081, KEY)
