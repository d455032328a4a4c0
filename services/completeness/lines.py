"""A hit as the line that every list shows: names for identities, words for facts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from services.completeness.finding_store import Hit
from services.completeness.naming import Names, reason
from services.completeness.rule import Rule, Said
from services.figures import FindingLine
from services.journal.dictionary import Dictionary
from services.journal.relations import UNNUMBERED


class Wording(Protocol):
    """Sentences of services in the reader's language."""

    def why(self, said: Said) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Names, and who belongs where: the class of a pupil, the МО of a subject or a teacher."""

    names: Names
    pupil_classes: Mapping[int, int]
    subject_groups: Mapping[int, str]
    staff_groups: Mapping[int, str]

    @classmethod
    def of(
        cls,
        dictionary: Dictionary,
        *,
        subject_groups: Mapping[int, str],
        staff_groups: Mapping[int, str],
        staff_names: Mapping[int, str],
    ) -> "Directory":
        """``staff_names`` are those of today: a surname may have changed."""
        names = Names.of(dictionary)
        return cls(
            names=replace(names, staff={**names.staff, **staff_names}),
            pupil_classes={each.id: each.class_unit for each in dictionary.pupils.values()},
            subject_groups=subject_groups,
            staff_groups=staff_groups,
        )

    def pupil(self, identity: int | None) -> str:
        """«5А №17», never a name."""
        if identity is None:
            return ""
        class_unit = self.names.class_units[self.pupil_classes[identity]]
        return f"{class_unit} №{self.names.pupils[identity]}"

    def subject_group(self, subject: int | None, staff: int | None) -> str | None:
        """The subject's МО, else the teacher's."""
        own = None if subject is None else self.subject_groups.get(subject)
        return own or (None if staff is None else self.staff_groups.get(staff))


def line_of(hit: Hit, rule: Rule, directory: Directory, wording: Wording) -> FindingLine:
    named = directory.names.of_hit(hit)
    numbered = named.number is not None and named.number <= UNNUMBERED
    return FindingLine(
        rule=hit.rule,
        severity=hit.severity,
        class_unit=named.class_unit or "",
        study_group=named.study_group or "",
        subject=named.subject or "",
        teacher=named.teacher or "",
        date=f"{named.day:%d.%m.%Y}" if named.day else "",
        lesson=str(named.number) if numbered else "",
        pupil=directory.pupil(hit.pupil),
        title=rule.title,
        why=wording.why(reason(rule, hit)),
    )
