"""An analysis as it is kept: its number and versions, its states, who may do what with it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from services.analyses.ports import AnalysisWork
from services.analyses.view import Analysis
from services.audit import Audit
from services.errors import DomainError
from services.ids import PersonId, SchoolId
from services.kept_digests import JobRuns, Shown
from services.outgoing import Outbox
from services.people import PeopleStore
from services.schools import School

AnalysisId = NewType("AnalysisId", int)
UNKEPT = AnalysisId(0)
WORDS_LIMIT = 1000
"""Characters of the words with which an analysis is returned."""


class State(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class AnalysisGoneError(DomainError):
    """The analysis behind a button is not this school's, or there is none."""

    key = "errors/analysis-gone"


class AnalysisStepError(DomainError):
    """The step does not fit: ``state`` is what the analysis is now."""

    key = "errors/analysis-step"


class AnalysisWordsError(DomainError):
    """Words that say nothing or too much; ``limit`` is how many characters they may have."""

    key = "errors/analysis-words"


class NobodyDecidesError(DomainError):
    """The school has neither a director who is there nor a deputy named for that."""

    key = "errors/nobody-decides"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnalysis:
    """One version; once accepted neither its content nor its state changes any more.

    ``number`` counts the school's analyses, all versions of a period share it; ``rests_on`` tells
    which data and settings it was counted from; ``checksum`` is that of the content.
    """

    id: AnalysisId
    school: SchoolId
    number: int
    version: int
    state: State
    rests_on: str
    as_of: datetime
    analysis: Analysis
    checksum: str
    made_at: datetime
    sent_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: PersonId | None = None
    words: str = ""
    recheck: int = 0

    @property
    def final(self) -> bool:
        """Accepted for a period that had ended: nothing newer takes its place."""
        return self.state is State.ACCEPTED and not self.analysis.running


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An analysis without its content, for the jobs."""

    id: AnalysisId
    school: SchoolId
    period: str
    sent_at: datetime | None
    recheck: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Of a re-check: ``mended`` of ``all`` findings; ``left`` are identities still there."""

    mended: int
    all: int
    left: list[str]
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisSettings:
    """``deputy`` decides while there is no director; ``template`` None is the shipped form."""

    deputy: PersonId | None = None
    template: bytes | None = None


class AnalysisStore(Protocol):
    async def get(self, analysis: AnalysisId) -> KeptAnalysis | None: ...
    async def latest(self, school: SchoolId, period: str) -> KeptAnalysis | None:
        """The period's last version."""
        ...

    async def next_number(self, school: SchoolId) -> int: ...
    async def add(self, kept: KeptAnalysis) -> AnalysisId: ...
    async def redraft(self, kept: KeptAnalysis) -> None:
        """Another content for a draft; nothing where it is no draft any more."""
        ...

    async def move(self, kept: KeptAnalysis, before: State) -> bool:
        """Keep the state, moments and words; False where the state is not ``before`` any more."""
        ...

    async def recipients(self, analysis: AnalysisId) -> Sequence[PersonId]: ...
    async def add_recipients(self, analysis: AnalysisId, people: Sequence[PersonId]) -> None: ...
    async def unreminded(self) -> Sequence[Waiting]:
        """Sent, not decided, and nobody was reminded yet."""
        ...

    async def remind(self, analysis: AnalysisId, at: datetime) -> None: ...
    async def unchecked(self) -> Sequence[Waiting]:
        """Sent or accepted, the re-check not done; of a period's versions the last one."""
        ...

    async def recheck(self, analysis: AnalysisId, outcome: Outcome) -> None: ...
    async def outcome(self, analysis: AnalysisId) -> Outcome | None: ...
    async def settings(self, school: SchoolId) -> AnalysisSettings: ...
    async def name_deputy(self, school: SchoolId, deputy: PersonId | None) -> None: ...
    async def keep_template(
        self, school: SchoolId, template: bytes | None, at: datetime
    ) -> None: ...


class Cards(Protocol):
    async def schools(self) -> Sequence[tuple[School, datetime]]:
        """Every school with the moment since which it exists."""
        ...

    async def shown(self, card: str) -> Sequence[Shown]:
        """The messages of a card, and of those named after it («card:...»)."""
        ...


class DeskWork(AnalysisWork, Protocol):
    @property
    def analyses(self) -> AnalysisStore: ...

    @property
    def digests(self) -> Cards: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def audit(self) -> Audit: ...

    @property
    def job_runs(self) -> JobRuns: ...

    @property
    def outbox(self) -> Outbox: ...


Transactions = Callable[[], AbstractAsyncContextManager[DeskWork]]


def card_of(analysis: AnalysisId) -> str:
    """What the messages of an analysis are called in the outbox; one asked for adds «:message»."""
    return f"analysis:{analysis}"
