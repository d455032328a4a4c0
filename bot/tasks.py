"""Tasks that somebody owns: none is lost, none dies silently."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(slots=True)
class Tasks:
    """A set of running tasks that ends together."""

    running: set[asyncio.Task[Any]] = field(default_factory=set)

    def start(self, step: Coroutine[Any, Any, Any], *, name: str | None = None) -> None:
        task = asyncio.get_running_loop().create_task(step, name=name)
        self.running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self.running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task failed", exc_info=error, extra={"task": task.get_name()})

    async def drain(self, seconds: float) -> bool:
        """Wait for all, at most ``seconds``; whether nothing is left."""
        if self.running:
            await asyncio.wait(set(self.running), timeout=seconds)
        return not self.running

    async def cancel(self) -> None:
        while self.running:
            ending = set(self.running)
            for task in ending:
                task.cancel()
            await asyncio.wait(ending)


@dataclass(slots=True)
class Batch(Generic[T]):
    """Group commit: whoever adds while a write is under way shares the next one."""

    write: Callable[[list[T]], Awaitable[None]]
    tasks: Tasks
    _waiting: list[tuple[T, asyncio.Future[None]]] = field(default_factory=list)
    _busy: bool = False

    async def add(self, item: T) -> None:
        """Return when ``item`` is on the disk, or raise what prevented it."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, written))
        if not self._busy:
            self._busy = True
            self.tasks.start(self._flush(), name="batch")
        await written

    async def _flush(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._write(batch)
        finally:
            self._busy = False

    async def _write(self, batch: list[tuple[T, asyncio.Future[None]]]) -> None:
        try:
            await self.write([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001  # handed to everyone who waits
            self._answer(batch, error)
        except BaseException:
            for _, written in batch:
                written.cancel()
            raise
        else:
            self._answer(batch, None)

    @staticmethod
    def _answer(batch: list[tuple[T, asyncio.Future[None]]], error: Exception | None) -> None:
        for _, written in batch:
            if written.done():
                continue
            if error is None:
                written.set_result(None)
            else:
                written.set_exception(error)


async def pause(event: asyncio.Event, seconds: float) -> bool:
    """Sleep, unless ``event`` comes first; whether it came."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
