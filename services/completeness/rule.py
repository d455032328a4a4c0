"""A rule: its passport, one statement over the journal views, and the words of a finding."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from services.journal.model import FIRST_DAY, LAST_DAY

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
    """A number that the administrator may set, with its bounds; ``about`` says what it counts."""

    value: int
    least: int
    most: int
    about: str = ""


class Extent(StrEnum):
    """What a finding belongs to: a lesson of one day, or a class and subject over a term or plan.

    After an import of a scope the findings of that scope are closed when the rule no longer gives
    them: those of LESSON within its days, those of COURSE (whose day, if any, is a term's last)
    when that day is not before the scope's first.
    """

    LESSON = "lesson"
    COURSE = "course"


REACH = {Extent.LESSON: 7, Extent.COURSE: 30}
"""Days before an import's scope at which it looks: a lesson's deadline may have been after the file
before, and a term may have ended between two."""
LONG_REACH = 45
"""The same where something is due after ten school days, with holidays between."""


class Said(NamedTuple):
    """A sentence to be translated: English msgid and its facts."""

    msgid: str
    facts: Mapping[str, object]


class Shared(NamedTuple):
    """A table that several rules take from: it is made once for all that look together.

    ``statement`` is what a rule would put before its own, the last table of it being ``name``. It
    may use the binds that every rule has, and no threshold.
    """

    name: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the catalogue.

    ``statement`` is one SELECT over the journal views. It may use the binds ``:school``, ``:as_of``
    (epoch seconds), ``:loaded`` (the same of the latest import), ``:today`` (the day of as_of),
    ``:year_first`` (1 August of its academic year) and every threshold by name, and must narrow
    itself to ``scope(class_unit, first, last)``, which stands before it, one row a class. It gives
    ``class_unit, subject, study_group, staff, day, number, pupil`` (NULL where absent), optionally
    ``severity``, and the facts that ``why`` needs.

    ``settle`` decides what SQL cannot: it gives a row's final facts, or None for no finding.
    """

    code: str
    title: str
    severity: Severity
    extent: Extent
    statement: str
    why: Callable[[Facts], Said]
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    enabled: bool = True
    settle: Callable[[Facts], Facts | None] | None = None
    shared: Shared | None = None
    late: bool = False
    """Whether its findings come due long after the lesson."""
    of_findings: bool = False
    """Whether it reads what the other rules have found: it looks when they have."""

    @property
    def reach(self) -> int:
        """Days before an import's scope in which findings still come due as time goes on."""
        return LONG_REACH if self.late else REACH[self.extent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """A school's own setting of a rule; version 0 is the default that nobody has changed.

    It holds for the days from ``since`` on (an ordinal; 0: for all), the version before it for the
    days before.
    """

    rule: str
    version: int = 0
    enabled: bool = True
    severity: Severity
    clause: str = ""
    thresholds: Mapping[str, int] = field(default_factory=dict)
    since: int = 0

    @classmethod
    def default(cls, rule: Rule) -> "Passport":
        values = {name: threshold.value for name, threshold in rule.thresholds.items()}
        return cls(rule=rule.code, enabled=rule.enabled, severity=rule.severity, thresholds=values)

    @property
    def since_day(self) -> date | None:
        return date.fromordinal(self.since) if self.since else None

    def complete(self, rule: Rule) -> "Passport":
        """With the defaults of thresholds that a newer program knows and this version does not."""
        default = {name: threshold.value for name, threshold in rule.thresholds.items()}
        return replace(self, thresholds={**default, **self.thresholds})


class Window(NamedTuple):
    """The days from ``first`` to ``last`` and the passport that holds on them."""

    first: int
    last: int
    passport: Passport


def windows_of(versions: Sequence[Passport]) -> list[Window]:
    """Which version holds when; a later one takes all days from its ``since`` on."""
    found: list[Window] = []
    for passport in sorted(versions, key=lambda one: one.version):
        since = max(passport.since, FIRST_DAY)
        earlier = [one for one in found if one.first < since]
        if earlier:
            earlier[-1] = earlier[-1]._replace(last=since - 1)
        found = [*earlier, Window(since if earlier else FIRST_DAY, LAST_DAY, passport)]
    return found
