"""Working time of a school: what the targets of a ticket are counted in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.journal.calendar import is_statutory_holiday

DAYS_AHEAD = 400
"""How far a moment is looked for before it is given up."""
Span = tuple[datetime, datetime]
Shift = tuple[int, int]
"""From and to, in minutes of the day."""

_WORKDAY: Shift = (8 * 60, 17 * 60)
_SATURDAY: Shift = (8 * 60, 14 * 60)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """A shift for each weekday from Monday on; None is a day off."""

    week: tuple[Shift | None, ...]

    def __post_init__(self) -> None:
        """Raise ValueError unless there are seven days, some of them worked, each in order."""
        shifts = [shift for shift in self.week if shift is not None]
        ordered = all(0 <= begins < ends <= 24 * 60 for begins, ends in shifts)
        if len(self.week) != 7 or not shifts or not ordered:  # noqa: PLR2004  # days of a week
            raise ValueError(self.week)


FIVE_DAYS = WorkingHours((_WORKDAY,) * 5 + (None, None))
SIX_DAYS = WorkingHours((_WORKDAY,) * 5 + (_SATURDAY, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkClock:
    """Counts working time; statutory holidays are never worked.

    ``closed`` are days without school (``date.toordinal()``), ``breaks`` spans that do not count,
    say an outage of the journal.
    """

    hours: WorkingHours
    zone: ZoneInfo
    closed: frozenset[int] = frozenset()
    breaks: Sequence[Span] = ()

    def between(self, since: datetime, until: datetime) -> int:
        """Working seconds from one moment to another; 0 where they stand the other way round."""
        return sum(
            int((ends - begins).total_seconds()) for begins, ends in self._worked(since, until)
        )

    def after(self, since: datetime, seconds: int) -> datetime:
        """The moment by which so much working time has passed; far away if it never does."""
        left = seconds
        for begins, ends in self._worked(since, since + timedelta(days=DAYS_AHEAD)):
            length = int((ends - begins).total_seconds())
            if left <= length:
                return begins + timedelta(seconds=left)
            left -= length
        return since + timedelta(days=DAYS_AHEAD)

    def stands(self, now: datetime) -> bool:
        """Whether a break goes on: when it ends may not be known."""
        return any(off <= now < on for off, on in self.breaks)

    def opens(self, day: date) -> datetime | None:
        """When work begins on a day, None on one without work."""
        shift = self._shift(day.toordinal())
        return None if shift is None else self._moment(day.toordinal(), shift[0])

    def _worked(self, since: datetime, until: datetime) -> Iterator[Span]:
        first = since.astimezone(self.zone).date().toordinal()
        last = until.astimezone(self.zone).date().toordinal()
        for day in range(first, last + 1):
            if (shift := self._shift(day)) is None:
                continue
            begins = max(since, self._moment(day, shift[0]))
            ends = min(until, self._moment(day, shift[1]))
            yield from _without((begins, ends), self.breaks)

    def _shift(self, day: int) -> Shift | None:
        if day in self.closed or is_statutory_holiday(day):
            return None
        return self.hours.week[date.fromordinal(day).weekday()]

    def _moment(self, day: int, minutes: int) -> datetime:
        """In UTC, as a time of the school's wall clock; midnight at the end is the next day's."""
        days, rest = divmod(minutes, 24 * 60)
        here = date.fromordinal(day + days)
        wall = time(rest // 60, rest % 60)
        return datetime.combine(here, wall, self.zone).astimezone(UTC)


def _without(span: Span, breaks: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span when the breaks are cut out, in order."""
    begins, ends = span
    for off, on in sorted(breaks):
        if off < ends and on > begins:
            if begins < off:
                yield begins, off
            begins = max(begins, on)
    if begins < ends:
        yield begins, ends
