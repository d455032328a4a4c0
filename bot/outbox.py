"""The sender of letters: the only one through whom anything that matters leaves."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot

from bot.delivery import Closed, Delivery, Lost, Moved, Outcome, Presenter
from bot.limits import Limits
from bot.line import Line
from bot.parcels import Verdict
from bot.tasks import Tasks, pause
from bot.throttle import posting
from services.outgoing import Letter
from storage.database import Database
from storage.letters import Posted

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Chats that are sent to at the same time."""
LOOK = 5.0
"""Seconds after which the queue is looked at without being rung: letters have hours."""


Ended = Callable[[Letter | None], Coroutine[Any, Any, None]]


async def _nothing(*_: object) -> None:
    return None


@dataclass(slots=True, kw_only=True)
class Sender:
    """Sends letters chat by chat, in order, one in flight a chat.

    ``moved`` joins the transaction that rebinds a group, ``lost`` the one that ends a letter whose
    topic is gone; ``closed`` hears of a destination that refuses us, once; ``ended`` of every
    letter that was tried, and of None when some ended untried.
    """

    bot: Bot
    database: Database
    presenter: Presenter
    limits: Limits
    stop: asyncio.Event
    moved: Moved = _nothing
    closed: Closed = _nothing
    lost: Lost = _nothing
    ended: Ended = _nothing
    pause: float = 1.0
    _tasks: Tasks = field(default_factory=Tasks)
    _books: Tasks = field(default_factory=Tasks)
    _busy: set[int] = field(default_factory=set)
    _alone: bool = False
    _delivery: Delivery = field(init=False)
    _line: Line = field(init=False)

    def __post_init__(self) -> None:
        self._delivery = Delivery(
            bot=self.bot,
            database=self.database,
            presenter=self.presenter,
            books=self._books,
            moved=self.moved,
            closed=self.closed,
            lost=self.lost,
            pause=self.pause,
        )
        self._line = Line(
            bot=self.bot,
            tasks=self._tasks,
            stop=self.stop,
            restored=self.database.letters.set,
            first=self.pause / 2,
        )

    async def run(self) -> None:
        """Send what is due until ``stop``."""
        async with self.database.aside() as work:
            if found := await work.outbox.recover():
                log.warning("letters half sent before a crash", extra={"letters": found})
        while not self.stop.is_set():
            self.database.letters.clear()
            started = await self._guarded_round()
            if not started:
                await _first_of(self.database.letters, self.stop, LOOK)

    async def drain(self, limit: float) -> None:
        """Send what can be sent at once for at most ``limit`` seconds, then let go of the rest."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + limit
        while loop.time() < deadline and await self._left():
            await self._guarded_round()
            await _first_of(self.database.letters, None, min(0.2, deadline - loop.time()))
            self.database.letters.clear()
        await self._tasks.drain(max(0.0, deadline - loop.time()))
        await self._tasks.cancel()
        await self._books.drain(2.0)

    async def _left(self) -> bool:
        async with self.database.reading() as work:
            return bool(self._busy) or bool(await work.outbox.heads(busy=self._held(), limit=1))

    async def _guarded_round(self) -> int:
        try:
            return await self.round()
        except Exception:
            log.exception("the outbox cannot be read")
            await pause(self.stop, 1.0)
            return 0

    async def round(self) -> int:
        """Start a task for the first letter of each chat that may be sent to; how many."""
        room = AT_ONCE - len(self._busy)
        if self._line.silent or room <= 0 or (self._alone and self._busy):
            return 0
        if (left := self.limits.held(None)) > 0:
            self._ring_in(left)
            return 0
        async with self.database.reading() as work:
            rows = await work.outbox.heads(
                busy=self._held(), limit=room, in_flight=bool(self._busy)
            )
        if not rows:
            return 0
        async with self.database.aside() as work:
            letters = await work.outbox.lease(rows)
        if len(letters) < len(rows):
            self._tasks.start(self.ended(None), name="letters that ended")
        self._alone = any(posted.suspect for posted in letters)
        for posted in letters:
            self._busy.add(posted.letter.chat)
            self._tasks.start(self._deliver(posted), name="letter")
        return len(rows)

    def _held(self) -> set[int]:
        return self._busy | self.limits.held_chats()

    def _ring_in(self, delay: float) -> None:
        asyncio.get_running_loop().call_later(delay, self.database.letters.set)

    async def _deliver(self, posted: Posted) -> None:
        chat = posted.letter.chat
        posting.set(True)
        try:
            self._heed(await self._delivery.deliver(posted), chat)
            await self.ended(posted.letter)
        finally:
            self._busy.discard(chat)
            self.database.letters.set()

    def _heed(self, outcome: Outcome, chat: int) -> None:
        """When to look again, and whether anything should leave meanwhile."""
        if outcome.verdict is Verdict.HELD:
            self._ring_in(self.limits.held(chat))
        if outcome.again_in is not None:
            self._ring_in(outcome.again_in)
        if outcome.verdict in {Verdict.AMBIGUOUS, Verdict.UNREACHED}:
            self._line.lose()


async def _first_of(one: asyncio.Event, other: asyncio.Event | None, limit: float) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in (one, other) if event is not None]
    try:
        await asyncio.wait(waits, timeout=max(0.0, limit), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
