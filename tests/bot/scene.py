"""The intake with a real database and handlers that a test chooses."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiogram import Dispatcher, F
from aiogram.types import Message

from bot.intake import Intake
from storage.database import Database
from storage.inbox import Waiting
from tests.bot.wire import Wire, bot_over

BOT = 42
Handler = Callable[[str], Awaitable[object]]


def text(number: int, words: str = "слово", person: int = 5) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "Ирина"}
    place = {"id": person, "type": "private"}
    return {
        "update_id": number,
        "message": {
            "message_id": number, "date": 0, "chat": place, "from": sender, "text": words,
        },
    }  # fmt: skip


@dataclass(slots=True)
class Scene:
    """An intake over a handler that the test gives; what became of updates is noted."""

    database: Database
    handler: Handler
    wire: Wire = field(default_factory=Wire)
    given_up: list[int] = field(default_factory=list)
    interrupted: list[int] = field(default_factory=list)

    def intake(self, pause: float = 0.0) -> Intake:
        dispatcher = Dispatcher()

        async def take(message: Message) -> object:
            return await self.handler(message.text or "")

        dispatcher.message.register(take, F.text)

        async def aside(waiting: Waiting, *, incident: str) -> None:
            del incident
            self.given_up.append(waiting.update_id)

        async def broken(waiting: Waiting, *, incident: str) -> None:
            del incident
            self.interrupted.append(waiting.update_id)

        return Intake(
            bot=bot_over(self.wire),
            dispatcher=dispatcher,
            database=self.database,
            stop=asyncio.Event(),
            aside=aside,
            interrupted=broken,
            pause=pause,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Intake]:
        intake = self.intake()
        try:
            yield intake
        finally:
            intake.stop.set()
            await intake.drain(5)

    async def takes(self, *updates: object) -> None:
        """Keep the batch and wait until everything in it has ended."""
        async with self.running() as intake:
            await intake.keep(list(updates))
            assert await intake.drain(10)


@dataclass(slots=True)
class Listening:
    heard: list[str] = field(default_factory=list)

    async def __call__(self, words: str) -> None:
        self.heard.append(words)


async def left(database: Database) -> list[int]:
    async with database.reading() as work:
        return [one.update_id for one in await work.inbox.waiting(BOT)]


async def set_aside(database: Database) -> int:
    async with database.reading() as work:
        return await work.inbox.set_aside_count()
