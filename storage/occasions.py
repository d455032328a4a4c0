"""What may have moved the indices: changes of rules, outages of the journal, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.cuts.trend import Kind, Occasion
from services.decisions.decision import State
from services.ids import SchoolId
from services.periods import Span
from storage.schema.decisions import decisions
from storage.schema.journal import rule_passports
from storage.schema.outages import outages
from storage.schema.people import schools


@dataclass(frozen=True, slots=True)
class StoredOccasions:
    connection: AsyncConnection

    async def between(self, school: SchoolId, span: Span) -> Sequence[Occasion]:
        """By days of the school's zone; a rule is at the day from which its change holds."""
        found = select(schools.c.timezone).where(schools.c.id == school)
        zone = ZoneInfo((await self.connection.execute(found)).scalar_one())
        changes = select(
            rule_passports.c.rule, rule_passports.c.since, rule_passports.c.changed_at
        ).where(rule_passports.c.school == school)
        broken = select(outages.c.begins).where(
            outages.c.school == school, outages.c.undone_at.is_(None)
        )
        occasions = [
            Occasion(
                row.since or row.changed_at.astimezone(zone).date().toordinal(), Kind.RULE, row.rule
            )
            for row in await self.connection.execute(changes)
        ] + [
            Occasion(row.begins.astimezone(zone).date().toordinal(), Kind.OUTAGE)
            for row in await self.connection.execute(broken)
        ]
        occasions += await self._decisions(school, zone)
        return [one for one in occasions if span.holds(one.day)]

    async def _decisions(self, school: SchoolId, zone: ZoneInfo) -> list[Occasion]:
        """The days on which each was set and closed; those taken back moved nothing."""
        table = decisions.c
        standing = select(table.number, table.set_at, table.closed_at).where(
            table.school == school, table.state != State.WITHDRAWN.value
        )
        return [
            Occasion(moment.astimezone(zone).date().toordinal(), kind, str(row.number))
            for row in await self.connection.execute(standing)
            for kind, moment in ((Kind.DECIDED, row.set_at), (Kind.CLOSED, row.closed_at))
            if moment is not None
        ]
