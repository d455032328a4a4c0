"""C3, C4, C5, C8, Q5: changes of the class lists that orders and groups do not bear out."""

from dataclasses import dataclass

from services.generator.calendar import monday_of
from services.generator.curriculum import marked
from services.generator.names import full_name
from services.generator.school import School
from services.generator.staffing import BOYS, GIRLS
from services.generator.term_marks import due_day
from services.generator.truth import DAY_END
from services.generator.world import Pupil, Stay, Unit
from services.journal.model import LAST_DAY, Day
from services.journal.writers.local_time import day_text

MARKLESS_DAYS = 6
EXCUSED = "У"
CONDITION = "№ 1-к, условно, ликвидировать задолженность до {}"
PASSED, AHEAD = 30, 60
NOT_ATTESTED = "н/а"


@dataclass(slots=True)
class Registry:
    """Enters pupils who came in the last days: the journal has nothing of them yet."""

    school: School

    def units(self) -> list[Unit]:
        """Classes in which a newcomer of these days owes nothing by ``until``."""
        return [one for one in self.school.units if self._quiet(one, self.school.until)]

    def _quiet(self, unit: Unit, day: Day) -> bool:
        """No period mark is due of who comes on the day."""
        school = self.school
        term = school.calendar.term_of(unit, day)
        if term is None:
            return day > school.calendar.begins
        return day > term.first and due_day(school, unit, term) > school.until

    def first_day(self, unit: Unit) -> Day:
        """The last day with lessons, where it is not long ago; in holidays today."""
        school = self.school
        if school.calendar.term_of(unit, school.until) is None:
            return school.until
        days = [one for one in school.school_days[unit] if one <= school.until]
        return max(days[-1], school.until - 2) if days else school.until

    def enter(
        self, unit: Unit, day: Day, *, order: str | None = "", pupil: Pupil | None = None
    ) -> Stay:
        """With the next number and in the groups of a class's list; ``order`` ``""`` is one."""
        school = self.school
        whom = pupil or self.person()
        number = 1 + max(stay.number for stay in unit.stays)
        named = f"№ {number}-п от {day_text(day)}" if order == "" else order
        stay = Stay(whom, unit, number, whom.name, day, LAST_DAY, named)
        unit.stays.append(stay)
        whom.stays.append(stay)
        for groups in unit.divided.values():
            groups[_group_of(stay, groups)].add(number)
        school.rosters.clear()
        return stay

    def person(self, name: str | None = None) -> Pupil:
        school = self.school
        female = school.random.random() < 1 / 2
        pupil = Pupil(
            f"У{len(school.pupils) + 1:04}", name or full_name(school.random, female=female), 4.0
        )
        school.pupils.append(pupil)
        return pupil


def _group_of(stay: Stay, groups: dict[str, set[int]]) -> str:
    girl = stay.name.endswith("на")
    if GIRLS in groups:
        return GIRLS if girl else BOYS
    usual = sorted(groups)[:2]
    return usual[stay.number % len(usual)]


def disorder(school: School) -> None:
    """After everything else: these pupils have neither marks nor absences but those given here."""
    registry = Registry(school)
    _without_marks(school, registry)
    units = registry.units()
    if units:
        _without_order(school, registry, units)
        _in_wrong_groups(school, registry, units)
        _twice(school, registry, units)
    _moved_without_order(school)
    _conditional(school)


def _since(school: School, day: Day) -> int:
    return school.local.moment(day, 0)


def _without_marks(school: School, registry: Registry) -> None:
    """Came a week ago, was excused from the works, and nobody has asked him."""
    for unit in registry.units():
        day = school.until - MARKLESS_DAYS
        term = school.calendar.term_of(unit, day)
        running = term is not None and term.first <= day and school.until <= term.last
        mid_term = term is not None and monday_of(day) > monday_of(term.first)
        if unit.grade == 1 or not running or not mid_term:
            continue
        stay = registry.enter(unit, day)
        for lesson in [one for one in school.known() if one.track.unit is unit]:
            here = lesson.day >= day and stay in school.roster(lesson.track, lesson.day)
            if here and lesson.kind and lesson.held and marked(lesson.track.subject, unit.grade):
                lesson.codes[stay.number] = EXCUSED
        return


def _without_order(school: School, registry: Registry, units: list[Unit]) -> None:
    unit = school.random.choice(units)
    day = registry.first_day(unit)
    stay = registry.enter(unit, day, order=None)
    school.ledger.place("C3", unit, day=day, pupil=stay.number, since=_since(school, day))
    other = school.random.choice(units)
    stay = registry.enter(other, registry.first_day(other))
    school.ledger.innocent_place("C3", other, "прибыл по приказу", pupil=stay.number)


def _continued(stay: Stay) -> bool:
    """Another line of the same number ended the day before: only the surname has changed."""
    return any(
        one.number == stay.number and one.last == stay.first - 1
        for one in stay.unit.stays
        if one.pupil is stay.pupil
    )


def _moved_without_order(school: School) -> None:
    """Somebody who came or was moved in the course of the year, and whose order is not named."""
    reasonless = {mark.stay for mark in school.term_marks if mark.code == NOT_ATTESTED}
    moved = [
        stay
        for unit in school.units
        for stay in unit.stays
        if school.calendar.begins < stay.first < school.until - MARKLESS_DAYS
        and stay.order and stay not in reasonless and not _continued(stay)
    ]  # fmt: skip
    if len(moved) > 1:
        stay = school.random.choice(moved)
        stay.order = None
        school.ledger.place(
            "C3", stay.unit, day=stay.first, pupil=stay.number, since=_since(school, stay.first)
        )
        kept = next(one for one in moved if one is not stay)
        school.ledger.innocent_place(
            "C3", kept.unit, "переведён или прибыл по приказу", day=kept.first, pupil=kept.number
        )


def _in_wrong_groups(school: School, registry: Registry, units: list[Unit]) -> None:
    """One in no group of a divided subject, one in two; the groups of other subjects are right."""
    divided = [
        (unit, subject)
        for unit in units
        for subject, groups in sorted(unit.divided.items())
        if {"1", "2"} <= set(groups)
    ]
    for at, (unit, subject) in enumerate(school.random.sample(divided, min(2, len(divided)))):
        day = registry.first_day(unit)
        stay = registry.enter(unit, day)
        for group in ("1", "2"):
            members = unit.divided[subject][group]
            members.add(stay.number) if at else members.discard(stay.number)
        school.rosters.clear()
        track = next(one for one in school.tracks if one.unit is unit and one.subject == subject)
        school.ledger.subject("C4", track, pupil=stay.number, since=_since(school, day))
    for unit, subject in divided[:1]:
        track = next(one for one in school.tracks if one.unit is unit and one.subject == subject)
        number = min(unit.divided[subject]["1"] - unit.divided[subject]["2"])
        school.ledger.innocent_track("C4", track, "в одной из двух групп", day=None, pupil=number)


def _twice(school: School, registry: Registry, units: list[Unit]) -> None:
    """A person on two lines at once; who only has the same name is somebody else."""
    unit = school.random.choice(units)
    settled = [
        one
        for one in unit.stays
        if one.last == LAST_DAY and len(one.pupil.stays) == 1 and one.first == min(
            each.first for each in unit.stays
        )
    ]  # fmt: skip
    if not settled:
        return
    day = registry.first_day(unit)
    same, namesake = school.random.sample(settled, 2)
    again = registry.enter(unit, day, pupil=same.pupil)
    school.ledger.place("C5", unit, day=None, pupil=again.number, since=_since(school, day))
    other = next((one for one in units if one is not unit), None)
    if other is not None:
        stay = registry.enter(
            other, registry.first_day(other), pupil=registry.person(namesake.pupil.name)
        )
        school.ledger.innocent_place("C5", other, "однофамилец, другой код", pupil=stay.number)
    last = school.units[-1]
    names: dict[str, Stay] = {}
    for one in last.stays:
        if names.setdefault(one.name, one).pupil is not one.pupil:
            school.ledger.innocent_place("C5", last, "тёзка, другой код", pupil=one.number)


def _conditional(school: School) -> None:
    """Moved up with a debt: the day by which it had to be cleared has passed, or is ahead."""
    settled = [
        stay
        for unit in school.units
        if unit.grade > 1
        for stay in unit.stays
        if stay.first == school.calendar.begins and stay.last == LAST_DAY
        and len(stay.pupil.stays) == 1
    ]  # fmt: skip
    if len(settled) <= 1:
        return
    past, ahead = school.random.sample(settled, 2)
    passed = school.calendar.begins + PASSED
    past.order = CONDITION.format(day_text(passed))
    since = school.local.moment(passed, DAY_END)
    school.ledger.place("C8", past.unit, day=None, pupil=past.number, since=since)
    later = school.until + AHEAD
    ahead.order = CONDITION.format(day_text(later))
    school.ledger.innocent_place("C8", ahead.unit, "срок ещё не прошёл", pupil=ahead.number)
