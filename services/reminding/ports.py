"""What reminding needs of storage."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from services.alerts import AlertWork
from services.audit import Audit
from services.claims.standing import Standings
from services.completeness.days import Break
from services.completeness.finding_store import Hit
from services.completeness.lines import Directory
from services.completeness.rule import Passport
from services.helpdesk.outage import OutageStore
from services.ids import FindingId, PersonId, SchoolId, StaffId
from services.journal.records import ImportRecord
from services.kept_digests import JobRuns
from services.reminding.settings import Level, RemindingSettings
from services.reminding.silence import Silence, SilenceNumber
from services.schools import School


class OpenFinding(NamedTuple):
    """A living finding with what its age rests on.

    ``due`` is the deadline of its day as outages moved it, ``planned`` the same without them
    (None: it is of no day). ``studied`` is False where its class had no lessons that day.
    """

    id: FindingId
    hit: Hit
    first_seen: datetime
    due: datetime | None = None
    planned: datetime | None = None
    studied: bool = True


class Post(NamedTuple):
    """A line of the staff list: ``post`` and ``subject_group`` as the school writes them."""

    staff: StaffId
    post: str
    subject_group: str


class Said(NamedTuple):
    """Whoever was told of a finding on a ``day``, in a message that is not known to be lost."""

    person: PersonId
    finding: FindingId
    level: Level
    day: int


class Lesson(NamedTuple):
    """Today's lesson that is not filled in; ``ends`` in minutes of the day (None: no bells)."""

    hit: Hit
    ends: int | None


@dataclass(frozen=True, slots=True)
class StudyDays:
    """``studied``: days with lessons by class. ``working``: days with own lessons by staff.

    ``absent``: (staff, day) of substitutions in which the person is the absent one. ``known`` are
    the classes whose calendar the school has loaded, ``classes`` those of each staff's load.
    """

    studied: Mapping[int, Sequence[int]]
    working: Mapping[int, Sequence[int]]
    absent: frozenset[tuple[int, int]]
    known: frozenset[int]
    classes: Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one person, with the findings that it tells of and as whose matter."""

    school: SchoolId
    person: PersonId
    key: str
    day: int
    findings: Sequence[tuple[FindingId, Level]]


class RemindingStore(Protocol):
    async def settings(self, school: SchoolId) -> RemindingSettings: ...

    async def set(self, school: SchoolId, settings: RemindingSettings) -> None: ...

    async def hours(self, school: SchoolId) -> Mapping[PersonId, int | None]:
        """Minutes of the day by whoever has chosen; None is never."""
        ...

    async def choose(self, person: PersonId, minutes: int | None) -> None: ...

    async def open(self, school: SchoolId) -> Sequence[OpenFinding]: ...

    async def lessons(self, school: SchoolId, day: int) -> Sequence[Lesson]:
        """Unfilled lessons of a day by what is loaded, whatever their deadline."""
        ...

    async def days(self, school: SchoolId, first: int, last: int) -> StudyDays: ...

    async def posts(self, school: SchoolId) -> Sequence[Post]: ...

    async def said(self, school: SchoolId) -> Sequence[Said]: ...

    async def remember(self, message: Message) -> None: ...

    async def messaged(self, school: SchoolId, day: int) -> Collection[PersonId]:
        """Whoever was written to that day."""
        ...

    async def forget(self, school: SchoolId, before: int) -> None:
        """What teachers were told before a day; steps of the ladder stay."""
        ...

    async def unreached(self, school: SchoolId) -> Collection[StaffId]:
        """Those that the administrators know cannot be told."""
        ...

    async def note_unreached(self, school: SchoolId, staff: Collection[StaffId]) -> None: ...


class SilenceStore(Protocol):
    async def add(self, silence: Silence) -> Silence:
        """With its number in the school."""
        ...

    async def end(self, silence: Silence) -> None: ...

    async def get(self, school: SchoolId, number: SilenceNumber) -> Silence | None: ...

    async def active(self, school: SchoolId, today: int) -> Sequence[Silence]: ...

    async def ended(self, school: SchoolId, today: int, *, limit: int) -> Sequence[Silence]:
        """The latest first."""
        ...


class Schools(Protocol):
    async def schools(self) -> Sequence[tuple[School, datetime]]:
        """Every school with the moment since which it exists."""
        ...


class Journal(Protocol):
    async def current_import(self, school: SchoolId) -> ImportRecord | None: ...


class Directories(Protocol):
    async def directory(self, school: SchoolId) -> Directory: ...


class Checking(Protocol):
    async def breaks(self, school: SchoolId) -> Sequence[Break]: ...

    async def passports(self, school: SchoolId) -> Mapping[str, Passport]:
        """The latest version of each rule that the school changed."""
        ...


class Destinations(Protocol):
    async def closed(self) -> set[int]:
        """Chats that refuse us."""
        ...


class Ledger(JobRuns, Protocol):
    async def forget(self, job: str, school: SchoolId, *, before: datetime) -> None: ...


class Losses(Protocol):
    async def undelivered(self, key: str) -> int:
        """Chats to which the letter of this key will not come."""
        ...


class Work(AlertWork, Protocol):
    @property
    def reminding(self) -> RemindingStore: ...

    @property
    def silences(self) -> SilenceStore: ...

    @property
    def claims(self) -> Standings: ...

    @property
    def digests(self) -> Schools: ...

    @property
    def journal(self) -> Journal: ...

    @property
    def measures(self) -> Directories: ...

    @property
    def findings(self) -> Checking: ...

    @property
    def outages(self) -> OutageStore: ...

    @property
    def destinations(self) -> Destinations: ...

    @property
    def process(self) -> Losses: ...

    @property
    def job_runs(self) -> Ledger: ...

    @property
    def audit(self) -> Audit: ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]
