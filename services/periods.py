"""Weeks by their names: «2026-W47» is Monday to Sunday."""

import re
from datetime import date
from typing import NamedTuple

from services.journal.calendar import year_of

DAYS = 7
AUGUST = 8
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


class Span(NamedTuple):
    """Days (``date.toordinal()``), both included."""

    first: int
    last: int

    def holds(self, day: int | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def moved(self, days: int) -> "Span":
        return Span(self.first + days, self.last + days)


def year_first(day: int) -> int:
    """1 August of the school year that a day lies in."""
    return date(year_of(day), AUGUST, 1).toordinal()


def week_name(day: int) -> str:
    """The ISO week that a day lies in."""
    year, week, _ = date.fromordinal(day).isocalendar()
    return f"{year}-W{week:02d}"


def week_span(name: str) -> Span:
    """ValueError where ``name`` is no week."""
    found = _WEEK.fullmatch(name)
    if found is None:
        raise ValueError(name)
    first = date.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal()
    return Span(first, first + DAYS - 1)
