"""Which part of the journal is looked at: classes x subjects, each with its days."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.journal.model import FIRST_DAY, LAST_DAY

Place = tuple[int, int, int, int]
"""(class, subject, first day, last day)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """``places`` None is the whole school over all its days."""

    places: tuple[Place, ...] | None = None
    first: int = FIRST_DAY
    last: int = LAST_DAY

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> "Scope":
        if value["everything"]:
            return cls()
        return cls(tuple(tuple(place) for place in value["places"]))

    def holds(self, class_unit: int | None, subject: int | None, day: int | None) -> bool:
        """Whether a finding of this class, subject and day (None: of no day) lies in the scope."""
        if self.places is None:
            return day is None or self.first <= day <= self.last
        return any(
            place[0] == class_unit
            and place[1] == subject
            and (day is None or place[2] <= day <= place[3])
            for place in self.places
        )

    def windows(self) -> list[tuple[int, int, int]]:
        """(class, first, last): for each class the days from its first place to its last.

        Statements narrow themselves to these; a place of no day (-1 as its last) still names the
        class, for what belongs to a course and not to a day.
        """
        found: dict[int, tuple[int, int]] = {}
        for unit, _, first, last in self.places or ():
            known = found.get(unit)
            if known is None or known[1] < known[0]:
                found[unit] = (first, last)
            elif first <= last:
                found[unit] = (min(known[0], first), max(known[1], last))
        return [(unit, *days) for unit, days in sorted(found.items())]
