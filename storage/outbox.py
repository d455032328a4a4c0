"""Letters on disk: put in the transaction of what they tell, ended when the messenger has them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.clock import Clock
from services.outgoing import LETTERS_KEPT, Letter
from storage.letters import (
    SUSPECTED,
    WENT_ON,
    Posted,
    Sent,
    acknowledged,
    card_of,
    ended,
    posted_of,
    row_of,
)
from storage.schema.process import cards, destinations, outbox
from storage.statements import insert_each_once, upsert

KEPT = timedelta(days=LETTERS_KEPT)
LEASE = timedelta(minutes=2)
CRASHES = 20
"""How often a letter found on its way after a crash is sent again."""


@dataclass(frozen=True, slots=True)
class StoredOutbox:
    connection: AsyncConnection
    clock: Clock
    ring: Callable[[], None]

    async def put(self, letter: Letter) -> None:
        if letter.card is not None:
            await self._supersede(letter)
        await self.put_all([letter])

    async def put_all(self, letters: Sequence[Letter]) -> None:
        """In this order, by one statement; none of them replaces a card that waits."""
        now = self.clock.now()
        rows = [row_of(letter, now) for letter in letters]
        await self.connection.execute(insert_each_once(outbox, self.connection), rows)
        self.ring()

    async def _supersede(self, letter: Letter) -> None:
        """A newer state of a card replaces the one that has not left yet."""
        same = (
            (outbox.c.chat == letter.chat)
            & (outbox.c.card == letter.card)
            & (outbox.c.state == "new")
            & (outbox.c.step == 0)
        )
        repeats = letter.dedupe is not None and await self._known(letter)
        if not repeats:
            await self._end(same, "dead", "superseded")

    async def _known(self, letter: Letter) -> bool:
        same = (outbox.c.chat == letter.chat) & (outbox.c.dedupe == letter.dedupe)
        return (await self.connection.execute(select(outbox.c.id).where(same))).first() is not None

    async def heads(
        self, *, busy: Collection[int], limit: int, in_flight: bool = False
    ) -> list[int]:
        """The first due letter of each chat that is not ``busy``, those put earliest first.

        A letter that failed and waits for its next try holds back those after it. A suspect of
        killing the process goes before all others and alone: when nothing is ``in_flight``.
        """
        now = self.clock.now()
        due = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now)
        first = (
            select(func.min(outbox.c.id).label("id"))
            .where(outbox.c.state == "new", due, outbox.c.chat.not_in(busy))
            .group_by(outbox.c.chat)
            .subquery()
        )
        statement = (
            select(outbox.c.id, outbox.c.crashes >= SUSPECTED)
            .join(first, first.c.id == outbox.c.id)
            .where(or_(outbox.c.next_try.is_(None), outbox.c.next_try <= now))
            .order_by(outbox.c.crashes < SUSPECTED, outbox.c.id)
            .limit(limit)
        )
        found = (await self.connection.execute(statement)).all()
        if found and found[0][1]:
            return [] if in_flight else [found[0][0]]
        return [row for row, _ in found]

    async def lease(self, rows: Sequence[int]) -> list[Posted]:
        """Mark letters as being sent; those too late or to a closed chat end here instead."""
        now = self.clock.now()
        chosen = outbox.c.id.in_(rows) & (outbox.c.state == "new")
        closed = select(destinations.c.chat).where(destinations.c.on.is_(False))
        late, off = outbox.c.expires_at < now, outbox.c.chat.in_(closed)
        unfit = select(outbox.c.id).where(chosen, late | off).limit(1)
        if (await self.connection.execute(unfit)).first() is not None:
            await self._end(chosen & late, "dead", "expired")
            await self._end(chosen & off, "dead", "destination off")
        held = {"state": "sending", "lease": now + LEASE}
        await self.connection.execute(update(outbox).where(chosen).values(held))
        found = await self.connection.execute(
            select(outbox, cards.c.message.label("card_message"))
            .outerjoin(cards, (cards.c.card == outbox.c.card) & (cards.c.chat == outbox.c.chat))
            .where(outbox.c.id.in_(rows), outbox.c.state == "sending")
            .order_by(outbox.c.id)
        )
        return [posted_of(row) for row in found]

    async def sent(self, calls: Sequence[Sent]) -> None:
        """Write down acknowledged calls, and which message shows which card."""
        for statement, last in ((self._ended(), True), (WENT_ON, False)):
            rows = [acknowledged(call) for call in calls if call.last is last]
            if rows:
                await self.connection.execute(statement, rows)
        shown = {
            (call.letter.card, call.letter.chat): card_of(call)
            for call in calls
            if call.letter.card is not None and call.message is not None
        }
        if shown:
            await self.connection.execute(upsert(cards, list(shown.values()), self.connection))

    def _ended(self) -> Update:
        values = {"state": "sent", "view": "{}", "lease": None, "ended_at": self.clock.now()}
        return WENT_ON.values(values)

    async def again(
        self, row: int, *, next_try: datetime, error: str, ambiguous: bool = False
    ) -> None:
        """Back into its place in the queue, for one more try."""
        values: dict[str, Any] = {
            "state": "new",
            "lease": None,
            "attempts": outbox.c.attempts + 1,
            "next_try": next_try,
            "error": error,
        }
        if ambiguous:
            values["ambiguous"] = True
        await self.connection.execute(update(outbox).where(outbox.c.id == row).values(values))

    async def untouched(self, rows: Sequence[int]) -> None:
        """Give back letters that were leased and never left."""
        values = {"state": "new", "lease": None}
        mine = outbox.c.id.in_(rows) & (outbox.c.state == "sending")
        await self.connection.execute(update(outbox).where(mine).values(values))

    async def give_up(self, row: int, *, state: str, error: str) -> None:
        await self._end(outbox.c.id == row, state, error)

    async def recover(self) -> int:
        """After a crash: what was being sent is sent once more a crash; how many letters."""
        sending = outbox.c.state == "sending"
        await self._end(sending & (outbox.c.crashes >= CRASHES), "unknown", "crashes")
        values = {"state": "new", "lease": None, "crashes": outbox.c.crashes + 1}
        return (
            await self.connection.execute(update(outbox).where(sending).values(values))
        ).rowcount

    async def counts(self) -> Mapping[str, int]:
        """How many letters are in each state."""
        statement = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        return {row[0]: row[1] for row in await self.connection.execute(statement)}

    async def prune(self) -> int:
        old = outbox.c.ended_at < self.clock.now() - KEPT
        return (await self.connection.execute(delete(outbox).where(old))).rowcount

    async def _end(self, which: ColumnElement[bool], state: str, error: str) -> None:
        statement = ended(which, state=state, error=error, at=self.clock.now())
        await self.connection.execute(statement)
