"""A rule: its passport, one statement over the journal views, and the words of a finding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

Facts = Mapping[str, Any]
"""The columns of one row of a rule's statement."""


class Severity(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    ADVICE = "advice"


WEIGHTS: Mapping[str, float] = {
    Severity.CRITICAL: 5,
    Severity.MAJOR: 2,
    Severity.MINOR: 0.5,
    Severity.ADVICE: 0,
}
"""What a finding costs in the index of reliability (RULES.md)."""


class Threshold(NamedTuple):
    """A number that the administrator may set, with its bounds."""

    value: int
    least: int
    most: int


class Extent(StrEnum):
    """What a finding belongs to: a lesson of one day, or a class and subject over a term or plan.

    After an import of a scope the findings of that scope are closed when the rule no longer gives
    them: those of LESSON within its days, those of COURSE (whose day, if any, is a term's last)
    when that day is not before the scope's first.
    """

    LESSON = "lesson"
    COURSE = "course"


class Said(NamedTuple):
    """A sentence to be translated: English msgid and its facts."""

    msgid: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the catalogue.

    ``statement`` is one SELECT over the journal views. It may use the binds ``:school``, ``:as_of``
    (epoch seconds), ``:today`` (the day of as_of), ``:year_first`` (1 August of its academic year)
    and every threshold by name, and must narrow itself to ``scope(class_unit, first, last)``, which
    stands before it, one row a class. It gives ``class_unit, subject, study_group, staff, day,
    number, pupil`` (NULL where absent), optionally ``severity``, and the facts that ``why`` needs.
    """

    code: str
    title: str
    severity: Severity
    extent: Extent
    statement: str
    why: Callable[[Facts], Said]
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """A school's own setting of a rule; version 0 is the default that nobody has changed."""

    rule: str
    version: int = 0
    enabled: bool = True
    severity: Severity
    clause: str = ""
    thresholds: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def default(cls, rule: Rule) -> "Passport":
        values = {name: threshold.value for name, threshold in rule.thresholds.items()}
        return cls(rule=rule.code, enabled=rule.enabled, severity=rule.severity, thresholds=values)

    def complete(self, rule: Rule) -> "Passport":
        """With the defaults of thresholds that a newer program knows and this version does not."""
        default = {name: threshold.value for name, threshold in rule.thresholds.items()}
        return replace(self, thresholds={**default, **self.thresholds})
