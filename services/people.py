"""Who is writing: a messenger's user becomes an actor with a school, roles and a language."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NewType, Protocol

from services.access import Actor, Capability, NotAllowedError, Role, demand
from services.audit import Audit, AuditEntry
from services.binding import BoundChats
from services.clock import Clock
from services.ids import ChatId, PersonId, SchoolId, StaffId

UserId = NewType("UserId", int)
"""A person's identity in the messenger; it is also the id of the private chat with them."""

HOME_ZONE = "Europe/Moscow"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A line of the journal's staff list; who is ``dismissed`` is not invited."""

    id: StaffId
    name: str
    subject_group: str | None = None
    dismissed: bool = False


class StaffDirectory(Protocol):
    async def list(self, school: SchoolId) -> Sequence[StaffMember]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody admitted to a school, with the roles that hold at the moment asked for."""

    id: PersonId
    school: SchoolId
    user: UserId
    name: str
    language: str
    staff: StaffId | None
    roles: frozenset[Role]
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Who opened a link: the account and the name it shows."""

    user: UserId
    name: str


class PeopleStore(Protocol):
    async def of_user(self, user: UserId, at: datetime) -> Person | None:
        """The latest admission that is not revoked; roles are those that hold ``at``."""
        ...

    async def get(self, school: SchoolId, person: PersonId, at: datetime) -> Person | None: ...

    async def list(self, school: SchoolId, at: datetime) -> Sequence[Person]: ...

    async def admit(
        self, newcomer: Newcomer, *, school: SchoolId, staff: StaffId | None, at: datetime
    ) -> PersonId:
        """Add the person, or bring a known one back without the roles held before."""
        ...

    async def give(
        self, person: PersonId, role: Role, *, given_by: PersonId | None, at: datetime
    ) -> None: ...

    async def revoke(self, school: SchoolId, person: PersonId, at: datetime) -> None:
        """End the admission, its roles, classes and the invitations it made, all at this moment."""
        ...

    async def speak(self, person: PersonId, language: str) -> None: ...


class Work(Protocol):
    @property
    def people(self) -> PeopleStore: ...

    @property
    def bound_chats(self) -> BoundChats: ...

    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The actor and the IANA zone in which they read moments."""

    actor: Actor
    zone: str = HOME_ZONE


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def recognise(
        self, *, user: UserId | None, chat: ChatId, private: bool = True
    ) -> Recognised:
        """Whoever is not admitted (or no longer is) is a stranger; so is an anonymous sender."""
        async with self.reading() as work:
            person = await work.people.of_user(user, self.clock.now()) if user else None
            bound = None if private else await work.bound_chats.get(chat)
        place = Actor(chat=chat, in_group=not private)
        if person is None:
            return Recognised(actor=replace(place, group=chat if bound else None))
        group = chat if bound is not None and bound.school == person.school else None
        actor = replace(
            place,
            person=person.id,
            school=person.school,
            staff=person.staff,
            roles=person.roles or place.roles,
            group=group,
            language=person.language,
        )
        return Recognised(actor=actor, zone=person.zone)

    async def list(self, actor: Actor) -> Sequence[Person]:
        school = demand(actor, Capability.PEOPLE)
        async with self.reading() as work:
            return await work.people.list(school, self.clock.now())

    async def revoke(self, actor: Actor, person: PersonId) -> Person:
        """Dismissal: every right ends at once. Nobody locks themselves out."""
        school = demand(actor, Capability.PEOPLE)
        async with self.unit_of_work() as work:
            found = await work.people.get(school, person, self.clock.now())
            if found is None or person == actor.person:
                raise NotAllowedError(capability=Capability.PEOPLE.value)
            await self._end(work, found, by=actor.person)
        return found

    async def dismiss(self, work: Work, school: SchoolId, staff: Iterable[StaffId]) -> None:
        """Inside the unit of an import that shows ``staff`` as dismissed: end their rights."""
        gone = set(staff)
        for person in await work.people.list(school, self.clock.now()):
            if person.staff in gone:
                await self._end(work, person, by=None)

    def language(self, actor: Actor) -> str:
        demand(actor, Capability.MY_DATA)
        return actor.language

    async def speak(self, actor: Actor, language: str) -> None:
        demand(actor, Capability.MY_DATA)
        if actor.person is None:
            raise NotAllowedError
        async with self.unit_of_work() as work:
            await work.people.speak(actor.person, language)

    async def _end(self, work: Work, person: Person, *, by: PersonId | None) -> None:
        now = self.clock.now()
        await work.people.revoke(person.school, person.id, now)
        facts = {"person": person.id, "roles": sorted(person.roles)}
        entry = AuditEntry(
            school=person.school, person=by, what="access revoked", at=now, facts=facts
        )
        await work.audit.add(entry)
