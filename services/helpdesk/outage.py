"""A time in which the journal itself did not work, and what keeps such times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, NewType, Protocol

from services.errors import DomainError
from services.helpdesk.tickets import TicketNumber
from services.ids import PersonId, SchoolId

OutageNumber = NewType("OutageNumber", int)
"""Counts from 1 in each school."""
JOURNAL_DOWN = "journal_down"
"""The category whose tickets an outage takes in."""
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of an outage that nobody knows the end of yet."""


class OutageGoneError(DomainError):
    """The school has no such outage, or it was taken back."""

    key = "errors/outage-gone"


class OutageOverlapsError(DomainError):
    """Outage ``number`` is already there for a part of that time."""

    key = "errors/outage-overlaps"


class OutageMomentError(DomainError):
    """A moment that cannot be read or does not fit; ``why`` is unread, order, far or over."""

    key = "errors/outage-moment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """``ends`` None: it goes on. ``told_at``: everybody knows of its end.

    ``revision`` grows with every change; findings were looked at anew as of ``looked``.
    """

    school: SchoolId
    number: OutageNumber
    begins: datetime
    ends: datetime | None
    declared_by: PersonId
    declared_at: datetime
    changed_at: datetime
    told_at: datetime | None = None
    undone_at: datetime | None = None
    revision: int = 1
    looked: int = 0

    @property
    def until(self) -> datetime:
        return self.ends or NEVER

    def holds(self, moment: datetime) -> bool:
        return self.begins <= moment < self.until

    def over(self, now: datetime) -> bool:
        return self.until <= now


class Bell(NamedTuple):
    """When a lesson begins, in minutes of the day."""

    number: int
    begins: int


class OutageStore(Protocol):
    """Outages that were taken back are kept, and found by ``get`` alone."""

    async def add(self, outage: Outage) -> Outage:
        """With its number in the school, taken by the same statement."""
        ...

    async def save(self, outage: Outage) -> None: ...

    async def get(self, school: SchoolId, number: OutageNumber) -> Outage | None: ...

    async def between(self, school: SchoolId, since: datetime, until: datetime) -> Sequence[Outage]:
        """Those that touch the time, the earliest first."""
        ...

    async def latest(self, school: SchoolId, *, limit: int) -> Sequence[Outage]:
        """The latest first."""
        ...

    async def unsettled(self, now: datetime) -> Sequence[Outage]:
        """Of all schools: over and not yet told, or changed and findings not yet looked at."""
        ...

    async def looked_at(self, outage: Outage) -> None:
        """The findings follow this revision of it."""
        ...

    async def join(self, outage: Outage, ticket: TicketNumber) -> bool:
        """False when the ticket belongs to an outage already."""
        ...

    async def joined(self, school: SchoolId, number: OutageNumber) -> Sequence[TicketNumber]: ...

    async def outage_of(self, school: SchoolId, ticket: TicketNumber) -> OutageNumber | None: ...

    async def release(self, school: SchoolId, number: OutageNumber) -> None:
        """Its tickets go on by themselves."""
        ...

    async def bells(self, school: SchoolId) -> Sequence[Bell]:
        """The earliest beginning of each lesson of the day; none while bells are not known."""
        ...
