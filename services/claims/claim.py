"""A claim: one thing that a teacher said of one finding, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from services.claims.standing import Standing, Stands
from services.ids import FindingId, ImportId, PersonId, SchoolId

ClaimId = NewType("ClaimId", int)
UNSAID = ClaimId(0)
"""The number of a claim that is not kept yet."""


class Kind(StrEnum):
    """Исправлено, не согласен, отсрочка."""

    MENDED = "mended"
    DISPUTED = "disputed"
    POSTPONED = "postponed"


class State(StrEnum):
    """``WAITING``: for an import, for an answer, or till its day. ``KEPT``: the answer is no."""

    WAITING = "waiting"
    WAIVED = "waived"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Words:
    """Why: one of the ready reasons by its code, or what was typed."""

    canned: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    by: PersonId
    at: datetime
    words: Words


@dataclass(frozen=True, slots=True)
class Checked:
    """What the import that covered the finding showed."""

    by: ImportId
    mended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """``said_in`` is the generation that the journal showed; ``until`` a day's ordinal."""

    id: ClaimId = UNSAID
    school: SchoolId
    finding: FindingId
    person: PersonId
    kind: Kind
    said_at: datetime
    said_in: int
    state: State = State.WAITING
    words: Words = field(default_factory=Words)
    until: int | None = None
    answer: Answer | None = None
    checked: Checked | None = None

    def pending(self, today: int) -> bool:
        """Whether it still holds the finding; ``today`` is an ordinal of the school's zone."""
        if self.state is not State.WAITING:
            return False
        if self.kind is Kind.MENDED:
            return self.checked is None
        return self.until is None or today <= self.until

    def standing(self, today: int) -> Standing | None:
        if self.state is State.WAIVED:
            return Standing(Stands.WAIVED)
        return Standing(_STANDS[self.kind], self.until) if self.pending(today) else None


_STANDS = {
    Kind.MENDED: Stands.CLAIMED,
    Kind.DISPUTED: Stands.DISPUTED,
    Kind.POSTPONED: Stands.POSTPONED,
}
