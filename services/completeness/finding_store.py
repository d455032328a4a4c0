"""What a finding is, and what the one who keeps findings can do."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from services.completeness.days import Break, CalendarDay
from services.completeness.extent import Scope
from services.completeness.rule import Passport, Rule, Shared
from services.ids import ImportId, SchoolId
from services.journal.records import ImportRecord

SUBJECT_COLUMNS = ("class_unit", "subject", "study_group", "staff", "day", "number", "pupil")


class Hit(NamedTuple):
    """One row of a rule's statement; ``facts`` are its columns beyond the finding's subject."""

    rule: str
    severity: str
    class_unit: int | None
    subject: int | None
    study_group: int
    staff: int | None
    day: int | None
    number: int | None
    pupil: int | None
    facts: Mapping[str, Any]
    version: int = 0
    """Of the passport that it was found under."""

    @property
    def identity(self) -> str:
        parts = [self.class_unit, self.subject, self.study_group, self.day, self.number, self.pupil]
        if self.class_unit is None:
            parts.append(self.staff)
        return ":".join([self.rule, *("" if part is None else str(part) for part in parts)])


class Living(NamedTuple):
    """A finding's present span."""

    row_id: int
    identity: str
    rule: str
    class_unit: int | None
    subject: int | None
    day: int | None
    severity: str
    facts: str
    passport_version: int


class Span(NamedTuple):
    """What begins to hold with an import."""

    hit: Hit
    facts: str
    passport_version: int


class FindingStore(Protocol):
    async def passports(self, school: SchoolId) -> Mapping[str, Passport]:
        """The latest version of each rule that the school changed."""
        ...

    async def all_passports(self, school: SchoolId) -> Sequence[Passport]:
        """Every version of every rule that the school changed."""
        ...

    async def zone(self, school: SchoolId) -> str: ...
    async def deadline_minutes(self, school: SchoolId) -> int: ...
    async def breaks(self, school: SchoolId) -> Sequence[Break]:
        """Outages of the journal: its deadlines stand still meanwhile."""
        ...

    async def latest(self, school: SchoolId) -> ImportRecord | None:
        """The import that the journal shows; None before any."""
        ...

    async def journal_span(self, school: SchoolId) -> tuple[int, int] | None:
        """The first and last day that the calendar or what files cover have."""
        ...

    def sharing(
        self, tables: Sequence[Shared], school: SchoolId, scope: Scope, binds: Mapping[str, int]
    ) -> AbstractAsyncContextManager[None]:
        """Meanwhile the rules find these tables made."""
        ...

    async def set_calendar(self, school: SchoolId, days: Sequence[CalendarDay]) -> None: ...
    async def run(
        self, rule: Rule, school: SchoolId, scope: Scope, binds: Mapping[str, int]
    ) -> list[Hit]: ...
    async def living(self, school: SchoolId) -> list[Living]: ...
    async def begin(
        self, school: SchoolId, spans: Sequence[Span], *, born: int, at: datetime
    ) -> None: ...
    async def end(self, school: SchoolId, row_ids: Sequence[int], *, died: int) -> None: ...
    async def mark_analysed(self, number: ImportId) -> None: ...
    async def unanalysed(self) -> list[ImportRecord]:
        """Applied imports whose findings were not yet looked for: the process ended in between."""
        ...


class FindingWork(Protocol):
    @property
    def findings(self) -> FindingStore: ...


Transactions = Callable[[], AbstractAsyncContextManager[FindingWork]]
