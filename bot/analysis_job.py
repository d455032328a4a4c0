"""Analyses as jobs of the schedule: drafts, reminders, re-checks."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.schedule import Due
from services.analyses.schedule import (
    DRAFTS,
    RECHECKS,
    REMINDERS,
    AnalysisSchedule,
    DuePeriod,
)


@dataclass(frozen=True, slots=True)
class AnalysisJob:
    """One of the three: what is due of it, and how it is done."""

    name: str
    look: Callable[[datetime], Awaitable[Sequence[DuePeriod]]]
    act: Callable[[DuePeriod], Awaitable[None]]

    async def due(self, now: datetime) -> Sequence[Due]:
        return [Due(one.school, one.name) for one in await self.look(now)]

    async def run(self, due: Due) -> None:
        await self.act(DuePeriod(due.school, due.period))


def analysis_jobs(schedule: AnalysisSchedule) -> list[AnalysisJob]:
    return [
        AnalysisJob(DRAFTS, schedule.drafts_due, schedule.draft),
        AnalysisJob(REMINDERS, schedule.reminders_due, schedule.remind),
        AnalysisJob(RECHECKS, schedule.rechecks_due, schedule.recheck),
    ]
