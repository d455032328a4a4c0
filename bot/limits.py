"""The messenger's limits, kept for every call of the bot: slots, holds after 429, a dead token.

A slot is freed ``rest`` seconds after the answer, not after the request: a server that counts by
a strict sliding window then never sees more than the limit, whatever the round trip.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

ALL = (30, 1.0)
CHAT = (1, 1.0)
GROUP = (20, 60.0)
MARGIN = 0.1
"""Seconds above what a 429 demands: nothing goes early, clocks differ."""
CROWD = 3
CROWD_WINDOW = 1.0
KEPT_CHATS = 2000

Limit = tuple[int, float]


@dataclass(slots=True)
class Slots:
    """``size`` calls at once, each slot resting for ``rest`` seconds after its call."""

    size: int
    rest: float
    used: int = 0
    _free: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._free = asyncio.Semaphore(self.size)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        self.used += 1
        try:
            await self._free.acquire()
        except BaseException:
            self.used -= 1
            raise
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(self.rest, self._rested)

    def _rested(self) -> None:
        self.used -= 1
        self._free.release()


@dataclass(slots=True, kw_only=True)
class Limits:
    """``all``, ``chat`` and ``group`` are (calls, seconds); times are the event loop's."""

    all: Limit = ALL
    chat: Limit = CHAT
    group: Limit = GROUP
    refusals: int = 0
    _everyone: Slots = field(init=False)
    _chats: dict[int, Slots] = field(default_factory=dict)
    _groups: dict[int, Slots] = field(default_factory=dict)
    _held: dict[int, float] = field(default_factory=dict)
    _held_all: float = 0.0
    _recent: list[tuple[float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._everyone = Slots(*self.all)

    @asynccontextmanager
    async def slot(self, chat: int) -> AsyncIterator[None]:
        """Wait until one message to ``chat`` may leave; groups have negative numbers."""
        async with AsyncExitStack() as taken:
            await taken.enter_async_context(_of(self._chats, chat, self.chat).one())
            if chat < 0:
                await taken.enter_async_context(_of(self._groups, chat, self.group).one())
            await self.calm(chat)
            await taken.enter_async_context(self._everyone.one())
            await self.calm(chat)
            yield

    async def calm(self, chat: int | None) -> None:
        """Wait out every hold that concerns ``chat``; holds may be prolonged meanwhile."""
        while (left := self.held(chat)) > 0:  # noqa: ASYNC110  # a time, not an event
            await asyncio.sleep(left)  # a time, not an event

    def held(self, chat: int | None) -> float:
        """Seconds for which nothing may go to ``chat``."""
        until = max(self._held_all, 0.0 if chat is None else self._held.get(chat, 0.0))
        return max(0.0, until - asyncio.get_running_loop().time())

    def held_chats(self) -> set[int]:
        now = asyncio.get_running_loop().time()
        return {chat for chat, until in self._held.items() if until > now}

    def refuse(self, chat: int | None, retry_after: float) -> None:
        """A 429: it holds its chat; one without a chat, or three chats at once, hold all."""
        now = asyncio.get_running_loop().time()
        until = now + retry_after + MARGIN
        self.refusals += 1
        if chat is None:
            self._held_all = max(self._held_all, until)
            return
        self._held = {one: at for one, at in self._held.items() if at > now}
        self._held[chat] = max(self._held.get(chat, 0.0), until)
        self._recent = [(at, one) for at, one in self._recent if now - at < CROWD_WINDOW]
        self._recent.append((now, chat))
        crowd = {one for _, one in self._recent}
        if len(crowd) >= CROWD:
            self._held_all = max(self._held_all, *(self._held.get(one, 0.0) for one in crowd))


def _of(slots: dict[int, Slots], chat: int, limit: Limit) -> Slots:
    if chat not in slots:
        if len(slots) >= KEPT_CHATS:
            for idle in [one for one, its in slots.items() if not its.used]:
                del slots[idle]
        slots[chat] = Slots(*limit)
    return slots[chat]
