"""Till when a finding may be postponed, and a day as people write it."""

import re
from dataclasses import dataclass
from datetime import date

from services.claims.errors import UnfitDayError

MOST = 14
"""Days on from today; never past the term's end."""
OFFERED = (1, 3, 7)
_WRITTEN = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?")
_CENTURY = 2000
NONE, EARLY, FAR, UNREAD = "none", "early", "far", "unread"


@dataclass(frozen=True, slots=True)
class Days:
    """Ordinals: ``today``, and the ``last`` day that may be chosen."""

    today: int
    last: int

    @classmethod
    def within(cls, today: int, term_end: int | None) -> "Days":
        """``term_end`` None: no term is under way, or it is not known."""
        farthest = today + MOST
        return cls(today, farthest if term_end is None else min(farthest, term_end))

    @property
    def last_date(self) -> date:
        return date.fromordinal(self.last)

    @property
    def offered(self) -> list[int]:
        return [day for ahead in OFFERED if (day := self.today + ahead) <= self.last]

    def ensure(self, day: int) -> int:
        """UnfitDayError unless it lies after today and not after the last one."""
        if self.last <= self.today:
            raise self._unfit(NONE)
        if day <= self.today:
            raise self._unfit(EARLY)
        if day > self.last:
            raise self._unfit(FAR)
        return day

    def read(self, text: str) -> int:
        """«28.11» is the next such day, «28.11.2026» that one."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise self._unfit(UNREAD)
        day, month, year = (None if part is None else int(part) for part in found.groups())
        here = date.fromordinal(self.today)
        try:
            chosen = date(_year(year) or here.year, month or 0, day or 0)
            if year is None and chosen < here:
                chosen = chosen.replace(year=here.year + 1)
        except ValueError:
            raise self._unfit(UNREAD) from None
        return self.ensure(chosen.toordinal())

    def _unfit(self, why: str) -> UnfitDayError:
        return UnfitDayError(why=why, last=self.last_date)


def _year(said: int | None) -> int | None:
    return said if said is None or said > _CENTURY else said + _CENTURY
