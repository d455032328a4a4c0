"""Overdue duties remind the administrator, once a week and never in holidays."""

from dataclasses import dataclass
from datetime import datetime

from services.access import Role
from services.duties.duty import Duty
from services.duties.journal import DutyJournal
from services.duties.ports import Transactions, Work
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from services.periods import week_span
from services.schools import School

JOB = "overdue duties"
KIND = "duties/overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyReminders:
    journal: DutyJournal
    unit_of_work: Transactions

    async def send(self, school: SchoolId, week: str) -> None:
        """To every administrator, with the ledger's row in one transaction."""
        async with self.unit_of_work() as work:
            if not await work.job_runs.claim(JOB, school, week):
                return
            if not await self._studies(work, school, week):
                return
            if not await self.journal.overdue(work, school):
                return
            for person in await work.people.list(school, self.journal.clock.now()):
                if Role.ADMINISTRATOR in person.roles:
                    letter = Letter(
                        school=school,
                        chat=ChatId(person.user),
                        kind=KIND,
                        dedupe=f"{KIND}:{school}:{week}",
                    )
                    await work.outbox.put(letter)

    async def overdue(self, school: SchoolId) -> list[Duty]:
        """As it stands when a letter leaves."""
        async with self.journal.reading() as work:
            return await self.journal.overdue(work, school)

    async def schools(self) -> list[tuple[School, datetime]]:
        """Every school with the moment since which it exists."""
        async with self.journal.reading() as work:
            return list(await work.digests.schools())

    @staticmethod
    async def _studies(work: Work, school: SchoolId, week: str) -> bool:
        span = week_span(week)
        studies = await work.duties.studies(school, span)
        return studies is not None and studies.inside(span)
