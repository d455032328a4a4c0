"""Outages that end by the clock, and findings that a sudden end left behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.schedule import Due
from services.helpdesk.outage import Outage, OutageNumber
from services.helpdesk.outages import Outages, finish
from storage.database import Database

SETTLES = timedelta(minutes=2)
"""For so long whoever changed an outage looks at the findings."""
ENDS, FINDINGS = "end", "findings"


@dataclass(frozen=True, slots=True)
class OutageEnds:
    """Due when an outage whose end was named has ended, and when its findings were left behind."""

    database: Database
    outages: Outages
    name: str = "outage ends"

    async def due(self, now: datetime) -> Sequence[Due]:
        async with self.database.reading() as work:
            found = await work.outages.unsettled(now)
        return [due for one in found for due in _dues(one, now)]

    async def run(self, due: Due) -> None:
        what, number, _ = due.period.split(":")
        now = self.database.clock.now()
        async with self.database.aside() as work:
            outage = await work.outages.get(due.school, OutageNumber(int(number)))
            if outage is None:
                raise LookupError(due.period)
            if what == ENDS:
                await work.job_runs.claim(self.name, due.school, due.period)
                await finish(work, outage, now, by=None)
        if what == FINDINGS:
            await self.outages.look_at(outage)
            async with self.database.aside() as work:
                await work.job_runs.claim(self.name, due.school, due.period)


def _dues(outage: Outage, now: datetime) -> Sequence[Due]:
    dues = []
    over = outage.undone_at is None and outage.told_at is None and outage.over(now)
    if over:
        dues.append(Due(outage.school, f"{ENDS}:{outage.number}:{outage.revision}"))
    if outage.looked < outage.revision and now - outage.changed_at >= SETTLES:
        dues.append(Due(outage.school, f"{FINDINGS}:{outage.number}:{outage.revision}"))
    return dues
