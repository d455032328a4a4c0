"""Which duties a month asks for: weeks, the month and the terms that end in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from services.analyses.period import ClassTerm, Kind, Period, known_terms, month, named_term
from services.duties.duty import CLAUSES, Clause, Demand, Every
from services.periods import DAYS, Span, week_name, week_span
from services.schools import School

REPORT_DAYS = 5
"""After a period's end: the analysis is with the director (RULES.md, "Reports": by the 5th)."""
THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Studies:
    """``days`` (ordinals) are those with lessons in any class; ``terms`` of all classes."""

    days: frozenset[int]
    terms: Sequence[ClassTerm]

    def inside(self, span: Span) -> bool:
        return any(span.first <= day <= span.last for day in self.days)


@dataclass(frozen=True, slots=True)
class Asking:
    """One month of a school that exists since the moment ``since``.

    Without a calendar (``studies`` None) nothing is asked, so that nothing is flagged; what was
    due before the school existed is not asked either.
    """

    school: School
    since: datetime
    studies: Studies | None

    def demands(self, name: str) -> list[Demand]:
        """Of the month «2026-11», in order of clauses and days."""
        asked = month(name)
        born = self.since.astimezone(ZoneInfo(self.school.timezone)).date().toordinal()
        return [
            replace(one, clause=code)
            for code, clause in CLAUSES.items()
            for one in self._of(clause, asked)
            if one.due >= born
        ]

    def _of(self, clause: Clause, asked: Period) -> Iterator[Demand]:
        studies = self.studies
        if studies is None:
            return
        if clause.months:
            if asked.number in clause.months:
                yield self._made(Every.MONTH, asked.name, asked.span, 0)
            return
        reports = REPORT_DAYS if Every.YEAR in clause.every else 0
        if Every.WEEK in clause.every:
            yield from self._weeks(asked.span, studies)
        if Every.MONTH in clause.every and studies.inside(asked.span):
            yield self._made(Every.MONTH, asked.name, asked.span, reports)
        if Every.TERM in clause.every:
            for term in _ending(asked.span, studies):
                if term.kind is not Kind.YEAR or Every.YEAR in clause.every:
                    yield self._made(Every(term.kind.value), term.name, term.span, reports)

    def _weeks(self, asked: Span, studies: Studies) -> Iterator[Demand]:
        """Those that end in the month; due on the day of the digest that tells of them."""
        sunday = week_span(week_name(asked.first)).last
        weekday = self.school.digest.weekday
        for last in range(sunday, asked.last + 1, DAYS):
            span = Span(last - DAYS + 1, last)
            if studies.inside(span):
                due = weekday + 1 - (DAYS if weekday >= THURSDAY else 0)
                yield self._made(Every.WEEK, week_name(last), span, due)

    def _made(self, every: Every, name: str, span: Span, after: int) -> Demand:
        zone = self.school.timezone
        return Demand(
            clause="",
            every=every,
            name=name,
            span=span,
            due=span.last + after,
            since=midnight(span.first, zone),
            until=midnight(span.last + 1, zone),
        )


def month_before(name: str) -> str:
    first = date.fromordinal(month(name).span.first - 1)
    return f"{first:%Y-%m}"


def month_after(name: str) -> str:
    first = date.fromordinal(month(name).span.last + 1)
    return f"{first:%Y-%m}"


def midnight(day: int, zone: str) -> datetime:
    """The beginning of a day in UTC."""
    return datetime.fromordinal(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _ending(span: Span, studies: Studies) -> Iterator[Period]:
    """Terms whose last day lies in the span; the year with its last term."""
    for term in known_terms(studies.terms):
        if span.holds(term.span.last):
            yield term
    for year in sorted({one.year for one in studies.terms}):
        whole = named_term(studies.terms, f"{year}-Y")
        if whole is not None and span.holds(whole.span.last):
            yield whole
