"""What the journal of duties needs of storage."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from services.audit import Audit
from services.duties.demanding import Studies
from services.duties.duty import Demand, Entry, Trace, What
from services.ids import PersonId, SchoolId
from services.kept_digests import JobRuns
from services.outgoing import Outbox
from services.people import PeopleStore
from services.periods import Span
from services.schools import School


class DutyStore(Protocol):
    async def studies(self, school: SchoolId, span: Span) -> Studies | None:
        """The days of lessons in the span, and all terms; None where there is no calendar."""
        ...

    async def traces(self, school: SchoolId, what: What, demand: Demand) -> Sequence[Trace]:
        """What the bot knows of the demand's period."""
        ...

    async def entries(self, school: SchoolId) -> Sequence[Entry]:
        """In order of numbers, without those that were withdrawn."""
        ...

    async def add(self, entry: Entry) -> Entry:
        """With its number in the school, taken by the same statement."""
        ...

    async def withdraw(self, school: SchoolId, number: int, by: PersonId, at: datetime) -> bool:
        """False where there is no such entry, or it was withdrawn already."""
        ...


class Founded(Protocol):
    async def schools(self) -> Sequence[tuple[School, datetime]]:
        """Every school with the moment since which it exists."""
        ...


class Work(Protocol):
    @property
    def duties(self) -> DutyStore: ...

    @property
    def digests(self) -> Founded: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def audit(self) -> Audit: ...

    @property
    def job_runs(self) -> JobRuns: ...

    @property
    def outbox(self) -> Outbox: ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]
