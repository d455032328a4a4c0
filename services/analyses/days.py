"""Days on which something is due about an analysis."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.journal.calendar import is_statutory_holiday

HOUR = time(10)
"""Of the school's zone: drafts, reminders and re-checks leave then."""
MONTH_DAY = 3
"""Of the next month; «by the 5th» leaves the administrator two days (RULES.md, "Reports")."""
TERM_DAYS = 3
"""After a term's last day."""
PATIENCE = 2
"""Working days that a director has before the reminder."""
SATURDAY = 5


def moment(day: int, zone: str) -> datetime:
    """The hour of a day in UTC."""
    return datetime.combine(date.fromordinal(day), HOUR, ZoneInfo(zone)).astimezone(UTC)


def month_due(now: datetime, zone: str) -> tuple[datetime, date]:
    """The last moment of monthly drafts that has come, and the first day of their month."""
    here = now.astimezone(ZoneInfo(zone)).date().replace(day=MONTH_DAY)
    due = moment(here.toordinal(), zone)
    if due > now:
        here = (here.replace(day=1) - timedelta(days=1)).replace(day=MONTH_DAY)
        due = moment(here.toordinal(), zone)
    month = (here.replace(day=1) - timedelta(days=1)).replace(day=1)
    return due, month


def reminder_due(sent: datetime, zone: str) -> datetime:
    """After two working days: from Monday to Friday, statutory holidays aside."""
    day, left = sent.astimezone(ZoneInfo(zone)).date().toordinal(), PATIENCE
    while left:
        day += 1
        left -= _worked(day)
    return moment(day, zone)


def _worked(day: int) -> bool:
    return date.fromordinal(day).weekday() < SATURDAY and not is_statutory_holiday(day)
