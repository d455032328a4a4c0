"""A day in moments: when it begins, when the journal must be filled, when it ends."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DEADLINE_MINUTES = 20 * 60
"""20:00 of the lesson's day (RULES.md, "Deadline"), unless the school says otherwise."""
NEVER = 253_370_764_800
"""A moment that does not come (1 January 9999): what is due in an outage without an end."""

Break = tuple[int, int]
"""An outage of the journal, from and to in epoch seconds; ``NEVER`` while it goes on."""


class CalendarDay(NamedTuple):
    """Epoch seconds of one day in the school's zone; ``ends`` is the next midnight.

    An outage moves ``deadline`` and ``ends`` by as much of it as lies between the day's beginning
    and them; ``moved`` says by how many seconds ``deadline`` was (docs/decisions/0008-outages.md).
    """

    day: int
    begins: int
    deadline: int
    ends: int
    moved: int = 0


def calendar_days(
    span: tuple[int, int], zone: str, deadline_minutes: int, breaks: Sequence[Break] = ()
) -> list[CalendarDay]:
    """Every day of the span, wall clock by the zone's rules (a day may have 23 or 25 hours)."""
    days = _days(span, ZoneInfo(zone), deadline_minutes)
    return [_moved(day, sorted(breaks)) for day in days] if breaks else list(days)


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


def _moved(day: CalendarDay, breaks: Sequence[Break]) -> CalendarDay:
    deadline = _without(day.begins, day.deadline, breaks)
    ends = _without(day.begins, day.ends, breaks)
    return day._replace(deadline=deadline, ends=ends, moved=deadline - day.deadline)


def _without(begins: int, due: int, breaks: Sequence[Break]) -> int:
    """When as much time without an outage has passed as there was from ``begins`` to ``due``."""
    for off, on in breaks:
        lost = max(off, begins)
        if lost < due and lost < on:
            due, begins = min(NEVER, due + on - lost), on
    return due
