"""A decision, its owners and the steps that it has gone through."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType

from services.errors import DomainError
from services.helpdesk.tickets import Attachment
from services.ids import PersonId, SchoolId

DecisionNumber = NewType("DecisionNumber", int)
"""Counts from 1 in each school: «Решение № 7»."""
EventId = NewType("EventId", int)
UNNUMBERED = DecisionNumber(0)
TEXT_LIMIT = 1000
"""Characters of a decision's text, a reason, a note."""
SOURCE_LIMIT = 300
MOST_OWNERS = 20
FARTHEST = 366
"""Days ahead that a decision may be due."""


class DecisionGoneError(DomainError):
    """The school has no such decision, it was taken back, or it is not the person's to see."""

    key = "errors/decision-gone"


class DecisionStepError(DomainError):
    """The step does not fit: ``why`` is state, owner, undo or last."""

    key = "errors/decision-step"


class DecisionWordsError(DomainError):
    """Words that say nothing or too much: ``why`` is empty, long or owners; ``limit`` is which."""

    key = "errors/decision-words"


class DecisionDayError(DomainError):
    """A day that cannot be read or does not fit: ``why`` is unread, past or far."""

    key = "errors/decision-day"


class SourceKind(StrEnum):
    """What a decision came of."""

    OWN = "own"
    COUNCIL = "council"
    ANALYSIS = "analysis"
    FINDING = "finding"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Source:
    """``ref`` is the id of the analysis, finding or digest (0: none); ``words`` name it."""

    kind: SourceKind = SourceKind.OWN
    ref: int = 0
    words: str = ""


class OwnerState(StrEnum):
    """How far an owner is; GONE is whoever left the school."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    CANNOT = "cannot"
    DONE = "done"
    GONE = "gone"


class State(StrEnum):
    """DONE: every owner says so, and who set it has not closed it yet."""

    OPEN = "open"
    DONE = "done"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """``told`` counts reminders already due; ``asks`` is the day that the owner proposes."""

    person: PersonId
    state: OwnerState = OwnerState.ASKED
    told: int = 0
    asks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A planned change: whom it ``touches``, the ``hours`` it takes, its ``risks``.

    ``watch`` is an index («completeness») or a rule («P1»); ``before`` was its value when the card
    was made, ``after`` when it was ``compared`` on its day, None while there is no data.
    """

    touches: str
    hours: str
    risks: str
    watch: str
    before: float | None = None
    after: float | None = None
    compared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """``due`` is an ordinal of the school's calendar; ``scenario`` makes it a scenario card."""

    school: SchoolId
    number: DecisionNumber
    text: str
    source: Source
    set_by: PersonId
    set_at: datetime
    changed_at: datetime
    due: int
    owners: tuple[Owner, ...]
    state: State = State.OPEN
    closed_at: datetime | None = None
    scenario: Scenario | None = None

    @property
    def day(self) -> date:
        return date.fromordinal(self.due)

    @property
    def active(self) -> tuple[Owner, ...]:
        """Owners who are still in the school."""
        return tuple(one for one in self.owners if one.state is not OwnerState.GONE)

    def overdue(self, today: int) -> bool:
        return self.state is State.OPEN and self.due < today

    def owner(self, person: PersonId | None) -> Owner | None:
        """The person as one of the active owners."""
        return next((one for one in self.active if one.person == person), None)

    def with_owner(self, owner: Owner) -> "Decision":
        """The owner as given, in place of the same person or behind the others."""
        if all(one.person != owner.person for one in self.owners):
            return replace(self, owners=(*self.owners, owner))
        same = tuple(owner if one.person == owner.person else one for one in self.owners)
        return replace(self, owners=same)


class Event(StrEnum):
    SET = "set"
    ACCEPTED = "accepted"
    DONE = "done"
    CANNOT = "cannot"
    NOTED = "noted"
    DUE_MOVED = "due_moved"
    DUE_KEPT = "due_kept"
    OWNER_ADDED = "owner_added"
    OWNER_GONE = "owner_gone"
    CLOSED = "closed"
    REOPENED = "reopened"
    COMPARED = "compared"
    UNDONE = "undone"


BY_ITSELF = frozenset({Event.OWNER_GONE, Event.COMPARED, Event.UNDONE})
"""Steps that nobody takes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEvent:
    """``before`` is what the decision was (see ``snapshot``); ``undone``: it was taken back.

    ``person`` None is the program itself; ``words`` are the person's own.
    """

    number: DecisionNumber
    person: PersonId | None
    what: Event
    at: datetime
    id: EventId = EventId(0)
    words: str = ""
    files: tuple[Attachment, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None
    undone: bool = False


def snapshot(decision: Decision) -> dict[str, Any]:
    """What a step may change, as plain JSON."""
    return {
        "state": decision.state.value,
        "due": decision.due,
        "closed_at": decision.closed_at and decision.closed_at.isoformat(),
        "owners": [[one.person, one.state.value, one.told, one.asks] for one in decision.owners],
    }


def restored(decision: Decision, before: Mapping[str, Any], now: datetime) -> Decision:
    """The decision as the snapshot has it; whoever left the school meanwhile stays away."""
    gone = {one.person for one in decision.owners if one.state is OwnerState.GONE}
    closed = before["closed_at"]
    owners = tuple(
        Owner(
            person=PersonId(person),
            state=OwnerState.GONE if person in gone else OwnerState(state),
            told=told,
            asks=asks,
        )
        for person, state, told, asks in before["owners"]
    )
    return replace(
        decision,
        state=State(before["state"]),
        due=before["due"],
        closed_at=datetime.fromisoformat(closed) if closed else None,
        owners=owners,
        changed_at=now,
    )
