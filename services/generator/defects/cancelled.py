"""R11: lessons that were cancelled and yet have absences or marks."""

from services.generator.curriculum import marked
from services.generator.defects.picking import noticed
from services.generator.school import School
from services.generator.world import CANCELLED, MOVED, Lesson

MOST = 4


def fill_cancelled(school: School) -> None:
    """The journal's line says that the lesson was cancelled."""
    cancelled = [
        one
        for one in school.known()
        if one.state == CANCELLED and one.shown and school.roster(one.track, one.day)
    ]
    chosen = school.random.sample(cancelled, min(MOST, len(cancelled)))
    for at, lesson in enumerate(chosen):
        _absence(school, lesson) if at % 2 == 0 else _mark(school, lesson)
        school.ledger.lesson("R11", lesson, since=noticed(school, lesson))
    for lesson in [one for one in cancelled if one not in chosen][:MOST]:
        school.ledger.innocent("R11", lesson, "отменён, и записей нет")
    for lesson in [one for one in school.known() if one.state == MOVED][:MOST]:
        school.ledger.innocent("R11", lesson, "перенесён, и записей нет")


def _absence(school: School, lesson: Lesson) -> None:
    stay = school.random.choice(school.roster(lesson.track, lesson.day))
    lesson.codes[stay.number] = "Н"


def _mark(school: School, lesson: Lesson) -> None:
    """In a running term only: closed ones have counted their marks."""
    track = lesson.track
    term = school.calendar.term_of(track.unit, lesson.day)
    running = term is not None and term.last >= school.until
    fed = [
        stay.number
        for stay in school.roster(track, lesson.day)
        if (track, stay.number) not in school.hungry
    ]
    if running and fed and marked(track.subject, track.unit.grade):
        lesson.marks[school.random.choice(fed)] = ((4,), "", None)
    else:
        _absence(school, lesson)
