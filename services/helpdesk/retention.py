"""How long a ticket is kept in words: they may name somebody. Its figures stay for good."""

from dataclasses import replace
from datetime import datetime, timedelta

from services.helpdesk.ports import Work
from services.helpdesk.tickets import Event, Ticket, TicketEvent
from services.ids import PersonId, SchoolId


async def forget(work: Work, school: SchoolId, now: datetime) -> int:
    """Erase what was closed longer ago than the school keeps words; how many tickets."""
    kept = (await work.helpdesk.settings(school)).kept
    old = await work.tickets.worded(school, now - timedelta(days=kept))
    for ticket in old:
        await erase(work, ticket, now, by=None)
    return len(old)


async def erase(work: Work, ticket: Ticket, now: datetime, *, by: PersonId | None) -> None:
    """Every word and every file's id of a ticket, notes and the word with its rating too."""
    await work.ticket_messages.erase(ticket.school, ticket.number)
    await work.tickets.save(replace(ticket, rating_words=""), was=ticket.state)
    erased = TicketEvent(
        school=ticket.school, number=ticket.number, person=by, what=Event.ERASED, at=now
    )
    await work.tickets.record(erased)
