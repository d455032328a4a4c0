"""The school's calendar: which days a class studies, its terms, and the lessons to be held.

Derived from «Периоды», «Каникулы», «Расписание» and «Замены» (FORMATS.md, F12; RULES.md, readings
common to all rules). Where neither terms nor holidays are known the calendar is empty: then nothing
is expected, so that nothing is flagged.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from services.journal.model import FIRST_DAY, LAST_DAY
from services.journal.names import classes_match
from services.journal.relations import DUE, EXTRA, REPLACED, STRUCK, Row

SENIOR_GRADE = 10
STATUTORY_HOLIDAYS = frozenset(
    {(1, day) for day in range(1, 9)}
    | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
)  # fmt: skip
"""Month and day; Labour Code of the Russian Federation, art. 112."""


class Term(NamedTuple):
    year: int
    kind: str
    number: int
    classes: str
    first: int
    last: int


class Holiday(NamedTuple):
    first: int
    last: int
    classes: str


class Slot(NamedTuple):
    """A line of the timetable; ``staff`` may be unknown."""

    class_unit: int
    weekday: int
    number: int
    subject: int
    study_group: int
    first: int
    last: int
    staff: int | None


class Substitution(NamedTuple):
    class_unit: int
    day: int
    number: int
    subject: int
    study_group: int
    absent: int | None
    substitute: int | None


class Class(NamedTuple):
    id: int
    name: str
    grade: int


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """What the calendar is derived from; ``taught`` are days on which a class has lesson lines."""

    classes: Sequence[Class]
    terms: Sequence[Term]
    holidays: Sequence[Holiday]
    slots: Sequence[Slot]
    substitutions: Sequence[Substitution]
    taught: Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Rows of CLASS_TERMS, CLASS_DAYS and EXPECTED."""

    class_terms: list[Row]
    class_days: list[Row]
    expected: list[Row]


def weekday(day: int) -> int:
    """1 is Monday."""
    return (day - 1) % 7 + 1


def year_of(day: int) -> int:
    """The academic year that a day belongs to, named by its first half: 2026 is 2026/2027."""
    moment = date.fromordinal(day)
    return moment.year if moment.month >= 8 else moment.year - 1  # noqa: PLR2004  # from August


def is_statutory_holiday(day: int) -> bool:
    moment = date.fromordinal(day)
    return (moment.month, moment.day) in STATUTORY_HOLIDAYS


def terms_of(unit: Class, terms: Iterable[Term]) -> list[Term]:
    """A class's own terms: half-years win in grades 10-11 where a school names both kinds."""
    own = [term for term in terms if classes_match(term.classes, unit.name)]
    kinds = {term.kind for term in own}
    if {"четверть", "полугодие"} <= kinds:
        unused = "четверть" if unit.grade >= SENIOR_GRADE else "полугодие"
        own = [term for term in own if term.kind != unused]
    return sorted(own, key=lambda term: (term.first, term.last))


def derive(facts: CalendarFacts) -> Calendar:
    calendar = Calendar([], [], [])
    slots: dict[int, list[Slot]] = defaultdict(list)
    for slot in facts.slots:
        slots[slot.class_unit].append(slot)
    changes: dict[tuple[int, int], list[Substitution]] = defaultdict(list)
    for change in facts.substitutions:
        changes[change.class_unit, change.day].append(change)
    known = bool(facts.terms or facts.holidays)
    for unit in facts.classes:
        own = terms_of(unit, facts.terms)
        calendar.class_terms.extend((unit.id, *term[:3], term.first, term.last) for term in own)
        taught = facts.taught.get(unit.id, frozenset())
        days = _ClassDays(unit, own, facts.holidays, slots[unit.id], taught)
        _fill(calendar, days, changes, known=known)
    return calendar


@dataclass(frozen=True, slots=True)
class _ClassDays:
    unit: Class
    terms: list[Term]
    holidays: Sequence[Holiday]
    slots: list[Slot]
    taught: frozenset[int]

    def span(self) -> range:
        """Every day of the years that the class's terms or lessons lie in."""
        if self.terms:
            first = min(term.first for term in self.terms)
            last = max(term.last for term in self.terms)
            return range(first, last + 1)
        bounded = [
            day
            for slot in self.slots
            for day in (slot.first, slot.last)
            if FIRST_DAY < day < LAST_DAY
        ]
        known = [*self.taught, *bounded, *(holiday.first for holiday in self.holidays)]
        if not known:
            return range(0)
        first_year, last_year = year_of(min(known)), year_of(max(known))
        return range(date(first_year, 9, 1).toordinal(), date(last_year + 1, 6, 1).toordinal())

    def studying(self) -> list[Term]:
        """The terms that make up the year; «год» only where nothing finer is named."""
        return [term for term in self.terms if term.kind != "год"] or self.terms

    def off_days(self) -> set[int]:
        own = [each for each in self.holidays if classes_match(each.classes, self.unit.name)]
        off = {day for each in own for day in range(each.first, each.last + 1)}
        if self.terms:
            inside = {d for term in self.studying() for d in range(term.first, term.last + 1)}
            off |= set(self.span()) - inside
        return off

    def is_school_day(self, day: int, off: set[int], states: list[int]) -> bool:
        """Lessons in the timetable, not all cancelled; without a timetable, lesson lines."""
        if day in off:
            return False
        if not self.slots or is_statutory_holiday(day):
            return day in self.taught
        return any(state != STRUCK for state in states)

    def slots_by_weekday(self) -> Mapping[int, list[Slot]]:
        """0 holds the lines of one single date: a moved working day, whatever its «День» says."""
        found: dict[int, list[Slot]] = defaultdict(list)
        for slot in self.slots:
            found[0 if slot.first == slot.last else slot.weekday].append(slot)
        return found


def _fill(
    calendar: Calendar,
    days: _ClassDays,
    changes: Mapping[tuple[int, int], list[Substitution]],
    *,
    known: bool,
) -> None:
    off, regular, seq = days.off_days(), days.slots_by_weekday(), 0
    studying = days.studying()
    for day in days.span():
        lessons: list[tuple[Slot, int]] = []
        if day not in off:
            valid = [s for s in (*regular[weekday(day)], *regular[0]) if s.first <= day <= s.last]
            lessons = list(_changed(valid, changes.get((days.unit.id, day), []), day))
        school_day = days.is_school_day(day, off, [state for _, state in lessons])
        seq += school_day
        term = next((term for term in studying if term.first <= day <= term.last), None)
        bounds = (term.first, term.last) if term else (None, None)
        calendar.class_days.append(
            (days.unit.id, day, int(day in off), int(school_day), seq, *bounds)
        )
        if known:
            calendar.expected.extend(_expected(lessons, day))


def _changed(
    slots: Iterable[Slot], changes: Sequence[Substitution], day: int
) -> Iterator[tuple[Slot, int]]:
    """Slots of one day with «Замены» applied: each with what became of it."""
    state = dict.fromkeys(slots, DUE)
    for change in changes:
        hit = _hit(state, change)
        if change.substitute is None:
            state.update((slot, STRUCK) for slot in hit)
            continue
        taught = Slot(
            change.class_unit, weekday(day), change.number, change.subject, change.study_group,
            day, day, change.substitute,
        )  # fmt: skip
        state.update((slot, REPLACED) for slot in hit)
        state[taught] = DUE if hit else EXTRA
    yield from state.items()


def _hit(slots: Mapping[Slot, int], change: Substitution) -> list[Slot]:
    """The slots that a substitution speaks of: its group's, of its subject or of who is absent."""
    hour = [
        slot for slot, state in slots.items()
        if slot.number == change.number
        and state in (DUE, REPLACED)
        and (slot.study_group == change.study_group or 0 in (slot.study_group, change.study_group))
    ]  # fmt: skip
    absent = [slot for slot in hour if change.absent is not None and slot.staff == change.absent]
    same = [slot for slot in hour if slot.subject == change.subject]
    return [slot for slot in absent if slot in same] or absent or same or hour


def _expected(lessons: Iterable[tuple[Slot, int]], day: int) -> Iterator[Row]:
    statutory = is_statutory_holiday(day)
    seen: dict[tuple[int, int, int], tuple[Slot, int]] = {}
    for slot, state in lessons:
        kept = seen.get(place := (slot.number, slot.subject, slot.study_group))
        if kept is None or state == DUE:
            seen[place] = (slot, state)
    for (number, subject, study_group), (slot, state) in seen.items():
        due = EXTRA if statutory and state == DUE else state
        yield (slot.class_unit, day, number, subject, study_group, slot.staff, due)
