"""The second lock on what changes much: a PIN asked in the private chat."""

import asyncio
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.access import Actor, NotAllowedError, Role
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.errors import DomainError
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Letter, Outbox
from services.people import PeopleStore

TRIES = 5
FRESH = timedelta(minutes=10)
LOCKED = timedelta(hours=1)
_FORM = re.compile(r"[0-9]{4,8}")
_OWNERS = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})


class PinNeededError(DomainError):
    """The PIN must be entered first; ``first`` says that there is none yet and one is chosen."""

    key = "people/pin-ask"


class PinFormError(DomainError):
    """Not 4-8 digits; costs no try."""

    key = "errors/pin-form"


class WrongPinError(DomainError):
    """``left`` tries remain before the lock."""

    key = "errors/pin-wrong"


class PinLockedError(DomainError):
    """No PIN is taken before ``until``, an aware moment."""

    key = "errors/pin-locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One person's PIN: an argon2 hash, the wrong tries since the last right one, two moments."""

    person: PersonId
    school: SchoolId
    hash: str
    failures: int = 0
    locked_until: datetime | None = None
    fresh_until: datetime | None = None


class PinStore(Protocol):
    async def get(self, person: PersonId) -> Pin | None: ...

    async def put(self, pin: Pin) -> None: ...


class Work(Protocol):
    @property
    def pins(self) -> PinStore: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def audit(self) -> Audit: ...


class Hasher(Protocol):
    def hash(self, password: str, /) -> str: ...

    def verify(self, hash: str, password: str, /) -> object: ...  # noqa: A002  # argon2's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    hasher: Hasher = field(default_factory=PasswordHasher)

    async def demand(self, actor: Actor) -> None:
        """A PIN entered within the last ten minutes, or a refusal that asks for it."""
        person, _ = _admitted(actor)
        async with self.reading() as work:
            pin = await work.pins.get(person)
        self._unlocked(pin)
        if pin is None or pin.fresh_until is None or pin.fresh_until <= self.clock.now():
            raise PinNeededError(first=pin is None)

    async def enter(self, actor: Actor, text: str) -> None:
        """Take what was typed: the first PIN is set, a later one is compared."""
        person, school = _admitted(actor)
        typed = text.strip()
        if not _FORM.fullmatch(typed):
            raise PinFormError
        pin = await self._charge(person)
        if pin is None:
            hashed = await asyncio.to_thread(self.hasher.hash, typed)
            await self._keep(Pin(person=person, school=school, hash=hashed), what="pin set")
        elif await asyncio.to_thread(self._fits, pin.hash, typed):
            await self._keep(Pin(person=person, school=school, hash=pin.hash))
        else:
            await self._refuse(pin)

    async def _charge(self, person: PersonId) -> Pin | None:
        """Count the try before looking at it, so that a crash in between gives none for free."""
        async with self.unit_of_work() as work:
            pin = await work.pins.get(person)
            self._unlocked(pin)
            if pin is None:
                return None
            charged = Pin(
                person=person, school=pin.school, hash=pin.hash, failures=pin.failures + 1
            )
            await work.pins.put(charged)
            return charged

    async def _keep(self, pin: Pin, *, what: str | None = None) -> None:
        now = self.clock.now()
        fresh = Pin(person=pin.person, school=pin.school, hash=pin.hash, fresh_until=now + FRESH)
        async with self.unit_of_work() as work:
            await work.pins.put(fresh)
            if what:
                await work.audit.add(
                    AuditEntry(school=pin.school, person=pin.person, what=what, at=now)
                )

    async def _refuse(self, pin: Pin) -> None:
        left = TRIES - pin.failures
        if left > 0:
            raise WrongPinError(left=left)
        now = self.clock.now()
        until = now + LOCKED
        async with self.unit_of_work() as work:
            locked = Pin(person=pin.person, school=pin.school, hash=pin.hash, locked_until=until)
            await work.pins.put(locked)
            await work.audit.add(
                AuditEntry(school=pin.school, person=pin.person, what="pin locked", at=now)
            )
            await self._tell_owners(work, pin, now)
        raise PinLockedError(until=until)

    async def _tell_owners(self, work: Work, pin: Pin, now: datetime) -> None:
        everybody = await work.people.list(pin.school, now)
        name = next((person.name for person in everybody if person.id == pin.person), "")
        for owner in everybody:
            if owner.roles & _OWNERS:
                letter = Letter(
                    school=pin.school,
                    chat=ChatId(owner.user),
                    kind="people/pin-alert",
                    view={"name": name},
                    dedupe=f"pin-locked:{pin.person}:{now.isoformat()}",
                )
                await work.outbox.put(letter)

    def _unlocked(self, pin: Pin | None) -> None:
        if pin and pin.locked_until and pin.locked_until > self.clock.now():
            raise PinLockedError(until=pin.locked_until)

    def _fits(self, hashed: str, typed: str) -> bool:
        try:
            self.hasher.verify(hashed, typed)
        except (VerificationError, InvalidHashError):
            return False
        return True


def _admitted(actor: Actor) -> tuple[PersonId, SchoolId]:
    if actor.person is None or actor.school is None or actor.in_group:
        raise NotAllowedError
    return actor.person, actor.school
