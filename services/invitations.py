"""Invitations: one link lets one person in with one role, once, within three days."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from services.access import Actor, Capability, NotAllowedError, Role, demand
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.errors import DomainError
from services.ids import PersonId, SchoolId, StaffId
from services.people import Newcomer, PeopleStore, StaffDirectory, StaffMember
from services.pins import Pins

LIFETIME = timedelta(hours=72)
CODE_BYTES = 16
NAME_LIMIT = 100

INVITED_BY: Mapping[Role, Capability] = {
    Role.TEACHER: Capability.INVITE_TEACHER,
    Role.CLASS_TEACHER: Capability.INVITE_TEACHER,
    Role.ADMINISTRATION: Capability.INVITE_ANY,
    Role.DIRECTOR: Capability.INVITE_ANY,
    Role.ADMINISTRATOR: Capability.INVITE_ANY,
}
"""Which roles can be given by a link, and the right it takes; INVITE_ANY takes the PIN as well."""


class UnknownStaffError(DomainError):
    """The person chosen is no longer in the journal's staff list."""

    key = "errors/unknown-staff"


class UnfitNameError(DomainError):
    """The typed name is empty or too long."""

    key = "errors/unfit-name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """As kept: the code only as its hash."""

    school: SchoolId
    code_hash: str
    role: Role
    staff: StaffId | None
    name: str
    created_by: PersonId
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What the inviter is shown once: ``code`` goes into the link, ``name`` may be empty."""

    code: str
    role: Role
    name: str
    expires_at: datetime


class InvitationStore(Protocol):
    async def add(self, invitation: Invitation) -> None: ...

    async def get(self, code_hash: str) -> Invitation | None: ...

    async def use(self, code_hash: str, newcomer: Newcomer, at: datetime) -> bool:
        """Mark as used; False when somebody has used it already."""
        ...


class Work(Protocol):
    @property
    def invitations(self) -> InvitationStore: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def audit(self) -> Audit: ...


def hash_code(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    staff: StaffDirectory
    pins: Pins

    def roles(self, actor: Actor) -> list[Role]:
        """The roles that the actor may give, weakest first."""
        demand(actor, Capability.INVITE_TEACHER)
        return [role for role, capability in INVITED_BY.items() if actor.may(capability)]

    async def candidates(self, actor: Actor, role: Role) -> Sequence[StaffMember]:
        """Working staff by name, for the buttons."""
        school = await self._may_give(actor, role)
        members = await self.staff.list(school)
        return sorted((one for one in members if not one.dismissed), key=lambda one: one.name)

    async def issue(
        self, actor: Actor, *, role: Role, staff: StaffId | None = None, name: str = ""
    ) -> Issued:
        """A link for a line of the staff list, or for a typed name (empty: the account's own)."""
        school = await self._may_give(actor, role)
        if actor.person is None:
            raise NotAllowedError
        shown = " ".join(name.split())
        if len(shown) > NAME_LIMIT:
            raise UnfitNameError(limit=NAME_LIMIT)
        if staff is not None:
            shown = await self._name_of(school, staff)
        code = secrets.token_urlsafe(CODE_BYTES)
        now = self.clock.now()
        invitation = Invitation(
            school=school,
            code_hash=hash_code(code),
            role=role,
            staff=staff,
            name=shown,
            created_by=actor.person,
            created_at=now,
            expires_at=now + LIFETIME,
        )
        async with self.unit_of_work() as work:
            await work.invitations.add(invitation)
            await work.audit.add(_issued(invitation))
        return Issued(code=code, role=role, name=shown, expires_at=invitation.expires_at)

    async def redeem(self, work: Work, code_hash: str, newcomer: Newcomer) -> Invitation | None:
        """Admit the newcomer inside ``work``; None when this code lets nobody in (any more)."""
        now = self.clock.now()
        found = await work.invitations.get(code_hash)
        if found is None or found.expires_at <= now:
            return None
        if not await work.invitations.use(code_hash, newcomer, now):
            return None
        named = Newcomer(user=newcomer.user, name=found.name or newcomer.name)
        person = await work.people.admit(named, school=found.school, staff=found.staff, at=now)
        await work.people.give(person, found.role, given_by=found.created_by, at=now)
        facts = {"person": person, "role": found.role.value, "staff": found.staff}
        await work.audit.add(
            AuditEntry(
                school=found.school,
                person=found.created_by,
                what="role given",
                at=now,
                facts=facts,
            )
        )
        return found

    async def _may_give(self, actor: Actor, role: Role) -> SchoolId:
        capability = INVITED_BY.get(role)
        if capability is None:
            raise NotAllowedError(capability=Capability.INVITE_ANY.value)
        school = demand(actor, capability)
        if capability is Capability.INVITE_ANY:
            await self.pins.demand(actor)
        return school

    async def _name_of(self, school: SchoolId, staff: StaffId) -> str:
        for member in await self.staff.list(school):
            if member.id == staff and not member.dismissed:
                return member.name
        raise UnknownStaffError


def _issued(invitation: Invitation) -> AuditEntry:
    return AuditEntry(
        school=invitation.school,
        person=invitation.created_by,
        what="invitation issued",
        at=invitation.created_at,
        facts={"role": invitation.role.value, "staff": invitation.staff},
    )
