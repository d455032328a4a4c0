"""From when and till when, as people write it, and what may be said of an outage."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.helpdesk.outage import OutageMomentError

BACK, AHEAD = timedelta(days=60), timedelta(days=30)
"""How far from now an outage may begin or end."""
_WRITTEN = re.compile(r"(?:(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?,?\s+)?(?:в\s+)?(\d{1,2}):(\d{2})")


def written(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    """«10:30» is today's, «24.11 10:30» the one nearest to now, «24.11.2026 10:30» that one."""
    found = _WRITTEN.fullmatch(words.strip().lower())
    if found is None:
        raise OutageMomentError(why="unread")
    day, month, year, hour, minute = (None if one is None else int(one) for one in found.groups())
    here = now.astimezone(zone)
    try:
        wall = time(hour or 0, minute or 0)
        chosen = here.date() if day is None else date(year or here.year, month or 0, day)
    except ValueError:
        raise OutageMomentError(why="unread") from None
    moment = datetime.combine(chosen, wall, zone)
    if day is not None and year is None and moment > now + AHEAD:
        moment = _a_year_before(moment)
    return moment


def ensure_fit(begins: datetime, ends: datetime | None, now: datetime) -> None:
    """OutageMomentError where the end is not after the beginning, or either is far from now."""
    if ends is not None and ends <= begins:
        raise OutageMomentError(why="order")
    moments = [begins] if ends is None else [begins, ends]
    if any(not now - BACK <= one <= now + AHEAD for one in moments):
        raise OutageMomentError(why="far")


def _a_year_before(moment: datetime) -> datetime:
    """29 February has no such day: then it stays, and is too far."""
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:
        return moment
