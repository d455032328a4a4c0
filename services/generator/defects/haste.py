"""K3, K4: lessons entered many at a time, and topics and homework that repeat themselves."""

from collections import defaultdict

from services.generator.curriculum import SUBJECTS
from services.generator.defects.picking import due, noticed, pick, plain
from services.generator.lessons import NO_TASK
from services.generator.school import School
from services.generator.world import Lesson, Teacher

MANY, FEW = 5, 4
TIMES = 2
MINUTE = 17 * 60 + 20
SHARE = 0.0002
ROW = 3


def hurry(school: School) -> None:
    """Before marks are given: those of a lesson are entered together with it."""
    days: dict[tuple[Teacher, int], list[Lesson]] = defaultdict(list)
    for lesson in plain(school):
        if lesson.author is lesson.teacher and lesson.entered is not None:
            days[lesson.teacher, lesson.day].append(lesson)
    busy = [lessons for lessons in days.values() if len(lessons) >= MANY]
    for lessons in school.random.sample(busy, min(TIMES, len(busy))):
        for lesson in lessons:
            _enter(school, lesson, MINUTE)
        for lesson in lessons:
            school.ledger.lesson("K4", lesson, since=noticed(school, lesson))
    calm = [one for one in busy if not any(lesson.touched for lesson in one)]
    for lessons in school.random.sample(calm, min(TIMES, len(calm))):
        for at, lesson in enumerate(lessons):
            _enter(school, lesson, MINUTE if at < FEW else MINUTE + 3 * at)
        school.ledger.innocent("K4", lessons[0], "четыре записи за минуту")


def _enter(school: School, lesson: Lesson, minute: int) -> None:
    lesson.touched = True
    lesson.entered = school.local.moment(lesson.day, minute)


def repeat(school: School) -> None:
    """The same topic and task three times running, and a topic given once more than planned."""
    lessons = plain(school)
    firsts = [one for one in lessons if len(_followers(school, one, ROW - 1)) == ROW - 1]
    for lesson in pick(school, firsts, SHARE):
        followers = _followers(school, lesson, ROW - 1)
        if len(followers) < ROW - 1:
            continue
        for one in followers:
            one.topic, one.homework, one.touched = lesson.topic, lesson.homework, True
        school.ledger.lesson("K4", followers[-1], since=due(school, followers[-1]))
        school.ledger.lesson("K3", followers[-1], since=due(school, followers[-1]))
    again = [one for one in lessons if _followers(school, one, 1)]
    for lesson in pick(school, again, SHARE):
        for one in _followers(school, lesson, 1):
            one.topic, one.touched = lesson.topic, True
            school.ledger.lesson("K3", one, since=due(school, one))
    for lesson in pick(school, again, SHARE):
        for one in _followers(school, lesson, 1):
            one.homework, one.touched = lesson.homework, True
            school.ledger.innocent("K4", one, "то же задание, другая тема")
            school.ledger.innocent("K3", one, "другая тема с тем же заданием")


def _followers(school: School, lesson: Lesson, count: int) -> list[Lesson]:
    """The next usual lessons of the track, when nothing stands between."""
    usual = SUBJECTS[lesson.track.subject].homework and lesson.track.unit.grade > 1
    if not usual or lesson.kind or len(lesson.topic) < MANY or lesson.homework == NO_TASK:
        return []
    lessons = [one for one in school.by_track[lesson.track] if one.held]
    at = lessons.index(lesson)
    found = lessons[at + 1 : at + 1 + count]
    fit = [
        one
        for one in found
        if not one.touched and not one.extra and not one.silent and not one.kind
        and one.day <= school.until and not one.topic.startswith("Инструктаж")
    ]  # fmt: skip
    return fit if len(fit) == count else []
