"""An author asks to be forgotten: the words go, the figures of the tickets stay."""

from dataclasses import replace
from datetime import datetime

from services.helpdesk.life import change_state
from services.helpdesk.ports import Work
from services.helpdesk.posting import authors, show
from services.helpdesk.retention import erase
from services.helpdesk.tickets import Event, State, Ticket
from services.ids import PersonId, SchoolId


async def forget_author(work: Work, school: SchoolId, person: PersonId, now: datetime) -> None:
    """Tickets of theirs alone end and lose every word; in those of others their own words go."""
    for ticket in await work.tickets.all_of(school, person):
        if await authors(work, ticket) == [person]:
            await _end(work, ticket, person, now)
        else:
            await work.tickets.save(replace(ticket, rating_words=""), was=ticket.state)
    await work.ticket_messages.erase_words_of(school, person)


async def _end(work: Work, ticket: Ticket, person: PersonId, now: datetime) -> None:
    after = ticket
    if ticket.state is not State.CLOSED:
        after = await change_state(
            work, ticket, ticket, State.CLOSED, Event.CLOSED, by=person, now=now
        )
    await erase(work, after, now, by=person)
    await show(work, after, now)
