"""How the bot itself is: figures of its books, updates set aside, the last backup."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.access import Actor, Capability, demand
from services.alerts import AlertWork, school_of
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.ids import ChatId, SchoolId

BACKUP = "backup"
"""The name under which the last backup is noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """``updates`` and ``letters`` wait; ``aside`` were given up; ``dead`` letters are a day's."""

    at: datetime
    updates: int
    oldest_update: datetime | None
    aside: int
    letters: int
    oldest_letter: datetime | None
    dead: int
    last_digest: datetime | None

    @property
    def update_age(self) -> float:
        """Seconds that the oldest update waits."""
        return _age(self.at, self.oldest_update)

    @property
    def letter_age(self) -> float:
        return _age(self.at, self.oldest_letter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """An update set aside; one whose change was made already is not ``repeatable``."""

    number: int
    chat: ChatId
    error: str
    at: datetime
    repeatable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """The last copy of the database; ``size`` in bytes, ``failed_at`` when a later one failed."""

    at: datetime
    file: str
    size: int
    rows: int
    sealed: bool
    failed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    pulse: Pulse
    stuck: Sequence[Stuck]
    backup: Backup | None


class ProcessBooks(Protocol):
    async def pulse(self) -> Pulse: ...

    async def stuck(self) -> Sequence[Stuck]: ...

    async def repeat(self, number: int) -> bool: ...

    async def drop(self, number: int) -> bool: ...

    async def undelivered(self, key: str) -> int:
        """Chats to which the letter of this key will not come."""
        ...

    async def note(self, name: str, value: Mapping[str, object]) -> None: ...

    async def noted(self, name: str) -> Mapping[str, Any] | None: ...


class Work(AlertWork, Protocol):
    @property
    def process(self) -> ProcessBooks: ...

    @property
    def audit(self) -> Audit: ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthDesk:
    """``again`` is called when an update set aside is to be handled once more."""

    unit_of_work: Transactions
    reading: Transactions
    clock: Clock
    again: Callable[[], None]

    async def show(self, actor: Actor) -> Health:
        school = demand(actor, Capability.HEALTH)
        async with self.reading() as work:
            return Health(
                pulse=await work.process.pulse(),
                stuck=await self._of(work, school),
                backup=await last_backup(work.process),
            )

    async def backup(self, actor: Actor) -> Backup | None:
        demand(actor, Capability.HEALTH)
        async with self.reading() as work:
            return await last_backup(work.process)

    async def repeat(self, actor: Actor, number: int) -> bool:
        """Handle an update set aside once more; False where it cannot be, or is another's."""
        return await self._change(actor, number, "update repeated", lambda books: books.repeat)

    async def drop(self, actor: Actor, number: int) -> bool:
        """Let it go, its content is erased."""
        return await self._change(actor, number, "update dropped", lambda books: books.drop)

    async def _change(
        self,
        actor: Actor,
        number: int,
        what: str,
        step: Callable[[ProcessBooks], Callable[[int], Any]],
    ) -> bool:
        school = demand(actor, Capability.HEALTH)
        async with self.unit_of_work() as work:
            mine = {one.number for one in await self._of(work, school)}
            if number not in mine or not await step(work.process)(number):
                return False
            entry = AuditEntry(
                school=school,
                person=actor.person,
                what=what,
                at=self.clock.now(),
                facts={"update": number},
            )
            await work.audit.add(entry)
        self.again()
        return True

    async def _of(self, work: Work, school: SchoolId) -> Sequence[Stuck]:
        """Those of the school's people and groups; strangers' are the oldest school's."""
        now = self.clock.now()
        found = []
        for one in await work.process.stuck():
            whose = await school_of(work, one.chat, now)
            if whose is not None and whose.id == school:
                found.append(one)
        return found


async def last_backup(books: ProcessBooks) -> Backup | None:
    kept = await books.noted(BACKUP)
    if kept is None or "at" not in kept:
        return None
    failed = kept.get("failed_at")
    return Backup(
        at=datetime.fromisoformat(kept["at"]),
        file=kept["file"],
        size=kept["size"],
        rows=kept["rows"],
        sealed=kept["sealed"],
        failed_at=datetime.fromisoformat(failed) if failed else None,
    )


def _age(now: datetime, since: datetime | None) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
