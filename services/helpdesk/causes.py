"""What a ticket came of: named by the administrator, counted for the report (duty 2.5)."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from services.access import Actor, Capability, NotAllowedError, demand
from services.clock import Clock
from services.helpdesk import ports
from services.helpdesk.changing import ticket_of
from services.helpdesk.posting import show
from services.helpdesk.tickets import TicketNumber
from services.ids import SchoolId

OUTAGE = "outage"
CAUSES = ("how_to", "slip", "lists", "access", OUTAGE, "vendor", "device", "other")
"""In the order they are offered; the last word of each is in ``handlers.cause_words``."""


class CauseStore(Protocol):
    async def put(self, school: SchoolId, number: TicketNumber, cause: str) -> None: ...

    async def of(
        self, school: SchoolId, numbers: Collection[TicketNumber]
    ) -> Mapping[TicketNumber, str]:
        """Tickets without a cause are not in it."""
        ...


class Work(ports.Work, Protocol):
    @property
    def ticket_causes(self) -> CauseStore: ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def of(self, actor: Actor, number: TicketNumber) -> str | None:
        """TicketGoneError where the actor's school has no such ticket."""
        school = demand(actor, Capability.ANSWER_TICKETS)
        async with self.reading() as work:
            ticket = await ticket_of(work, school, number)
            return (await work.ticket_causes.of(school, [ticket.number])).get(ticket.number)

    async def name(self, actor: Actor, number: TicketNumber, cause: str) -> None:
        """The latest word holds. NotAllowedError for a cause that is not offered."""
        school = demand(actor, Capability.ANSWER_TICKETS)
        if cause not in CAUSES:
            raise NotAllowedError(capability=Capability.ANSWER_TICKETS.value)
        async with self.unit_of_work() as work:
            ticket = await ticket_of(work, school, number)
            await work.ticket_causes.put(school, ticket.number, cause)
            await show(work, ticket, self.clock.now())
