"""The ledger of what was done for which period; its key is what makes a job run once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.clock import Clock
from services.ids import SchoolId
from storage.schema.process import job_runs
from storage.statements import insert_once


@dataclass(frozen=True, slots=True)
class StoredJobRuns:
    connection: AsyncConnection
    clock: Clock

    async def claim(self, job: str, school: SchoolId, period: str) -> bool:
        """Whether this period of the job is ours: False when it was already done."""
        row = {"job": job, "school": school, "period": period, "at": self.clock.now()}
        statement = insert_once(job_runs, [row], self.connection).returning(job_runs.c.period)
        return (await self.connection.execute(statement)).first() is not None

    async def done(self, job: str, school: SchoolId, period: str) -> bool:
        same = (
            (job_runs.c.job == job) & (job_runs.c.school == school) & (job_runs.c.period == period)
        )
        return bool((await self.connection.execute(select(exists().where(same)))).scalar())

    async def forget(self, job: str, school: SchoolId, *, before: datetime) -> None:
        """Old periods of a job that comes often: none of them can come again."""
        old = (job_runs.c.job == job) & (job_runs.c.school == school) & (job_runs.c.at < before)
        await self.connection.execute(delete(job_runs).where(old))
