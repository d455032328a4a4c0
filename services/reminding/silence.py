"""A silence: findings that nobody is told of for a time; they stay findings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from services.completeness.finding_store import Hit
from services.errors import DomainError
from services.ids import PersonId, SchoolId

SilenceNumber = NewType("SilenceNumber", int)
"""Counts from 1 in each school."""
UNNUMBERED = SilenceNumber(0)


class SilenceGoneError(DomainError):
    """The school has no such silence."""

    key = "errors/silence-gone"


class SilenceUnfitError(DomainError):
    """``why`` is day (it cannot be read), past, far, reason or place."""

    key = "errors/silence-unfit"


@dataclass(frozen=True, slots=True)
class Covered:
    """A rule ("": all) of a class, a teacher or a subject; of the whole school where all are None.

    A finding that names no class, teacher or subject is covered by those of the school only.
    """

    rule: str = ""
    class_unit: int | None = None
    staff: int | None = None
    subject: int | None = None

    def holds(self, hit: Hit) -> bool:
        return (
            self.rule in ("", hit.rule)
            and self.class_unit in (None, hit.class_unit)
            and self.staff in (None, hit.staff)
            and self.subject in (None, hit.subject)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Holds to the end of the day ``until`` (an ordinal, by the school's zone) or ``ended_at``."""

    school: SchoolId
    number: SilenceNumber
    covered: Covered
    until: int
    reason: str
    set_by: PersonId
    set_at: datetime
    ended_by: PersonId | None = None
    ended_at: datetime | None = None

    def active(self, today: int) -> bool:
        return self.ended_at is None and today <= self.until


def silenced(hit: Hit, silences: Iterable[Silence]) -> bool:
    """``silences`` are those that are active."""
    return any(one.covered.holds(hit) for one in silences)
