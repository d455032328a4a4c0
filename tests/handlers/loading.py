"""The administrator's private chat with files, and the desk at which they are read."""

import asyncio
from dataclasses import dataclass
from typing import Any

from aiogram.methods import SendDocument
from aiogram.types import Document
from sqlalchemy import select
from teremok import MockMessageDocument, MockUser

from bot.importing import ImportDesk
from storage.database import Database
from storage.journal import LIVING
from storage.schema.people import schools
from tests.handlers.conversation import Conversation, Said

OWNER = 1
NEVER = 3600.0
"""Seconds: how far a slow machine has read is told in tests of that only."""


@dataclass
class Loading:
    """The administrator's private chat, and the desk at which files are read."""

    talk: Conversation
    desk: ImportDesk

    async def send(self, content: bytes, name: str = "журнал.xlsx", **more: Any) -> list[Said]:
        await self.lay(content, name, **more)
        return await self.read()

    async def lay(
        self, content: bytes, name: str, *, user: int = OWNER, size: int | None = None, **more: Any
    ) -> list[Said]:
        """Send it, and do not wait for it to be read."""
        identity = f"file{len(self.talk.bot.mock_session.files)}"
        self.talk.bot.add_file(identity, content)
        message = MockMessageDocument(identity, name, user=MockUser(user), **more)
        document = Document(
            file_id=identity,
            file_unique_id=f"u{identity}",
            file_name=name,
            file_size=len(content) if size is None else size,
        )
        return await self.talk.send(message.model_copy(update={"document": document}))

    async def read(self) -> list[Said]:
        await self.desk.round()
        return await self.talk.deliver()

    async def load(self, content: bytes) -> Said:
        """Send and apply; what was said last."""
        [card] = await self.send(content)
        *_, done = await self.talk.press(OWNER, card.buttons["Применить"])
        assert "применено" in done.text
        return done

    async def add(self, data: str) -> list[Said]:
        """Press a button after which the files are read again."""
        return [*await self.talk.press(OWNER, data), *await self.read()]

    @property
    def sent(self) -> list[SendDocument]:
        calls = self.talk.bot.requests.all
        return [call for call in calls if isinstance(call, SendDocument)]


async def _nothing() -> None: ...


def loading_of(talk: Conversation, database: Database) -> Loading:
    desk = ImportDesk(
        receiving=talk.provided["receiving"],
        database=database,
        resume=_nothing,
        stop=asyncio.Event(),
        doorbell=asyncio.Event(),
        tick=NEVER,
    )
    return Loading(talk, desk)


async def kept(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the journal and its findings consist of, and which generation is shown."""
    async with database.reading() as work:
        return {
            table.name: sorted(
                (tuple(row) for row in await work.connection.execute(select(table))), key=repr
            )
            for table in (*LIVING, schools)
        }
