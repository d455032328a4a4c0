"""Two tickets about the same thing go on as one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.access import Actor
from services.clock import Clock
from services.helpdesk.changing import clock_of, ticket_of, write
from services.helpdesk.errors import UnfitMergeError
from services.helpdesk.letters import NEWS
from services.helpdesk.life import answerer, open_ticket
from services.helpdesk.ports import Transactions, Work
from services.helpdesk.posting import show
from services.helpdesk.targets import moved
from services.helpdesk.tickets import OPEN, Event, State, Ticket, TicketNumber
from services.ids import ChatId, PersonId
from services.outgoing import Letter

JOINED = "joined"
"""News for the author of the ticket in which another goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    unit_of_work: Transactions
    clock: Clock

    async def merge(self, actor: Actor, number: TicketNumber, into: TicketNumber) -> Ticket:
        """``number`` goes on in ``into``: its author is told and hears every answer from there.

        Returns the ticket that stays. UnfitMergeError for the ticket itself, one that is not
        there and one that is finished.
        """
        school, person = answerer(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            ticket = await open_ticket(work, school, number, now)
            if await work.tickets.get(school, into) is None:
                raise UnfitMergeError(into=into)
            target = await ticket_of(work, school, into)
            if target.number == ticket.number or target.state not in OPEN:
                raise UnfitMergeError(into=into)
            clock = await clock_of(work, ticket, now)
            gone = moved(ticket, State.CLOSED, clock=clock, now=now)
            gone = replace(gone, merged_into=target.number)
            facts = {"into": target.number}
            await write(work, ticket, gone, Event.MERGED, by=person, facts=facts)
            await self._follow(work, gone, target)
            await show(work, gone, now)
            await show(work, target, now)
        return target

    async def _follow(self, work: Work, gone: Ticket, target: Ticket) -> None:
        """Those merged into it earlier go on in the target too; every author is told once.

        So is the target's own, in whose ticket there is somebody new.
        """
        now = self.clock.now()
        earlier = await work.tickets.merged(gone.school, gone.number)
        for one in earlier:
            await work.tickets.save(
                replace(one, merged_into=target.number, changed_at=now), was=one.state
            )
        for one in (gone, *earlier):
            facts = {"what": Event.MERGED.value, "merged": one.number}
            await self._tell(work, target, one.author, facts)
        if any(one.author != target.author for one in (gone, *earlier)):
            await self._tell(work, target, target.author, {"what": JOINED})

    async def _tell(
        self, work: Work, target: Ticket, person: PersonId, facts: Mapping[str, object]
    ) -> None:
        author = await work.people.get(target.school, person, self.clock.now())
        if author is not None and author.roles:
            letter = Letter(
                school=target.school,
                chat=ChatId(author.user),
                kind=NEWS,
                view={"number": target.number, **facts},
            )
            await work.outbox.put(letter)
