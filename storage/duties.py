"""Entries of the journal of own duties; what else is known of duties is read by their traces."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analyses.period import terms_of
from services.analyses.statements import terms
from services.completeness.extent import Scope
from services.duties.demanding import Studies
from services.duties.duty import Demand, Entry, Trace, What
from services.ids import PersonId, SchoolId
from services.periods import Span
from storage.duty_traces import Traces
from storage.measures import StoredMeasures
from storage.schema.duties import duty_entries

STUDIED = """
SELECT d.day, MAX(d.school_day) AS studied,
       MAX(CASE WHEN d.off = 0 AND d.day % 7 <> 0 THEN 1 ELSE 0 END) AS open_day
FROM journal_class_days AS d
WHERE d.school = :school AND d.day BETWEEN :first_day AND :last_day
GROUP BY d.day
"""
KNOWN = """
SELECT EXISTS (SELECT 1 FROM journal_timetable_slots WHERE school = :school) AS timetable,
       EXISTS (SELECT 1 FROM journal_class_days WHERE school = :school) AS calendar
"""
"""Without a timetable a day that the calendar does not close is one of lessons, Sundays aside."""


@dataclass(frozen=True, slots=True)
class StoredDuties:
    connection: AsyncConnection

    async def studies(self, school: SchoolId, span: Span) -> Studies | None:
        measures = StoredMeasures(self.connection)
        [known] = await measures.rows(KNOWN, school, Scope(), {})
        if not known["calendar"]:
            return None
        scope = Scope(first=span.first, last=span.last)
        rows = await measures.rows(STUDIED, school, scope, {})
        days = (
            row["day"]
            for row in rows
            if row["studied"] or (row["open_day"] and not known["timetable"])
        )
        found = await measures.rows(terms.STATEMENT, school, Scope(), {})
        return Studies(frozenset(days), terms_of(found))

    async def traces(self, school: SchoolId, what: What, demand: Demand) -> Sequence[Trace]:
        return await Traces(self.connection, school, demand).of(what)

    async def entries(self, school: SchoolId) -> Sequence[Entry]:
        table = duty_entries.c
        kept = (
            select(duty_entries)
            .where(table.school == school, table.undone_at.is_(None))
            .order_by(table.number)
        )
        return [
            Entry(
                school=school,
                clause=row.clause,
                period=row.period,
                day=row.day,
                text=row.text,
                proof=row.proof,
                person=PersonId(row.person),
                at=row.at,
                number=row.number,
            )
            for row in await self.connection.execute(kept)
        ]

    async def add(self, entry: Entry) -> Entry:
        last = select(func.coalesce(func.max(duty_entries.c.number), 0)).where(
            duty_entries.c.school == entry.school
        )
        row = {
            "school": entry.school,
            "number": last.scalar_subquery() + 1,
            "clause": entry.clause,
            "period": entry.period,
            "day": entry.day,
            "text": entry.text,
            "proof": entry.proof,
            "person": entry.person,
            "at": entry.at,
        }
        added = insert(duty_entries).values(row).returning(duty_entries.c.number)
        return replace(entry, number=(await self.connection.execute(added)).scalar_one())

    async def withdraw(self, school: SchoolId, number: int, by: PersonId, at: datetime) -> bool:
        table = duty_entries.c
        standing = (table.school == school) & (table.number == number) & table.undone_at.is_(None)
        gone = update(duty_entries).where(standing).values(undone_at=at, undone_by=by)
        return (await self.connection.execute(gone)).rowcount == 1

    async def said_by(self, school: SchoolId, person: PersonId) -> Sequence[str]:
        """A person's own words, withdrawn ones too, each with what proves it."""
        table = duty_entries.c
        own = (
            select(table.text, table.proof)
            .where(table.school == school, table.person == person)
            .order_by(table.number)
        )
        rows = await self.connection.execute(own)
        return [" · ".join(part for part in (row.text, row.proof) if part) for row in rows]
