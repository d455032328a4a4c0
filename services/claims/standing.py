"""How a finding stands after what was said of it, for whoever lists, counts or reminds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from services.ids import FindingId, SchoolId
from services.listing import SPOKEN_FOR

SPEAKS = "P1"


class Stands(StrEnum):
    """``CLAIMED``: said to be mended, the next import that covers it will show."""

    CLAIMED = "claimed"
    DISPUTED = "disputed"
    POSTPONED = "postponed"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Standing:
    """``until`` is the last day (an ordinal) of a postponement, None for all others."""

    stands: Stands
    until: int | None = None

    @property
    def counts(self) -> bool:
        """Whether the finding is open: everything but a waived one is."""
        return self.stands is not Stands.WAIVED


class Standings(Protocol):
    async def standing(self, school: SchoolId) -> Mapping[FindingId, Standing]:
        """As of now, by the school's calendar; a finding that nothing was said of is not there.

        Nor is one whose postponement has passed or was refused, whose claim was withdrawn, answered
        or checked: it is open like any other.
        """
        ...

    async def waived(self, school: SchoolId) -> frozenset[str]:
        """The identities of findings that do not count (``Hit.identity``)."""
        ...


def going_along(waived: Iterable[str]) -> frozenset[str]:
    """Identities that do not count: the waived ones, and what a P1 among them speaks for.

    P2-P4 of its lesson may open later than it was waived (RULES.md, readings).
    """
    found = set(waived)
    lessons = [one.removeprefix(SPEAKS) for one in found if one.startswith(f"{SPEAKS}:")]
    return frozenset(found | {f"{rule}{lesson}" for rule in SPOKEN_FOR for lesson in lessons})
