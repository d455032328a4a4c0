"""Who was not there: illness waves, single days, leaving early, coming late."""

from collections import defaultdict

from services.generator.school import School
from services.generator.world import Lesson, Stay, Unit
from services.journal.model import Day

FALL_ILL, FALL_ILL_IN_A_WAVE = 0.009, 0.028
LONG = 3
EARLY_SHARE = 0.15
STAYS_LESSONS = 2
LATE_SHARE = 0.006
WAVES = ((80, 105), (150, 172))
"""Days of the year (from 0) of the autumn's and the winter's wave."""

Absences = dict[tuple[Unit, Day], dict[int, tuple[str, int]]]
"""Personal number -> code and the first lesson missed."""


def absent_codes(lesson: Lesson, number: int) -> bool:
    """О is a latecomer, who is there."""
    return lesson.codes.get(number, "О") != "О"


def take_attendance(school: School) -> None:
    """Codes into the lessons; silent lessons have none, so their whole day stays healthy."""
    absences: Absences = defaultdict(dict)
    for unit in school.units:
        days = [day for day in school.school_days[unit] if day <= school.until]
        for stay in unit.stays:
            _ill(school, stay, days, absences)
    _outing(school, absences)
    healthy = {(one.track.unit, one.day) for one in school.known() if one.silent}
    for lesson in school.known():
        if lesson.held and not lesson.silent and (lesson.track.unit, lesson.day) not in healthy:
            _write_codes(school, lesson, absences.get((lesson.track.unit, lesson.day), {}))


def _ill(school: School, stay: Stay, days: list[Day], absences: Absences) -> None:
    random, begins = school.random, school.calendar.begins
    left, code = 0, ""
    for day in days:
        if not stay.holds(day):
            continue
        if left == 0:
            wave = any(first <= day - begins <= last for first, last in WAVES)
            if random.random() >= (FALL_ILL_IN_A_WAVE if wave else FALL_ILL):
                continue
            left = random.choice((1, 1, 1, 2, 3, 4, 5, 5, 7))
            code = "Б" if left >= LONG else random.choice("НУУ")
            if left == 1 and random.random() < EARLY_SHARE:
                absences[stay.unit, day][stay.number] = ("У", STAYS_LESSONS + 1)
                left = 0
                continue
        left -= 1
        absences[stay.unit, day][stay.number] = (code, 1)


def _outing(school: School, absences: Absences) -> None:
    """A whole class is away for a day: attendance is taken, and everybody is absent."""
    unit = school.random.choice(school.units)
    days = [day for day in school.school_days[unit] if day <= school.until]
    if not days:
        return
    day = school.random.choice(days)
    for stay in unit.stays:
        if stay.holds(day):
            absences[unit, day][stay.number] = ("У", 1)
    for lesson in school.by_day[unit, day]:
        if lesson.held and not lesson.silent:
            lesson.touched = True
            school.ledger.innocent("P4", lesson, "весь класс отсутствовал, и это отмечено")


def _write_codes(school: School, lesson: Lesson, absent: dict[int, tuple[str, int]]) -> None:
    for stay in school.roster(lesson.track, lesson.day):
        found = absent.get(stay.number)
        if found is not None:
            if lesson.number >= found[1]:
                lesson.codes[stay.number] = found[0]
        elif lesson.number == 1 and school.random.random() < LATE_SHARE:
            lesson.codes[stay.number] = "О"
