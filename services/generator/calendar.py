"""The academic year of a Russian school: terms, holidays, public holidays, days off."""

from dataclasses import dataclass, field
from datetime import date

from services.generator.world import Term, Unit, weekday_of
from services.journal.model import Day, NonSchoolRow, TermRow

HALF_YEAR_GRADE = 10
FIRST_MONTH = 9
LAST_PRIMARY = 4
EVERYBODY = ""


def ordinal(year: int, month: int, day: int) -> Day:
    return date(year, month, day).toordinal()


def monday_of(day: Day) -> Day:
    return day - weekday_of(day) + 1


def academic_year_of(day: Day) -> int:
    """The calendar year in which the academic year of the day begins (July is still the old)."""
    moment = date.fromordinal(day)
    return moment.year if moment.month >= FIRST_MONTH - 1 else moment.year - 1


@dataclass(slots=True)
class Holiday:
    first: Day
    last: Day
    title: str
    units: frozenset[str]
    classes: str

    def row(self) -> NonSchoolRow:
        return NonSchoolRow(self.first, self.last, self.title, self.classes)


@dataclass(slots=True)
class Calendar:
    """``begins`` and ``ends`` bound the year; ``quarters`` are four, both ends included."""

    begins: Day
    ends: Day
    quarters: tuple[Term, ...]
    halves: tuple[Term, ...]
    units: tuple[Unit, ...]
    holidays: list[Holiday] = field(default_factory=list)

    @property
    def name(self) -> str:
        year = date.fromordinal(self.begins).year
        return f"{year}/{year + 1}"

    @property
    def new_year(self) -> Day:
        return ordinal(date.fromordinal(self.begins).year + 1, 1, 1)

    def terms(self, unit: Unit) -> tuple[Term, ...]:
        return self.halves if unit.grade >= HALF_YEAR_GRADE else self.quarters

    def term_of(self, unit: Unit, day: Day) -> Term | None:
        return next((term for term in self.terms(unit) if term.first <= day <= term.last), None)

    def quarter_of(self, day: Day) -> Term | None:
        """Everybody's holidays follow a quarter, whatever a class's terms are."""
        return next((term for term in self.quarters if term.first <= day <= term.last), None)

    def close(self, days: tuple[Day, Day], title: str, units: list[Unit], classes: str) -> None:
        names = frozenset(unit.name for unit in units)
        self.holidays.append(Holiday(*days, title, names, classes))

    def days_off(self, unit: Unit) -> set[Day]:
        return {
            day
            for holiday in self.holidays
            if unit.name in holiday.units
            for day in range(holiday.first, holiday.last + 1)
        }

    def open_days(self, unit: Unit) -> list[Day]:
        """Days of the terms that are nobody's holiday; the timetable says which have lessons."""
        off = self.days_off(unit)
        return [
            day
            for term in self.quarters
            for day in range(term.first, term.last + 1)
            if day not in off
        ]

    def rows(self) -> list[TermRow]:
        year = self.name
        quarters = [TermRow(year, t.kind, t.number, t.first, t.last, "1-9") for t in self.quarters]
        halves = [TermRow(year, t.kind, t.number, t.first, t.last, "10-11") for t in self.halves]
        return [*quarters, *halves, TermRow(year, "год", 1, self.begins, self.ends, "")]


def make_calendar(until: Day, units: tuple[Unit, ...]) -> Calendar:
    """Without the days that chance closes: snow, quarantine, moved days (see days_off)."""
    year = academic_year_of(until)
    begins = ordinal(year, 9, 1)
    autumn = monday_of(ordinal(year, 10, 28))
    winter = ordinal(year, 12, 31)
    spring = monday_of(ordinal(year + 1, 3, 25))
    ends = monday_of(ordinal(year + 1, 5, 26)) + 5
    quarters = (
        Term("четверть", 1, begins, autumn - 2),
        Term("четверть", 2, autumn + 7, winter - 1),
        Term("четверть", 3, ordinal(year + 1, 1, 11), spring - 2),
        Term("четверть", 4, spring + 7, ends),
    )
    halves = (
        Term("полугодие", 1, begins, winter - 1),
        Term("полугодие", 2, ordinal(year + 1, 1, 11), ends),
    )
    calendar = Calendar(begins, ends, quarters, halves, units)
    _known_holidays(calendar, year)
    return calendar


def _known_holidays(calendar: Calendar, year: int) -> None:
    everybody = list(calendar.units)
    first, second, third, fourth = calendar.quarters
    for title, after, before in (
        ("Осенние каникулы", first, second),
        ("Зимние каникулы", second, third),
        ("Весенние каникулы", third, fourth),
    ):
        calendar.close((after.last + 1, before.first - 1), title, everybody, EVERYBODY)
    youngest = [unit for unit in everybody if unit.grade == 1]
    february = monday_of(ordinal(year + 1, 2, 14))
    calendar.close((february, february + 6), "Дополнительные каникулы", youngest, "1")
    for title, day in (
        ("День народного единства", ordinal(year, 11, 4)),
        ("День защитника Отечества", ordinal(year + 1, 2, 23)),
        ("Международный женский день", ordinal(year + 1, 3, 8)),
        ("Праздник Весны и Труда", ordinal(year + 1, 5, 1)),
        ("День Победы", ordinal(year + 1, 5, 9)),
    ):
        calendar.close((day, day), title, everybody, EVERYBODY)


def open_on(day: date) -> bool:
    """Whether the school year runs and not everybody has holidays; weekends are not looked at."""
    wanted = day.toordinal()
    calendar = make_calendar(wanted, ())
    off = (one for one in calendar.holidays if one.classes == EVERYBODY)
    return any(term.first <= wanted <= term.last for term in calendar.quarters) and not any(
        one.first <= wanted <= one.last for one in off
    )
