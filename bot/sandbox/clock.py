"""A clock that a person can move on, and the moments worth moving to."""

from datetime import UTC, datetime, time, timedelta, tzinfo

from services.clock import Clock


class MovableClock:
    """Starts at ``start`` (aware) and runs on with ``base``; it is only ever moved forward."""

    def __init__(self, *, start: datetime, base: Clock) -> None:
        self._base = base
        self._shift = start - base.now()

    def now(self) -> datetime:
        return (self._base.now() + self._shift).astimezone(UTC)

    def move(self, delta: timedelta) -> None:
        if delta < timedelta():
            message = "the clock moves forward only"
            raise ValueError(message)
        self._shift += delta

    def move_to(self, moment: datetime) -> None:
        self.move(moment - self.now())


def next_weekday(now: datetime, *, weekday: int, at: time, zone: tzinfo) -> datetime:
    """The first moment after ``now`` that is ``at`` on ``weekday`` (Monday is 0) in ``zone``."""
    local = now.astimezone(zone)
    ahead = (weekday - local.weekday()) % 7
    found = datetime.combine(local.date() + timedelta(days=ahead), at, tzinfo=zone)
    if found <= now:
        found = datetime.combine(found.date() + timedelta(days=7), at, tzinfo=zone)
    return found.astimezone(UTC)
