"""Outages of the journal with the tickets that joined them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.completeness.extent import Scope
from services.helpdesk.outage import Bell, Outage, OutageNumber
from services.helpdesk.tickets import TicketNumber
from services.ids import PersonId, SchoolId
from storage.measures import StoredMeasures
from storage.schema.outages import outage_tickets, outages
from storage.statements import insert_once

BELLS = """
SELECT b.number, MIN(b.begins) AS begins FROM journal_bells AS b
WHERE b.school = :school GROUP BY b.number ORDER BY b.number
"""
_STANDS = outages.c.undone_at.is_(None)


@dataclass(frozen=True, slots=True)
class StoredOutages:
    connection: AsyncConnection

    async def add(self, outage: Outage) -> Outage:
        last = select(func.coalesce(func.max(outages.c.number), 0)).where(
            outages.c.school == outage.school
        )
        row = _row(outage) | {"number": last.scalar_subquery() + 1}
        added = insert(outages).values(row).returning(outages.c.number)
        number = (await self.connection.execute(added)).scalar_one()
        return replace(outage, number=OutageNumber(number))

    async def save(self, outage: Outage) -> None:
        same = _same(outage.school, outage.number)
        await self.connection.execute(update(outages).where(same).values(_row(outage)))

    async def get(self, school: SchoolId, number: OutageNumber) -> Outage | None:
        row = (await self.connection.execute(select(outages).where(_same(school, number)))).first()
        return None if row is None else _outage(row)

    async def between(self, school: SchoolId, since: datetime, until: datetime) -> Sequence[Outage]:
        touching = (
            select(outages)
            .where(outages.c.school == school, _STANDS, outages.c.begins < until)
            .where(or_(outages.c.ends.is_(None), outages.c.ends > since))
            .order_by(outages.c.begins)
        )
        return [_outage(row) for row in await self.connection.execute(touching)]

    async def latest(self, school: SchoolId, *, limit: int) -> Sequence[Outage]:
        last = (
            select(outages)
            .where(outages.c.school == school, _STANDS)
            .order_by(outages.c.begins.desc())
            .limit(limit)
        )
        return [_outage(row) for row in await self.connection.execute(last)]

    async def unsettled(self, now: datetime) -> Sequence[Outage]:
        untold = _STANDS & outages.c.told_at.is_(None) & (outages.c.ends <= now)
        changed = outages.c.looked < outages.c.revision
        waiting = (
            select(outages).where(or_(untold, changed)).order_by(outages.c.school, outages.c.number)
        )
        return [_outage(row) for row in await self.connection.execute(waiting)]

    async def looked_at(self, outage: Outage) -> None:
        """A later revision waits for a look of its own."""
        same = _same(outage.school, outage.number) & (outages.c.looked < outage.revision)
        looked = update(outages).where(same).values(looked=outage.revision)
        await self.connection.execute(looked)

    async def join(self, outage: Outage, ticket: TicketNumber) -> bool:
        row = {"school": outage.school, "outage": outage.number, "number": ticket}
        statement = insert_once(outage_tickets, [row], self.connection)
        added = statement.returning(outage_tickets.c.number)
        return (await self.connection.execute(added)).first() is not None

    async def joined(self, school: SchoolId, number: OutageNumber) -> Sequence[TicketNumber]:
        mine = (outage_tickets.c.school == school) & (outage_tickets.c.outage == number)
        found = select(outage_tickets.c.number).where(mine).order_by(outage_tickets.c.number)
        return [TicketNumber(one) for one in (await self.connection.execute(found)).scalars()]

    async def outage_of(self, school: SchoolId, ticket: TicketNumber) -> OutageNumber | None:
        same = (outage_tickets.c.school == school) & (outage_tickets.c.number == ticket)
        found = (
            await self.connection.execute(select(outage_tickets.c.outage).where(same))
        ).scalar()
        return None if found is None else OutageNumber(found)

    async def release(self, school: SchoolId, number: OutageNumber) -> None:
        mine = (outage_tickets.c.school == school) & (outage_tickets.c.outage == number)
        await self.connection.execute(delete(outage_tickets).where(mine))

    async def bells(self, school: SchoolId) -> Sequence[Bell]:
        found = await StoredMeasures(self.connection).rows(BELLS, school, Scope(), {})
        return [Bell(row["number"], row["begins"]) for row in found]


def _same(school: SchoolId, number: OutageNumber) -> ColumnElement[bool]:
    return (outages.c.school == school) & (outages.c.number == number)


def _row(outage: Outage) -> dict[str, Any]:
    return {
        "school": outage.school,
        "number": outage.number,
        "begins": outage.begins,
        "ends": outage.ends,
        "declared_by": outage.declared_by,
        "declared_at": outage.declared_at,
        "changed_at": outage.changed_at,
        "told_at": outage.told_at,
        "undone_at": outage.undone_at,
        "revision": outage.revision,
        "looked": outage.looked,
    }


def _outage(row: Row[Any]) -> Outage:
    return Outage(
        school=SchoolId(row.school),
        number=OutageNumber(row.number),
        begins=row.begins,
        ends=row.ends,
        declared_by=PersonId(row.declared_by),
        declared_at=row.declared_at,
        changed_at=row.changed_at,
        told_at=row.told_at,
        undone_at=row.undone_at,
        revision=row.revision,
        looked=row.looked,
    )
