"""A duty of the journal's administrator: the clause, the period it is asked of, what proves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.errors import DomainError
from services.ids import PersonId, SchoolId
from services.periods import Span


class DutyGoneError(DomainError):
    """No such clause, month or entry."""

    key = "errors/duty-gone"


class DutyWordsError(DomainError):
    """Words that say nothing or too much: ``why`` is empty or long; ``limit`` in characters."""

    key = "errors/duty-words"


class DutyDayError(DomainError):
    """The day of an entry: ``why`` is unread, ahead or early (before the school year)."""

    key = "errors/duty-day"


class Every(StrEnum):
    """How often a clause asks: ``TERM`` is a quarter, a trimester, a half-year."""

    WEEK = "week"
    MONTH = "month"
    TERM = "term"
    YEAR = "year"


class What(StrEnum):
    """What the bot itself knows of a duty."""

    DIGEST = "digest"
    ANALYSIS = "analysis"
    LISTS = "lists"
    TICKETS = "tickets"
    CAUSES = "causes"
    FORECAST = "forecast"
    SCENARIO = "scenario"
    PASSPORT = "passport"
    CHECK = "check"
    DECISION = "decision"
    LATE_DECISION = "late decision"
    QUESTIONS = "questions"
    ANSWERS = "answers"
    EDITS = "edits"
    BACKUP = "backup"


ASKS = frozenset({What.TICKETS, What.QUESTIONS})
"""Not done by the administrator: without them the clause asks for nothing."""
DEBTS = frozenset({What.LATE_DECISION})
"""What is still owed, whatever else was done."""


@dataclass(frozen=True, slots=True)
class Clause:
    """``every`` tells its periods; ``months`` are the only ones it is asked in, if any are named.

    ``shown_by`` is what the bot knows of it; without any only own entries prove it.
    """

    every: tuple[Every, ...] = (Every.MONTH,)
    months: frozenset[int] = frozenset()
    shown_by: tuple[What, ...] = ()


CLAUSES: Mapping[str, Clause] = {
    "1.2": Clause(months=frozenset({9})),
    "2.1": Clause((Every.WEEK,), shown_by=(What.DIGEST,)),
    "2.2": Clause((Every.MONTH, Every.TERM, Every.YEAR), shown_by=(What.ANALYSIS,)),
    "2.3": Clause(shown_by=(What.LISTS,)),
    "2.4": Clause(months=frozenset({6, 8})),
    "2.5": Clause(shown_by=(What.TICKETS, What.CAUSES)),
    "2.6": Clause((Every.TERM,), shown_by=(What.FORECAST, What.SCENARIO)),
    "2.7": Clause((Every.TERM,), shown_by=(What.PASSPORT,)),
    "2.8": Clause(),
    "2.9": Clause(),
    "2.10": Clause(shown_by=(What.CHECK, What.DECISION, What.LATE_DECISION)),
    "2.11": Clause((Every.TERM,)),
    "2.12": Clause(shown_by=(What.QUESTIONS, What.ANSWERS, What.EDITS)),
    "2.13": Clause((Every.TERM,)),
    "3": Clause(shown_by=(What.BACKUP,)),
}
"""DESIGN.md, "The job, clause by clause"; how often is a reading, see docs/duties.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a clause asked of one period: ``name`` is «2026-W47», «2026-11», «2026-T1», «2026-Y».

    ``due`` is the last day (ordinal) on which it is done in time; ``since`` and ``until`` are the
    period's midnights in the school's zone.
    """

    clause: str
    every: Every
    name: str
    span: Span
    due: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """``count`` deeds, the last of them ``at``; ``name`` names them («P1, P2»).

    Of an analysis ``name`` is its state and ``count`` its version; of a digest ``count`` is how
    many have acknowledged it.
    """

    what: What
    at: datetime
    count: int = 1
    name: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The administrator's own words; ``proof`` may be empty, ``day`` is an ordinal."""

    school: SchoolId
    clause: str
    period: str
    day: int
    text: str
    proof: str
    person: PersonId
    at: datetime
    number: int = 0


class State(StrEnum):
    """FREE: nothing was asked, say because nobody had a problem."""

    DONE = "done"
    WAITING = "waiting"
    OVERDUE = "overdue"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Proof:
    """On which day, and what: a trace of the bot's own work or an entry."""

    day: int
    shown: Trace | Entry

    @property
    def date(self) -> date:
        return date.fromordinal(self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """``done`` is the first day (ordinal) on which it was; ``proofs`` are in order of days."""

    demand: Demand
    state: State
    done: int | None = None
    proofs: Sequence[Proof] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDuty:
    """A row of the journal on paper, in words; days are ДД.ММ.ГГГГ or empty."""

    clause: str
    asked: str
    period: str
    due: str
    done: str
    proofs: str
