"""After every import, whether the findings are mended that teachers said were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.schedule import Due
from services.claims.checking import Checks
from storage.database import Database


@dataclass(frozen=True, slots=True)
class ClaimChecks:
    """Due once an import, where claims wait for one; several at once are looked at in order."""

    database: Database
    checks: Checks
    name: str = "claim checks"

    async def due(self, now: datetime) -> Sequence[Due]:
        """``now`` is of no matter: an import makes it due."""
        del now
        dues = []
        async with self.database.reading() as work:
            for school in await work.claims.schools():
                numbers = await self.checks.waiting(work, school)
                dues += [Due(school, f"import:{number}") for number in numbers[-1:]]
        return dues

    async def run(self, due: Due) -> None:
        async with self.database.aside() as work:
            if await work.job_runs.claim(self.name, due.school, due.period):
                await self.checks.look(work, due.school)
