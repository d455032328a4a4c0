"""Tickets as they are looked at: the administrators' queue and cards, an author's own ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.gaps import FindingId
from services.helpdesk.changing import own_ticket, ticket_of
from services.helpdesk.linked import FindingWords, Linked
from services.helpdesk.ports import Transactions, Work
from services.helpdesk.posting import authors
from services.helpdesk.relay import participant
from services.helpdesk.settings import Category, urgency
from services.helpdesk.targets import Targets, targets_of, work_clock
from services.helpdesk.tickets import (
    OPEN,
    Copy,
    Side,
    Ticket,
    TicketEvent,
    TicketMessage,
    TicketMessageId,
    TicketNumber,
    opened_again,
    words_erased,
)
from services.ids import PersonId, SchoolId

OWN_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A message of a ticket with whose it is and what became of its copies."""

    message: TicketMessage
    name: str
    copies: Sequence[Copy] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A ticket in the queue. ``urgency`` is 1 to 3, ``people`` are hit, ``holder`` «»: nobody."""

    ticket: Ticket
    category: Category
    urgency: int
    people: int
    holder: str
    targets: Targets


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A ticket in full, as an administrator sees it; notes are among its messages."""

    line: Line
    author: str
    messages: Sequence[Spoken]
    merged: Sequence[TicketNumber]
    findings: Sequence[Linked]
    again: datetime | None
    erased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCard:
    """A ticket in full, as its author sees it: without notes, without names.

    ``findings`` are those that this very author asked help with.
    """

    ticket: Ticket
    category: Category
    messages: Sequence[TicketMessage]
    findings: Sequence[Linked]
    erased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    reading: Transactions
    clock: Clock
    findings: FindingWords

    async def open(self, actor: Actor) -> Sequence[Line]:
        """What is not finished: the most pressing first, then the nearest deadline."""
        school = demand(actor, Capability.SEE_TICKETS)
        async with self.reading() as work:
            return await lines(work, school, self.clock.now())

    async def card(self, actor: Actor, number: TicketNumber) -> Card:
        """TicketGoneError where the actor's school has none."""
        school = demand(actor, Capability.SEE_TICKETS)
        async with self.reading() as work:
            ticket = await ticket_of(work, school, number)
            names = await _names(work, school, self.clock.now())
            [line] = await _lines(work, school, [ticket], self.clock.now())
            messages = await _spoken(work, ticket, names)
            merged = await work.tickets.merged(school, ticket.number)
            about = await _findings(work, [ticket, *merged])
            events = await work.tickets.events(school, ticket.number)
        return Card(
            line=line,
            author=names.get(ticket.author, ""),
            messages=messages,
            merged=[one.number for one in merged],
            findings=await self.findings.told(school, about),
            again=opened_again(events) if ticket.state in OPEN else None,
            erased=words_erased(events),
        )

    async def history(
        self, actor: Actor, number: TicketNumber
    ) -> Sequence[tuple[TicketEvent, str]]:
        """What happened, in order, with the name of who did it («» for the program)."""
        school = demand(actor, Capability.SEE_TICKETS)
        async with self.reading() as work:
            ticket = await ticket_of(work, school, number)
            names = await _names(work, school, self.clock.now())
            events = await work.tickets.events(school, ticket.number)
        return [(one, names.get(one.person, "") if one.person else "") for one in events]

    async def mine(self, actor: Actor) -> Sequence[tuple[Ticket, Category]]:
        """The actor's own tickets, the latest first."""
        school, person = participant(actor)
        async with self.reading() as work:
            settings = await work.helpdesk.settings(school)
            found = await work.tickets.of_author(school, person, limit=OWN_SHOWN)
        return [(one, settings.category(one.category)) for one in found]

    async def own(self, actor: Actor, number: TicketNumber) -> OwnCard:
        """TicketGoneError where the actor is not among the ticket's authors."""
        school, person = participant(actor)
        async with self.reading() as work:
            ticket = await own_ticket(work, school, number, person)
            settings = await work.helpdesk.settings(school)
            messages = await work.ticket_messages.list(school, ticket.number)
            merged = await work.tickets.merged(school, ticket.number)
            about = await _findings(
                work, [one for one in (ticket, *merged) if one.author == person]
            )
            events = await work.tickets.events(school, ticket.number)
        heard = {person} if ticket.author != person else None
        return OwnCard(
            ticket=ticket,
            category=settings.category(ticket.category),
            messages=[one for one in messages if _hears(one, heard)],
            findings=await self.findings.told(school, about),
            erased=words_erased(events),
        )

    async def message(self, actor: Actor, message: TicketMessageId) -> Spoken | None:
        """A message that the actor may read: its own, one for it, any for who answers.

        Who spoke is named only to whoever answers.
        """
        school, person = participant(actor)
        async with self.reading() as work:
            found = await work.ticket_messages.get(school, message)
            if found is None or not await _may_read(work, actor, person, found):
                return None
            named = actor.may(Capability.ANSWER_TICKETS)
            speaker = await work.people.get(school, found.person, self.clock.now())
            return Spoken(
                message=found,
                name=speaker.name if named and speaker else "",
                copies=await work.ticket_messages.copies(message),
            )


async def lines(work: Work, school: SchoolId, now: datetime) -> Sequence[Line]:
    """All open tickets of a school in the order of the queue."""
    found = await _lines(work, school, await work.tickets.list(school, OPEN), now)
    return sorted(found, key=lambda one: (-one.urgency, one.targets.next or now, one.ticket.number))


async def _lines(
    work: Work, school: SchoolId, tickets: Sequence[Ticket], now: datetime
) -> Sequence[Line]:
    settings = await work.helpdesk.settings(school)
    names = await _names(work, school, now)
    people = await _people(work, school, tickets)
    since = min((one.running_since for one in tickets if one.running_since), default=now)
    clock = await work_clock(work, school, since=since, until=now)
    return [
        Line(
            ticket=one,
            category=settings.category(one.category),
            urgency=urgency(settings.category(one.category), people[one.number]),
            people=people[one.number],
            holder=names.get(one.taken_by, "") if one.taken_by else "",
            targets=targets_of(one, settings.category(one.category), clock, now),
        )
        for one in tickets
    ]


async def _people(
    work: Work, school: SchoolId, tickets: Sequence[Ticket]
) -> Mapping[TicketNumber, int]:
    """How many different people each ticket is about."""
    numbers = [one.number for one in tickets]
    hit = {(one.number, one.author) for one in tickets}
    hit |= set(await work.tickets.followers(school, numbers))
    return Counter(number for number, _ in hit)


async def _names(work: Work, school: SchoolId, now: datetime) -> Mapping[PersonId, str]:
    return {one.id: one.name for one in await work.people.list(school, now)}


async def _spoken(work: Work, ticket: Ticket, names: Mapping[PersonId, str]) -> Sequence[Spoken]:
    return [
        Spoken(
            message=one,
            name=names.get(one.person, ""),
            copies=await work.ticket_messages.copies(one.id),
        )
        for one in await work.ticket_messages.list(ticket.school, ticket.number)
    ]


async def _may_read(work: Work, actor: Actor, person: PersonId, message: TicketMessage) -> bool:
    if actor.may(Capability.ANSWER_TICKETS) or message.person == person:
        return True
    ticket = await ticket_of(work, participant(actor)[0], message.number)
    return message.side is Side.ADMINISTRATOR and person in await authors(work, ticket)


async def _findings(work: Work, tickets: Sequence[Ticket]) -> Sequence[FindingId]:
    return [
        finding
        for one in tickets
        for finding in await work.tickets.findings(one.school, one.number)
    ]


def _hears(message: TicketMessage, only: set[PersonId] | None) -> bool:
    """An author by merging reads the answers and own words, not those of other authors."""
    if message.side is Side.NOTE:
        return False
    return only is None or message.side is Side.ADMINISTRATOR or message.person in only
