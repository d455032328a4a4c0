"""Entries that teachers suggest: the administrator takes them in or says why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from services.ids import PersonId, SchoolId

SuggestionId = NewType("SuggestionId", int)


class SuggestionState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """``entry`` is what became of an approved one, ``words`` say why one is refused."""

    id: SuggestionId
    person: PersonId
    question: str
    answer: str
    at: datetime
    state: SuggestionState
    entry: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The end of a suggestion: by whom and when."""

    state: SuggestionState
    by: PersonId | None
    at: datetime
    entry: str | None = None
    words: str = ""


class SuggestionStore(Protocol):
    async def add(
        self, school: SchoolId, person: PersonId, *, question: str, answer: str, at: datetime
    ) -> SuggestionId: ...

    async def get(self, school: SchoolId, number: SuggestionId) -> Suggestion | None: ...

    async def waiting(self, school: SchoolId) -> Sequence[Suggestion]:
        """The oldest first."""
        ...

    async def settle(self, school: SchoolId, number: SuggestionId, end: Settled) -> bool:
        """False when it was no longer waiting."""
        ...
