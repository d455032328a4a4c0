"""Hours and targets as people write them."""

import re

from services.helpdesk.errors import UnfitDeskSettingError
from services.helpdesk.hours import Shift, WorkingHours
from services.helpdesk.settings import DAY, HOUR

WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
LONGEST = 90 * DAY
"""Minutes of working time that a target may have at most."""
_PART = re.compile(
    r"(пн|вт|ср|чт|пт|сб|вс)(?:\s*-\s*(пн|вт|ср|чт|пт|сб|вс))?\s+"
    r"(\d{1,2})(?:[:.](\d{2}))?\s*-\s*(\d{1,2})(?:[:.](\d{2}))?"
)
_TARGET = re.compile(r"(\d{1,3})\s*(мин|м|ч|час|часа|часов|дн|д|день|дня|дней)\.?")
_UNITS = {"м": 1, "ч": HOUR, "д": DAY}


def hours_of(words: str) -> WorkingHours:
    """«пн-пт 8:00-17:00, сб 8-14»: days that are not named are off; a later part overrides."""
    week: list[Shift | None] = [None] * len(WEEKDAYS)
    plain = words.lower().replace("\N{EN DASH}", "-").replace("\N{EM DASH}", "-")
    for part in plain.split(","):
        found = _PART.fullmatch(part.strip())
        if found is None:
            raise UnfitDeskSettingError(what="hours")
        first, last, *times = found.groups()
        begins, ends = _minutes(times[0], times[1]), _minutes(times[2], times[3])
        for day in _days(first, last or first):
            week[day] = (begins, ends)
    try:
        return WorkingHours(tuple(week))
    except ValueError:
        raise UnfitDeskSettingError(what="hours") from None


def targets_of(words: str) -> tuple[int, int]:
    """«1 ч / 9 ч»: minutes of working time for the first answer and for the solution."""
    parts = [_TARGET.fullmatch(part.strip()) for part in words.lower().split("/")]
    found = [int(part[1]) * _UNITS[part[2][0]] for part in parts if part is not None]
    if len(parts) != 2 or len(found) != 2 or not 0 < found[0] <= found[1] <= LONGEST:  # noqa: PLR2004  # a pair
        raise UnfitDeskSettingError(what="targets")
    return found[0], found[1]


def hours_told(hours: WorkingHours) -> str:
    """The same words back: days of equal hours are joined."""
    parts: list[list[int]] = []
    for day, shift in enumerate(hours.week):
        if shift is None:
            continue
        if parts and parts[-1][-1] == day - 1 and hours.week[day - 1] == shift:
            parts[-1].append(day)
        else:
            parts.append([day])
    return ", ".join(_told(days, hours.week[days[0]]) for days in parts)


def _told(days: list[int], shift: Shift | None) -> str:
    begins, ends = shift or (0, 0)
    named = WEEKDAYS[days[0]] if len(days) == 1 else f"{WEEKDAYS[days[0]]}-{WEEKDAYS[days[-1]]}"
    return f"{named} {_clock(begins)}-{_clock(ends)}"


def _days(first: str, last: str) -> range:
    return range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1)


def _minutes(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + int(minute or 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
