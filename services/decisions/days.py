"""The day a decision is due, as people write it, and which days it may be."""

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from services.decisions.decision import FARTHEST, DecisionDayError

STAGES: Final = (-3, -1, 0, 1, 3)
"""Days from the due day on which an owner is reminded."""
ESCALATES = len(STAGES)
"""The reminder with which who set the decision is told too: the last one."""
_WRITTEN = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?:\s*г?\.?)?")
_CENTURY = 100


def today_in(zone: str, now: datetime) -> int:
    return now.astimezone(ZoneInfo(zone)).date().toordinal()


def written(words: str, today: int) -> int:
    """«24.11» is the next such day, today included; «24.11.2026» and «24.11.26» are that one.

    DecisionDayError where it is none, has gone by, or is more than a year away.
    """
    found = _WRITTEN.fullmatch(words.strip().lower())
    if found is None:
        raise DecisionDayError(why="unread")
    day, month, year = int(found[1]), int(found[2]), int(found[3] or 0)
    here = date.fromordinal(today)
    if found[3]:
        day_asked = _day(
            year if year >= _CENTURY else year + here.year // _CENTURY * _CENTURY, month, day
        )
    else:
        day_asked = _next(here, month, day)
    return fitting(day_asked, today)


def fitting(day: int, today: int) -> int:
    """The day itself; DecisionDayError where it has gone by or is too far."""
    if day < today:
        raise DecisionDayError(why="past")
    if day > today + FARTHEST:
        raise DecisionDayError(why="far")
    return day


def stage(due: int, today: int) -> int:
    """How many reminders have come due by today."""
    return sum(due + offset <= today for offset in STAGES)


def _next(here: date, month: int, day: int) -> int:
    """29 February is looked for in the next leap year, which may be too far."""
    for year in range(here.year, here.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= here:
            return found.toordinal()
    raise DecisionDayError(why="unread")


def _day(year: int, month: int, day: int) -> int:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        raise DecisionDayError(why="unread") from None
