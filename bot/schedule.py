"""Work by the clock: a ticker that asks what is due, and a ledger that makes it happen once.

Nothing is planned in memory. At every tick (and when something rings) each job derives from the
present moment and the ledger which periods are due; a period missed while the program was down is
therefore seen at the next start, and one already in the ledger never comes again, whatever the
clock does.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.backoff import seconds
from bot.logs import doing
from services.clock import Clock
from services.ids import SchoolId
from storage.database import Database

log = logging.getLogger(__name__)

TICK = 30
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class Due:
    """One period of one school's job, say «2026-W47»."""

    school: SchoolId
    period: str


class Job(Protocol):
    """Something done once a period."""

    @property
    def name(self) -> str: ...

    async def due(self, now: datetime) -> Sequence[Due]:
        """The periods whose hour has come; those already in the ledger may be among them."""
        ...

    async def run(self, due: Due) -> None:
        """Do it, claiming the period in the ledger in the transaction of its letters."""
        ...


@dataclass(frozen=True, slots=True)
class Weekly:
    """An hour of the school's week: ``weekday`` 0 is Monday; in a DST gap the hour just after."""

    weekday: int
    at: time
    zone: ZoneInfo

    def latest(self, now: datetime) -> datetime:
        """The last such hour that is not after ``now``, in UTC."""
        here = now.astimezone(self.zone)
        day = here.date() - timedelta(days=(here.weekday() - self.weekday) % 7)
        planned = self._on(day)
        return planned if planned <= now else self._on(day - timedelta(days=7))

    def following(self, now: datetime) -> datetime:
        """The first such hour after ``now``, in UTC."""
        here = self.latest(now).astimezone(self.zone).date()
        return self._on(here + timedelta(days=7))

    def _on(self, day: date) -> datetime:
        return datetime.combine(day, self.at, self.zone).astimezone(UTC)


def week_of(moment: datetime, zone: ZoneInfo) -> str:
    """The ISO week of a moment in the school's zone: «2026-W47»."""
    year, week, _ = moment.astimezone(zone).isocalendar()
    return f"{year}-W{week:02d}"


@dataclass(slots=True, kw_only=True)
class Schedule:
    """Runs due jobs one after the other; one that fails is tried again, ever more rarely."""

    database: Database
    clock: Clock
    jobs: list[Job]
    pause: float = 15.0
    _rung: asyncio.Event = field(default_factory=asyncio.Event)
    _failures: dict[tuple[str, Due], tuple[int, float]] = field(default_factory=dict)

    def wake(self) -> None:
        """Look at once, say because the clock was moved or a setting changed."""
        self._rung.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Tick until ``stop``; a job under way is finished first."""
        ticker = AsyncIOScheduler(timezone=UTC)
        ticker.add_job(
            self._rung.set,
            IntervalTrigger(seconds=TICK, timezone=UTC),
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )
        ticker.start()
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                await self.tick()
                ringing = asyncio.ensure_future(self._rung.wait())
                await asyncio.wait({ringing, stopping}, return_when=asyncio.FIRST_COMPLETED)
                ringing.cancel()
                self._rung.clear()
        finally:
            stopping.cancel()
            ticker.shutdown(wait=False)

    async def tick(self) -> None:
        """Run everything that is due and not in the ledger."""
        for job in self.jobs:
            try:
                await self._look(job)
            except Exception:
                log.exception("job cannot say what is due", extra={"job": job.name})

    async def _look(self, job: Job) -> None:
        for due in await job.due(self.clock.now()):
            if not self._rests(job, due) and not await self.done(job.name, due):
                await self._run(job, due)

    async def done(self, job: str, due: Due) -> bool:
        async with self.database.reading() as work:
            return await work.job_runs.done(job, due.school, due.period)

    def _rests(self, job: Job, due: Due) -> bool:
        _, until = self._failures.get((job.name, due), (0, 0.0))
        return asyncio.get_running_loop().time() < until

    async def _run(self, job: Job, due: Due) -> None:
        busy = doing.set({"job": job.name, "school": due.school, "period": due.period})
        try:
            await self._once(job, due)
        except Exception:
            log.exception("job failed")
            self._fail(job, due)
        else:
            log.info("job done")
            self._failures.pop((job.name, due), None)
        finally:
            doing.reset(busy)

    async def _once(self, job: Job, due: Due) -> None:
        await job.run(due)
        if not await self.done(job.name, due):
            raise UnclaimedPeriodError(job.name)

    def _fail(self, job: Job, due: Due) -> None:
        times, _ = self._failures.get((job.name, due), (0, 0.0))
        rest = seconds(times, first=self.pause, limit=900.0)
        self._failures[(job.name, due)] = times + 1, asyncio.get_running_loop().time() + rest


class UnclaimedPeriodError(Exception):
    """A job came back without its period in the ledger: it would run for ever."""
