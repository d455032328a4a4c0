"""R10: fifteen lessons of a teacher with the whole class there, while others miss many of it."""

from fractions import Fraction

from services.generator.census.presence import ROW, Row, away, rate, rows
from services.generator.school import School
from services.generator.world import Lesson, Stay
from services.journal.model import Day

OFTEN, SELDOM = Fraction(65, 1000), Fraction(4, 100)
EACH, TRIES = 2, 400
LONGEST = 70
LEFT_WITH_LEAVE = "У"
LOWEST, BEST = 3, 5


def fill_rows(school: School) -> None:
    """After marks are given: who turns out to have been there at a work has a mark for it."""
    free = [one for one in rows(school) if _fits(school, one)]
    school.random.shuffle(free)
    free.sort(key=lambda one: sum(len(away(lesson)) for lesson in one.lessons))
    for row in free:
        if rate(school, row) < SELDOM:
            _all_there(school, row)
            free.remove(row)
            break
    done = 0
    for row in free:
        if done < EACH and _make_ill(school, row):
            _all_there(school, row)
            done += 1


def _fits(school: School, row: Row) -> bool:
    """One subject, not many days, and nothing in the cells of the absent."""
    one_track = len({one.track for one in row.lessons}) == 1
    known = all(one.attendance is True for one in row.lessons)
    days = row.lessons[-1].day - row.lessons[0].day
    return (
        len(row.lessons) == ROW and one_track and known and days <= LONGEST
        and all(_may_come(school, one) for one in row.lessons)
    )  # fmt: skip


def _may_come(school: School, lesson: Lesson) -> bool:
    hungry = any((lesson.track, number) in school.hungry for number in away(lesson))
    waiting = lesson.kind and not lesson.marks
    marked = any(number in lesson.marks for number in away(lesson))
    return not marked and not (lesson.kind and hungry) and not (waiting and away(lesson))


def _all_there(school: School, row: Row) -> None:
    for lesson in row.lessons:
        moments = [entered for _, _, entered in lesson.marks.values()]
        for number in away(lesson):
            del lesson.codes[number]
            if lesson.kind and moments:
                value = school.random.randint(LOWEST, BEST)
                lesson.marks[number] = ((value,), "", moments[0])


def _make_ill(school: School, row: Row) -> bool:
    """Pupils leave other lessons early until the class's rate is high enough."""
    first, last = row.lessons[0].day, row.lessons[-1].day
    days = [day for day in school.school_days[row.unit] if first <= day <= last]
    for _ in range(TRIES):
        if rate(school, row) >= OFTEN:
            return True
        for day in days:
            _leave(school, row, day, school.random.choice(row.unit.stays))
    return False


def _leave(school: School, row: Row, day: Day, stay: Stay) -> None:
    """From the end of the day back to the last lesson that shows that the pupil was there."""
    lessons = school.by_day[row.unit, day]
    for lesson in sorted(lessons, key=lambda one: -one.number):
        if stay not in school.roster(lesson.track, day):
            continue
        if lesson in row.lessons or not _may_leave(lesson, stay.number):
            return
        lesson.codes[stay.number] = LEFT_WITH_LEAVE


def _may_leave(lesson: Lesson, number: int) -> bool:
    usual = lesson.held and not lesson.touched and not lesson.silent and not lesson.extra
    known = usual and lesson.attendance is True and not lesson.kind
    return known and number not in lesson.marks and number not in lesson.codes
