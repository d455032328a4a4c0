"""Chats that letters go to: closed where they refuse us, followed where they move."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.clock import Clock
from services.ids import SchoolId
from storage.letters import ended
from storage.schema.process import cards, destinations, outbox
from storage.statements import upsert


@dataclass(frozen=True, slots=True)
class StoredDestinations:
    connection: AsyncConnection
    clock: Clock

    async def switch(
        self, chat: int, *, on: bool, reason: str | None = None, school: SchoolId | None = None
    ) -> bool:
        """Close a destination that refuses us, or open it again; whether anything changed."""
        known = select(destinations.c.on).where(destinations.c.chat == chat)
        before = (await self.connection.execute(known)).scalar()
        if before is on or (before is None and on):
            return False
        row = {
            "chat": chat,
            "on": on,
            "reason": reason,
            "school": school,
            "at": self.clock.now(),
        }
        await self.connection.execute(upsert(destinations, [row], self.connection))
        if not on:
            waiting = (outbox.c.chat == chat) & outbox.c.state.in_(("new", "sending"))
            await self._end(waiting, "destination off")
        return True

    async def closed(self) -> set[int]:
        statement = select(destinations.c.chat).where(destinations.c.on.is_(False))
        return set((await self.connection.execute(statement)).scalars())

    async def rebind(self, old: int, new: int) -> None:
        """A group became a supergroup: its queue goes there, its cards are shown anew."""
        moving = outbox.c.state.in_(("new", "sending"))
        twice = select(outbox.c.dedupe).where(outbox.c.chat == new, outbox.c.dedupe.is_not(None))
        ours = (outbox.c.chat == old) & moving
        await self._end(ours & outbox.c.dedupe.in_(twice), "moved")
        values = {"chat": new, "reply_to": None}
        await self.connection.execute(update(outbox).where(ours, moving).values(values))
        await self.connection.execute(delete(cards).where(cards.c.chat == old))
        await self.connection.execute(delete(destinations).where(destinations.c.chat == old))

    async def _end(self, which: ColumnElement[bool], error: str) -> None:
        statement = ended(which, state="dead", error=error, at=self.clock.now())
        await self.connection.execute(statement)
