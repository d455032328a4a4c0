"""«Журнал не работает»: declared, ended, corrected and taken back by the administrator.

While it lasts, deadlines of the journal and of tickets stand still; everybody is told once at
either end, and tickets that tell of it go with it.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from services.access import Actor
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.helpdesk import causes
from services.helpdesk.outage import Outage, OutageMomentError, OutageNumber
from services.helpdesk.outage_letters import tell, tell_end, tell_withdrawn
from services.helpdesk.outage_register import (
    UNNUMBERED,
    OutageRegister,
    declarer,
    ensure_free,
    standing,
)
from services.helpdesk.outage_tickets import close_joined, take_in
from services.ids import PersonId, SchoolId


class Work(causes.Work, Protocol):
    @property
    def audit(self) -> Audit: ...


class Findings(Protocol):
    async def relook(self, school: SchoolId) -> None:
        """The journal's deadlines and findings anew."""
        ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outages:
    register: OutageRegister
    unit_of_work: Transactions
    clock: Clock
    findings: Findings

    async def declare(self, actor: Actor, begins: datetime, ends: datetime | None) -> Outage:
        """Raises as ``plan`` does. One that is over already is told of once, in one message."""
        school, person = declarer(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            await ensure_free(work, school, UNNUMBERED, begins, ends, now=now)
            new = Outage(
                school=school,
                number=UNNUMBERED,
                begins=begins,
                ends=ends,
                declared_by=person,
                declared_at=now,
                changed_at=now,
            )
            outage = await work.outages.add(new)
            await work.audit.add(self._entry(outage, person, "outage declared"))
            await take_in(work, outage, now)
            await tell(work, outage, now, but=person)
            if outage.over(now):
                await finish(work, outage, now, by=person, told=True)
        await self.look_at(outage)
        return outage

    async def end(self, actor: Actor, number: OutageNumber, ends: datetime | None = None) -> Outage:
        """Now, or at a moment that is said; another end corrects the one that stands.

        OutageMomentError besides where everybody was told of the end and it would go on again.
        """
        school, person = declarer(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            before = await standing(work, school, number)
            if before.told_at is not None and (ends or now) > now:
                raise OutageMomentError(why="over")
            outage = await self._changed(work, before, person, before.begins, ends or now)
            if outage.told_at is None and outage.over(now):
                await finish(work, outage, now, by=person)
            elif outage.told_at is None:
                await tell(work, outage, now, but=person)
        await self.look_at(outage)
        return outage

    async def begin_at(self, actor: Actor, number: OutageNumber, begins: datetime) -> Outage:
        """It began earlier or later than was said."""
        school, person = declarer(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            before = await standing(work, school, number)
            outage = await self._changed(work, before, person, begins, before.ends)
            if outage.told_at is None:
                await take_in(work, outage, now)
                await tell(work, outage, now, but=person)
        await self.look_at(outage)
        return outage

    async def undo(self, actor: Actor, number: OutageNumber) -> None:
        """It was a mistake: deadlines stand as before, its tickets go on by themselves."""
        school, person = declarer(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            before = await standing(work, school, number)
            outage = replace(before, undone_at=now, changed_at=now, revision=before.revision + 1)
            await work.outages.save(outage)
            await work.audit.add(self._entry(outage, person, "outage undone"))
            await work.outages.release(school, number)
            if outage.told_at is None:
                await tell_withdrawn(work, outage, now, but=person)
        await self.look_at(outage)

    async def look_at(self, outage: Outage) -> None:
        """Findings follow the outage; where this is cut short, the schedule does it."""
        await self.findings.relook(outage.school)
        async with self.unit_of_work() as work:
            await work.outages.looked_at(outage)

    # ------------------------------------------------------------------------------------------

    async def _changed(
        self,
        work: Work,
        before: Outage,
        person: PersonId,
        begins: datetime,
        ends: datetime | None,
    ) -> Outage:
        now = self.clock.now()
        await ensure_free(work, before.school, before.number, begins, ends, now=now)
        outage = replace(
            before,
            begins=begins,
            ends=ends,
            changed_at=now,
            revision=before.revision + 1,
        )
        await work.outages.save(outage)
        await work.audit.add(self._entry(outage, person, "outage changed"))
        return outage

    def _entry(self, outage: Outage, person: PersonId, what: str) -> AuditEntry:
        facts = {
            "outage": outage.number,
            "begins": outage.begins.isoformat(),
            "ends": outage.ends and outage.ends.isoformat(),
        }
        return AuditEntry(
            school=outage.school, person=person, what=what, at=self.clock.now(), facts=facts
        )


async def finish(
    work: causes.Work, outage: Outage, now: datetime, *, by: PersonId | None, told: bool = False
) -> None:
    """It is over: its tickets are closed, everybody is told once.

    ``told``: everybody knows already, so that only authors of the tickets hear of those.
    """
    closed = await close_joined(work, outage, now)
    await tell_end(work, outage, now, but=by, closed=closed, only=() if told else None)
    await work.outages.save(replace(outage, told_at=now))
