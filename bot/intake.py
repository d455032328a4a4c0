"""Updates from the disk to their handlers: in order within a chat, many chats at once."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from aiogram import BaseMiddleware, Bot, Dispatcher
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest
from aiogram.methods import TelegramMethod
from aiogram.types import TelegramObject, Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.arrivals import arrival, moved_to, shows_life
from bot.backoff import seconds
from bot.errors import RefusedTokenError
from bot.logs import doing
from bot.outbox import Moved
from bot.parcels import Verdict, judge
from bot.tasks import Batch, Tasks, pause
from services.ids import ChatId
from storage.database import Database, unavailable
from storage.inbox import Receipt, Waiting, handling

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Chats that are handled at the same time."""
BACKLOG = 2000
"""Updates in memory above which no more are asked for."""
TRIES = 5
PATIENCE = timedelta(hours=1)
"""How long an update waits for the network or the disk before it counts as failed."""


class Notice(Protocol):
    async def __call__(self, waiting: Waiting, *, incident: str) -> None:
        """Tell the person what became of the update, and under which number it is in the log."""
        ...


async def _nobody(waiting: Waiting, *, incident: str) -> None:
    del waiting, incident


async def _nothing(*_: object) -> None:
    return None


class EffectOnce(BaseMiddleware):
    """Around a handler: its changes are written down on the update in their own transaction."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401  # aiogram's signature
        token = handling.set(data.get("receipt"))
        try:
            return await handler(event, data)
        finally:
            handling.reset(token)


def on_the_wire(failure: BaseException) -> bool:
    """Whether it was the messenger or the way to it that failed, not our request."""
    known = isinstance(failure, TelegramAPIError | ClientDecodeError | RefusedTokenError)
    return known and not isinstance(failure, TelegramBadRequest)


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
    _books: Tasks = field(default_factory=Tasks)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _eased: asyncio.Event = field(default_factory=asyncio.Event)
    _rows: set[int] = field(default_factory=set)
    _backlog: int = 0
    _unknown: set[str] = field(default_factory=set)
    _done: Batch[int] = field(init=False)

    def __post_init__(self) -> None:
        self._done = Batch(self._write_done, self._books)
        for observer in self.dispatcher.observers.values():
            observer.middleware(EffectOnce())

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
            closed = await work.outbox.closed()
            for raw in batch:
                if not isinstance(raw, dict) or raw.get("update_id") not in fresh:
                    continue
                if (move := moved_to(raw)) is not None:
                    old, new = move
                    await work.outbox.rebind(old, new)
                    await self.moved(work, ChatId(old), ChatId(new))
                if (chat := shows_life(raw)) in closed and chat is not None:
                    await work.outbox.switch(chat, on=True)
        self._enqueue(taken)

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
                    await self._handle(queue[0])
                except Exception:
                    log.exception("update left for the next start")
                self._rows.discard(queue.popleft().row)
                self._backlog -= 1
                self._eased.set()
        finally:
            del self._chats[chat]

    async def _handle(self, waiting: Waiting) -> None:
        """Try until it is done or set aside; a stop in a pause leaves it for the next start."""
        doing.set({"update": waiting.update_id})
        tries, waits = waiting.attempts, 0
        if waiting.changed:
            await self._interrupted(waiting)
            return
        while True:
            receipt = Receipt(waiting.row)
            async with self._room:
                failure = await self._attempt(waiting, receipt)
            if failure is None:
                return
            if receipt.changed or not self._passing(failure, waiting):
                tries = TRIES if receipt.changed else tries + 1
                if await self._failed(waiting, failure, tries, repeatable=not receipt.changed):
                    return
            else:
                waits += 1
                log.warning("update waits", extra={"error": type(failure).__name__})
            delay = seconds(max(tries - 1, 0) + waits, first=self.pause, limit=30.0)
            if await pause(self.stop, delay):
                raise asyncio.CancelledError

    async def _attempt(self, waiting: Waiting, receipt: Receipt) -> Exception | None:
        """Handle it once; the failure, or None when the update has ended."""
        update = self._decoded(waiting)
        if update is None:
            log.warning("update cannot be decoded")
            await self._give_up(waiting, "undecodable")
            return None
        try:
            await self._feed(update, receipt)
        except Exception as error:  # noqa: BLE001  # the one place for a handler's bug
            if judge(error) is not Verdict.CLOSED and not (receipt.done and on_the_wire(error)):
                return error
            log.info("not all was answered", extra={"error": type(error).__name__})
        if not receipt.done:
            await self._book(lambda: self._done.add(waiting.row))
        return None

    def _decoded(self, waiting: Waiting) -> Update | None:
        try:
            return Update.model_validate(json.loads(waiting.raw), context={"bot": self.bot})
        except (ValidationError, ValueError, RecursionError):
            return None

    async def _feed(self, update: Update, receipt: Receipt) -> None:
        try:
            _ = update.event_type
        except UpdateTypeLookupError:
            self._note_unknown(update)
            return
        answer = await self.dispatcher.feed_update(self.bot, update, receipt=receipt)
        if isinstance(answer, TelegramMethod):
            await self.bot(answer)

    def _note_unknown(self, update: Update) -> None:
        kinds = set(update.model_extra or {}) - self._unknown
        if kinds:
            self._unknown |= kinds
            log.info("unknown kind of update", extra={"kinds": sorted(kinds)[:5]})

    def _passing(self, failure: Exception, waiting: Waiting) -> bool:
        """A failure of the wire or the disk, which ends by itself: it costs no try for an hour."""
        young = self.database.clock.now() - waiting.received_at < PATIENCE
        return young and (on_the_wire(failure) or unavailable(failure))

    async def _failed(
        self, waiting: Waiting, failure: Exception, tries: int, *, repeatable: bool
    ) -> bool:
        """Write the failure down; whether it was the last one allowed."""
        log.error("update failed", exc_info=failure, extra={"try": tries})
        name = type(failure).__name__
        if tries < TRIES:
            next_try = self.database.clock.now()
            await self._book(lambda: self._note(waiting.row, name, next_try))
            return False
        await self._give_up(waiting, name, repeatable=repeatable)
        return True

    async def _give_up(self, waiting: Waiting, error: str, *, repeatable: bool = True) -> None:
        """What has changed something is never run again, so nothing of it is kept."""
        log.error("update set aside", extra={"incident": waiting.row, "error": error})
        await self._book(lambda: self._set_aside(waiting.row, error, repeatable=repeatable))
        await self._book(lambda: self.aside(waiting, incident=f"{waiting.row}"))

    async def _interrupted(self, waiting: Waiting) -> None:
        """Changed by a process that died before it answered: said so, never done again."""
        log.warning("update was interrupted", extra={"incident": waiting.row})
        await self._book(lambda: self.interrupted(waiting, incident=f"{waiting.row}"))
        await self._book(lambda: self._done.add(waiting.row))

    async def _note(self, row: int, error: str, next_try: datetime) -> None:
        async with self.database.aside() as work:
            await work.inbox.fail(row, error=error, next_try=next_try)

    async def _set_aside(self, row: int, error: str, *, repeatable: bool) -> None:
        async with self.database.aside() as work:
            await work.inbox.set_aside(row, error=error, repeatable=repeatable)

    async def _write_done(self, rows: list[int]) -> None:
        async with self.database.aside() as work:
            await work.inbox.finish(rows)

    async def _book(self, step: Callable[[], Awaitable[None]]) -> None:
        """Repeat a step of the books while the disk cannot take it; a bug in it is only logged."""
        tries = 0
        while True:
            try:
                await step()
            except Exception as error:
                if not unavailable(error):
                    log.exception("the inbox cannot be written")
                    return
                log.warning("the inbox waits", extra={"error": type(error).__name__})
            else:
                return
            tries += 1
            if await pause(self.stop, seconds(tries, first=self.pause, limit=10.0)):
                raise asyncio.CancelledError
