"""Words between an author and the administrators: carried over, mended, their late parts joined."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.access import Actor, Capability, NotAllowedError, demand
from services.clock import Clock
from services.helpdesk.changing import clock_of, own_ticket, ticket_of, write
from services.helpdesk.errors import TicketEmptyError, TicketOldError
from services.helpdesk.ports import NewMessage, Transactions, Work
from services.helpdesk.posting import (
    administrators,
    authors,
    carry,
    carry_edit,
    receipt,
    show,
    tell_authors,
)
from services.helpdesk.targets import answered, moved
from services.helpdesk.tickets import (
    OPEN,
    Attachment,
    Event,
    FileKind,
    Said,
    Side,
    Source,
    State,
    Ticket,
    TicketEvent,
    TicketMessage,
    TicketMessageId,
    TicketNumber,
)
from services.ids import PersonId, SchoolId

REOPENED = timedelta(days=14)
"""For so long after its end a word of the author opens a ticket again."""
CAPTION = 900
"""Characters of a text that fit under its first file; a longer one is a message of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def refer(self, actor: Actor, source: Source) -> TicketNumber | None:
        """The ticket that a message of the bot belongs to, if the actor has a say in it."""
        if actor.school is None or not actor.may(Capability.OPEN_TICKET):
            return None
        async with self.reading() as work:
            return await work.ticket_messages.refer(actor.school, source)

    async def say(self, actor: Actor, number: TicketNumber, said: Said) -> TicketNumber:
        """Carry a reply over: the author's to the administrators, theirs to the author.

        Returns the ticket it went into (another one where this was merged).
        """
        school, person = participant(actor)
        async with self.reading() as work:
            ticket = await ticket_of(work, school, number)
            mine = person in await authors(work, ticket)
        if actor.may(Capability.ANSWER_TICKETS) and not mine:
            return await self.answer(actor, number, said)
        return await self.add(actor, number, said)

    async def answer(self, actor: Actor, number: TicketNumber, said: Said) -> TicketNumber:
        """An administrator's word: it takes a new ticket, and counts as the first answer."""
        demand(actor, Capability.ANSWER_TICKETS)
        school, person = participant(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            ticket = await ticket_of(work, school, number)
            message = await _keep(work, ticket, said, Side.ADMINISTRATOR, person, now)
            if message is None:
                return ticket.number
            clock = await clock_of(work, ticket, now)
            after = replace(answered(ticket, clock=clock, now=now), changed_at=now)
            if ticket.state is State.NEW:
                after = moved(after, State.TAKEN, clock=clock, now=now)
            if ticket.state in OPEN and ticket.taken_by is None:
                after = replace(after, taken_by=person)
            await write(work, ticket, after, Event.ANSWERED, by=person)
            to = await authors(work, ticket)
            await carry(work, after, message, parts=parts_of(said), to=to, now=now)
            await receipt(work, school, message, said.source)
            await show(work, after, now)
        return ticket.number

    async def add(self, actor: Actor, number: TicketNumber, said: Said) -> TicketNumber:
        """An author's further word; it opens a finished ticket again, if that is not too old."""
        school, person = participant(actor)
        async with self.unit_of_work() as work:
            ticket = await own_ticket(work, school, number, person)
            await add_to(work, ticket, said, person, self.clock.now())
        return ticket.number

    async def note(self, actor: Actor, number: TicketNumber, text: str) -> TicketNumber:
        """Among administrators: the author never sees it."""
        demand(actor, Capability.ANSWER_TICKETS)
        school, person = participant(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            ticket = await ticket_of(work, school, number)
            await _keep(work, ticket, Said(text=text), Side.NOTE, person, now)
            after = replace(ticket, changed_at=now)
            await write(work, ticket, after, Event.NOTED, by=person)
            await show(work, after, now)
        return ticket.number

    async def join(self, actor: Actor, said: Said) -> TicketNumber | None:
        """A part of an album whose other parts were carried already; None for any other file.

        A part that came before is known by its file and changes nothing.
        """
        if actor.school is None or actor.person is None or not actor.may(Capability.OPEN_TICKET):
            return None
        [file] = said.files
        now = self.clock.now()
        async with self.unit_of_work() as work:
            message = await work.ticket_messages.of_album(actor.school, actor.person, file.album)
            if message is None:
                return None
            ticket = await ticket_of(work, actor.school, message.number)
            await self._attach(work, ticket, message, file, now)
            if said.text.strip() and not message.text:
                await work.ticket_messages.rewrite(message.id, said.text.strip(), now)
                await carry_edit(work, ticket, message.id, now)
        return ticket.number

    async def edit(self, actor: Actor, source: Source, text: str) -> TicketNumber | None:
        """The person mended a message that was carried over: so are its copies.

        None where the message belongs to no ticket.
        """
        if actor.school is None or actor.person is None or not actor.may(Capability.OPEN_TICKET):
            return None
        now, cut = self.clock.now(), text.strip()
        async with self.unit_of_work() as work:
            message = await work.ticket_messages.of_source(actor.school, source)
            if message is None or message.person != actor.person or message.text == cut:
                return None
            ticket = await ticket_of(work, actor.school, message.number)
            await work.ticket_messages.rewrite(message.id, cut, now)
            await work.tickets.record(_edited(ticket, actor.person, message.id, now))
            await carry_edit(work, ticket, message.id, now)
            await show(work, ticket, now)
        return ticket.number

    async def _attach(
        self,
        work: Work,
        ticket: Ticket,
        message: TicketMessage,
        file: Attachment,
        now: datetime,
    ) -> None:
        part = await work.ticket_messages.attach(message.id, file)
        if part is not None:
            to = await listeners(work, ticket, message.side, message.person, now)
            await carry(work, ticket, message.id, parts=[part], to=to, now=now)


async def add_to(work: Work, ticket: Ticket, said: Said, person: PersonId, now: datetime) -> None:
    """An author's word in the unit of whoever knows the ticket to be theirs."""
    if ticket.state is State.CLOSED and now - (ticket.closed_at or now) > REOPENED:
        raise TicketOldError(number=ticket.number, days=REOPENED.days)
    message = await _keep(work, ticket, said, Side.AUTHOR, person, now)
    if message is None:
        return
    clock = await clock_of(work, ticket, now)
    after, what = replace(ticket, changed_at=now), Event.ADDED
    if ticket.state not in OPEN:
        what = Event.REOPENED
    if ticket.state not in OPEN or ticket.state is State.WAITS_AUTHOR:
        back = State.TAKEN if ticket.taken_by is not None else State.NEW
        after = moved(ticket, back, clock=clock, now=now)
    await write(work, ticket, after, what, by=person)
    to = await listeners(work, after, Side.AUTHOR, person, now)
    await carry(work, after, message, parts=parts_of(said), to=to, now=now)
    await receipt(work, ticket.school, message, said.source)
    await show(work, after, now)
    if what is Event.REOPENED:
        await tell_authors(work, after, what, now)


async def listeners(
    work: Work, ticket: Ticket, side: Side, speaker: PersonId, now: datetime
) -> Collection[PersonId]:
    """Authors hear the administrators; whoever took the ticket (else all of those) the author."""
    if side is Side.ADMINISTRATOR:
        return await authors(work, ticket)
    known = [one.id for one in await administrators(work, ticket.school, now)]
    own = [ticket.taken_by] if ticket.taken_by in known else known
    return [one for one in own if one is not None and one != speaker]


def participant(actor: Actor) -> tuple[SchoolId, PersonId]:
    school = demand(actor, Capability.OPEN_TICKET)
    if actor.person is None:
        raise NotAllowedError(capability=Capability.OPEN_TICKET.value)
    return school, actor.person


def parts_of(said: Said) -> Sequence[int]:
    """The parts a message is carried in: its text is under the first file where that can be."""
    files = list(range(1, len(said.files) + 1))
    under = files and said.files[0].kind is not FileKind.VIDEO_NOTE
    alone = not under or len(said.text.strip()) > CAPTION
    return [0, *files] if alone else files


async def _keep(
    work: Work,
    ticket: Ticket,
    said: Said,
    side: Side,
    person: PersonId,
    now: datetime,
) -> TicketMessageId | None:
    """The message's id; None when the very message was carried over before."""
    if not said:
        raise TicketEmptyError
    new = NewMessage(side=side, person=person, at=now, text=said.text.strip(), source=said.source)
    message = await work.ticket_messages.add(ticket.school, ticket.number, new)
    if message is not None:
        for file in said.files:
            await work.ticket_messages.attach(message, file)
    return message


def _edited(
    ticket: Ticket, person: PersonId, message: TicketMessageId, now: datetime
) -> TicketEvent:
    return TicketEvent(
        school=ticket.school,
        number=ticket.number,
        person=person,
        what=Event.EDITED,
        at=now,
        facts={"message": message},
    )
