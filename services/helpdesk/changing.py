"""One change of a ticket: found, changed unless somebody was faster, written down, shown."""

from collections.abc import Mapping
from datetime import datetime

from services.helpdesk.errors import TicketGoneError, TicketSettledError
from services.helpdesk.hours import WorkClock
from services.helpdesk.ports import Work
from services.helpdesk.posting import authors
from services.helpdesk.targets import work_clock
from services.helpdesk.tickets import Event, State, Ticket, TicketEvent, TicketNumber
from services.ids import PersonId, SchoolId

ENDS = {
    State.CLOSED: Event.CLOSED,
    State.SOLVED: Event.SOLVED,
    State.WAITS_AUTHOR: Event.WAITS_AUTHOR,
    State.WAITS_OTHERS: Event.WAITS_OTHERS,
}
"""The event that brought a ticket into a state."""


async def ticket_of(work: Work, school: SchoolId, number: TicketNumber) -> Ticket:
    """The ticket, or the one it goes on in. TicketGoneError where the school has none."""
    found = await work.tickets.get(school, number)
    while found is not None and found.merged_into is not None:
        found = await work.tickets.get(school, found.merged_into)
    if found is None:
        raise TicketGoneError(number=number)
    return found


async def own_ticket(
    work: Work, school: SchoolId, number: TicketNumber, person: PersonId
) -> Ticket:
    """The same for one of its authors; anybody else's is not there."""
    ticket = await ticket_of(work, school, number)
    if person not in await authors(work, ticket):
        raise TicketGoneError(number=number)
    return ticket


async def clock_of(work: Work, ticket: Ticket, now: datetime) -> WorkClock:
    since = ticket.running_since or now
    return await work_clock(work, ticket.school, since=since, until=now)


async def write(
    work: Work,
    before: Ticket,
    after: Ticket,
    what: Event,
    *,
    by: PersonId | None,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Save and record. TicketSettledError where another has changed the state meanwhile."""
    if not await work.tickets.save(after, was=before.state):
        raise await settled(work, before.school, before.number, after.changed_at)
    event = TicketEvent(
        school=after.school,
        number=after.number,
        person=by,
        what=what,
        at=after.changed_at,
        facts=facts or {},
    )
    await work.tickets.record(event)


async def settled(
    work: Work, school: SchoolId, number: TicketNumber, now: datetime
) -> TicketSettledError:
    """Who was faster, and what became of the ticket."""
    ticket = await ticket_of(work, school, number)
    wanted = ENDS.get(ticket.state, Event.TAKEN)
    events = await work.tickets.events(school, ticket.number)
    last = next((one for one in reversed(events) if one.what is wanted), None)
    person = last.person if last else None
    known = None if person is None else await work.people.get(school, person, now)
    return TicketSettledError(
        number=ticket.number, state=ticket.state.value, by=known.name if known else ""
    )
