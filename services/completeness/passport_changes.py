"""What may be changed in a rule's passport, what is told of it, and what is refused."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.completeness.rule import Passport, Rule, Severity
from services.errors import DomainError
from services.ids import PersonId

MONTH = 30
"""Days that a change is tried on."""
CLAUSE_LIMIT = 200
FILE_LIMIT = 256 * 1024
"""Bytes: the whole catalogue takes a twentieth of it."""
SEVERITIES = tuple(Severity)


class NoRuleError(DomainError):
    """A button of a rule that this program does not have."""

    key = "errors/no-rule"


class StalePassportError(DomainError):
    """Somebody changed the rule meanwhile: what was tried is not what would be changed."""

    key = "errors/stale-passport"


class UnfitThresholdError(DomainError):
    """Not a whole number, or beyond the threshold's bounds."""

    key = "errors/unfit-threshold"


class UnfitClauseError(DomainError):
    """Longer than a clause of an act is named."""

    key = "errors/unfit-clause"


class NotPassportsError(DomainError):
    """The file is not one of passports; ``place`` names the rule or the key that is wrong."""

    key = "errors/not-passports"


class Turn(StrEnum):
    """What a change turns: ``item`` and ``value`` of ``Change`` mean different things for each."""

    SWITCH = "s"
    SEVERITY = "w"
    THRESHOLD = "t"
    VERSION = "v"


@dataclass(frozen=True, slots=True)
class Change:
    """One turn of a passport, small enough for a button.

    SWITCH: ``value`` 0 or 1. SEVERITY: its place among ``SEVERITIES``. THRESHOLD: ``item`` is the
    threshold's place among the rule's. VERSION: ``value`` is the version to go back to, 0 the
    default.
    """

    turn: Turn
    item: int = 0
    value: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A passport, who set it and when; the default has neither."""

    passport: Passport
    by: PersonId | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    letter: str
    rules: int
    on: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """``open`` findings now; ``by`` is the name of whoever set this version."""

    rule: Rule
    passport: Passport
    open: int
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the last month gives with the passport of ``before`` and with that of ``after``.

    ``first`` and ``last`` are its days; None, and no counts, while the journal has no data.
    """

    rule: Rule
    before: Passport
    after: Passport
    first: date | None = None
    last: date | None = None
    found: int = 0
    would: int = 0
