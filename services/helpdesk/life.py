"""The life of a ticket: taken, waiting, solved, closed, opened again, rated."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from services.access import Actor, Capability, NotAllowedError, demand
from services.clock import Clock
from services.helpdesk.changing import clock_of, own_ticket, settled, ticket_of, write
from services.helpdesk.errors import TicketOldError, TicketTakenError
from services.helpdesk.letters import REMINDER
from services.helpdesk.ports import Transactions, Work
from services.helpdesk.posting import administrators, show, tell_authors
from services.helpdesk.relay import REOPENED, listeners, participant
from services.helpdesk.targets import moved
from services.helpdesk.tickets import (
    OPEN,
    UNFINISHED,
    Event,
    Side,
    State,
    Ticket,
    TicketNumber,
)
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Letter

RATINGS = range(1, 6)
WORDS = 500
"""Characters of a word with a rating; what is longer is cut."""
RINGS = frozenset({Event.SOLVED, Event.CLOSED, Event.REOPENED})
"""What authors are told of by a message of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    unit_of_work: Transactions
    clock: Clock

    # -- administrators ------------------------------------------------------------------------

    async def take(self, actor: Actor, number: TicketNumber, *, over: bool = False) -> Ticket:
        """``over``: from another's hands too. TicketTakenError where somebody was faster."""
        school, person = answerer(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            ticket = await open_ticket(work, school, number, now)
            holder = await _holder(work, ticket, now)
            if not over and holder is not None and ticket.taken_by != person:
                raise TicketTakenError(number=ticket.number, by=holder)
            after = replace(ticket, taken_by=person, changed_at=now)
            if ticket.state is State.NEW:
                clock = await clock_of(work, ticket, now)
                after = moved(after, State.TAKEN, clock=clock, now=now)
            await write(work, ticket, after, Event.TAKEN, by=person)
            await show(work, after, now)
        return after

    async def wait(self, actor: Actor, number: TicketNumber, state: State) -> Ticket:
        """For the author (the clock stands) or for others (it goes on); TAKEN ends the waiting."""
        event = Event(state.value)
        return await self._by_administrator(actor, number, state, event, within=OPEN)

    async def solve(self, actor: Actor, number: TicketNumber) -> Ticket:
        return await self._by_administrator(actor, number, State.SOLVED, Event.SOLVED, within=OPEN)

    async def close(self, actor: Actor, number: TicketNumber) -> Ticket:
        """TicketSettledError where somebody has closed it already."""
        return await self._by_administrator(
            actor, number, State.CLOSED, Event.CLOSED, within=UNFINISHED
        )

    # -- authors -------------------------------------------------------------------------------

    async def close_own(self, actor: Actor, number: TicketNumber) -> Ticket:
        demand(actor, Capability.CLOSE_OWN_TICKET)
        return await self._by_author(actor, number, State.CLOSED, Event.CLOSED)

    async def reopen(self, actor: Actor, number: TicketNumber) -> Ticket:
        """Not solved after all. TicketOldError more than 14 days after it was closed."""
        return await self._by_author(actor, number, State.TAKEN, Event.REOPENED)

    async def rate(self, actor: Actor, number: TicketNumber, stars: int) -> Ticket:
        """1 to 5, of a finished one; the latest word holds."""
        if stars not in RATINGS:
            raise NotAllowedError(capability=Capability.OPEN_TICKET.value)
        return await self._rated(actor, number, lambda one: replace(one, rating=stars))

    async def comment(self, actor: Actor, number: TicketNumber, words: str) -> Ticket:
        cut = " ".join(words.split())[:WORDS]
        return await self._rated(actor, number, lambda one: replace(one, rating_words=cut))

    # ------------------------------------------------------------------------------------------

    async def _by_administrator(
        self,
        actor: Actor,
        number: TicketNumber,
        to: State,
        what: Event,
        *,
        within: frozenset[State],
    ) -> Ticket:
        school, person = answerer(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            ticket = await ticket_of(work, school, number)
            if ticket.state not in within:
                raise await settled(work, school, ticket.number, now)
            taken = ticket if ticket.taken_by else replace(ticket, taken_by=person)
            return await change_state(work, ticket, taken, to, what, by=person, now=now)

    async def _by_author(
        self, actor: Actor, number: TicketNumber, to: State, what: Event
    ) -> Ticket:
        school, person = participant(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            ticket = await own_ticket(work, school, number, person)
            if what is Event.CLOSED and ticket.state is State.CLOSED:
                raise await settled(work, school, ticket.number, now)
            if what is Event.REOPENED and ticket.state in OPEN:
                return ticket
            if ticket.closed_at is not None and now - ticket.closed_at > REOPENED:
                raise TicketOldError(number=ticket.number, days=REOPENED.days)
            if to is State.TAKEN and ticket.taken_by is None:
                to = State.NEW
            after = await change_state(work, ticket, ticket, to, what, by=person, now=now)
            if what is Event.REOPENED:
                await _ring(work, after, person, now)
            return after

    async def _rated(
        self, actor: Actor, number: TicketNumber, change: Callable[[Ticket], Ticket]
    ) -> Ticket:
        school, person = participant(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            ticket = await own_ticket(work, school, number, person)
            if ticket.state in OPEN:
                raise await settled(work, school, ticket.number, now)
            after = replace(change(ticket), changed_at=now)
            facts = {"stars": after.rating}
            await write(work, ticket, after, Event.RATED, by=person, facts=facts)
            await show(work, after, now)
        return after


async def open_ticket(work: Work, school: SchoolId, number: TicketNumber, now: datetime) -> Ticket:
    """One that is not finished. TicketSettledError for any other."""
    ticket = await ticket_of(work, school, number)
    if ticket.state not in OPEN:
        raise await settled(work, school, ticket.number, now)
    return ticket


async def change_state(
    work: Work,
    before: Ticket,
    changed: Ticket,
    to: State,
    what: Event,
    *,
    by: PersonId | None,
    now: datetime,
) -> Ticket:
    """Inside a unit of work: ``before`` in another state, its cards renewed, its authors told."""
    clock = await clock_of(work, before, now)
    after = moved(changed, to, clock=clock, now=now)
    await write(work, before, after, what, by=by)
    await show(work, after, now)
    if what in RINGS:
        await tell_authors(work, after, what, now, but=by)
    return after


async def _ring(work: Work, ticket: Ticket, person: PersonId, now: datetime) -> None:
    """Opened again without a word: a card that is edited makes no sound."""
    hear = await listeners(work, ticket, Side.AUTHOR, person, now)
    for one in await administrators(work, ticket.school, now):
        if one.id in hear:
            letter = Letter(
                school=ticket.school,
                chat=ChatId(one.user),
                kind=REMINDER,
                view={
                    "number": ticket.number,
                    "target": Event.REOPENED.value,
                    "due": now.isoformat(),
                    "holder": "",
                },
            )
            await work.outbox.put(letter)


async def _holder(work: Work, ticket: Ticket, now: datetime) -> str | None:
    """Who has the ticket in hand, if they may still answer."""
    known = {one.id: one.name for one in await administrators(work, ticket.school, now)}
    return None if ticket.taken_by is None else known.get(ticket.taken_by)


def answerer(actor: Actor) -> tuple[SchoolId, PersonId]:
    demand(actor, Capability.ANSWER_TICKETS)
    return participant(actor)
