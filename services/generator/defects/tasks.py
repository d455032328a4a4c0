"""L5: tasks over the day's norm, over holidays, or entered in the evening."""

from collections import defaultdict

from services.generator.census.tasks import NORMS, is_task
from services.generator.defects.picking import pick, plain
from services.generator.lessons import NO_TASK
from services.generator.school import School
from services.generator.topics import homework_of
from services.generator.world import Lesson, Unit

SHARE = 0.02
EVENING = 18 * 60 + 20
EVENING_SHARE = 0.0002
DAYS = 2
LEAST = 3
TOO_MUCH, STEP = 20, 5


def overburden(school: School) -> None:
    _over_holidays(school)
    _in_the_evening(school)
    _by_minutes(school)


def _over_holidays(school: School) -> None:
    """In terms that have ended: the last lesson of a running one is not known yet."""
    quarters = [one for one in school.calendar.quarters if one.last < school.until]
    lasts = [
        one
        for one in plain(school)
        if one.homework == NO_TASK and any(term.first <= one.day <= term.last for term in quarters)
    ]
    for lesson in pick(school, lasts, SHARE):
        lesson.homework = homework_of(lesson.track.subject, lesson.position or 0)
    for lesson in [one for one in lasts if not one.touched][:LEAST]:
        school.ledger.innocent("L5", lesson, "на каникулы не задано")


def _in_the_evening(school: School) -> None:
    tasks = [one for one in plain(school) if is_task(one) and one.entered is not None]
    for lesson in pick(school, tasks, EVENING_SHARE):
        lesson.entered = school.local.moment(lesson.day, EVENING + lesson.number)
        _with_the_marks(lesson)
    for lesson in pick(school, tasks, 0):
        lesson.entered = school.local.moment(lesson.day, EVENING - TOO_MUCH)
        _with_the_marks(lesson)
        school.ledger.innocent("L5", lesson, "внесено ровно в 18:00")


def _with_the_marks(lesson: Lesson) -> None:
    """Marks of a lesson are not there before its line is."""
    for number, (values, code, entered) in lesson.marks.items():
        if entered is not None and lesson.entered is not None:
            lesson.marks[number] = (values, code, max(entered, lesson.entered))


def _by_minutes(school: School) -> None:
    """Tasks that say how long they take: more than the day's norm, or just as much."""
    days: dict[tuple[Unit, int], list[Lesson]] = defaultdict(list)
    for lesson in plain(school):
        if is_task(lesson) and not lesson.track.group and lesson.track.unit.grade in NORMS:
            days[lesson.track.unit, lesson.day].append(lesson)
    full = [one for one, lessons in days.items() if _subjects(lessons) >= LEAST]
    chosen = school.random.sample(full, min(2 * DAYS, len(full)))
    for at, (unit, day) in enumerate(chosen):
        norm = NORMS[unit.grade]
        more = at % 2 == 0
        _say(days[unit, day], norm + TOO_MUCH if more else norm)
        if not more:
            school.ledger.innocent_place("L5", unit, "задано ровно по норме дня", day=day)


def _subjects(lessons: list[Lesson]) -> int:
    return len({one.track for one in lessons})


def _say(lessons: list[Lesson], minutes: int) -> None:
    """Every subject a part of them, in steps of five minutes; the last takes what is left."""
    tasks = list({one.track: one for one in lessons}.values())
    for at, lesson in enumerate(tasks):
        left = len(tasks) - at
        part = minutes if left == 1 else minutes // left // STEP * STEP
        minutes -= part
        lesson.homework = f"{lesson.homework} ({part} мин)"
        lesson.touched = True
