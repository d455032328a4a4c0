"""A week from counts to the view that every reader of the digest gets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.completeness.indices import indices_of
from services.completeness.lines import Directory, Wording
from services.completeness.measuring import Measured
from services.completeness.rule import Passport, Rule, Said
from services.figures import HeatMap, Week
from services.periods import DAYS, Span, week_name
from services.schools import School
from services.week_figures import (
    Rows,
    Standings,
    control_works,
    deadlines,
    finding_lines,
    missing_files,
    moment_here,
    rule_counts,
    russian_day,
    unsigned_lines,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which week of which school, as of when; ``today`` is the day of ``as_of`` there."""

    school: School
    span: Span
    as_of: datetime
    today: int

    @property
    def as_of_here(self) -> datetime:
        """The moment in the school's zone."""
        return self.as_of.astimezone(ZoneInfo(self.school.timezone))

    @property
    def period(self) -> str:
        return week_name(self.span.first)

    @property
    def upto(self) -> int:
        """The last day of the week that has come."""
        return min(self.span.last, self.today)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the week's first midnight to the data's moment, or to its last midnight."""
        zone = ZoneInfo(self.school.timezone)
        begins = datetime.fromordinal(self.span.first).replace(tzinfo=zone)
        return begins, self.until

    @property
    def until(self) -> datetime:
        """The moment of the data, or the end of the week where that has passed."""
        return min(self.as_of, self.end)

    @property
    def end(self) -> datetime:
        midnight = datetime.fromordinal(self.span.last + 1)
        return midnight.replace(tzinfo=ZoneInfo(self.school.timezone))

    @property
    def coming(self) -> Span:
        return self.span.moved(DAYS)


@dataclass(frozen=True, slots=True)
class Flow:
    """Findings that opened and closed since the week before, and those open longer than that.

    None where no data stood a week before: there is nothing to compare with.
    """

    opened: int | None = None
    closed: int | None = None
    overdue: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Rows of what stands in the digest beside indices and findings."""

    orders: int
    controls: Rows
    terms: Rows
    sheets: Mapping[str, Any]
    uncovered: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Everything known about the week; ``before`` are the counts of the week before."""

    now: Measured
    before: Measured
    passports: Mapping[str, Passport]
    directory: Directory
    flow: Flow
    beside: Beside


def week_view(asked: Asked, counted: Counted, rules: Mapping[str, Rule], wording: Wording) -> Week:
    directory, beside, flow = counted.directory, counted.beside, counted.flow
    standings = Standings(now=counted.now.cells, before=counted.before.cells, directory=directory)
    dated, courses = rule_counts(rules, counted.passports, counted.now, counted.before)
    hits = (*counted.now.lesson_hits, *counted.now.course_hits)
    unsigned = unsigned_lines(hits, directory, wording)
    return Week(
        school=asked.school.name,
        period=asked.period,
        first=russian_day(asked.span.first),
        last=russian_day(asked.span.last),
        as_of=moment_here(asked.as_of, asked.school.timezone),
        indices=indices_of(*standings.whole()),
        parallels=standings.parallels(),
        classes=standings.classes(),
        subjects=standings.subjects(),
        subject_groups=standings.subject_groups(),
        teachers=standings.teachers(),
        rules=dated,
        courses=courses,
        findings=finding_lines(hits, rules, directory, wording),
        unsigned_substitutions=len(unsigned),
        unsigned=unsigned,
        opened=flow.opened,
        closed=flow.closed,
        overdue=flow.overdue,
        roster_orders=beside.orders,
        next_controls=control_works(beside.controls, directory),
        deadlines=deadlines(beside.terms, asked.coming, wording),
        missing=missing_files(beside.sheets, beside.uncovered, directory),
        heat=_heat(asked, standings, wording),
    )


def _heat(asked: Asked, standings: Standings, wording: Wording) -> HeatMap:
    first, last = (russian_day(day)[:5] for day in asked.span)
    as_of = moment_here(asked.as_of, asked.school.timezone)
    caption = Said(
        "Week %(first)s–%(last)s, data as of %(moment)s",
        {"first": first, "last": last, "moment": as_of},
    )
    name = asked.school.name
    return standings.heat(
        asked.span,
        title=wording.why(Said("How full the journal is, in per cent", {})),
        caption=f"{name}. {wording.why(caption)}" if name else wording.why(caption),
    )
