"""Periods of analyses by their names: «2026-11», «2026-T1», «2026-Y».

The year of a term is the calendar year in which its academic year begins: «2026-T3» is the third
term of 2026/2027 and lies in 2027. Terms are those of the kind that most classes have; a class with
another kind counts with the term of its own that ends meanwhile.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from services.completeness.rule import Said
from services.periods import Span

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_TERM = re.compile(r"(\d{4})-(?:T([1-9])|Y)")


class Kind(StrEnum):
    MONTH = "month"
    TERM = "term"
    YEAR = "year"


class ClassTerm(NamedTuple):
    """A term of one class, both days included; ``year`` is that of ``year_of``."""

    class_unit: int
    year: int
    kind: str
    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Period:
    """``year`` is a calendar year for a month; ``term`` is its kind («четверть») and number."""

    kind: Kind
    name: str
    year: int
    span: Span
    number: int = 0
    term: str = ""

    @property
    def academic(self) -> str:
        return f"{self.year}/{self.year + 1}"


def month_name(day: int) -> str:
    return f"{date.fromordinal(day):%Y-%m}"


def month(name: str) -> Period:
    """ValueError where ``name`` is no month."""
    found = _MONTH.fullmatch(name)
    if found is None or not int(found[1]):
        raise ValueError(name)
    year, number = int(found[1]), int(found[2])
    first = date(year, number, 1).toordinal()
    span = Span(first, first + monthrange(year, number)[1] - 1)
    return Period(Kind.MONTH, name, year, span, number)


def ensure_term(name: str) -> None:
    """ValueError where ``name`` is that of no term or year, whether or not it is known."""
    if _TERM.fullmatch(name) is None:
        raise ValueError(name)


def terms_of(rows: Iterable[Mapping[str, Any]]) -> list[ClassTerm]:
    """Rows of the statement as terms."""
    return [ClassTerm(*(row[name] for name in ClassTerm._fields)) for row in rows]


def year_terms(terms: Sequence[ClassTerm], year: int) -> list[Period]:
    """The terms of an academic year in order, by the kind that most classes have; then the year.

    Empty where the calendar does not have the year.
    """
    own = [one for one in terms if one.year == year]
    if not own:
        return []
    kind = _usual(own)
    numbers = sorted({one.number for one in own if one.kind == kind})
    found = [
        Period(Kind.TERM, f"{year}-T{at}", year, _span(own, kind, number), number, kind)
        for at, number in enumerate(numbers, start=1)
    ]
    whole = Span(min(one.first for one in own), max(one.last for one in own))
    return [*found, Period(Kind.YEAR, f"{year}-Y", year, whole)]


def named_term(terms: Sequence[ClassTerm], name: str) -> Period | None:
    """The term or year of that name; None where the calendar does not have it.

    ValueError where ``name`` is none.
    """
    ensure_term(name)
    return next((one for one in year_terms(terms, int(name[:4])) if one.name == name), None)


def known_terms(terms: Sequence[ClassTerm]) -> list[Period]:
    """All terms of all years that the calendar has, the earliest first; years aside."""
    years = sorted({one.year for one in terms})
    return [one for year in years for one in year_terms(terms, year) if one.kind is Kind.TERM]


def before(period: Period, terms: Sequence[ClassTerm]) -> Period | None:
    """The month, term or year before; None where the calendar does not have it."""
    if period.kind is Kind.MONTH:
        return month(month_name(period.span.first - 1))
    if period.kind is Kind.YEAR:
        return named_term(terms, f"{period.year - 1}-Y")
    earlier = [one for one in known_terms(terms) if one.span.last < period.span.last]
    return earlier[-1] if earlier else None


def year_before(period: Period, terms: Sequence[ClassTerm]) -> Period | None:
    """The same month or term a year ago."""
    if period.kind is Kind.MONTH:
        return month(f"{period.year - 1:04d}-{period.number:02d}") if period.year > 1 else None
    if period.kind is Kind.YEAR:
        return None
    return named_term(terms, f"{period.year - 1}{period.name[4:]}")


def said(period: Period) -> Said:
    """«ноябрь 2026 г.», «1 четверть 2026/2027 учебного года»."""
    if period.kind is Kind.MONTH:
        return _months(period.year)[period.number - 1]
    year = {"year": period.academic}
    if period.kind is Kind.YEAR:
        return Said("the academic year %(year)s", year)
    term = (period.term, period.number)
    return Said("%(term)s of the academic year %(year)s", {**year, "term": term})


def _months(year: int) -> tuple[Said, ...]:
    facts = {"year": year}
    return (
        Said("January %(year)s", facts),
        Said("February %(year)s", facts),
        Said("March %(year)s", facts),
        Said("April %(year)s", facts),
        Said("May %(year)s", facts),
        Said("June %(year)s", facts),
        Said("July %(year)s", facts),
        Said("August %(year)s", facts),
        Said("September %(year)s", facts),
        Said("October %(year)s", facts),
        Said("November %(year)s", facts),
        Said("December %(year)s", facts),
    )


def _usual(terms: Sequence[ClassTerm]) -> str:
    """Of two kinds with as many classes the one with more terms a year: quarters."""
    classes = Counter(kind for _, kind in {(one.class_unit, one.kind) for one in terms})
    numbers = Counter(kind for _, kind in {(one.number, one.kind) for one in terms})
    return max(sorted(classes), key=lambda kind: (classes[kind], numbers[kind]))


def _span(terms: Sequence[ClassTerm], kind: str, number: int) -> Span:
    own = [one for one in terms if (one.kind, one.number) == (kind, number)]
    return Span(min(one.first for one in own), max(one.last for one in own))
