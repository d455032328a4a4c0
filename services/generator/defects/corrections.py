"""T3: entries changed long after the lesson or after the term was closed, single and in a mass."""

from services.generator.defects.picking import pick, plain
from services.generator.school import School
from services.generator.term_marks import TermMarks
from services.generator.truth import DAY_END
from services.generator.world import Lesson, TermMark
from services.journal.model import Day

WINDOW = 7
LATE_DAYS = 14
SHARE, INNOCENT_SHARE = 0.0003, 0.0003
TERM_SHARE, LEAST = 0.0005, 3
NOON, MORNING = 12 * 60, 9 * 60
EDGE = 4
MASS = 12


def correct(school: School) -> None:
    free = [one for one in plain(school) if not one.touched]
    for lesson in pick(school, (one for one in free if _old(school, one)), SHARE):
        _change(school, lesson, lesson.day + LATE_DAYS, NOON + lesson.number)
    for lesson in pick(school, (one for one in free if _at_the_edge(school, one)), SHARE):
        _change(school, lesson, _term_end(school, lesson) + 2, NOON + lesson.number)
    for lesson in pick(school, (one for one in free if _young(school, one)), INNOCENT_SHARE):
        lesson.modified = school.local.moment(lesson.day + 3, NOON)
        school.ledger.innocent("T3", lesson, "правка в первые дни")
    _mass(school, free)


def note_corrections(school: School) -> None:
    """Every change that is too late, whoever made it for what reason."""
    for lesson in school.known():
        moment = lesson.modified
        if moment is None or not lesson.shown:
            continue
        window = school.school_day_after(lesson.track.unit, lesson.day, WINDOW)
        last = min(window, _term_end(school, lesson))
        if moment >= school.local.moment(last, DAY_END):
            school.ledger.lesson("T3", lesson, since=moment)


def correct_totals(school: School, marks: TermMarks) -> None:
    """Period marks changed after the period, where they were right before it."""
    closed = [
        one
        for one in school.term_marks
        if one.term.last + EDGE < school.until and (one.value is not None or one.code)
    ]
    count = min(len(closed), max(LEAST, round(len(closed) * TERM_SHARE)))
    for mark in school.random.sample(closed, count):
        day = mark.term.last + school.random.randint(1, EDGE)
        mark.entered = school.local.moment(day, NOON)
        _report(school, marks, mark)
    on_time = [one for one in closed if one.entered is not None]
    for mark in on_time[:LEAST]:
        if mark.entered and mark.entered < school.local.moment(mark.term.last, 0):
            school.ledger.innocent_track(
                "T3", marks.track_of(mark.stay, mark.subject), "итог выставлен до конца периода",
                day=mark.term.last, pupil=mark.stay.number,
            )  # fmt: skip


def _report(school: School, marks: TermMarks, mark: TermMark) -> None:
    if mark.entered is not None:
        school.ledger.track(
            "T3", marks.track_of(mark.stay, mark.subject), day=mark.term.last,
            pupil=mark.stay.number, since=mark.entered,
        )  # fmt: skip


def _change(school: School, lesson: Lesson, day: Day, minute: int) -> None:
    lesson.modified = school.local.moment(day, minute)


def _term_end(school: School, lesson: Lesson) -> Day:
    term = school.calendar.term_of(lesson.track.unit, lesson.day)
    return school.calendar.ends if term is None else term.last


def _old(school: School, lesson: Lesson) -> bool:
    late = lesson.day + LATE_DAYS
    window = school.school_day_after(lesson.track.unit, lesson.day, WINDOW)
    return window < late <= min(school.until, _term_end(school, lesson))


def _at_the_edge(school: School, lesson: Lesson) -> bool:
    end = _term_end(school, lesson)
    return end - EDGE <= lesson.day <= end and end + 2 <= school.until


def _young(school: School, lesson: Lesson) -> bool:
    return lesson.day + 3 <= min(school.until, _term_end(school, lesson))


def _mass(school: School, free: list[Lesson]) -> None:
    """One teacher rewrites a dozen old lessons within an hour."""
    old = [one for one in free if not one.touched and _old(school, one)]
    teachers = sorted({one.teacher.code for one in old})
    if not teachers:
        return
    code = school.random.choice(teachers)
    mine = [one for one in old if one.teacher.code == code]
    for at, lesson in enumerate(mine[-MASS:]):
        lesson.touched = True
        day = max(lesson.day for lesson in mine[-MASS:]) + LATE_DAYS
        _change(school, lesson, day, MORNING + at * 4)
