"""Days and moments as files write them: text, ISO, real spreadsheet dates, serial numbers."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.journal.model import Day, Moment

Cell = str | int | float | bool | date | datetime | time | timedelta | None

FIRST = date(2000, 9, 1)
LAST = date(2100, 8, 31)

MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_SERIAL_ZERO = date(1899, 12, 30).toordinal()
_EPOCH = date(1970, 1, 1).toordinal()
_MINUTES = 24 * 60
_SHORT_YEAR = 100
_LAST = 59
_DMY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?: ?г\.?)?")
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})[ .-]([а-яё]{3,8})\.?[ .-](\d{4}|\d{2})(?: ?г(?:\.|ода?)?)?")
_NO_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}\.?")
_TIME = re.compile(r"(\d{1,2})[:.\-](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?")
_PAST_HOUR = {f":{minute:02}": minute * 60 for minute in range(60)}
_NUMBER = re.compile(r"\d{5}(?:[.,]\d+)?")


class UnreadableError(ValueError):
    """A cell that cannot be taken, for a reason in Russian."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)


def month_of(word: str) -> int:
    """The month a Russian word names («Март», «мая», «сен.»), or UnreadableError."""
    lowered = word.strip().casefold()
    for number, stem in enumerate(MONTHS, 1):
        if lowered.startswith(stem):
            return number
    raise UnreadableError(reason="не месяц")


def day(raw: Cell) -> Day:
    """The day of a cell that is not blank; a time beside it is dropped."""
    if isinstance(raw, datetime):
        return _within(raw.date())
    if isinstance(raw, date):
        return _within(raw)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _serial(raw)
    if isinstance(raw, str):
        return _text_day(raw.strip().casefold())
    raise UnreadableError(reason="не дата")


def _within(found: date) -> Day:
    if FIRST <= found <= LAST:
        return found.toordinal()
    raise UnreadableError(reason=f"дата {found:%d.%m}.{found.year} вне 01.09.2000-31.08.2100")


def _serial(number: float) -> Day:
    ordinal = _SERIAL_ZERO + int(number)
    if FIRST.toordinal() <= ordinal <= LAST.toordinal():
        return ordinal
    raise UnreadableError(reason=f"число {number:g} не дата 01.09.2000-31.08.2100")


def _text_day(text: str) -> Day:
    words = text.replace("t", " ", 1) if _ISO.match(text) else text
    for pattern in (_DMY, _ISO, _WORDS):
        found = pattern.match(words)
        if found and _is_tail(words[found.end() :]):
            return _calendar_day(pattern, found)
    if _NUMBER.fullmatch(text):
        return _serial(float(text.replace(",", ".")))
    if _NO_YEAR.fullmatch(text):
        raise UnreadableError(reason=f"в дате «{text}» нет года")
    raise UnreadableError(reason="не дата")


def _is_tail(rest: str) -> bool:
    return not rest or (rest[0] in " ," and _TIME.fullmatch(rest.lstrip(" ,")) is not None)


def _calendar_day(pattern: re.Pattern[str], found: re.Match[str]) -> Day:
    first, second, third = found.groups()[:3]
    if pattern is _ISO:
        year, month, number = int(first), int(second), int(third)
    else:
        month = month_of(second) if pattern is _WORDS else int(second)
        year, number = int(third), int(first)
    try:
        return _within(date(year + 2000 if year < _SHORT_YEAR else year, month, number))
    except ValueError as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(reason=f"дня «{found[0]}» нет в календаре") from None


def minutes(raw: Cell) -> int:
    """A time of day in minutes since midnight; seconds of rounding are rounded away."""
    if isinstance(raw, datetime):
        raw = raw.time()
    if isinstance(raw, time):
        return _clock(raw.hour, raw.minute, raw.second)
    if isinstance(raw, timedelta):
        raw = raw / timedelta(days=1)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and 0 <= raw < 1:
        return round(raw * _MINUTES) % _MINUTES
    found = _TIME.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        raise UnreadableError(reason="не время")
    return _clock(int(found[1]), int(found[2]), int(found[3] or 0))


def _clock(hour: int, minute: int, second: int) -> int:
    total = hour * 60 + minute + (second >= _LAST)
    if minute > _LAST or second > _LAST or total > _MINUTES - 1:
        raise UnreadableError(reason="нет такого времени")
    return total


@dataclass(slots=True)
class Moments:
    """Reads moments in the school's zone into whole minutes' epoch seconds."""

    zone: ZoneInfo
    offsets: dict[tuple[Day, int], int] = field(default_factory=dict)
    hours: dict[str, Moment] = field(default_factory=dict)

    def __call__(self, raw: Cell) -> Moment:
        if isinstance(raw, str):
            hour = self.hours.get(raw[:13])
            past = _PAST_HOUR.get(raw[13:])
            return self._text(raw) if hour is None or past is None else hour + past
        if isinstance(raw, datetime):
            rounded = raw + timedelta(seconds=1) if raw.second >= _LAST else raw
            return self._at(_within(rounded.date()), rounded.hour * 60 + rounded.minute)
        if isinstance(raw, (int, float)) and not isinstance(raw, bool):
            whole, rest = divmod(round(raw * _MINUTES), _MINUTES)
            return self._at(_serial(whole), rest)
        return self._at(day(raw), 0)

    def _text(self, raw: str) -> Moment:
        """«20.11.2026 14:31» is the usual form: its hour is kept for the minutes to come."""
        date_part, _, time_part = raw.strip().replace("T", " ", 1).partition(" ")
        found = _TIME.fullmatch(time_part.strip())
        if found is None:
            return self._loose(raw.strip())
        ordinal = day(date_part.rstrip(","))
        minute = _clock(int(found[1]), int(found[2]), 0)
        if found[4]:
            return _shifted(ordinal, minute, found[4])
        if raw[13:] in _PAST_HOUR:
            self.hours[raw[:13]] = self._at(ordinal, minute // 60 * 60)
        return self._at(ordinal, minute)

    def _loose(self, text: str) -> Moment:
        if _NUMBER.fullmatch(text):
            return self(float(text.replace(",", ".")))
        time_part = re.search(r" (\d{1,2}:\d{2}(?::\d{2})?)$", text)
        return self._at(day(text), minutes(time_part[1]) if time_part else 0)

    def _at(self, ordinal: Day, minute: int) -> Moment:
        key = (ordinal, minute // 60)
        offset = self.offsets.get(key)
        if offset is None:
            local = datetime.combine(date.fromordinal(ordinal), time(minute // 60), self.zone)
            offset = self.offsets[key] = int((local.utcoffset() or timedelta()).total_seconds())
        return (ordinal - _EPOCH) * 86_400 + minute * 60 - offset


def _shifted(ordinal: Day, minute: int, zone: str) -> Moment:
    offset = datetime.strptime(zone.replace(":", ""), "%z").utcoffset() or timedelta()
    local = datetime.combine(date.fromordinal(ordinal), time(), UTC) + timedelta(minutes=minute)
    return int((local - offset).timestamp())
