"""When the demo begins: in a week that has lessons behind it and its digest still ahead."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.live import FRIDAY, REPORT_TIME
from services.generator.calendar import open_on
from services.periods import DAYS

NOON, AFTERNOON = time(12, 30), time(13)


def opening_of(asked: datetime, zone: ZoneInfo) -> datetime:
    """``asked``, or the latest Friday 13:00 before it where a file sent gives no digest then.

    On a Monday the week's journal is still empty, from Friday 16:00 on its digest has come, in
    holidays there is neither: the first thing to be seen would be «нет данных».
    """
    local = asked.astimezone(zone)
    today = local.date()
    friday = today + timedelta(days=FRIDAY - today.weekday())
    if local < datetime.combine(friday, REPORT_TIME, zone) and _studied(today):
        return asked
    friday -= timedelta(days=DAYS if friday > today else 0)
    while not (_works(friday) and _studied(friday)):
        friday -= timedelta(days=DAYS)
    return datetime.combine(friday, AFTERNOON, zone)


def eve(known: date, zone: ZoneInfo) -> datetime:
    """Half past twelve of the first Friday whose week the journal up to ``known`` can tell of."""
    friday = known + timedelta(days=(FRIDAY - known.weekday()) % DAYS)
    return datetime.combine(friday, NOON, zone)


def last_school_day(day: date) -> date:
    """The last working day of the school not after ``day``."""
    while not _works(day):
        day -= timedelta(days=1)
    return day


def _studied(today: date) -> bool:
    """Whether the week of ``today`` has a school day before it."""
    return any(_works(today - timedelta(days=back)) for back in range(1, today.weekday() + 1))


def _works(day: date) -> bool:
    return day.weekday() <= FRIDAY and open_on(day)
