"""A ticket begins: its number, its first message, what becomes a word in one that is open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from services.gaps import FindingId
from services.helpdesk.changing import ticket_of
from services.helpdesk.errors import TicketEmptyError
from services.helpdesk.outage_tickets import join_current
from services.helpdesk.ports import NewMessage, Work
from services.helpdesk.posting import administrators, carry, show
from services.helpdesk.relay import add_to
from services.helpdesk.tickets import (
    OPEN,
    UNFINISHED,
    Draft,
    Event,
    Side,
    Ticket,
    TicketEvent,
    TicketMessageId,
    TicketNumber,
)
from services.ids import PersonId, SchoolId

AT_MOST, WITHIN = 5, timedelta(minutes=1)
"""Tickets of one person; what more comes in that time is added to the last of them."""


class Joined(StrEnum):
    """Why a draft became a word in a ticket that was open already."""

    MANY = "many"
    """The person has opened several just before."""
    FINDING = "finding"
    """That one is about the same finding."""


@dataclass(frozen=True, slots=True)
class Opened:
    number: TicketNumber
    joined: Joined | None = None


async def open_in(
    work: Work, school: SchoolId, person: PersonId, draft: Draft, now: datetime
) -> Opened:
    """Inside a unit of work that may do more; a message that opened one opens no second."""
    if not draft.said and draft.finding is None:
        raise TicketEmptyError
    source = draft.said.source
    if source and (known := await work.ticket_messages.of_source(school, source)) is not None:
        return Opened(known.number)
    if draft.finding is not None:
        same = await same_finding(work, school, person, draft.finding)
        if same is not None:
            await _go_on(work, same, draft, person, now)
            return Opened(same.number, Joined.FINDING)
    if (last := await _last_of_many(work, school, person, now)) is not None:
        await _go_on(work, last, draft, person, now)
        return Opened(last.number, Joined.MANY)
    number = await work.tickets.add(school, person, draft, now)
    ticket = await _written(work, school, number, person, draft, now)
    await show(work, ticket, now, reply_to=source.message if source else None)
    await join_current(work, ticket, now)
    return Opened(number)


async def same_finding(
    work: Work, school: SchoolId, person: PersonId, finding: FindingId
) -> Ticket | None:
    """The person's ticket about the finding, unless it is closed."""
    for number in await work.tickets.about(school, person, finding):
        ticket = await ticket_of(work, school, number)
        if ticket.state in UNFINISHED:
            return ticket
    return None


async def _go_on(work: Work, ticket: Ticket, draft: Draft, person: PersonId, now: datetime) -> None:
    """Nothing of the draft is lost: its finding is linked, its words are added."""
    if draft.finding is not None and await work.tickets.link(
        ticket.school, ticket.number, draft.finding
    ):
        await _record_link(work, ticket, person, draft.finding, now)
    if draft.said:
        await add_to(work, ticket, draft.said, person, now)
    else:
        await show(work, ticket, now)


async def _record_link(
    work: Work, ticket: Ticket, person: PersonId, finding: FindingId, now: datetime
) -> None:
    linked = TicketEvent(
        school=ticket.school,
        number=ticket.number,
        person=person,
        what=Event.LINKED,
        at=now,
        facts={"finding": finding},
    )
    await work.tickets.record(linked)


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
        await _record_link(work, ticket, person, draft.finding, now)
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
