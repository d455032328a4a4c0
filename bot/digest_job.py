"""The weekly digest as a job of the schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.schedule import Due, Weekly
from services.clock import Clock
from services.digest_letters import DigestLetters
from services.digest_schedule import JOB, DigestSchedule
from services.ids import SchoolId
from services.periods import week_name
from services.schools import School
from storage.database import Database


@dataclass(frozen=True, slots=True)
class WeeklyDigest:
    """Due at each school's own hour; what came due before a school existed is not caught up."""

    schedule: DigestSchedule
    name: str = JOB

    async def due(self, now: datetime) -> Sequence[Due]:
        found: list[Due] = []
        for school, since in await self.schedule.schools():
            moment = _hour(school).latest(now)
            if moment >= since:
                week = self.schedule.week_at(moment, school)
                found.append(Due(school.id, week_name(week.first)))
        return found

    async def run(self, due: Due) -> None:
        await self.schedule.send(await self._school(due.school), due.period)

    async def _school(self, wanted: SchoolId) -> School:
        schools = await self.schedule.schools()
        return next(school for school, _ in schools if school.id == wanted)


def _hour(school: School) -> Weekly:
    return Weekly(school.digest.weekday, time(school.digest.hour), ZoneInfo(school.timezone))


def weekly_digest(database: Database, clock: Clock, letters: DigestLetters) -> WeeklyDigest:
    return WeeklyDigest(
        DigestSchedule(
            letters=letters,
            unit_of_work=database.unit_of_work,
            reading=database.reading,
            clock=clock,
        )
    )
