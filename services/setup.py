"""The first owner comes in by a setup code, which works once and for good."""

import hmac
import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.access import Role
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.ids import SchoolId
from services.invitations import CODE_BYTES, hash_code
from services.people import HOME_ZONE, Newcomer, PeopleStore
from services.schools import School, Schools


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupCode:
    """The one code, as its hash."""

    code_hash: str
    used_at: datetime | None = None


class SetupCodes(Protocol):
    async def get(self) -> SetupCode | None: ...

    async def put(self, code_hash: str, at: datetime) -> None:
        """Set the code, or another one in place of a code not used yet."""
        ...

    async def use(self, newcomer: Newcomer, school: SchoolId, at: datetime) -> None: ...


class Work(Protocol):
    @property
    def setup(self) -> SetupCodes: ...

    @property
    def schools(self) -> Schools: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    timezone: str = HOME_ZONE

    async def prepare(self, configured: str = "") -> str | None:
        """At each start: keep the configured code; without one make a code and return it, once.

        A code that was used stays used, whatever is configured later.
        """
        async with self.unit_of_work() as work:
            known = await work.setup.get()
            if known is not None and (known.used_at is not None or not configured):
                return None
            code = configured or secrets.token_urlsafe(CODE_BYTES)
            await work.setup.put(hash_code(code), self.clock.now())
        return None if configured else code

    async def redeem(self, work: Work, code_hash: str, newcomer: Newcomer) -> School | None:
        """Inside ``work``: make the newcomer the administrator of the (first) school."""
        known = await work.setup.get()
        if known is None or known.used_at is not None:
            return None
        if not hmac.compare_digest(known.code_hash, code_hash):
            return None
        now = self.clock.now()
        school = await self._school(work, now)
        await work.setup.use(newcomer, school.id, now)
        person = await work.people.admit(newcomer, school=school.id, staff=None, at=now)
        await work.people.give(person, Role.ADMINISTRATOR, given_by=None, at=now)
        await work.audit.add(
            AuditEntry(
                school=school.id,
                person=None,
                what="role given",
                at=now,
                facts={"person": person, "role": Role.ADMINISTRATOR.value, "by": "setup code"},
            )
        )
        return school

    async def _school(self, work: Work, now: datetime) -> School:
        """A school may be there already: an import from the command line makes one."""
        known = await work.schools.first()
        if known is not None:
            return known
        made = await work.schools.add(name="", timezone=self.timezone, at=now)
        return await work.schools.get(made)
