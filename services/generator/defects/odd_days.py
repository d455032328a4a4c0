"""R9: «Н» in the middle of a day, or on all of its lessons but one."""

from collections.abc import Callable

from services.generator.attendance import absent_codes
from services.generator.census.inside import NO_REASON, all_lessons_of, lessons_of
from services.generator.school import School
from services.generator.world import Lesson, Stay
from services.journal.model import Day

EACH = 3
TRIES = 2000
LEAST = 5
REASON = "У"

Lessons = list[Lesson]


def make_odd_days(school: School) -> None:
    """Codes go to cells without marks, of lessons that carry no other defect."""
    for write in (_in_the_middle, _all_but_one):
        _days(school, write)
    for write, what in ((_with_reason, "ушёл по уважительной причине"), (_left, "ушёл с уроков")):
        for stay, day in _days(school, write):
            lesson = lessons_of(school, stay, day)[-1]
            school.ledger.innocent("R9", lesson, what, pupil=stay.number)


def _days(school: School, write: Callable[[Lessons, int], bool]) -> list[tuple[Stay, Day]]:
    """Pupils and days on which it could be written."""
    found: list[tuple[Stay, Day]] = []
    for _ in range(TRIES):
        if len(found) == EACH:
            break
        unit = school.random.choice(school.units)
        days = [day for day in school.school_days[unit] if day < school.until]
        if not days:
            continue
        day, stay = school.random.choice(days), school.random.choice(unit.stays)
        if stay.holds(day) and write(_usual(school, stay, day), stay.number):
            found.append((stay, day))
    return found


def _usual(school: School, stay: Stay, day: Day) -> Lessons:
    """All lessons of the pupil's day, none where one of them carries a defect already."""
    lessons = all_lessons_of(school, stay, day)
    free = all(not one.touched and not one.extra and one.attendance is True for one in lessons)
    return lessons if len(lessons) >= LEAST and free else []


def _free(lessons: Lessons, number: int) -> bool:
    return all(
        number not in one.marks and number not in one.codes and not one.kind for one in lessons
    )


def _there(lessons: Lessons, number: int) -> bool:
    return bool(lessons) and not any(absent_codes(one, number) for one in lessons)


def _in_the_middle(lessons: Lessons, number: int) -> bool:
    return _write(lessons, slice(2, 3), number, NO_REASON)


def _with_reason(lessons: Lessons, number: int) -> bool:
    return _write(lessons, slice(2, 3), number, REASON)


def _left(lessons: Lessons, number: int) -> bool:
    return _write(lessons, slice(-2, None), number, NO_REASON)


def _write(lessons: Lessons, which: slice, number: int, code: str) -> bool:
    chosen = lessons[which]
    if not _there(lessons, number) or not _free(chosen, number):
        return False
    for one in chosen:
        one.codes[number] = code
        one.touched = True
    return True


def _all_but_one(lessons: Lessons, number: int) -> bool:
    """Away all day, and yet there once: at a lesson that is no work, which would want a mark."""
    if not lessons or any(one.codes.get(number) != NO_REASON for one in lessons):
        return False
    one = lessons[len(lessons) // 2]
    if one.kind or len(one.codes) == 1:
        return False
    del one.codes[number]
    one.touched = True
    return True
