"""Raw updates from the messenger: kept first, confirmed after, whatever they contain."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.backoff import Backoff
from bot.errors import AnotherPollerError, RefusedTokenError
from bot.tasks import pause

log = logging.getLogger(__name__)

LONG_POLL = 25
"""Seconds for which the messenger may hold an empty answer."""
PATIENCE = 15
"""Seconds above that before a silent connection is given up."""
CONFLICTS = 3
CONFLICT_PAUSE = 3.0
CONFLICT_MEMORY = 25.0
WHOLE_BATCH = 100
UNREADABLE = 5
"""Answers in a row that are no JSON before the update to blame is looked for, one at a time."""
QUIET = 24 * 3600.0
"""Seconds without an update after which ids may start anew at a lower number."""

Keep = Callable[[list[Any]], Awaitable[None]]
Heard = Callable[[], Awaitable[None]]


async def _nothing() -> None:
    return None


class UnnumberedUpdatesError(ValueError):
    """A batch in which nothing can be confirmed."""


class GetRawUpdates(TelegramMethod[list[Any]]):
    """getUpdates as it comes, so that one strange update cannot spoil its batch."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = WHOLE_BATCH
    timeout: int = LONG_POLL
    allowed_updates: list[str] | None = None


@dataclass(slots=True, kw_only=True)
class Poller:
    """Asks for updates until ``stop``; ``keep`` returns when a batch is safely on the disk."""

    bot: Bot
    keep: Keep
    stop: asyncio.Event
    kinds: list[str]
    backoff: Backoff = field(default_factory=Backoff)
    heard: Heard = _nothing
    """Called after each answer, when what it brought is on the disk."""
    offset: int | None = None
    conflict_pause: float = CONFLICT_PAUSE
    _unreadable: int = 0
    _single: int = 0
    _conflicts: list[float] = field(default_factory=list)
    _heard: float = 0.0

    async def run(self) -> None:
        """Raise RefusedTokenError or AnotherPollerError; every other failure is waited out."""
        while not self.stop.is_set():
            try:
                await self._step()
            except (TelegramUnauthorizedError, TelegramNotFound) as error:
                raise RefusedTokenError from error
            except TelegramConflictError as error:
                await self._conflict(error)
            except TelegramRetryAfter as error:
                await pause(self.stop, error.retry_after)
            except Exception as error:  # noqa: BLE001  # nothing may end the intake
                self._note(error)
                await pause(self.stop, self.backoff.next())
            else:
                self.backoff.reset()

    async def _step(self) -> None:
        try:
            await self._once()
        except ClientDecodeError as error:
            if not await self._past(error):
                raise

    async def _once(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._heard > QUIET:
            self.offset = None
        batch = await self._ask()
        self._unreadable = 0
        if batch:
            await self.keep(batch)
            self._confirm(batch)
            self._heard = now
        await self.heard()

    async def _ask(self) -> list[Any]:
        """One long poll, left at once when the program stops."""
        limit = 1 if self._single > 0 else WHOLE_BATCH
        self._single = max(0, self._single - 1)
        method = GetRawUpdates(offset=self.offset, limit=limit, allowed_updates=self.kinds)
        asking = asyncio.ensure_future(self.bot(method, request_timeout=LONG_POLL + PATIENCE))
        stopping = asyncio.ensure_future(self.stop.wait())
        try:
            await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else []
        finally:
            for task in (asking, stopping):
                task.cancel()
            await asyncio.gather(asking, stopping, return_exceptions=True)

    def _confirm(self, batch: list[Any]) -> None:
        """Ids may start anew after a quiet week: the batch's last one counts, not the largest."""
        numbers = [number for update in batch if (number := update_id(update)) is not None]
        if not numbers:
            raise UnnumberedUpdatesError
        self.offset = numbers[-1] + 1

    async def _past(self, error: ClientDecodeError) -> bool:
        """An answer that is no JSON: ask again, then one by one, then keep the broken one as text.

        Whether it was got past. A page of a proxy names no update and is only waited out.
        """
        self._unreadable += 1
        number = _named(error.data)
        if number is None or self._unreadable < UNREADABLE:
            return False
        alone, self._single = self._single > 0, WHOLE_BATCH
        if not alone:
            return False
        log.error("update cannot be read", extra={"update": number})
        await self.keep([{"update_id": number, "message": error.data}])
        self.offset, self._unreadable = number + 1, 0
        return True

    async def _conflict(self, error: TelegramConflictError) -> None:
        now = asyncio.get_running_loop().time()
        self._conflicts = [at for at in self._conflicts if now - at < CONFLICT_MEMORY] + [now]
        log.warning("another poller", extra={"times": len(self._conflicts)})
        if len(self._conflicts) >= CONFLICTS:
            raise AnotherPollerError from error
        await pause(self.stop, self.conflict_pause)

    def _note(self, error: Exception) -> None:
        """The first of a row in full, the following ones by name."""
        known = isinstance(error, AiogramError | OSError | TimeoutError)
        log.warning(
            "no updates for now",
            extra={"error": type(error).__name__, "in_row": self.backoff.failures + 1},
            exc_info=None if known or self.backoff.failures else error,
        )


def _named(body: object) -> int | None:
    """The number of the first update in an answer that cannot be read as a whole."""
    found = re.search(r'"update_id"\s*:\s*(\d{1,18})\b', body) if isinstance(body, str) else None
    return int(found[1]) if found else None


def update_id(update: object) -> int | None:
    """The number of a raw update; None when there is none that could be kept."""
    number = update.get("update_id") if isinstance(update, dict) else None
    fits = type(number) is int and -(2**63) <= number < 2**63 - 1
    return number if fits else None
