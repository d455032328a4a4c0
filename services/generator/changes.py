"""What changes in the course of the year: teachers, moved Saturdays, snow, quarantine."""

from datetime import date

from services.generator.calendar import HALF_YEAR_GRADE, monday_of, ordinal
from services.generator.curriculum import ENGLISH, PRIMARY
from services.generator.names import feminine
from services.generator.school import School
from services.generator.staffing import Staffing
from services.generator.world import (
    SATURDAY,
    Assignment,
    Lesson,
    Slot,
    Teacher,
    Track,
    Unit,
    weekday_of,
)
from services.journal.model import FIRST_DAY, LAST_DAY, Day

FIVE_DAYS = 5
NEW_SURNAMES = ("Белозёров", "Дубравин", "Снегирёв")


def make_changes(school: School, staffing: Staffing) -> None:
    """Everything that is known only up to ``until`` happens only up to it."""
    year = date.fromordinal(school.calendar.begins).year
    school.assignments = [
        Assignment(track, track.teacher, track.hours, FIRST_DAY, LAST_DAY)
        for track in school.tracks
    ]
    _phantom_group(school)
    for day in (ordinal(year, 10, 12), ordinal(year + 1, 2, 1)):
        _new_teacher(school, staffing, monday_of(day))
    _new_surname(school, staffing, monday_of(ordinal(year, 11, 16)))
    _closed_days(school, year)
    _moved_day(school, *_second_saturday(year))
    february = monday_of(ordinal(year + 1, 2, 23))
    other = february + (1 if weekday_of(ordinal(year + 1, 2, 23)) == 1 else 0)
    _moved_day(school, february - 2, other)


def _second_saturday(year: int) -> tuple[Day, Day]:
    saturday = monday_of(ordinal(year, 9, 7)) + SATURDAY - 1
    return saturday, saturday + SATURDAY


def _movable(school: School) -> list[Teacher]:
    """Teachers of a subject who can be followed by another: not of joined classes, not primary."""
    joined = {track.teacher for track in school.tracks if "+" in track.group}
    changed = {one.teacher for one in school.assignments if one.last != LAST_DAY}
    changed |= {one.teacher for one in school.assignments if one.first != FIRST_DAY}
    busy = {track.teacher for track in school.tracks}
    return [
        teacher
        for teacher in school.teachers
        if teacher in busy - joined - changed and teacher.family != PRIMARY
    ]


def _new_teacher(school: School, staffing: Staffing, day: Day) -> None:
    """One leaves, another is hired: two intervals of the load and of the timetable."""
    candidates = _movable(school)
    if day > school.until or not candidates:
        return
    old = school.random.choice(candidates)
    new = staffing.hire(old.family)
    old.dismissed, new.hired = day - 1, day
    _hand_over(school, old, new, day)


def _new_surname(school: School, staffing: Staffing, day: Day) -> None:
    """A teacher marries: another name, the same code."""
    women = [teacher for teacher in _movable(school) if teacher.name.endswith("на")]
    if day > school.until or not women:
        return
    old = school.random.choice(women)
    new = staffing.hire(old.family, post=old.post)
    surname = feminine(school.random.choice(NEW_SURNAMES))
    new.name = " ".join([surname, *old.name.split()[1:]])
    new.code, new.habit, new.room = old.code, old.habit, old.room
    old.renamed = new
    _hand_over(school, old, new, day)


def _hand_over(school: School, old: Teacher, new: Teacher, day: Day) -> None:
    for assignment in [one for one in school.assignments if one.teacher is old]:
        assignment.last = day - 1
        assignment.track.teacher = new
        school.assignments.append(
            Assignment(assignment.track, new, assignment.hours, day, LAST_DAY)
        )
    for slot in [one for one in school.slots if one.teacher is old]:
        slot.last = day - 1
        school.slots.append(Slot(slot.track, slot.weekday, slot.number, new, day, LAST_DAY))


def _closed_days(school: School, year: int) -> None:
    """Two snow days and a week of quarantine in each of two classes."""
    calendar, units = school.calendar, list(school.units)
    young = [unit for unit in units if unit.grade < FIVE_DAYS]
    snow = monday_of(ordinal(year, 11, 12)) + school.random.randrange(FIVE_DAYS)
    calendar.close((snow, snow), "Актированный день", young, "1-4")
    frost = monday_of(ordinal(year + 1, 1, 22)) + school.random.randrange(FIVE_DAYS)
    calendar.close((frost, frost), "Актированный день", units, "")
    for monday in (monday_of(ordinal(year, 11, 10)), monday_of(ordinal(year + 1, 2, 8))):
        unit = school.random.choice([one for one in units if one.grade < HALF_YEAR_GRADE])
        calendar.close((monday, monday + 6), "Карантин", [unit], unit.name)


def _phantom_group(school: School) -> None:
    """A group of one pupil who has left: it stays in the timetable and nobody comes."""
    for unit in school.units:
        groups = unit.divided.get(ENGLISH)
        gone = [stay for stay in unit.stays if stay.last < school.calendar.begins + 7]
        if groups and gone:
            stay = gone[0]
            for members in groups.values():
                members.discard(stay.number)
            groups["3"] = {stay.number}
            _phantom_slot(school, unit, stay.last + 1)
            return


def _phantom_slot(school: School, unit: Unit, first: Day) -> None:
    teachers = [t.teacher for t in school.tracks if t.unit is unit and t.subject == ENGLISH]
    ends = [
        max(slot.number for slot in school.slots if slot.track.unit is unit and slot.weekday == day)
        for day in range(1, FIVE_DAYS + 1)
    ]
    taken = {(slot.teacher, slot.weekday, slot.number) for slot in school.slots}
    for teacher in teachers:
        for weekday, end in enumerate(ends, 1):
            if (teacher, weekday, end + 1) not in taken:
                track = Track(unit, ENGLISH, "3", 1, teacher, phantom=True)
                school.tracks.append(track)
                school.slots.append(Slot(track, weekday, end + 1, teacher, first, LAST_DAY))
                school.assignments.append(Assignment(track, teacher, 1, first, LAST_DAY))
                return


def _note_moved(school: School, unit: Unit, saturday: Day) -> None:
    if saturday <= school.until:
        for slot in school.slots:
            if slot.track.unit is unit and slot.first == saturday:
                lesson = Lesson(saturday, slot.number, slot.track, slot.teacher)
                school.ledger.innocent("R1", lesson, "рабочая суббота")


def _moved_day(school: School, saturday: Day, day_off: Day) -> None:
    """Classes of a five-day week work the Saturday by the timetable of the day given back.

    Only classes whose teachers are not at lessons of six-day classes that Saturday take part.
    """
    weekday = weekday_of(day_off)
    valid = [slot for slot in school.slots if slot.valid(saturday) and not slot.track.phantom]
    taken = {(slot.teacher, slot.number) for slot in valid if slot.weekday == SATURDAY}
    moved = []
    for unit in school.units:
        if unit.days > FIVE_DAYS or saturday in school.calendar.days_off(unit):
            continue
        own = [slot for slot in valid if slot.track.unit is unit and slot.weekday == weekday]
        if not any((slot.teacher, slot.number) in taken for slot in own):
            moved.append(unit)
            school.slots += [
                Slot(one.track, SATURDAY, one.number, one.teacher, saturday, saturday)
                for one in own
            ]
    if moved:
        _note_moved(school, moved[0], saturday)
        names = ", ".join(unit.name for unit in moved)
        school.calendar.close((day_off, day_off), "Выходной за рабочую субботу", moved, names)
