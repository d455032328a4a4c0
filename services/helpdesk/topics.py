"""The queue in the administration's group: a card a ticket, in a topic of its own where it can be.

Only in the bound group that the administrator chose. What stands there names nobody outside the
help desk: what it is about, class and subject, the state, who took it; neither the author nor a
word of the ticket.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from services.access import Actor, Capability, demand
from services.audit import Audit, AuditEntry
from services.binding import BoundChat, BoundChats
from services.clock import Clock
from services.errors import DomainError
from services.helpdesk.tickets import TicketNumber
from services.ids import ChatId, SchoolId


class GroupGoneError(DomainError):
    """The group is not bound to the school any more."""

    key = "errors/queue-group-gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueGroup:
    """``topics``: the group has topics, so each ticket gets one; ``thread`` is its common one."""

    school: SchoolId
    chat: ChatId
    topics: bool
    thread: int | None = None


class QueueGroups(Protocol):
    async def get(self, school: SchoolId) -> QueueGroup | None:
        """The chosen group while it is bound to the school."""
        ...

    async def put(self, group: QueueGroup) -> None: ...

    async def drop(self, school: SchoolId) -> None: ...

    async def topic(self, group: QueueGroup, number: TicketNumber) -> int | None:
        """The topic of a ticket; None where there is none (yet)."""
        ...

    async def lose(self, group: QueueGroup, number: TicketNumber) -> None:
        """The ticket's topic is gone there, and its card with it."""
        ...


class Work(Protocol):
    @property
    def queue_groups(self) -> QueueGroups: ...

    @property
    def bound_chats(self) -> BoundChats: ...

    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """The school's bound groups, and the one where the queue is shown."""

    groups: Sequence[BoundChat]
    chosen: QueueGroup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePlaces:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def choices(self, actor: Actor) -> Choice:
        school = demand(actor, Capability.ANSWER_TICKETS)
        async with self.reading() as work:
            groups = await work.bound_chats.list(school)
            return Choice(groups, await work.queue_groups.get(school))

    async def choose(self, actor: Actor, chat: ChatId, *, topics: bool) -> Choice:
        """GroupGoneError for a group that is not bound to the actor's school."""
        school = demand(actor, Capability.ANSWER_TICKETS)
        async with self.unit_of_work() as work:
            bound = await work.bound_chats.get(chat)
            if bound is None or bound.school != school:
                raise GroupGoneError
            await work.queue_groups.put(QueueGroup(school=school, chat=chat, topics=topics))
            await work.audit.add(self._entry(school, actor, chat))
        return await self.choices(actor)

    async def leave(self, actor: Actor) -> Choice:
        school = demand(actor, Capability.ANSWER_TICKETS)
        async with self.unit_of_work() as work:
            await work.queue_groups.drop(school)
            await work.audit.add(self._entry(school, actor, None))
        return await self.choices(actor)

    def _entry(self, school: SchoolId, actor: Actor, chat: ChatId | None) -> AuditEntry:
        return AuditEntry(
            school=school,
            person=actor.person,
            what="queue shown in a group" if chat else "queue shown in no group",
            at=self.clock.now(),
            facts={"chat": chat},
        )
