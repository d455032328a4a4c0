"""What may be written into the journal of duties: words, and a day that has come."""

import re
from collections.abc import Sequence
from datetime import date

from services.duties.duty import Demand, Duty, DutyDayError, DutyWordsError, State
from services.periods import year_first

TEXT_LIMIT, PROOF_LIMIT = 500, 300
_WRITTEN = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?:\s*г?\.?)?")
_CENTURY = 100
YEARS = 9
"""Back from this one: 29 February comes once in eight at the rarest."""


def worded(text: str, limit: int, *, least: int = 1) -> str:
    """Without spaces around and line breaks; DutyWordsError below ``least``, beyond ``limit``."""
    cut = " ".join(text.split())
    if len(cut) < least:
        raise DutyWordsError(why="empty", limit=limit)
    if len(cut) > limit:
        raise DutyWordsError(why="long", limit=limit)
    return cut


def written(words: str, today: int) -> int:
    """«24.11» is the last such day, today included; «24.11.2026» and «24.11.26» are that one.

    DutyDayError where it is none, has not come, or lies before this school year.
    """
    found = _WRITTEN.fullmatch(words.strip().lower())
    if found is None:
        raise DutyDayError(why="unread")
    day, month = int(found[1]), int(found[2])
    here = date.fromordinal(today)
    if not found[3]:
        return fitting(_last(here, month, day), today)
    year = int(found[3])
    year += here.year // _CENTURY * _CENTURY if year < _CENTURY else 0
    try:
        return fitting(date(year, month, day).toordinal(), today)
    except ValueError:
        raise DutyDayError(why="unread") from None


def fitting(day: int, today: int) -> int:
    """The day itself, or DutyDayError as above."""
    if day > today:
        raise DutyDayError(why="ahead")
    if day < year_first(today):
        raise DutyDayError(why="early")
    return day


def period_for(duties: Sequence[Duty], day: int, month: str) -> str:
    """Of one clause's duties in a month: whose period the day lies in, else the first not done.

    Where none is asked the entry belongs to the month itself.
    """
    inside = [one.demand for one in duties if one.demand.span.holds(day)]
    open_ones = [one.demand for one in duties if one.state in {State.OVERDUE, State.WAITING}]
    lasting: list[Demand] = [*(one for one in open_ones if one in inside), *inside, *open_ones]
    every = [*lasting, *(one.demand for one in duties)]
    return every[0].name if every else month


def _last(here: date, month: int, day: int) -> int:
    for year in range(here.year, here.year - YEARS, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= here:
            return found.toordinal()
    raise DutyDayError(why="unread")
