"""Updates from the wire to the disk and on to their handling, in order within each chat."""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot, Dispatcher

from bot.arrivals import arrival, moved_to, shows_life
from bot.books import Books
from bot.delivery import Moved
from bot.handling import Handling, Notice
from bot.tasks import Tasks, pause
from services.ids import ChatId
from storage.database import Database
from storage.inbox import Waiting
from storage.unit_of_work import StoredWork

log = logging.getLogger(__name__)

BACKLOG = 2000
"""Updates in memory above which no more are asked for."""


async def _nobody(waiting: Waiting, *, incident: str) -> None:
    del waiting, incident


async def _nothing(*_: object) -> None:
    return None


@dataclass(slots=True, kw_only=True)
class Intake:
    """Keeps what arrives and hands it to ``dispatcher``, with up to five tries each."""

    bot: Bot
    dispatcher: Dispatcher
    database: Database
    stop: asyncio.Event
    aside: Notice = _nobody
    interrupted: Notice = _nobody
    moved: Moved = _nothing
    pause: float = 0.25
    _chats: dict[int, deque[Waiting]] = field(default_factory=dict)
    _tasks: Tasks = field(default_factory=Tasks)
    _eased: asyncio.Event = field(default_factory=asyncio.Event)
    _rows: set[int] = field(default_factory=set)
    _backlog: int = 0
    _books: Books = field(init=False)
    _handling: Handling = field(init=False)

    def __post_init__(self) -> None:
        self._books = Books(database=self.database, stop=self.stop, pause=self.pause)
        self._handling = Handling(
            bot=self.bot,
            dispatcher=self.dispatcher,
            books=self._books,
            aside=self.aside,
            interrupted=self.interrupted,
        )

    async def restore(self) -> int:
        """Take up what waits on the disk and is not in hand; how many updates wait there."""
        found, last = 0, 0
        while True:
            async with self.database.reading() as work:
                page = await work.inbox.waiting(self.bot.id, after=last)
            if not page:
                return found
            found, last = found + len(page), page[-1].row
            self._enqueue(page)

    async def keep(self, batch: list[Any]) -> None:
        """Return when every update of the batch is on the disk; handling begins at once."""
        while self._backlog >= BACKLOG and not self.stop.is_set():
            self._eased.clear()
            await pause(self._eased, 1.0)
        arrivals = [one for raw in batch if (one := arrival(raw)) is not None]
        async with self.database.aside() as work:
            taken = await work.inbox.take(self.bot.id, arrivals)
            fresh = {one.update_id for one in taken}
            closed = await work.destinations.closed()
            for raw in batch:
                if isinstance(raw, dict) and raw.get("update_id") in fresh:
                    await self._heed(work, raw, closed)
        self._enqueue(taken)

    async def _heed(self, work: StoredWork, raw: dict[str, Any], closed: set[int]) -> None:
        """What an update says about chats: a group moved, one that refused us is back."""
        if (move := moved_to(raw)) is not None:
            old, new = move
            await work.destinations.rebind(old, new)
            await self.moved(work, ChatId(old), ChatId(new))
        if (chat := shows_life(raw)) in closed and chat is not None:
            await work.destinations.switch(chat, on=True)

    async def drain(self, limit: float) -> bool:
        """Finish what is queued within ``limit`` seconds; what is not stays on the disk."""
        all_done = await self._tasks.drain(limit)
        await self._tasks.cancel()
        await self._books.drain(2.0)
        return all_done

    def _enqueue(self, found: list[Waiting]) -> None:
        for waiting in found:
            if waiting.row in self._rows:
                continue
            self._rows.add(waiting.row)
            self._backlog += 1
            if (queue := self._chats.get(waiting.chat)) is not None:
                queue.append(waiting)
                continue
            self._chats[waiting.chat] = deque([waiting])
            self._tasks.start(self._work(waiting.chat), name="chat")

    async def _work(self, chat: int) -> None:
        """One chat's updates, one after the other, until none is left."""
        queue = self._chats[chat]
        try:
            while queue:
                try:
                    await self._handling.handle(queue[0])
                except Exception:
                    log.exception("update left for the next start")
                self._rows.discard(queue.popleft().row)
                self._backlog -= 1
                self._eased.set()
        finally:
            del self._chats[chat]
