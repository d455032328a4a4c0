"""Opening a ticket: its category, its place in the journal, likely answers, its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.consultation.entries import Entry
from services.gaps import FindingId, GapGoneError, NoStaffLinkError
from services.helpdesk.beginning import Opened, open_in, same_finding
from services.helpdesk.linked import FindingWords, Linked
from services.helpdesk.ports import Transactions, Work
from services.helpdesk.relay import participant
from services.helpdesk.settings import Category
from services.helpdesk.tickets import Draft, TicketNumber
from services.ids import SchoolId, StaffId

BACK, AHEAD = 14, 1
"""Days around today whose lessons are offered."""
LATEST_DAYS = 6


class Answering(Protocol):
    async def likely(self, actor: Actor, text: str) -> Sequence[Entry]:
        """Entries of the base that may settle the matter, the best first; few or none."""
        ...

    async def settled(self, actor: Actor, text: str, entry: str) -> None:
        """One of them did: it counts as a consultation that helped."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """Where a teacher teaches, with the latest days of its lessons (ordinals, latest first)."""

    class_unit: str
    subject: str
    days: Sequence[int]


@dataclass(frozen=True, slots=True)
class About:
    """A finding that help is asked with; ``number`` is the ticket where that was done already."""

    finding: Linked
    number: TicketNumber | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock
    answering: Answering
    findings: FindingWords

    async def categories(self, actor: Actor) -> Sequence[Category]:
        school = demand(actor, Capability.OPEN_TICKET)
        async with self.reading() as work:
            return (await work.helpdesk.settings(school)).offered

    async def places(self, actor: Actor) -> Sequence[Subject]:
        """The teacher's own classes and subjects; nothing for whoever teaches none."""
        school = demand(actor, Capability.OPEN_TICKET)
        if actor.staff is None:
            return []
        async with self.reading() as work:
            return await self._taught(work, school, actor.staff)

    async def likely(self, actor: Actor, text: str) -> Sequence[Entry]:
        demand(actor, Capability.OPEN_TICKET)
        return await self.answering.likely(actor, text) if text.strip() else []

    async def helped(self, actor: Actor, text: str, entry: str) -> None:
        """An answer was enough: no ticket is opened."""
        demand(actor, Capability.OPEN_TICKET)
        await self.answering.settled(actor, text, entry)

    async def about(self, actor: Actor, finding: FindingId) -> About:
        """One of the actor's own. GapGoneError where it is mended by now, or another's."""
        school, person = participant(actor)
        linked = await self._own(actor, finding)
        if not linked.living:
            raise GapGoneError
        async with self.reading() as work:
            goes_on = await same_finding(work, school, person, finding)
        return About(linked, goes_on.number if goes_on else None)

    async def open(self, actor: Actor, draft: Draft) -> Opened:
        """A number at once; whoever opens too many at a time goes on in the last one.

        Help with a finding is asked for once: more words go on in that ticket. TicketEmptyError
        for a draft that says nothing; GapGoneError for a finding that is another's.
        """
        school, person = participant(actor)
        if draft.finding is not None:
            await self._own(actor, draft.finding)
        async with self.unit_of_work() as work:
            return await open_in(work, school, person, draft, self.clock.now())

    async def _own(self, actor: Actor, finding: FindingId) -> Linked:
        school = demand(actor, Capability.OWN_FINDINGS)
        if actor.staff is None:
            raise NoStaffLinkError
        for linked in await self.findings.told(school, [finding]):
            if linked.staff == actor.staff:
                return linked
        raise GapGoneError

    async def _taught(self, work: Work, school: SchoolId, staff: StaffId) -> Sequence[Subject]:
        zone = ZoneInfo((await work.schools.get(school)).timezone)
        today = self.clock.now().astimezone(zone).date().toordinal()
        days: dict[tuple[str, str], list[int]] = {}
        for one in await work.helpdesk.taught(school, staff, today - BACK, today + AHEAD):
            known = days.setdefault((one.class_unit, one.subject), [])
            if one.day is not None:
                known.append(one.day)
        return [
            Subject(class_unit, subject, sorted(known, reverse=True)[:LATEST_DAYS])
            for (class_unit, subject), known in days.items()
        ]
