"""The process's own books: what is stuck, how far it is behind, and a few notes by name."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.clock import Clock
from services.digest_schedule import JOB
from services.health import Pulse, Stuck
from services.ids import ChatId
from storage.schema.process import inbox, job_runs, outbox, process_state
from storage.statements import upsert

DAY = timedelta(days=1)
LISTED = 50
_WAITING = ("new", "sending")
_UNIMPORTANT = ("superseded", "moved", "nothing to send", "destination off")


@dataclass(frozen=True, slots=True)
class StoredProcess:
    connection: AsyncConnection
    clock: Clock

    async def pulse(self) -> Pulse:
        now = self.clock.now()
        ripe = outbox.c.not_before.is_(None) | (outbox.c.not_before <= now)
        due = outbox.c.state.in_(_WAITING) & ripe
        died = outbox.c.state.in_(("dead", "unknown")) & (outbox.c.ended_at > now - DAY)
        dead = died & outbox.c.error.not_in(_UNIMPORTANT)
        undone = inbox.c.state.in_(("new", "changed"))
        updates = (
            await self.connection.execute(
                select(func.count(), func.min(inbox.c.received_at)).where(undone)
            )
        ).one()
        letters = (
            await self.connection.execute(
                select(func.count(), func.min(outbox.c.put_at)).where(due)
            )
        ).one()
        return Pulse(
            at=now,
            updates=updates[0],
            oldest_update=updates[1],
            aside=await self._count(inbox.c.state == "aside", inbox),
            letters=letters[0],
            oldest_letter=letters[1],
            dead=await self._count(dead, outbox),
            last_digest=await self._last_digest(),
        )

    async def stuck(self) -> Sequence[Stuck]:
        """Updates set aside, the latest first."""
        statement = (
            select(inbox).where(inbox.c.state == "aside").order_by(inbox.c.id.desc()).limit(LISTED)
        )
        return [_stuck(row) for row in await self.connection.execute(statement)]

    async def repeat(self, number: int) -> bool:
        """Back among those that wait; False where it is no longer aside or has nothing to do."""
        values: dict[str, Any] = {"state": "new", "attempts": 0, "error": None, "ended_at": None}
        return await self._change(number, values, whole=True)

    async def drop(self, number: int) -> bool:
        return await self._change(number, {"state": "done", "raw": None}, whole=False)

    async def undelivered(self, key: str) -> int:
        """Chats to which the letter of this key will not come."""
        lost = outbox.c.state.in_(("dead", "unknown")) & outbox.c.error.not_in(_UNIMPORTANT)
        return await self._count((outbox.c.dedupe == key) & lost, outbox)

    async def note(self, name: str, value: Mapping[str, object]) -> None:
        row = {"key": name, "value": json.dumps(dict(value))}
        await self.connection.execute(upsert(process_state, [row], self.connection))

    async def noted(self, name: str) -> Mapping[str, Any] | None:
        statement = select(process_state.c.value).where(process_state.c.key == name)
        found = (await self.connection.execute(statement)).scalar()
        return None if found is None else json.loads(found)

    async def _count(self, which: ColumnElement[bool], table: Table) -> int:
        statement = select(func.count()).select_from(table).where(which)
        return (await self.connection.execute(statement)).scalar_one()

    async def _last_digest(self) -> datetime | None:
        statement = select(func.max(job_runs.c.at)).where(job_runs.c.job == JOB)
        found: datetime | None = (await self.connection.execute(statement)).scalar()
        return found

    async def _change(self, number: int, values: dict[str, Any], *, whole: bool) -> bool:
        which = (inbox.c.id == number) & (inbox.c.state == "aside")
        if whole:
            which &= inbox.c.raw.is_not(None)
        return bool(
            (await self.connection.execute(update(inbox).where(which).values(values))).rowcount
        )


def _stuck(row: Row[Any]) -> Stuck:
    return Stuck(
        number=row.id,
        chat=ChatId(row.chat),
        error=row.error or "",
        at=row.ended_at or row.received_at,
        repeatable=row.raw is not None,
    )
