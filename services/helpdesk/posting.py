"""Letters of the help desk, put in the unit of what they tell."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from services.helpdesk.group_cards import show_in_group
from services.helpdesk.letters import (
    CARD,
    COPY,
    NEWS,
    OWN,
    RATE,
    RECEIPT,
    card_name,
    copy_name,
    own_name,
    receipt_name,
)
from services.helpdesk.ports import ANSWERERS, Work
from services.helpdesk.tickets import (
    Delivery,
    Event,
    Refusal,
    Source,
    Ticket,
    TicketMessageId,
)
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Letter
from services.people import Person

WORTH = timedelta(days=14)
"""For how long a copy is worth sending."""


async def administrators(work: Work, school: SchoolId, now: datetime) -> Sequence[Person]:
    return [one for one in await work.people.list(school, now) if one.roles & ANSWERERS]


async def authors(work: Work, ticket: Ticket) -> Sequence[PersonId]:
    """Whose ticket it is: its author's, and those of the tickets merged into it."""
    followers = await work.tickets.followers(ticket.school, [ticket.number])
    return list(dict.fromkeys([ticket.author, *(person for _, person in followers)]))


async def show(work: Work, ticket: Ticket, now: datetime, *, reply_to: int | None = None) -> None:
    """The ticket as it is now: to the administrators and, in short, to its author.

    The author's first one replies to the message ``reply_to``.
    """
    view = {"number": ticket.number}
    name = card_name(ticket.school, ticket.number)
    for person in await administrators(work, ticket.school, now):
        letter = Letter(
            school=ticket.school, chat=ChatId(person.user), kind=CARD, view=view, card=name
        )
        await work.outbox.put(letter)
    await show_in_group(work, ticket)
    await _show_own(work, ticket, now, reply_to)


async def _show_own(work: Work, ticket: Ticket, now: datetime, reply_to: int | None) -> None:
    author = await work.people.get(ticket.school, ticket.author, now)
    if author is not None and author.roles:
        letter = Letter(
            school=ticket.school,
            chat=ChatId(author.user),
            kind=OWN,
            view={"number": ticket.number},
            card=own_name(ticket.school, ticket.number),
            reply_to=reply_to,
        )
        await work.outbox.put(letter)


async def carry(
    work: Work,
    ticket: Ticket,
    message: TicketMessageId,
    *,
    parts: Sequence[int],
    to: Collection[PersonId],
    now: datetime,
) -> None:
    """Copies of a message's parts, one letter each; whoever has left the school gets none."""
    for person in to:
        found = await work.people.get(ticket.school, person, now)
        gone = found is None or not found.roles
        chat = ChatId(0) if found is None else ChatId(found.user)
        for part in parts:
            copy = await work.ticket_messages.copy(message, part, chat)
            if gone:
                await work.ticket_messages.settle(copy, Delivery.FAILED, Refusal.LEFT)
            else:
                await work.outbox.put(_copy(ticket.school, chat, message, part, now))


async def carry_edit(work: Work, ticket: Ticket, message: TicketMessageId, now: datetime) -> None:
    """The copies that hold the text show it as it is now."""
    copies = await work.ticket_messages.copies(message)
    holds = min((copy.part for copy in copies), default=0)
    for copy in copies:
        if copy.part == holds and copy.refusal is not Refusal.LEFT:
            await work.outbox.put(_copy(ticket.school, copy.chat, message, copy.part, now))


def _copy(
    school: SchoolId, chat: ChatId, message: TicketMessageId, part: int, now: datetime
) -> Letter:
    return Letter(
        school=school,
        chat=chat,
        kind=COPY,
        view={"message": message, "part": part},
        card=copy_name(message, part),
        expires_at=now + WORTH,
    )


async def receipt(
    work: Work, school: SchoolId, message: TicketMessageId, source: Source | None
) -> None:
    """Under the message that was carried over: whether it arrived."""
    if source is not None:
        letter = Letter(
            school=school,
            chat=source.chat,
            kind=RECEIPT,
            view={"message": message},
            card=receipt_name(message),
            reply_to=source.message,
        )
        await work.outbox.put(letter)


async def tell_authors(
    work: Work, ticket: Ticket, what: Event, now: datetime, *, but: PersonId | None = None
) -> None:
    """News that ring: solved, closed, opened again; to all authors ``but`` whoever did it."""
    kind = RATE if what is Event.CLOSED else NEWS
    for author in await authors(work, ticket):
        if author == but:
            continue
        person = await work.people.get(ticket.school, author, now)
        if person is not None and person.roles:
            letter = Letter(
                school=ticket.school,
                chat=ChatId(person.user),
                kind=kind,
                view={"number": ticket.number, "what": what.value},
            )
            await work.outbox.put(letter)
