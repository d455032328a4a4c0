"""The line to the messenger: while it is silent, only a harmless question is asked."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe

from bot.backoff import Backoff
from bot.tasks import Tasks, pause


@dataclass(slots=True, kw_only=True)
class Line:
    """``restored`` is called when the messenger answers again, or when there is a ``stop``."""

    bot: Bot
    tasks: Tasks
    stop: asyncio.Event
    restored: Callable[[], None]
    first: float
    """Seconds of the first pause between two questions."""
    silent: bool = False

    def lose(self) -> None:
        """Nothing more should leave until the messenger has answered."""
        if not self.silent:
            self.silent = True
            self.tasks.start(self._probe(), name="probe")

    async def _probe(self) -> None:
        backoff = Backoff(first=self.first, limit=15.0)
        while not self.stop.is_set():
            try:
                await self.bot(GetMe(), request_timeout=15)
            except TelegramNetworkError:
                await pause(self.stop, backoff.next())
            except Exception:  # noqa: BLE001  # it answered, whatever it said
                break
            else:
                break
        self.silent = False
        self.restored()
