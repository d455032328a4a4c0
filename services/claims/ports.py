"""What claims need of storage."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from services.audit import Audit
from services.claims.claim import Claim, ClaimId, State
from services.claims.standing import Standings
from services.completeness.finding_store import Hit
from services.completeness.rule import Passport
from services.gap_rows import EnteredLesson, EnteredMark
from services.gaps import CurrentImport, Directories, OpenFinding
from services.helpdesk.linked import Known
from services.ids import FindingId, ImportId, PersonId, SchoolId, StaffId
from services.journal.records import ImportRecord
from services.outgoing import Outbox
from services.people import PeopleStore
from services.schools import Schools


class ClaimStore(Standings, Protocol):
    async def today(self, school: SchoolId) -> int:
        """The ordinal of the day that the school's zone has."""
        ...

    async def add(self, claim: Claim) -> Claim:
        """The same with its number."""
        ...

    async def save(self, claim: Claim, *, was: State) -> bool:
        """Write it down unless its state is no longer ``was``: then False."""
        ...

    async def get(self, school: SchoolId, claim: ClaimId) -> Claim | None: ...

    async def current(
        self, school: SchoolId, of: Collection[FindingId] | None = None
    ) -> Sequence[Claim]:
        """The last thing said of each finding (of those in ``of``), in the order it was said."""
        ...

    async def checked(
        self, school: SchoolId, person: PersonId, number: ImportId
    ) -> Sequence[Claim]:
        """A person's claims that an import checked; none once it is undone."""
        ...

    async def imports_after(self, school: SchoolId, number: int) -> Sequence[ImportRecord]:
        """Those that the journal shows and whose findings are looked for, in order."""
        ...

    async def lived(
        self, school: SchoolId, of: Collection[FindingId], number: ImportId
    ) -> Collection[FindingId]:
        """Which of the findings the journal had with that import."""
        ...

    async def term_end(self, school: SchoolId, class_unit: int | None, today: int) -> int | None:
        """The last day of the term under way (None of a class: the earliest of any)."""
        ...

    async def schools(self) -> Sequence[SchoolId]:
        """Where claims may wait for an import."""
        ...


class FindingStore(Protocol):
    async def of_teacher(self, school: SchoolId, staff: StaffId) -> Sequence[OpenFinding]: ...
    async def known(self, school: SchoolId, asked: Collection[FindingId]) -> Sequence[Known]: ...
    async def lessons(self, school: SchoolId, hit: Hit) -> Sequence[EnteredLesson]: ...
    async def marks(self, school: SchoolId, hit: Hit) -> Sequence[EnteredMark]: ...
    async def passport(self, school: SchoolId, rule: str, version: int) -> Passport | None: ...


class Journal(CurrentImport, Protocol):
    async def generation(self, school: SchoolId) -> int: ...


class Work(Protocol):
    @property
    def claims(self) -> ClaimStore: ...

    @property
    def gaps(self) -> FindingStore: ...

    @property
    def measures(self) -> Directories: ...

    @property
    def journal(self) -> Journal: ...

    @property
    def schools(self) -> Schools: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def audit(self) -> Audit: ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]
