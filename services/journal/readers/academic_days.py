"""Days that a file writes without their year: the stated academic year gives it, nothing else."""

import re
from datetime import date, datetime

from services.journal.cells import cell_text
from services.journal.dates import Cell, UnreadableError, day, month_of
from services.journal.model import Day

_FIRST_MONTH = 8
_DAY_MONTH = re.compile(r"(\d{1,2})[./ -](\d{1,2})\.?")
_DAY_WORD = re.compile(r"(\d{1,2})[. -]?\s?([а-яё]{3,8})\.?")
_WEEKDAY = re.compile(r"\s*\(?(пн|вт|ср|чт|пт|сб|вс)\.?\)?,?\s*", re.IGNORECASE)
_HUNDREDTH = 100


class YearUnknownError(UnreadableError):
    """The day and the month are there, and no year anywhere."""

    def __init__(self) -> None:
        super().__init__(reason="в дате нет года")


def day_of(raw: Cell, year: str | None) -> Day:
    """The day of a cell in the academic ``year`` («2026/2027»), or UnreadableError.

    A date that a spreadsheet made of «12.09» got the year in which it was typed: where the stated
    academic year does not have it, that year's 12 September is meant.
    """
    if isinstance(raw, (date, datetime)):
        return _moved(day(raw), year)
    found = _day_and_month(raw)
    if found is None:
        return day(_WEEKDAY.sub("", raw) if isinstance(raw, str) else raw)
    if year is None:
        raise YearUnknownError
    return in_year(*found, year)


def in_year(number: int, month: int, year: str) -> Day:
    """August to July: the day of that month in the academic year; UnreadableError for no day."""
    first = int(year[:4])
    try:
        return date(first + (month < _FIRST_MONTH), month, number).toordinal()
    except ValueError:
        raise UnreadableError(reason=f"дня {number:02}.{month:02} нет в календаре") from None


def _moved(found: Day, year: str | None) -> Day:
    if year is None:
        return found
    typed = date.fromordinal(found)
    first, last = in_year(1, _FIRST_MONTH, year), in_year(31, _FIRST_MONTH - 1, year)
    return found if first <= found <= last else in_year(typed.day, typed.month, year)


def _day_and_month(raw: Cell) -> tuple[int, int] | None:
    """Day and month where that is all; a number like 12.1 may be October or January."""
    if isinstance(raw, float) and not raw.is_integer() and raw < _HUNDREDTH:
        if round(raw * 10) == raw * 10:
            raise UnreadableError(reason=f"таблица превратила дату в число {raw:g}")
        raw = f"{raw:.2f}"
    if not isinstance(raw, str):
        return None
    text = _WEEKDAY.sub("", cell_text(raw)).casefold()
    numbers = _DAY_MONTH.fullmatch(text)
    if numbers:
        return int(numbers[1]), int(numbers[2])
    worded = _DAY_WORD.fullmatch(text)
    return (int(worded[1]), month_of(worded[2])) if worded else None
