"""What was asked is not kept for ever: a job of the schedule, every night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.schedule import Due
from services.consultation.retention import forget
from storage.database import Database

AT = time(3, 45)


@dataclass(frozen=True, slots=True)
class ForgetQuestions:
    """Due once a night in every school; a night slept through is made up for by the next one."""

    database: Database
    name: str = "forget questions"

    async def due(self, now: datetime) -> Sequence[Due]:
        async with self.database.reading() as work:
            schools = await work.digests.schools()
        nights = ((school.id, night_of(now, ZoneInfo(school.timezone))) for school, _ in schools)
        return [Due(school, night) for school, night in nights]

    async def run(self, due: Due) -> None:
        async with self.database.aside() as work:
            await work.job_runs.claim(self.name, due.school, due.period)
            await forget(work, due.school, self.database.clock.now())


def night_of(now: datetime, zone: ZoneInfo) -> str:
    """The day whose night has come to its hour."""
    here = now.astimezone(zone)
    day = here.date() if here.time() >= AT else here.date() - timedelta(days=1)
    return f"{day:%Y-%m-%d}"
