"""How long a finding waits: days of study, without outages and days on sick leave."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.completeness.days import Break
from services.journal.calendar import is_statutory_holiday, weekday
from services.reminding.ports import OpenFinding, StudyDays

DAY = timedelta(days=1)
SUNDAY = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolDays:
    """The days up to ``today`` (an ordinal) as the school has lived them, from ``first`` on."""

    first: int
    today: int
    zone: ZoneInfo
    lived: StudyDays
    breaks: Sequence[Break] = ()

    def studied(self, class_unit: int | None) -> Sequence[int]:
        """The class's days with lessons; the school's for none.

        Weekdays where no calendar is loaded.
        """
        if class_unit in self.lived.known:
            return self.lived.studied.get(class_unit or 0, ())
        if class_unit is None and self.lived.known:
            return sorted({day for days in self.lived.studied.values() for day in days})
        days = range(self.first, self.today + 1)
        return [day for day in days if weekday(day) < SUNDAY and not is_statutory_holiday(day)]

    def studies(self, class_unit: int | None) -> bool:
        """Whether there are lessons today."""
        return self.today in self.studied(class_unit)

    def works(self, staff: int) -> bool:
        """Whether the person has lessons today: by the timetable, else by the classes taught."""
        if staff in self.lived.working:
            return self.today in self.lived.working[staff]
        classes = self.lived.classes.get(staff, frozenset())
        return any(self.studies(one) for one in classes) if classes else self.studies(None)

    def sick(self, staff: int) -> bool:
        return (staff, self.today) in self.lived.absent

    def since(self, moment: datetime) -> int:
        """How many school days have begun after the day of the moment."""
        days = self.studied(None)
        return len(days) - bisect_right(days, self.day_of(moment))

    def overdue(self, one: OpenFinding, days: int) -> datetime | None:
        """When a finding has waited for so many days; None where that is not yet known.

        One day is 24 hours after the deadline (RULES.md, P1). More are school days of the class,
        and end with the last of them. Days of sick leave do not count, and an outage adds its
        length. A teacher has been at work since; otherwise nobody could have mended it.
        """
        begins, planned = _begins(one)
        day = self.day_of(planned)
        staff = one.hit.staff or 0
        if not self._at_work_since(staff, day):
            return None
        missed = [each for each in range(day + 1, self.today + 1) if self._away(staff, each)]
        if days == 1:
            return self.shifted(begins, DAY * (1 + len(missed)))
        counted = [each for each in self.studied(one.hit.class_unit) if each > day]
        counted = [each for each in counted if each not in missed]
        if len(counted) < days:
            return None
        return self.shifted(begins, self._end(counted[days - 1]) - planned)

    def shifted(self, begins: datetime, span: timedelta) -> datetime:
        """When as much time without an outage has passed."""
        due = begins + span
        for off, on in self._outages():
            lost = max(off, begins)
            if lost < min(due, on):
                due += on - lost
        return due

    def day_of(self, moment: datetime) -> int:
        return moment.astimezone(self.zone).date().toordinal()

    def _away(self, staff: int, day: int) -> bool:
        return (staff, day) in self.lived.absent

    def _at_work_since(self, staff: int, day: int) -> bool:
        working = self.lived.working.get(staff)
        return working is None or any(
            day < each and not self._away(staff, each) for each in working
        )

    def _outages(self) -> Iterator[tuple[datetime, datetime]]:
        for off, on in sorted(self.breaks):
            yield datetime.fromtimestamp(off, UTC), datetime.fromtimestamp(on, UTC)

    def _end(self, day: int) -> datetime:
        return datetime.combine(date.fromordinal(day + 1), time(), self.zone).astimezone(UTC)


def _begins(one: OpenFinding) -> tuple[datetime, datetime]:
    """Since when it waits, and the same as it was planned: nobody knew of it before it was seen."""
    if one.due is None or one.planned is None or one.due <= one.first_seen:
        return one.first_seen, one.first_seen
    return one.due, one.planned
