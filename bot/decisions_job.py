"""Decisions by the clock: owners who left, reminders, escalation, scenarios whose day came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.schedule import Due
from services.decisions.reminding import Reminding
from services.decisions.scenarios import Latest, compare, due_scenarios
from storage.database import Database

EVERY = 15
"""Minutes between two looks."""
KEPT = timedelta(days=2)
"""For how long the ledger remembers a look."""


@dataclass(frozen=True, slots=True)
class DecisionDays:
    """Due every quarter of an hour in each school with open decisions.

    A look slept through is made up for by the next one: what an owner was told is kept with them.
    """

    database: Database
    digests: Latest
    name: str = "decision days"

    async def due(self, now: datetime) -> Sequence[Due]:
        async with self.database.reading() as work:
            return [Due(school, _period(now)) for school in await work.decisions.schools()]

    async def run(self, due: Due) -> None:
        now = self.database.clock.now()
        async with self.database.reading() as work:
            waiting = await due_scenarios(work, due.school, now)
        kept = await self.digests.latest(due.school) if waiting else None
        async with self.database.aside() as work:
            if await work.job_runs.claim(self.name, due.school, due.period):
                await Reminding(work, due.school, now).look()
                await compare(work, due.school, kept.week if kept else None, now)
                await work.job_runs.forget(self.name, due.school, before=now - KEPT)


def _period(now: datetime) -> str:
    here = now.astimezone(UTC)
    return f"{here.replace(minute=here.minute - here.minute % EVERY):%Y-%m-%dT%H:%M}"
