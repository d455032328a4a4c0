"""A finding in names: what stood as identities is what people call it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from services.completeness.finding_store import SUBJECT_COLUMNS, Hit
from services.completeness.rule import Rule, Said
from services.journal.dictionary import Dictionary


class Named(NamedTuple):
    """Absent parts are None (``study_group`` too for a whole class); ``pupil`` is a list number."""

    rule: str
    severity: str
    class_unit: str | None
    study_group: str | None
    subject: str | None
    teacher: str | None
    day: date | None
    number: int | None
    pupil: int | None


@dataclass(frozen=True, slots=True)
class Names:
    class_units: Mapping[int, str]
    subjects: Mapping[int, str]
    staff: Mapping[int, str]
    study_groups: Mapping[int, str]
    pupils: Mapping[int, int]

    @classmethod
    def of(cls, dictionary: Dictionary) -> "Names":
        return cls(
            {each.id: each.name for each in dictionary.class_units.values()},
            {each.id: each.name for each in dictionary.subjects.values()},
            {each.id: each.name for each in dictionary.staff.values()},
            {each.id: each.name for each in dictionary.study_groups.values()},
            {each.id: each.number for each in dictionary.pupils.values()},
        )

    def of_hit(self, hit: Hit) -> Named:
        return Named(
            hit.rule,
            hit.severity,
            _name(self.class_units, hit.class_unit),
            _name(self.study_groups, hit.study_group),
            _name(self.subjects, hit.subject),
            _name(self.staff, hit.staff),
            None if hit.day is None else date.fromordinal(hit.day),
            hit.number,
            None if hit.pupil is None else self.pupils.get(hit.pupil),
        )


def _name(names: Mapping[int, str], identity: int | None) -> str | None:
    return None if identity is None else names.get(identity)


def reason(rule: Rule, hit: Hit) -> Said:
    """Why the finding is there; a rule's words may need the finding's own day or number too."""
    subject = {name: getattr(hit, name) for name in SUBJECT_COLUMNS}
    return rule.why({**subject, **hit.facts})
