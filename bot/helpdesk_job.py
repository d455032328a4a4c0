"""The help desk's clock: deadlines of tickets every few minutes, receipts as letters end."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.consultation_job import night_of
from bot.schedule import Due
from services.helpdesk.deadlines import Deadlines
from services.helpdesk.letters import COPY
from services.helpdesk.receipts import Receipts
from services.helpdesk.retention import forget
from services.helpdesk.tickets import UNFINISHED
from services.outgoing import Letter
from storage.database import Database

log = logging.getLogger(__name__)

EVERY = 5
"""Minutes between two looks."""
KEPT = timedelta(days=2)
"""For how long the ledger remembers a look."""


@dataclass(frozen=True, slots=True)
class TicketDeadlines:
    """Due every five minutes in each school with tickets under way.

    A look slept through is made up for by the next one: what was told is written on the ticket.
    """

    database: Database
    receipts: Receipts
    name: str = "ticket deadlines"

    async def due(self, now: datetime) -> Sequence[Due]:
        async with self.database.reading() as work:
            return [
                Due(school, _period(now))
                for school in await work.helpdesk.schools()
                if await work.tickets.list(school, UNFINISHED)
            ]

    async def run(self, due: Due) -> None:
        await self.receipts.collect()
        now = self.database.clock.now()
        async with self.database.aside() as work:
            if await work.job_runs.claim(self.name, due.school, due.period):
                await Deadlines(work, due.school, now).look()
                await work.job_runs.forget(self.name, due.school, before=now - KEPT)


@dataclass(frozen=True, slots=True)
class ForgetTickets:
    """Due once a night in every school; a night slept through is made up for by the next one."""

    database: Database
    name: str = "forget tickets"

    async def due(self, now: datetime) -> Sequence[Due]:
        async with self.database.reading() as work:
            zones = [
                (school, ZoneInfo((await work.schools.get(school)).timezone))
                for school in await work.helpdesk.schools()
            ]
        return [Due(school, night_of(now, zone)) for school, zone in zones]

    async def run(self, due: Due) -> None:
        now = self.database.clock.now()
        async with self.database.aside() as work:
            if await work.job_runs.claim(self.name, due.school, due.period):
                await forget(work, due.school, now)
                await work.job_runs.forget(self.name, due.school, before=now - KEPT)


@dataclass(frozen=True, slots=True)
class ReceiptKeeper:
    """Called after every letter; a failure here must not keep the next ones from leaving."""

    receipts: Receipts

    async def __call__(self, letter: Letter | None) -> None:
        if letter is not None and letter.kind != COPY:
            return
        try:
            await self.receipts.collect()
        except Exception:
            log.exception("receipts wait for the next look")


def _period(now: datetime) -> str:
    here = now.astimezone(UTC)
    return f"{here.replace(minute=here.minute - here.minute % EVERY):%Y-%m-%dT%H:%M}"
