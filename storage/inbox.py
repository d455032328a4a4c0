"""Updates on disk: nothing is confirmed to the messenger before it is here."""

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.clock import Clock
from storage.schema.process import inbox
from storage.statements import insert_once

KEPT = timedelta(days=3)
KEPT_ASIDE = timedelta(days=30)


@dataclass(slots=True)
class Receipt:
    """The update being handled.

    ``changed`` once something it does is committed: it is never run again then. ``done`` once it
    has ended too, which it has when a letter went out with the change.
    """

    row: int
    changed: bool = False
    done: bool = False

    def note(self) -> None:
        self.changed = True

    def close(self) -> None:
        self.changed = self.done = True


handling: ContextVar[Receipt | None] = ContextVar("handling", default=None)
"""Set around a handler: a unit of work that changes something is written down on its update."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One update as it came: ``raw`` is its JSON, ``chat`` is whose order it keeps."""

    update_id: int
    chat: int
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An update to be handled; ``attempts`` were made before.

    ``changed``: an earlier process committed its change and died before the answer.
    """

    row: int
    update_id: int
    chat: int
    raw: str
    attempts: int
    received_at: datetime
    changed: bool = False


@dataclass(frozen=True, slots=True)
class StoredInbox:
    connection: AsyncConnection
    clock: Clock

    async def take(self, bot: int, arrivals: Sequence[Arrival]) -> list[Waiting]:
        """Keep what was not here yet, and give that back in the order it came."""
        if not arrivals:
            return []
        now = self.clock.now()
        by_id = {one.update_id: one for one in reversed(arrivals)}
        rows = [_row(bot, one, now) for one in reversed(by_id.values())]
        statement = insert_once(inbox, rows, self.connection).returning(
            inbox.c.id, inbox.c.update_id
        )
        kept = {update_id: row for row, update_id in await self.connection.execute(statement)}
        return [
            Waiting(
                row=kept[one.update_id],
                update_id=one.update_id,
                chat=one.chat,
                raw=one.raw,
                attempts=0,
                received_at=now,
            )
            for one in reversed(by_id.values())
            if one.update_id in kept
        ]

    async def waiting(self, bot: int, *, after: int = 0, limit: int = 500) -> list[Waiting]:
        """A page of what is not handled yet, oldest first."""
        columns = inbox.c
        statement = (
            select(
                columns.id,
                columns.update_id,
                columns.chat,
                columns.raw,
                columns.attempts,
                columns.received_at,
                columns.state,
            )
            .where(columns.state.in_(("new", "changed")), columns.bot == bot, columns.id > after)
            .order_by(columns.id)
            .limit(limit)
        )
        rows = await self.connection.execute(statement)
        return [
            Waiting(
                row=row.id,
                update_id=row.update_id,
                chat=row.chat,
                raw=row.raw,
                attempts=row.attempts,
                received_at=row.received_at,
                changed=row.state == "changed",
            )
            for row in rows
        ]

    async def finish(self, rows: Sequence[int]) -> None:
        """Handled: the content goes, the number stays for a while against repetition."""
        done = {"state": "done", "raw": None, "error": None, "ended_at": self.clock.now()}
        await self.connection.execute(update(inbox).where(inbox.c.id.in_(rows)).values(done))

    async def change(self, row: int) -> None:
        """Its change is in this transaction, its answer is not."""
        await self.connection.execute(
            update(inbox).where(inbox.c.id == row).values({"state": "changed"})
        )

    async def fail(self, row: int, *, error: str, next_try: datetime) -> None:
        values = {"attempts": inbox.c.attempts + 1, "error": error, "next_try": next_try}
        await self.connection.execute(update(inbox).where(inbox.c.id == row).values(values))

    async def set_aside(self, row: int, *, error: str, repeatable: bool = True) -> None:
        """Given up; what could be handled once more is kept as it came."""
        values: dict[str, Any] = {"state": "aside", "error": error, "ended_at": self.clock.now()}
        if not repeatable:
            values["raw"] = None
        await self.connection.execute(update(inbox).where(inbox.c.id == row).values(values))

    async def set_aside_count(self) -> int:
        statement = select(func.count()).select_from(inbox).where(inbox.c.state == "aside")
        return (await self.connection.execute(statement)).scalar_one()

    async def prune(self) -> int:
        """Drop rows that ended more than three days ago, set aside a month ago; how many."""
        now, ended, state = self.clock.now(), inbox.c.ended_at, inbox.c.state
        old = ((state == "done") & (ended < now - KEPT)) | (
            (state == "aside") & (ended < now - KEPT_ASIDE)
        )
        return (await self.connection.execute(delete(inbox).where(old))).rowcount


def _row(bot: int, one: Arrival, now: datetime) -> dict[str, Any]:
    return {
        "bot": bot,
        "update_id": one.update_id,
        "chat": one.chat,
        "raw": one.raw,
        "received_at": now,
    }
