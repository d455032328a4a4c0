"""T1: entered after the deadline, singly, by weekly habit, all at the end of a term."""

from services.generator.defects.picking import LEAST, due, pick, plain
from services.generator.school import School
from services.generator.world import Lesson, Teacher, weekday_of
from services.journal.model import Day

SHARE = 0.002
EVENING, NIGHT = 20 * 60 + 5, 22 * 60 + 40
AFTERNOON = 16 * 60 + 30
STEP = 7
FRIDAY = 5
WEEKS = 3
TERM_DAYS = 8
LONGEST_DELAY = 3
LAST_MINUTE = 19 * 60 + 59


def be_late(school: School) -> None:
    """Before marks are given: those of the lesson are entered together with it."""
    timed = [one for one in plain(school) if one.entered is not None]
    for lesson in pick(school, timed, SHARE):
        _single(school, lesson)
    _weekly(school)
    _end_of_term(school)
    for lesson in pick(school, timed, 0)[:LEAST]:
        lesson.entered = school.local.moment(lesson.day, LAST_MINUTE)
        school.ledger.innocent("T1", lesson, "внесён в 19:59 того же дня")


def _single(school: School, lesson: Lesson) -> None:
    delay = school.random.randint(0, min(LONGEST_DELAY, school.until - lesson.day))
    minute = school.random.randint(EVENING, NIGHT) if delay == 0 else AFTERNOON + lesson.number
    _enter(school, lesson, lesson.day + delay, minute)


def _enter(school: School, lesson: Lesson, day: Day, minute: int) -> None:
    term = school.calendar.term_of(lesson.track.unit, lesson.day)
    if term is not None and day > term.last:
        return
    lesson.entered = school.local.moment(day, minute)
    lesson.touched = True
    if lesson.entered > due(school, lesson):
        school.ledger.lesson("T1", lesson, since=lesson.entered)


def _timely(school: School, teacher: Teacher, days: tuple[Day, Day]) -> list[Lesson]:
    first, last = days
    found = [
        one
        for one in plain(school)
        if one.teacher is teacher and first <= one.day <= last and one.entered is not None
    ]
    return sorted(found, key=lambda one: (one.day, one.number))


def _weekly(school: School) -> None:
    """One teacher writes the week up on its Friday, three weeks running."""
    fridays = [
        day
        for day in range(school.until - FRIDAY * WEEKS - LEAST * 2, school.until + 1)
        if weekday_of(day) == FRIDAY and day >= school.calendar.begins
    ]
    teachers = [one for one in school.teachers if one.habit != "unknown"]
    teacher = school.random.choice(teachers)
    for friday in fridays[-WEEKS:]:
        for at, lesson in enumerate(_timely(school, teacher, (friday - 4, friday - 1))):
            _enter(school, lesson, friday, AFTERNOON + at * STEP)


def _end_of_term(school: School) -> None:
    """One teacher's class is written up on the last days of the latest closed term."""
    closed = [term for term in school.calendar.quarters if term.last < school.until]
    teachers = [one for one in school.teachers if one.habit == "evening"]
    if not closed or not teachers:
        return
    last = closed[-1].last
    lessons = _timely(school, school.random.choice(teachers), (last - TERM_DAYS, last - 1))
    units = {lesson.track.unit for lesson in lessons}
    if not units:
        return
    unit = school.random.choice(sorted(units, key=lambda one: one.name))
    for at, lesson in enumerate(one for one in lessons if one.track.unit is unit):
        _enter(school, lesson, last, AFTERNOON - 4 * 60 + at * STEP)
