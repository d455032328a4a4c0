"""The queue of updates that getUpdates reads: confirmed by offset, one reader at a time."""

import asyncio
from collections.abc import Collection
from typing import Any

from bot.sandbox.errors import refuse

MOST = 100
TERMINATED = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class Updates:
    def __init__(self) -> None:
        self._waiting: list[dict[str, Any]] = []
        self._last_id = 100_000
        self._news = asyncio.Event()
        self._reader = 0
        self._allowed: Collection[str] | None = None
        self.webhook = ""

    def __len__(self) -> int:
        return len(self._waiting)

    def push(self, kind: str, payload: dict[str, Any]) -> None:
        if self._allowed and kind not in self._allowed:
            return
        self._last_id += 1
        self._waiting.append({"update_id": self._last_id, kind: payload})
        self._wake()

    def deliver_to(self, webhook: str) -> None:
        """Where updates should go; the sandbox only remembers it and keeps them."""
        self.webhook = webhook
        self._wake()

    def drop(self) -> None:
        self._waiting.clear()

    async def poll(
        self,
        *,
        offset: int = 0,
        limit: int = MOST,
        wait: float = 0,
        allowed: Collection[str] | None = None,
    ) -> list[dict[str, Any]]:
        """Up to ``limit`` updates from ``offset``; waits ``wait`` real seconds for the first."""
        self._ensure_no_webhook()
        self._reader += 1
        mine = self._reader
        self._wake()
        if allowed is not None:
            self._allowed = allowed
        self._confirm(offset)
        await self._first(mine, wait)
        return self._waiting[: min(max(limit, 1), MOST)]

    async def _first(self, mine: int, wait: float) -> None:
        try:
            async with asyncio.timeout(wait):
                while not self._waiting:
                    await self._news.wait()
                    self._ensure_no_webhook()
                    if mine != self._reader:
                        refuse(TERMINATED, code=409)
        except TimeoutError:
            return

    def _ensure_no_webhook(self) -> None:
        if self.webhook:
            refuse("can't use getUpdates method while webhook is active", code=409)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._waiting = self._waiting[offset:]
        elif offset:
            self._waiting = [one for one in self._waiting if one["update_id"] >= offset]

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
