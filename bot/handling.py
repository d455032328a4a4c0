"""One update handed to its handler until it has ended: done, or set aside after five tries."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from aiogram import BaseMiddleware, Bot, Dispatcher
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest
from aiogram.methods import TelegramMethod
from aiogram.types import TelegramObject, Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.backoff import seconds
from bot.books import Books
from bot.errors import RefusedTokenError
from bot.logs import doing
from bot.parcels import Verdict, judge
from bot.tasks import pause
from storage.database import unavailable
from storage.inbox import Receipt, Waiting, handling

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Chats that are handled at the same time."""
TRIES = 5
PATIENCE = timedelta(hours=1)
"""How long an update waits for the network or the disk before it counts as failed."""


class Notice(Protocol):
    async def __call__(self, waiting: Waiting, *, incident: str) -> None:
        """Tell the person what became of the update, and under which number it is in the log."""
        ...


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
class Handling:
    """``aside`` and ``interrupted`` tell people what became of an update that did not succeed."""

    bot: Bot
    dispatcher: Dispatcher
    books: Books
    aside: Notice
    interrupted: Notice
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _unknown: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for observer in self.dispatcher.observers.values():
            observer.middleware(EffectOnce())

    async def handle(self, waiting: Waiting) -> None:
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
            delay = seconds(max(tries - 1, 0) + waits, first=self.books.pause, limit=30.0)
            if await pause(self.books.stop, delay):
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
            await self.books.done(waiting.row)
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
        young = self.books.database.clock.now() - waiting.received_at < PATIENCE
        return young and (on_the_wire(failure) or unavailable(failure))

    async def _failed(
        self, waiting: Waiting, failure: Exception, tries: int, *, repeatable: bool
    ) -> bool:
        """Write the failure down; whether it was the last one allowed."""
        log.error("update failed", exc_info=failure, extra={"try": tries})
        name = type(failure).__name__
        if tries < TRIES:
            await self.books.failed(waiting.row, name)
            return False
        await self._give_up(waiting, name, repeatable=repeatable)
        return True

    async def _give_up(self, waiting: Waiting, error: str, *, repeatable: bool = True) -> None:
        """What has changed something is never run again, so nothing of it is kept."""
        log.error("update set aside", extra={"incident": waiting.row, "error": error})
        await self.books.set_aside(waiting.row, error, repeatable=repeatable)
        await self.books.write(lambda: self.aside(waiting, incident=f"{waiting.row}"))

    async def _interrupted(self, waiting: Waiting) -> None:
        """Changed by a process that died before it answered: said so, never done again."""
        log.warning("update was interrupted", extra={"incident": waiting.row})
        await self.books.write(lambda: self.interrupted(waiting, incident=f"{waiting.row}"))
        await self.books.done(waiting.row)
