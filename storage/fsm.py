"""States of dialogues in the database: a restart does not lose where a person was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey
from sqlalchemy import delete, select

from storage.database import Database
from storage.schema.process import conversations
from storage.statements import upsert

KEPT = timedelta(days=1)
_keys = DefaultKeyBuilder(with_bot_id=True, with_business_connection_id=True, with_destiny=True)


@dataclass(frozen=True, slots=True)
class StoredConversations(BaseStorage):
    """aiogram's storage over the process's own books; a dialogue left for a day is forgotten."""

    database: Database

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        await self._write(key, {"state": state.state if isinstance(state, State) else state})

    async def get_state(self, key: StorageKey) -> str | None:
        state, _ = await self._read(key)
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self._write(key, {"data": json.dumps(dict(data))})

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        _, data = await self._read(key)
        return data

    async def close(self) -> None:
        """The database is closed by whoever opened it."""

    async def prune(self) -> int:
        old = conversations.c.expires_at < self.database.clock.now()
        async with self.database.aside() as work:
            return (await work.connection.execute(delete(conversations).where(old))).rowcount

    async def _read(self, key: StorageKey) -> tuple[str | None, dict[str, Any]]:
        fresh = (conversations.c.key == _keys.build(key)) & (
            conversations.c.expires_at >= self.database.clock.now()
        )
        statement = select(conversations.c.state, conversations.c.data).where(fresh)
        async with self.database.reading() as work:
            row = (await work.connection.execute(statement)).first()
        return (row.state, json.loads(row.data)) if row else (None, {})

    async def _write(self, key: StorageKey, part: dict[str, Any]) -> None:
        """Keep the other half of the row, unless it is too old or nothing is left of both."""
        state, data = await self._read(key)
        row = {"state": state, "data": json.dumps(data)} | part
        name = _keys.build(key)
        async with self.database.aside() as work:
            if row == {"state": None, "data": "{}"}:
                gone = delete(conversations).where(conversations.c.key == name)
                await work.connection.execute(gone)
                return
            row |= {"key": name, "expires_at": self.database.clock.now() + KEPT}
            await work.connection.execute(upsert(conversations, [row], work.connection))
