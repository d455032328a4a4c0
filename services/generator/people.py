"""Classes, pupils, and their movements through the year."""

from random import Random

from services.generator.calendar import Calendar
from services.generator.curriculum import SIX_DAY_GRADE
from services.generator.names import feminine, full_name
from services.generator.world import Pupil, Stay, Unit, weekday_of
from services.journal.model import LAST_DAY, Day
from services.journal.writers.local_time import day_text

GRADE_ORDER = (5, 9, 2, 10, 7, 1, 4, 8, 6, 3, 11)
LETTERS = "АБВГДЕЖ"
SMALLEST, LARGEST = 22, 27
FRIDAY = 5


def make_units(classes: int) -> tuple[Unit, ...]:
    """``classes`` classes spread over the grades, in the school's usual order."""
    units = []
    for at in range(classes):
        letter, place = divmod(at, len(GRADE_ORDER))
        grade = GRADE_ORDER[place]
        six_days = grade >= SIX_DAY_GRADE or (grade == SIX_DAY_GRADE - 1 and letter % 2 == 1)
        units.append(Unit(f"{grade}{LETTERS[letter]}", grade, 6 if six_days else 5))
    return tuple(sorted(units, key=lambda unit: (unit.grade, unit.name)))


class Enrollment:
    """Fills the classes and moves pupils by orders."""

    def __init__(self, *, random: Random, calendar: Calendar, until: Day) -> None:
        self._random = random
        self._calendar = calendar
        self._until = until
        self._orders = 0
        self.pupils: list[Pupil] = []

    def fill(self) -> None:
        for unit in self._calendar.units:
            names = sorted(self._name() for _ in range(self._random.randint(SMALLEST, LARGEST)))
            if unit is self._calendar.units[-1]:
                names[1] = names[0]
                names.sort()
            for name in names:
                self._enter(self._new(name), unit, self._calendar.begins, "№ 1-к")
        self._leave_and_come()
        self._transfers()
        self._special_cases()

    def _name(self) -> str:
        return full_name(self._random, female=self._random.random() < 1 / 2)

    def _new(self, name: str) -> Pupil:
        code = f"У{len(self.pupils) + 1:04}"
        pupil = Pupil(code, name, min(4.8, max(2.9, self._random.gauss(3.95, 0.5))))
        self.pupils.append(pupil)
        return pupil

    def _enter(self, pupil: Pupil, unit: Unit, day: Day, order: str) -> None:
        number = 1 + max((stay.number for stay in unit.stays), default=0)
        stay = Stay(pupil, unit, number, pupil.name, day, LAST_DAY, order)
        unit.stays.append(stay)
        pupil.stays.append(stay)

    def _order(self, day: Day) -> str:
        self._orders += 1
        return f"№ {self._orders + 1}-к от {day_text(day)}"

    def _school_day(self, unit: Unit, first: Day, last: Day) -> Day | None:
        """A day with lessons between the two, None if the journal has not reached it yet."""
        days = [
            day
            for day in self._calendar.open_days(unit)
            if first <= day <= last and weekday_of(day) <= FRIDAY
        ]
        day = self._random.choice(days)
        return day if day <= self._until else None

    def _settled(self, unit: Unit) -> list[Stay]:
        """Pupils who have been there from the first day and go on."""
        return [
            stay
            for stay in unit.stays
            if stay.last == LAST_DAY and len(stay.pupil.stays) == 1
            and stay.first == self._calendar.begins
        ]  # fmt: skip

    def _leave_and_come(self) -> None:
        begins, ends = self._calendar.begins, self._calendar.ends
        first = next(unit for unit in self._calendar.units if unit.grade > 1)
        for unit in self._calendar.units:
            early = unit is first
            gone = self._school_day(unit, begins + 1, begins + 3 if early else ends - 5)
            if gone is not None and (early or self._random.random() < 1 / 2):
                self._random.choice(self._settled(unit)).last = gone
            came = self._school_day(unit, begins + 10, ends - 20)
            if came is not None and self._random.random() < 1 / 2:
                self._enter(self._new(self._name()), unit, came, self._order(came))

    def _transfers(self) -> None:
        """From a class to its parallel: the last day there, the next day here."""
        by_grade: dict[int, list[Unit]] = {}
        for unit in self._calendar.units:
            by_grade.setdefault(unit.grade, []).append(unit)
        for parallel in by_grade.values():
            if len(parallel) > 1:
                self._transfer(*self._random.sample(parallel, 2))

    def _transfer(self, source: Unit, target: Unit) -> None:
        day = self._school_day(source, self._calendar.begins + 7, self._calendar.ends - 30)
        if day is None or day == self._until:
            return
        stay = self._random.choice(self._settled(source))
        stay.last = day
        self._enter(stay.pupil, target, day + 1, self._order(day))

    def _special_cases(self) -> None:
        """A pupil away for some weeks who keeps the number, and a change of surname."""
        unit = self._calendar.units[-1]
        gone = self._school_day(unit, self._calendar.begins + 14, self._calendar.ends - 60)
        if gone is not None and gone + 21 < self._until:
            self._split(self._random.choice(self._settled(unit)), gone, gone + 21, None)
        unit = self._calendar.units[len(self._calendar.units) // 2]
        changed = self._school_day(unit, self._calendar.begins + 5, self._calendar.ends - 30)
        girls = [stay for stay in self._settled(unit) if stay.name.endswith("на")]
        if changed is not None and changed < self._until and girls:
            stay = self._random.choice(girls)
            surname = feminine(self._random.choice(("Громов", "Лавров", "Снегирёв")))
            name = " ".join([surname, *stay.name.split()[1:]])
            self._split(stay, changed, changed + 1, name)

    def _split(self, stay: Stay, last: Day, first: Day, name: str | None) -> None:
        stay.last = last
        again = Stay(
            stay.pupil, stay.unit, stay.number, name or stay.name, first, LAST_DAY,
            self._order(last),
        )  # fmt: skip
        stay.unit.stays.append(again)
        stay.pupil.stays.append(again)
