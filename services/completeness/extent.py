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

    def holds(
        self, class_unit: int | None, subject: int | None, day: int | None, *, course: bool
    ) -> bool:
        """Whether a finding of this class, subject and day (None: of no day) lies in the scope.

        A ``course`` finding's day is the last of its term: the scope touches the term when it
        begins no later. A finding of no subject is the whole class's, one of no class the whole
        school's: it lies in every scope, and its rule looks at the school whatever the scope.
        """
        if self.places is None:
            return _within(day, self.first, self.last, course=course)
        return class_unit is None or any(
            unit == class_unit
            and subject in (None, place)
            and _within(day, first, last, course=course)
            for unit, place, first, last in self.places
        )

    def reaching(self, days: int) -> "Scope":
        """With so many days before: what comes due only with time is found there."""
        if self.places is None:
            return self
        return Scope(
            tuple(
                (unit, subject, max(begin - days, FIRST_DAY), end)
                for unit, subject, begin, end in self.places
            )
        )

    def within(self, first: int, last: int) -> "Scope":
        """The part of it in these days; possibly none."""
        if self.places is None:
            return Scope(first=max(self.first, first), last=min(self.last, last))
        cut = (
            (unit, subject, max(begin, first), min(end, last))
            for unit, subject, begin, end in self.places
        )
        return Scope(tuple(place for place in cut if place[2] <= place[3]))

    def windows(self) -> list[tuple[int, int, int]]:
        """(class, first, last): for each class the days from its first place to its last."""
        found: dict[int, tuple[int, int]] = {}
        for unit, _, first, last in self.places or ():
            known = found.get(unit, (first, last))
            found[unit] = (min(known[0], first), max(known[1], last))
        return [(unit, *days) for unit, days in sorted(found.items())]


def _within(day: int | None, first: int, last: int, *, course: bool) -> bool:
    return day is None or (first <= day and (course or day <= last))
