"""A day in moments: when it begins, when the journal must be filled, when it ends."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DEADLINE_MINUTES = 20 * 60
"""20:00 of the lesson's day (RULES.md, "Deadline"), unless the school says otherwise."""


class CalendarDay(NamedTuple):
    """Epoch seconds of one day in the school's zone; ``ends`` is the next midnight."""

    day: int
    begins: int
    deadline: int
    ends: int


def calendar_days(span: tuple[int, int], zone: str, deadline_minutes: int) -> list[CalendarDay]:
    """Every day of the span, wall clock by the zone's rules (a day may have 23 or 25 hours)."""
    return list(_days(span, ZoneInfo(zone), deadline_minutes))


def _days(span: tuple[int, int], zone: ZoneInfo, minutes: int) -> Iterator[CalendarDay]:
    first, last = span
    begins = _moment(first, zone)
    for day in range(first, last + 1):
        ends = _moment(day + 1, zone)
        yield CalendarDay(day, begins, _moment(day, zone, minutes), ends)
        begins = ends


def _moment(day: int, zone: ZoneInfo, minutes: int = 0) -> int:
    wall = datetime.combine(date.fromordinal(day), datetime.min.time()) + timedelta(minutes=minutes)
    return int(wall.replace(tzinfo=zone).timestamp())
