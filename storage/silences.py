"""Silences of reminders, kept for good: who set each, why, and till when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.ids import PersonId, SchoolId
from services.reminding.silence import Covered, Silence, SilenceNumber
from storage.schema.reminding import silences


@dataclass(frozen=True, slots=True)
class StoredSilences:
    connection: AsyncConnection

    async def add(self, silence: Silence) -> Silence:
        own = silences.c.school == silence.school
        last = select(func.coalesce(func.max(silences.c.number), 0)).where(own)
        row = _row(silence) | {"number": last.scalar_subquery() + 1}
        added = insert(silences).values(row).returning(silences.c.number)
        number = (await self.connection.execute(added)).scalar_one()
        return replace(silence, number=SilenceNumber(number))

    async def end(self, silence: Silence) -> None:
        same = (silences.c.school == silence.school) & (silences.c.number == silence.number)
        values = {"ended_by": silence.ended_by, "ended_at": silence.ended_at}
        await self.connection.execute(update(silences).where(same).values(values))

    async def get(self, school: SchoolId, number: SilenceNumber) -> Silence | None:
        same = (silences.c.school == school) & (silences.c.number == number)
        row = (await self.connection.execute(select(silences).where(same))).first()
        return None if row is None else _silence(row)

    async def active(self, school: SchoolId, today: int) -> Sequence[Silence]:
        holds = silences.c.ended_at.is_(None) & (silences.c.until >= today)
        statement = (
            select(silences)
            .where(silences.c.school == school, holds)
            .order_by(silences.c.until, silences.c.number)
        )
        return [_silence(row) for row in await self.connection.execute(statement)]

    async def ended(self, school: SchoolId, today: int, *, limit: int) -> Sequence[Silence]:
        over = or_(silences.c.ended_at.is_not(None), silences.c.until < today)
        statement = (
            select(silences)
            .where(silences.c.school == school, over)
            .order_by(silences.c.number.desc())
            .limit(limit)
        )
        return [_silence(row) for row in await self.connection.execute(statement)]


def _row(silence: Silence) -> dict[str, Any]:
    return {
        "school": silence.school,
        "rule": silence.covered.rule,
        "class_unit": silence.covered.class_unit,
        "staff": silence.covered.staff,
        "subject": silence.covered.subject,
        "until": silence.until,
        "reason": silence.reason,
        "set_by": silence.set_by,
        "set_at": silence.set_at,
    }


def _silence(row: Row[Any]) -> Silence:
    return Silence(
        school=SchoolId(row.school),
        number=SilenceNumber(row.number),
        covered=Covered(row.rule, row.class_unit, row.staff, row.subject),
        until=row.until,
        reason=row.reason,
        set_by=PersonId(row.set_by),
        set_at=row.set_at,
        ended_by=None if row.ended_by is None else PersonId(row.ended_by),
        ended_at=row.ended_at,
    )
