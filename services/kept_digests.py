"""Digests as they are kept: what each reader opens, and what storage does for them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import NewType, Protocol

from services.binding import BoundChats
from services.claims.standing import Standings
from services.completeness.finding_store import FindingStore
from services.errors import DomainError
from services.figures import Indices, Week
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Outbox
from services.people import PeopleStore
from services.schools import School

DigestId = NewType("DigestId", int)

UNKEPT = DigestId(0)


class DigestGoneError(DomainError):
    """The digest behind a button is not this school's, or there is none."""

    key = "errors/digest-gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDigest:
    """A digest as everybody got it: later imports do not change it."""

    id: DigestId
    school: SchoolId
    as_of: datetime
    week: Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message that shows a digest."""

    card: str
    chat: ChatId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDigest:
    """A digest as one reader may see it; ``teachers`` tells whether by teachers too.

    ``topic`` is the thread of a bound group where it belongs.
    """

    id: DigestId
    week: Week
    accepted: Sequence[Acknowledgement]
    teachers: bool
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """``as_of`` is «ДД.ММ ЧЧ:ММ», ``""`` while there is no data; ``digest`` holds all the rest."""

    as_of: str = ""
    indices: Indices | None = None
    digest: DigestId | None = None


class DigestStore(Protocol):
    async def get(self, digest: DigestId) -> KeptDigest | None: ...
    async def known(self, school: SchoolId, period: str, state: str) -> KeptDigest | None: ...
    async def keep(self, kept: KeptDigest, *, state: str, at: datetime) -> KeptDigest: ...
    async def acknowledge(self, digest: DigestId, person: PersonId, at: datetime) -> None: ...
    async def acknowledged(self, digest: DigestId) -> Sequence[Acknowledgement]: ...
    async def schools(self) -> Sequence[tuple[School, datetime]]:
        """Every school with the moment since which it exists."""
        ...

    async def shown(self, card: str) -> Sequence[Shown]:
        """The messages of a card, and of those named after it («card:...»)."""
        ...


class JobRuns(Protocol):
    async def claim(self, job: str, school: SchoolId, period: str) -> bool:
        """Whether this period of the job is ours: False when it was already done."""
        ...

    async def done(self, job: str, school: SchoolId, period: str) -> bool: ...


class Generations(Protocol):
    async def generation(self, school: SchoolId) -> int: ...


class Steps(Protocol):
    async def last_step(self, school: SchoolId) -> int:
        """A number that grows with every step of a decision; 0 where there was none."""
        ...


class DigestWork(Protocol):
    @property
    def decisions(self) -> Steps: ...

    @property
    def digests(self) -> DigestStore: ...

    @property
    def journal(self) -> Generations: ...

    @property
    def findings(self) -> FindingStore: ...

    @property
    def claims(self) -> Standings: ...

    @property
    def bound_chats(self) -> BoundChats: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def job_runs(self) -> JobRuns: ...

    @property
    def outbox(self) -> Outbox: ...


Transactions = Callable[[], AbstractAsyncContextManager[DigestWork]]


def card_of(digest: DigestId) -> str:
    """What the messages of a digest are called in the outbox; one asked for adds «:message»."""
    return f"digest:{digest}"
