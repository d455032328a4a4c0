"""Decisions with their owners, steps and proofs."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.decisions.decision import (
    Decision,
    DecisionEvent,
    DecisionNumber,
    EventId,
    Owner,
    OwnerState,
    State,
)
from services.helpdesk.tickets import Attachment, FileKind
from services.ids import PersonId, SchoolId
from storage.decision_rows import decision_of, event_of, owner_of, row_of
from storage.schema.decisions import (
    decision_events,
    decision_files,
    decision_owners,
    decisions,
)

Numbered = Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class StoredDecisions:
    connection: AsyncConnection

    async def add(self, decision: Decision) -> Decision:
        last = select(func.coalesce(func.max(decisions.c.number), 0)).where(
            decisions.c.school == decision.school
        )
        row = row_of(decision) | {"number": last.scalar_subquery() + 1}
        added = insert(decisions).values(row).returning(decisions.c.number)
        number = DecisionNumber((await self.connection.execute(added)).scalar_one())
        made = replace(decision, number=number)
        await self._put_owners(made)
        return made

    async def save(self, decision: Decision) -> None:
        same = _same(decision.school, decision.number)
        await self.connection.execute(update(decisions).where(same).values(row_of(decision)))
        await self._put_owners(decision)

    async def get(self, school: SchoolId, number: DecisionNumber) -> Decision | None:
        rows = await self.connection.execute(select(decisions).where(_same(school, number)))
        found = await self._with_owners(rows.all())
        return found[0] if found else None

    async def take(self, school: SchoolId, number: DecisionNumber) -> Decision | None:
        held = select(decisions.c.number).where(_same(school, number)).with_for_update()
        await self.connection.execute(held)
        return await self.get(school, number)

    async def list(
        self, school: SchoolId, states: Collection[State], *, owner: PersonId | None = None
    ) -> Sequence[Decision]:
        wanted = decisions.c.state.in_([one.value for one in states])
        every = select(decisions).where(decisions.c.school == school, wanted)
        if owner is not None:
            mine = select(decision_owners.c.number).where(
                decision_owners.c.school == school,
                decision_owners.c.person == owner,
                decision_owners.c.state != OwnerState.GONE.value,
            )
            every = every.where(decisions.c.number.in_(mine))
        rows = await self.connection.execute(every.order_by(decisions.c.due, decisions.c.number))
        return await self._with_owners(rows.all())

    async def between(
        self, school: SchoolId, since: datetime, until: datetime
    ) -> Sequence[Decision]:
        table = decisions.c
        was_set = (table.set_at >= since) & (table.set_at < until)
        was_closed = (table.closed_at >= since) & (table.closed_at < until)
        touched = (
            select(decisions)
            .where(table.school == school, table.state != State.WITHDRAWN.value)
            .where(or_(was_set, was_closed))
            .order_by(table.number)
        )
        return await self._with_owners((await self.connection.execute(touched)).all())

    async def last_step(self, school: SchoolId) -> int:
        """A number that grows with every step of a decision; 0 where there was none."""
        last = select(func.max(decision_events.c.id)).where(decision_events.c.school == school)
        return (await self.connection.execute(last)).scalar() or 0

    async def record(self, school: SchoolId, event: DecisionEvent) -> DecisionEvent:
        row = {
            "school": school,
            "number": event.number,
            "person": event.person,
            "what": event.what.value,
            "at": event.at,
            "words": event.words,
            "facts": json.dumps(dict(event.facts), ensure_ascii=False),
            "before": None if event.before is None else json.dumps(dict(event.before)),
            "undone": False,
        }
        added = insert(decision_events).values(row).returning(decision_events.c.id)
        number = (await self.connection.execute(added)).scalar_one()
        files = [
            {
                "event": number,
                "part": part,
                "kind": one.kind.value,
                "file_id": one.file_id,
                "unique_id": one.unique_id,
            }
            for part, one in enumerate(event.files, 1)
        ]
        if files:
            await self.connection.execute(insert(decision_files), files)
        return replace(event, id=EventId(number))

    async def events(self, school: SchoolId, number: DecisionNumber) -> Sequence[DecisionEvent]:
        table = decision_events.c
        mine = (table.school == school) & (table.number == number)
        rows = await self.connection.execute(select(decision_events).where(mine).order_by(table.id))
        proofs = (
            select(decision_files)
            .join(decision_events, table.id == decision_files.c.event)
            .where(mine)
            .order_by(decision_files.c.event, decision_files.c.part)
        )
        files: dict[int, list[Attachment]] = defaultdict(list)
        for row in await self.connection.execute(proofs):
            kind = FileKind(row.kind)
            files[row.event].append(
                Attachment(kind=kind, file_id=row.file_id, unique_id=row.unique_id)
            )
        return [event_of(row, files.get(row.id, [])) for row in rows]

    async def mark_undone(self, event: EventId) -> None:
        undone = update(decision_events).where(decision_events.c.id == event).values(undone=True)
        await self.connection.execute(undone)

    async def schools(self) -> Sequence[SchoolId]:
        waiting = (
            select(decisions.c.school)
            .where(decisions.c.state.in_([State.OPEN.value, State.DONE.value]))
            .group_by(decisions.c.school)
            .order_by(decisions.c.school)
        )
        return [SchoolId(one) for one in (await self.connection.execute(waiting)).scalars()]

    async def said_by(self, school: SchoolId, person: PersonId) -> Sequence[str]:
        own = (
            select(decisions.c.text)
            .where(decisions.c.school == school, decisions.c.set_by == person)
            .order_by(decisions.c.number)
        )
        said = (
            select(decision_events.c.words)
            .where(
                decision_events.c.school == school,
                decision_events.c.person == person,
                decision_events.c.words != "",
            )
            .order_by(decision_events.c.id)
        )
        texts = (await self.connection.execute(own)).scalars().all()
        return [*texts, *(await self.connection.execute(said)).scalars()]

    async def erase_words_of(self, person: PersonId) -> None:
        mine = select(decision_events.c.id).where(decision_events.c.person == person)
        await self.connection.execute(
            delete(decision_files).where(decision_files.c.event.in_(mine))
        )
        said = update(decision_events).where(decision_events.c.person == person)
        await self.connection.execute(said.values(words=""))

    async def _put_owners(self, decision: Decision) -> None:
        mine = (decision_owners.c.school == decision.school) & (
            decision_owners.c.number == decision.number
        )
        await self.connection.execute(delete(decision_owners).where(mine))
        rows = [
            {
                "school": decision.school,
                "number": decision.number,
                "position": position,
                "person": one.person,
                "state": one.state.value,
                "told": one.told,
                "asks": one.asks,
            }
            for position, one in enumerate(decision.owners)
        ]
        if rows:
            await self.connection.execute(insert(decision_owners), rows)

    async def _with_owners(self, rows: Numbered) -> Sequence[Decision]:
        if not rows:
            return []
        table = decision_owners.c
        numbers = [row.number for row in rows]
        theirs = (
            select(decision_owners)
            .where(table.school == rows[0].school, table.number.in_(numbers))
            .order_by(table.number, table.position)
        )
        owners: dict[int, list[Owner]] = defaultdict(list)
        for row in await self.connection.execute(theirs):
            owners[row.number].append(owner_of(row))
        return [decision_of(row, tuple(owners[row.number])) for row in rows]


def _same(school: SchoolId, number: DecisionNumber) -> ColumnElement[bool]:
    return (decisions.c.school == school) & (decisions.c.number == number)
