"""The watchdog: what should have happened by itself and has not is told to a person, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.schedule import Due, Job
from services.alerts import Alert, hour, tell
from services.digest_schedule import JOB
from services.health import last_backup
from services.ids import SchoolId
from services.schools import School
from storage.database import Database
from storage.unit_of_work import StoredWork

WHOLE_PROCESS = SchoolId(0)
"""In the ledger: a job that is no school's own."""
LATE = timedelta(hours=2)
"""After its hour a digest is missing."""
BEHIND = timedelta(minutes=30)
"""An update that waits for so long is worth a word."""
BACKUP_AGE = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Watchdog:
    """Looks once an hour; ``backups`` is off where the database makes its own."""

    database: Database
    digest: Job
    backups: bool = True
    name: str = "watchdog"

    async def due(self, now: datetime) -> Sequence[Due]:
        return [Due(WHOLE_PROCESS, f"{now:%Y-%m-%dT%H}")]

    async def run(self, due: Due) -> None:
        now = self.database.clock.now()
        expected = await self.digest.due(now - LATE)
        async with self.database.unit_of_work() as work:
            if not await work.job_runs.claim(self.name, due.school, due.period):
                return
            for one in expected:
                await self._digest(work, one, now)
            home = await work.schools.first()
            if home is not None:
                await self._backup(work, home, now)
                await self._updates(work, home, now)

    async def _digest(self, work: StoredWork, due: Due, now: datetime) -> None:
        """Not made, or made and given up for some chat."""
        school, period = due.school, due.period
        if not await work.job_runs.done(JOB, school, period):
            alert = Alert(
                kind="health/no-digest", key=f"no-digest:{period}", view={"period": period}
            )
            await tell(work, alert, school=school, now=now)
            return
        lost = await work.process.undelivered(f"{JOB}:{school}:{period}")
        if lost:
            alert = Alert(
                kind="health/undelivered",
                key=f"undelivered:{period}:{lost}",
                view={"period": period, "chats": lost},
            )
            await tell(work, alert, school=school, now=now)

    async def _backup(self, work: StoredWork, home: School, now: datetime) -> None:
        last = await last_backup(work.process)
        since = max(
            [at for one, at in await work.digests.schools() if one.id == home.id]
            + ([last.at] if last else [])
        )
        if self.backups and now - since > BACKUP_AGE:
            view = {"last": hour(last.at, home.timezone) if last else None}
            alert = Alert(kind="health/no-backup", key=f"no-backup:{now:%Y-%m-%d}", view=view)
            await tell(work, alert, school=home.id, now=now)

    async def _updates(self, work: StoredWork, home: School, now: datetime) -> None:
        pulse = await work.process.pulse()
        if pulse.oldest_update is not None and now - pulse.oldest_update > BEHIND:
            view = {
                "since": hour(pulse.oldest_update, home.timezone),
                "count": pulse.updates,
            }
            alert = Alert(kind="health/behind", key=f"behind:{now:%Y-%m-%d}", view=view)
            await tell(work, alert, school=home.id, now=now)
