"""Everything that a look at one school's findings knows, and what is not to be told of at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.access import Role
from services.claims.standing import Standing
from services.completeness.finding_store import Hit
from services.ids import FindingId, PersonId
from services.listing import SPOKEN_FOR
from services.people import Person
from services.reminding.age import SchoolDays
from services.reminding.ports import Lesson, OpenFinding, Post, Said
from services.reminding.settings import RemindingSettings
from services.reminding.silence import Silence, silenced

STALE = 3
"""School days after which data is too old to remind anybody by."""
DATED = frozenset({"P1", "P2", "P3", "P4", "T1", "T2"})
"""Rules of a lesson's day: on a day without lessons (study leave) nothing was due."""
TEACHERS = frozenset({Role.TEACHER, Role.CLASS_TEACHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """``as_of`` is that of the data (None: there is none); ``minute`` counts in the school's day.

    ``hours`` are those that people chose, ``messaged`` whoever was written to today.
    """

    now: datetime
    minute: int
    as_of: datetime | None
    settings: RemindingSettings
    days: SchoolDays
    outage: bool
    people: Sequence[Person]
    hours: Mapping[PersonId, int | None]
    posts: Sequence[Post]
    found: Sequence[OpenFinding]
    lessons: Sequence[Lesson]
    standing: Mapping[FindingId, Standing]
    silences: Sequence[Silence]
    said: Sequence[Said]
    messaged: Collection[PersonId]

    @property
    def today(self) -> int:
        return self.days.today

    def fit(self) -> bool:
        """Whether anybody may be told anything now."""
        if self.as_of is None or self.outage or not self.days.studies(None):
            return False
        awake = self.settings.quiet_to <= self.minute
        return awake and self.days.since(self.as_of) <= STALE

    def pressing(self) -> Sequence[OpenFinding]:
        """Findings that somebody may be told of.

        Not those of which something was said (mended, not agreed, put off, waived), that are
        silenced, that lie on a day without lessons, or that P1 speaks for: where it is silent,
        so are P2-P4 of its lesson.
        """
        speaks = {place_of(one.hit) for one in self.found if one.hit.rule == "P1"}
        return [
            one
            for one in self.found
            if self._loud(one)
            and (one.hit.rule not in SPOKEN_FOR or place_of(one.hit) not in speaks)
        ]

    def _loud(self, one: OpenFinding) -> bool:
        nothing_due = one.hit.rule in DATED and not one.studied
        return not (nothing_due or one.id in self.standing or silenced(one.hit, self.silences))


def place_of(hit: Hit) -> tuple[int | None, ...]:
    """The lesson that a finding is of."""
    return (hit.class_unit, hit.study_group, hit.subject, hit.day, hit.number)
