"""What a class teacher sees of the class: pupils only as «№17», subjects without their teachers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.completeness.finding_store import Hit
from services.completeness.naming import Names
from services.completeness.rule import Rule

FEW_MARKS = frozenset({"N1", "N4"})
RISK = "N5"


@dataclass(frozen=True, slots=True)
class Absent:
    """A pupil's term so far: days with a missed lesson, lessons missed and held."""

    number: int
    days: int
    missed: int
    held: int

    @property
    def share(self) -> float:
        """In per cent."""
        return 100.0 * self.missed / self.held if self.held else 0.0


@dataclass(frozen=True, slots=True)
class Risk:
    """«н/а» is near: lessons of a subject missed and held (rule N5)."""

    number: int
    subject: str
    missed: int
    held: int
    critical: bool


@dataclass(frozen=True, slots=True)
class FewMarks:
    """``pupils`` are the numbers of those who lack marks (rules N1 and N4)."""

    subject: str
    pupils: Sequence[int]


@dataclass(frozen=True, slots=True)
class SubjectFindings:
    """Open findings of one subject (0 and ``""``: of the whole class) by rule's title."""

    id: int
    subject: str
    count: int
    rules: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ClassView:
    """``since`` says the term; ``classes`` are all of this teacher's, by id and name."""

    id: int
    name: str
    as_of: str
    since: str
    classes: Sequence[tuple[int, str]]
    absent: Sequence[Absent]
    risks: Sequence[Risk]
    few: Sequence[FewMarks]
    findings: Sequence[SubjectFindings]

    @property
    def missing(self) -> Sequence[Absent]:
        """Only those with absences."""
        return [one for one in self.absent if one.missed]

    @property
    def share(self) -> float | None:
        """Lessons missed by the class, in per cent; None where none was held."""
        held = sum(one.held for one in self.absent)
        return 100.0 * sum(one.missed for one in self.absent) / held if held else None

    @property
    def total(self) -> int:
        return sum(one.count for one in self.findings)


def absent_of(rows: Iterable[Mapping[str, Any]], names: Names) -> list[Absent]:
    """The most absent first."""
    found = [
        Absent(names.pupils.get(row["pupil"], 0), row["days"], row["missed"], row["held"])
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.share, -one.missed, one.number))


def risks_of(hits: Iterable[Hit], names: Names) -> list[Risk]:
    """The worst first."""
    found = [
        Risk(
            names.pupils.get(hit.pupil or 0, 0),
            names.subjects.get(hit.subject or 0, ""),
            hit.facts["missed"],
            hit.facts["held"],
            hit.severity == "critical",
        )
        for hit in hits
        if hit.rule == RISK
    ]
    return sorted(found, key=lambda one: (-one.missed / one.held, one.number, one.subject))


def few_marks_of(hits: Iterable[Hit], names: Names) -> list[FewMarks]:
    """The subject with the most such pupils first."""
    pupils: dict[str, set[int]] = defaultdict(set)
    for hit in hits:
        if hit.rule in FEW_MARKS:
            number = names.pupils.get(hit.pupil or 0, 0)
            pupils[names.subjects.get(hit.subject or 0, "")].add(number)
    found = [FewMarks(subject, sorted(numbers)) for subject, numbers in pupils.items()]
    return sorted(found, key=lambda one: (-len(one.pupils), one.subject))


def findings_of(
    hits: Iterable[Hit], rules: Mapping[str, Rule], names: Names
) -> list[SubjectFindings]:
    """The subject with the most findings first."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for hit in hits:
        counted[hit.subject or 0][rules[hit.rule].title] += 1
    found = [
        SubjectFindings(
            subject, names.subjects.get(subject, ""), titles.total(), titles.most_common()
        )
        for subject, titles in counted.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.subject))
