"""A ticket's card in the chosen group, and the topic it stands in where the group has topics."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.helpdesk.tickets import Event, State, Ticket, TicketEvent, TicketNumber
from services.helpdesk.topics import QueueGroup, QueueGroups
from services.ids import SchoolId
from services.outgoing import Letter, Outbox

TOPIC = "helpdesk/topic"
CARD = "helpdesk/group"
TOPIC_END = "helpdesk/topic-end"
TOPIC_AGAIN = "helpdesk/topic-again"
KINDS = frozenset({TOPIC, CARD, TOPIC_END, TOPIC_AGAIN})
_ENDS = frozenset({Event.CLOSED, Event.MERGED})


class History(Protocol):
    async def events(self, school: SchoolId, number: TicketNumber) -> Sequence[TicketEvent]:
        """In order."""
        ...


class Work(Protocol):
    @property
    def tickets(self) -> History: ...

    @property
    def queue_groups(self) -> QueueGroups: ...

    @property
    def outbox(self) -> Outbox: ...


async def show_in_group(work: Work, ticket: Ticket) -> None:
    """The card there, made once and edited since; its topic ends and begins with the ticket."""
    group = await work.queue_groups.get(ticket.school)
    if group is None:
        return
    name = group_card(ticket.school, ticket.number)
    if not group.topics:
        await work.outbox.put(_letter(group, ticket, CARD, card=name))
        return
    if await work.queue_groups.topic(group, ticket.number) is None:
        once = topic_name(ticket.school, ticket.number)
        await work.outbox.put(_letter(group, ticket, TOPIC, card=once, dedupe=once))
    again = reopened_at(await work.tickets.events(ticket.school, ticket.number))
    if again is not None and ticket.state is not State.CLOSED:
        await work.outbox.put(_letter(group, ticket, TOPIC_AGAIN, dedupe=_once(ticket, again)))
    await work.outbox.put(_letter(group, ticket, CARD, card=name))
    if ticket.state is State.CLOSED:
        ended = f"{TOPIC_END}:{ticket.school}:{ticket.number}:{ticket.closed_at}"
        await work.outbox.put(_letter(group, ticket, TOPIC_END, dedupe=ended))


async def begin_anew(work: Work, ticket: Ticket) -> None:
    """The topic is gone from the group: another is made, unless the ticket has ended anyway."""
    group = await work.queue_groups.get(ticket.school)
    if group is None or not group.topics or ticket.state is State.CLOSED:
        return
    gone = await work.queue_groups.topic(group, ticket.number)
    if gone is None:
        return
    await work.queue_groups.lose(group, ticket.number)
    once = topic_name(ticket.school, ticket.number)
    await work.outbox.put(_letter(group, ticket, TOPIC, card=once, dedupe=f"{once}:{gone}"))
    name = group_card(ticket.school, ticket.number)
    await work.outbox.put(_letter(group, ticket, CARD, card=name))


def reopened_at(events: Sequence[TicketEvent]) -> datetime | None:
    """When a ticket that had ended was opened again, if that is the latest of the two."""
    turns = [one for one in events if one.what in _ENDS or one.what is Event.REOPENED]
    match turns[-2:]:
        case [end, again] if end.what in _ENDS and again.what is Event.REOPENED:
            return again.at
    return None


def topic_name(school: SchoolId, number: TicketNumber) -> str:
    """The card whose reference is the number of the ticket's topic."""
    return f"ticket-topic:{school}:{number}"


def group_card(school: SchoolId, number: TicketNumber) -> str:
    return f"ticket-group:{school}:{number}"


def _once(ticket: Ticket, again: datetime) -> str:
    return f"{TOPIC_AGAIN}:{ticket.school}:{ticket.number}:{again}"


def _letter(
    group: QueueGroup,
    ticket: Ticket,
    kind: str,
    *,
    card: str | None = None,
    dedupe: str | None = None,
) -> Letter:
    return Letter(
        school=group.school,
        chat=group.chat,
        kind=kind,
        view={"number": ticket.number},
        card=card,
        dedupe=dedupe,
    )
