"""Opening a ticket: its category, its place in the journal, likely answers, its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, cast
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.consultation.entries import Entry
from services.helpdesk.changing import ticket_of
from services.helpdesk.errors import TicketEmptyError
from services.helpdesk.outage_tickets import join_current
from services.helpdesk.ports import NewMessage, Transactions, Work
from services.helpdesk.posting import administrators, carry, show
from services.helpdesk.relay import add_to, participant
from services.helpdesk.settings import Category
from services.helpdesk.tickets import (
    OPEN,
    Draft,
    Event,
    Side,
    Ticket,
    TicketEvent,
    TicketMessageId,
    TicketNumber,
)
from services.ids import PersonId, SchoolId, StaffId

AT_MOST, WITHIN = 5, timedelta(minutes=1)
"""Tickets of one person; what more comes in that time is added to the last of them."""
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
class Opened:
    """``joined``: it is a word in a ticket that was open already."""

    number: TicketNumber
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock
    answering: Answering

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

    async def open(self, actor: Actor, draft: Draft) -> Opened:
        """A number at once; whoever opens too many at a time goes on in the last one.

        TicketEmptyError for a draft that says nothing.
        """
        school, person = participant(actor)
        async with self.unit_of_work() as work:
            return await open_in(work, school, person, draft, self.clock.now())

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


async def open_in(
    work: Work, school: SchoolId, person: PersonId, draft: Draft, now: datetime
) -> Opened:
    """Inside a unit of work that may do more; a message that opened one opens no second."""
    if not draft.said.text.strip() and not draft.said.files:
        raise TicketEmptyError
    source = draft.said.source
    if source and (known := await work.ticket_messages.of_source(school, source)) is not None:
        return Opened(known.number)
    if (last := await _last_of_many(work, school, person, now)) is not None:
        await add_to(work, last, draft.said, person, now)
        return Opened(last.number, joined=True)
    number = await work.tickets.add(school, person, draft, now)
    ticket = await _written(work, school, number, person, draft, now)
    await show(work, ticket, now, reply_to=source.message if source else None)
    await join_current(work, ticket, now)
    return Opened(number)


async def _last_of_many(
    work: Work, school: SchoolId, person: PersonId, now: datetime
) -> Ticket | None:
    """The ticket to go on in when the person has just opened as many as are allowed."""
    latest = await work.tickets.of_author(school, person, limit=AT_MOST)
    if len(latest) < AT_MOST or now - latest[-1].opened_at > WITHIN:
        return None
    return next((one for one in latest if one.state in OPEN), None)


async def _written(
    work: Work,
    school: SchoolId,
    number: TicketNumber,
    person: PersonId,
    draft: Draft,
    now: datetime,
) -> Ticket:
    """The first message, its files carried to the administrators, the finding linked."""
    said = draft.said
    first = NewMessage(
        side=Side.AUTHOR, person=person, at=now, text=said.text.strip(), source=said.source
    )
    message = await work.ticket_messages.add(school, number, first)
    ticket = await ticket_of(work, school, number)
    opened = TicketEvent(school=school, number=number, person=person, what=Event.OPENED, at=now)
    await work.tickets.record(opened)
    if draft.finding is not None:
        await work.tickets.link(school, number, draft.finding)
    await _carry_files(work, ticket, cast("TicketMessageId", message), draft, now)
    return ticket


async def _carry_files(
    work: Work, ticket: Ticket, message: TicketMessageId, draft: Draft, now: datetime
) -> None:
    """The text stands on the card; files follow it."""
    parts = [await work.ticket_messages.attach(message, file) for file in draft.said.files]
    to = [one.id for one in await administrators(work, ticket.school, now)]
    await carry(
        work,
        ticket,
        message,
        parts=[part for part in parts if part is not None],
        to=[one for one in to if one != ticket.author],
        now=now,
    )
