"""Letters on disk: put in the transaction of what they tell, ended when the messenger has them."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Update, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.clock import Clock
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from storage.schema.process import cards, destinations, outbox
from storage.statements import insert_each_once, upsert

KEPT = timedelta(days=30)
LEASE = timedelta(minutes=2)
SUSPECTED = 3
"""Crashes after which a letter that was on its way is sent alone, so the others are innocent."""
CRASHES = 20
"""How often a letter found on its way after a crash is sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A letter on its way: ``step`` calls of it are acknowledged, ``message`` is its card's."""

    row: int
    letter: Letter
    step: int
    attempts: int
    ambiguous: bool
    message: str | None
    put_at: datetime
    suspect: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One acknowledged call: ``message`` is what the messenger calls the new message."""

    row: int
    letter: Letter
    step: int
    last: bool
    message: str | None


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
        rows = [_row(letter, now) for letter in letters]
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
        return [_posted(row) for row in found]

    async def sent(self, calls: Sequence[Sent]) -> None:
        """Write down acknowledged calls, and which message shows which card."""
        for statement, last in ((self._ended(), True), (_WENT_ON, False)):
            rows = [_acknowledged(call) for call in calls if call.last is last]
            if rows:
                await self.connection.execute(statement, rows)
        shown = {
            (call.letter.card, call.letter.chat): _card(call)
            for call in calls
            if call.letter.card is not None and call.message is not None
        }
        if shown:
            await self.connection.execute(upsert(cards, list(shown.values()), self.connection))

    def _ended(self) -> Update:
        values = {"state": "sent", "view": "{}", "lease": None, "ended_at": self.clock.now()}
        return _WENT_ON.values(values)

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

    async def forget_card(self, card: str, chat: int) -> None:
        same = (cards.c.card == card) & (cards.c.chat == chat)
        await self.connection.execute(delete(cards).where(same))

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
            await self._end(waiting, "dead", "destination off")
        return True

    async def closed(self) -> set[int]:
        statement = select(destinations.c.chat).where(destinations.c.on.is_(False))
        return set((await self.connection.execute(statement)).scalars())

    async def rebind(self, old: int, new: int) -> None:
        """A group became a supergroup: its queue goes there, its cards are shown anew."""
        moving = outbox.c.state.in_(("new", "sending"))
        twice = select(outbox.c.dedupe).where(outbox.c.chat == new, outbox.c.dedupe.is_not(None))
        ours = (outbox.c.chat == old) & moving
        await self._end(ours & outbox.c.dedupe.in_(twice), "dead", "moved")
        values = {"chat": new, "reply_to": None}
        await self.connection.execute(update(outbox).where(ours, moving).values(values))
        await self.connection.execute(delete(cards).where(cards.c.chat == old))
        await self.connection.execute(delete(destinations).where(destinations.c.chat == old))

    async def counts(self) -> Mapping[str, int]:
        """How many letters are in each state."""
        statement = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        return {row[0]: row[1] for row in await self.connection.execute(statement)}

    async def prune(self) -> int:
        old = outbox.c.ended_at < self.clock.now() - KEPT
        return (await self.connection.execute(delete(outbox).where(old))).rowcount

    async def _end(self, which: ColumnElement[bool], state: str, error: str) -> None:
        values = {
            "state": state,
            "error": error,
            "view": "{}",
            "lease": None,
            "ended_at": self.clock.now(),
        }
        await self.connection.execute(update(outbox).where(which).values(values))


def _row(letter: Letter, now: datetime) -> dict[str, Any]:
    return {
        "school": letter.school,
        "chat": letter.chat,
        "kind": letter.kind,
        "view": json.dumps(dict(letter.view)),
        "dedupe": letter.dedupe,
        "card": letter.card,
        "reply_to": letter.reply_to,
        "not_before": letter.not_before,
        "expires_at": letter.expires_at,
        "put_at": now,
    }


_WENT_ON = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(step=bindparam("at"), message=bindparam("reference"))
)


def _acknowledged(call: Sent) -> dict[str, Any]:
    return {"row": call.row, "at": call.step, "reference": call.message}


def _card(call: Sent) -> dict[str, Any]:
    letter = call.letter
    return {
        "card": letter.card,
        "chat": letter.chat,
        "school": letter.school,
        "message": call.message,
    }


def _posted(row: Row[Any]) -> Posted:
    letter = Letter(
        school=None if row.school is None else SchoolId(row.school),
        chat=ChatId(row.chat),
        kind=row.kind,
        view=json.loads(row.view),
        dedupe=row.dedupe,
        card=row.card,
        reply_to=row.reply_to,
        not_before=row.not_before,
        expires_at=row.expires_at,
    )
    return Posted(
        row=row.id,
        letter=letter,
        step=row.step,
        attempts=row.attempts,
        ambiguous=row.ambiguous,
        message=row.card_message,
        put_at=row.put_at,
        suspect=row.crashes >= SUSPECTED,
    )
