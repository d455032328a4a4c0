"""What became of an update, written down whatever the disk is doing meanwhile."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.backoff import seconds
from bot.tasks import Batch, Tasks, pause
from storage.database import Database, unavailable

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Books:
    """Each step is repeated while the disk cannot take it; a stop in a pause cancels the task."""

    database: Database
    stop: asyncio.Event
    pause: float
    _tasks: Tasks = field(default_factory=Tasks)
    _done: Batch[int] = field(init=False)

    def __post_init__(self) -> None:
        self._done = Batch(self._write_done, self._tasks)

    async def done(self, row: int) -> None:
        await self.write(lambda: self._done.add(row))

    async def failed(self, row: int, error: str) -> None:
        """One more try is due, at once."""
        next_try = self.database.clock.now()

        async def step() -> None:
            async with self.database.aside() as work:
                await work.inbox.fail(row, error=error, next_try=next_try)

        await self.write(step)

    async def set_aside(self, row: int, error: str, *, repeatable: bool) -> None:
        async def step() -> None:
            async with self.database.aside() as work:
                await work.inbox.set_aside(row, error=error, repeatable=repeatable)

        await self.write(step)

    async def write(self, step: Callable[[], Awaitable[None]]) -> None:
        """A bug in the step is only logged: it would not go away by repeating."""
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

    async def drain(self, limit: float) -> None:
        await self._tasks.drain(limit)

    async def _write_done(self, rows: list[int]) -> None:
        async with self.database.aside() as work:
            await work.inbox.finish(rows)
