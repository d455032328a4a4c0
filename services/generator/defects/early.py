"""T4: topics, marks and absences of days that have not come; homework may be ahead."""

from services.generator.curriculum import SUBJECTS, marked
from services.generator.school import School
from services.generator.topics import homework_of
from services.generator.world import Lesson

DAYS_AHEAD = 7
EACH = 2
AFTERNOON = 15 * 60 + 20


def enter_ahead(school: School) -> None:
    ahead = [
        one
        for one in school.lessons
        if school.until < one.day <= school.until + DAYS_AHEAD
        and one.held and not one.kind and school.roster(one.track, school.until)
    ]  # fmt: skip
    school.random.shuffle(ahead)
    graded = [one for one in ahead if marked(one.track.subject, one.track.unit.grade)]
    tasks = [one for one in graded if SUBJECTS[one.track.subject].homework]
    _topics(school, ahead)
    _cells(school, _left(graded), "mark")
    _cells(school, _left(ahead), "code")
    for lesson in _left(tasks)[:EACH]:
        _show(school, lesson)
        lesson.topic = ""
        lesson.homework = homework_of(lesson.track.subject, 1 + (lesson.position or 0))
        school.ledger.innocent("T4", lesson, "задание наперёд")


def _left(lessons: list[Lesson]) -> list[Lesson]:
    return [one for one in lessons if not one.ahead]


def _show(school: School, lesson: Lesson) -> None:
    lesson.ahead = lesson.touched = True
    lesson.attendance = None
    lesson.author = lesson.teacher
    lesson.entered = school.local.moment(school.until, AFTERNOON + lesson.number)


def _topics(school: School, lessons: list[Lesson]) -> None:
    for lesson in lessons[:EACH]:
        _show(school, lesson)
        school.ledger.lesson("T4", lesson, since=lesson.entered or 0)


def _cells(school: School, lessons: list[Lesson], what: str) -> None:
    for lesson in lessons[:EACH]:
        _show(school, lesson)
        lesson.topic = ""
        roster = school.roster(lesson.track, lesson.day)
        number = school.random.choice([one.number for one in roster])
        if what == "mark":
            lesson.marks[number] = ((5,), "", lesson.entered)
        else:
            lesson.codes[number] = "У"
        school.ledger.lesson("T4", lesson, since=lesson.entered or 0, pupil=number)
