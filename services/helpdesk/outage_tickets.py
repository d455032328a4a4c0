"""Tickets that tell of an outage: taken in while it lasts, closed with it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.helpdesk import causes
from services.helpdesk.changing import clock_of, write
from services.helpdesk.outage import JOURNAL_DOWN, Outage
from services.helpdesk.outage_letters import tell_joined
from services.helpdesk.ports import Work
from services.helpdesk.posting import authors, show
from services.helpdesk.targets import moved
from services.helpdesk.tickets import (
    OPEN,
    UNFINISHED,
    Event,
    State,
    Ticket,
    TicketEvent,
    TicketNumber,
)
from services.ids import PersonId

_INSTANT = timedelta(seconds=1)


async def join_current(work: Work, ticket: Ticket, now: datetime) -> None:
    """A new ticket that says the journal is down, while that is known already."""
    if ticket.category != JOURNAL_DOWN:
        return
    for outage in await work.outages.between(ticket.school, now, now + _INSTANT):
        await _join(work, outage, ticket, now)


async def take_in(work: Work, outage: Outage, now: datetime) -> None:
    """Those that were there before anybody declared what they tell of."""
    for ticket in await work.tickets.list(outage.school, OPEN):
        if ticket.category == JOURNAL_DOWN and outage.holds(ticket.opened_at):
            await _join(work, outage, ticket, now)


async def close_joined(
    work: causes.Work, outage: Outage, now: datetime
) -> Mapping[PersonId, list[TicketNumber]]:
    """What is not finished by itself; the authors with the tickets that were theirs."""
    closed: dict[PersonId, list[TicketNumber]] = {}
    for number in await work.outages.joined(outage.school, outage.number):
        ticket = await work.tickets.get(outage.school, number)
        if ticket is None or ticket.state not in UNFINISHED:
            continue
        clock = await clock_of(work, ticket, now)
        after = moved(ticket, State.CLOSED, clock=clock, now=now)
        facts = {"outage": outage.number}
        await write(work, ticket, after, Event.CLOSED, by=None, facts=facts)
        await work.ticket_causes.put(ticket.school, ticket.number, causes.OUTAGE)
        await show(work, after, now)
        for author in await authors(work, ticket):
            closed.setdefault(author, []).append(number)
    return closed


async def _join(work: Work, outage: Outage, ticket: Ticket, now: datetime) -> None:
    if not await work.outages.join(outage, ticket.number):
        return
    linked = TicketEvent(
        school=ticket.school,
        number=ticket.number,
        person=None,
        what=Event.LINKED,
        at=now,
        facts={"outage": outage.number},
    )
    await work.tickets.record(linked)
    await tell_joined(work, outage, ticket, now)
