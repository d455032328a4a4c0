"""A group becomes the school's administration chat, and stops being one."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from services.access import Actor, Capability, demand
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.errors import DomainError
from services.ids import ChatId, PersonId, SchoolId
from services.schools import Schools


class NotAGroupError(DomainError):
    """Only a group can be bound."""

    key = "errors/not-a-group"


class ForeignGroupError(DomainError):
    """The group is another school's."""

    key = "errors/foreign-group"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundChat:
    """A group that receives the digest; ``topic`` is its thread, None for the common one."""

    school: SchoolId
    chat: ChatId
    title: str
    topic: int | None
    bound_by: PersonId | None
    bound_at: datetime


class BoundChats(Protocol):
    async def get(self, chat: ChatId) -> BoundChat | None:
        """The chat's binding, if it is active."""
        ...

    async def list(self, school: SchoolId) -> Sequence[BoundChat]: ...

    async def put(self, bound: BoundChat) -> None: ...

    async def drop(self, chat: ChatId) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What binding means: the group and the moment of its next digest, in the school's zone."""

    group: BoundChat
    next_digest: datetime


class ShownThere(Protocol):
    async def moved(self, old: ChatId, new: ChatId) -> None:
        """What is shown in a group goes on under its new number."""
        ...


class Work(Protocol):
    @property
    def schools(self) -> Schools: ...

    @property
    def queue_groups(self) -> ShownThere: ...

    @property
    def bound_chats(self) -> BoundChats: ...

    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def look(self, actor: Actor) -> BoundChat | None:
        """The binding of the group where the actor writes; a foreign school's is not shown."""
        school = demand(actor, Capability.BIND_CHAT)
        self._group(actor)
        async with self.reading() as work:
            bound = await work.bound_chats.get(actor.chat)
        if bound is not None and bound.school != school:
            raise ForeignGroupError
        return bound

    async def bind(self, actor: Actor, *, title: str, topic: int | None) -> Bound:
        """Bind the group where the actor writes; binding again moves it to another topic."""
        school = demand(actor, Capability.BIND_CHAT)
        chat = self._group(actor)
        async with self.unit_of_work() as work:
            known = await work.bound_chats.get(chat)
            if known is not None and known.school != school:
                raise ForeignGroupError
            bound = BoundChat(
                school=school,
                chat=chat,
                title=title,
                topic=topic,
                bound_by=actor.person,
                bound_at=self.clock.now(),
            )
            await work.bound_chats.put(bound)
            await work.audit.add(self._entry(bound, "chat bound", by=actor.person))
            settings = await work.schools.get(school)
        return Bound(group=bound, next_digest=settings.next_digest(self.clock.now()))

    async def unbind(self, actor: Actor) -> None:
        school = demand(actor, Capability.BIND_CHAT)
        chat = self._group(actor)
        async with self.unit_of_work() as work:
            bound = await work.bound_chats.get(chat)
            if bound is None:
                return
            if bound.school != school:
                raise ForeignGroupError
            await work.bound_chats.drop(chat)
            await work.audit.add(self._entry(bound, "chat unbound", by=actor.person))

    async def left(self, chat: ChatId) -> None:
        """The messenger says that the bot is no longer in the group."""
        async with self.unit_of_work() as work:
            bound = await work.bound_chats.get(chat)
            if bound is not None:
                await work.bound_chats.drop(chat)
                await work.audit.add(self._entry(bound, "chat left", by=None))

    async def moved(self, old: ChatId, new: ChatId) -> None:
        """The messenger says that the group has a new id (it became a supergroup)."""
        async with self.unit_of_work() as work:
            bound = await work.bound_chats.get(old)
            if bound is not None:
                await work.bound_chats.drop(old)
                await work.bound_chats.put(replace(bound, chat=new))
                await work.queue_groups.moved(old, new)
                await work.audit.add(self._entry(bound, "chat moved", by=None))

    def _entry(self, bound: BoundChat, what: str, *, by: PersonId | None) -> AuditEntry:
        return AuditEntry(
            school=bound.school,
            person=by,
            what=what,
            at=self.clock.now(),
            facts={"chat": bound.chat, "topic": bound.topic},
        )

    @staticmethod
    def _group(actor: Actor) -> ChatId:
        if not actor.in_group:
            raise NotAGroupError
        return actor.chat
