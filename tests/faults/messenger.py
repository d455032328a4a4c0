"""A messenger on 127.0.0.1 that keeps its word about offsets, and traps that end a life."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.bot.servers import listening

ME = {"id": 42, "is_bot": True, "first_name": "Ёж", "username": "yozh_bot"}
SENDS = ("sendMessage", "sendPhoto", "sendDocument")
HOLD = 0.3
"""Seconds for which an empty answer to getUpdates is held back."""


def written(number: int, chat: int, words: str = "вопрос") -> dict[str, Any]:
    """A private text: message and update have one number."""
    person = {"id": chat, "is_bot": False, "first_name": "Кто-то"}
    place = {"id": chat, "type": "private", "first_name": "Кто-то"}
    message = {"message_id": number, "date": 0, "chat": place, "from": person, "text": words}
    return {"update_id": number, "message": message}


@dataclass(frozen=True, slots=True)
class Post:
    """A message that the messenger took: in which life of the bot, and what it answers."""

    life: int
    chat: int
    reply_to: int
    text: str


@dataclass(frozen=True, slots=True)
class Trap:
    """``spring`` at the ``number``-th call of ``method``: before it is taken, or after.

    ``delay`` seconds pass after an answered call; without it the taken call is never answered.
    """

    method: str
    number: int
    before: bool = False
    delay: float | None = None


@dataclass(slots=True)
class Messenger:
    batch: int = 100
    queue: list[dict[str, Any]] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    life: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    confirmed: int = 0
    trap: Trap | None = None
    spring: Callable[[], None] = lambda: None
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    def feed(self, updates: Iterable[dict[str, Any]]) -> None:
        self.queue.extend(updates)
        self._more.set()

    def begin(self, trap: Trap | None, spring: Callable[[], None]) -> None:
        """A new life of the bot."""
        self.life += 1
        self.calls.clear()
        self.trap, self.spring = trap, spring

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields = dict(await request.post())
        self.calls[method] += 1
        trap = self.trap
        if trap is None or (trap.method, trap.number) != (method, self.calls[method]):
            return web.json_response({"ok": True, "result": await self.act(method, fields)})
        if trap.before:
            self.spring()
            raise web.HTTPGone
        result = await self.act(method, fields)
        if trap.delay is None:
            self.spring()
            raise web.HTTPGone
        asyncio.get_running_loop().call_later(trap.delay, self.spring)
        return web.json_response({"ok": True, "result": result})

    async def act(self, method: str, fields: dict[str, Any]) -> object:
        if method == "getUpdates":
            return await self._updates(int(fields.get("offset") or 0))
        if method == "getMe":
            return ME
        if method in SENDS:
            return self._take(fields)
        return True

    async def _updates(self, offset: int) -> list[dict[str, Any]]:
        before = len(self.queue)
        self.queue = [one for one in self.queue if one["update_id"] >= offset]
        self.confirmed += before - len(self.queue)
        if not self.queue:
            self._more.clear()
            with_more = asyncio.ensure_future(self._more.wait())
            await asyncio.wait({with_more}, timeout=HOLD)
            with_more.cancel()
        return self.queue[: self.batch]

    def _take(self, fields: dict[str, Any]) -> dict[str, Any]:
        reply = json.loads(fields.get("reply_parameters") or "{}").get("message_id", 0)
        chat = int(fields["chat_id"])
        text = str(fields.get("text") or fields.get("caption") or "")
        self.posts.append(Post(self.life, chat, reply, text))
        place = {"id": chat, "type": "private", "first_name": "Кто-то"}
        return {"message_id": 10**6 + len(self.posts), "date": 0, "chat": place}


@asynccontextmanager
async def serving(messenger: Messenger) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", messenger.handle)
    async with listening(app) as address:
        yield address


def any_trap(chance: random.Random) -> Trap | None:
    """Somewhere between a question for updates and the mark on a sent letter; None: any time."""
    number = chance.randint(1, 8)
    return chance.choice(
        [
            Trap("getUpdates", chance.randint(1, 3), before=True),
            Trap("getUpdates", chance.randint(1, 3)),
            Trap("getUpdates", chance.randint(1, 3), delay=chance.uniform(0, 0.03)),
            Trap("sendMessage", number, before=True),
            Trap("sendMessage", number),
            Trap("sendMessage", number, delay=chance.uniform(0, 0.02)),
            None,
        ]
    )
