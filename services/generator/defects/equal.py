"""A4: a whole class with one and the same mark."""

from collections import Counter

from services.generator.attendance import absent_codes
from services.generator.curriculum import marked
from services.generator.defects.picking import noticed, pick, plain
from services.generator.school import School
from services.generator.world import Lesson

SHARE, INNOCENT_SHARE = 0.0002, 0.0001
LEAST = 10
EQUAL = 0.9
BEST = 5


def equalize(school: School) -> None:
    lessons = [
        one
        for one in plain(school)
        if marked(one.track.subject, one.track.unit.grade) and _well_fed(school, one)
    ]
    many = [one for one in lessons if len(_present(school, one)) > LEAST]
    for lesson in pick(school, many, SHARE):
        _give(school, lesson, len(_present(school, lesson)))
    for lesson in pick(school, [one for one in many if not one.kind], INNOCENT_SHARE):
        for number in list(lesson.marks)[LEAST - 1 :]:
            del lesson.marks[number]
        _give(school, lesson, LEAST - 1)
        school.ledger.innocent("A4", lesson, "одинаковых отметок всего девять")


def note_equal(school: School) -> None:
    """Easy subjects have such lessons by chance."""
    for lesson in school.known():
        values = [value for cell in lesson.marks.values() for value in cell[0]]
        most = max(Counter(values).values(), default=0)
        if lesson.held and len(values) >= LEAST and most >= EQUAL * len(values):
            school.ledger.lesson("A4", lesson, since=noticed(school, lesson))


def _well_fed(school: School, lesson: Lesson) -> bool:
    """Nobody there who must not get a mark more, and the term still runs."""
    term = school.calendar.term_of(lesson.track.unit, lesson.day)
    hungry = any((lesson.track, one) in school.hungry for one in _present(school, lesson))
    return not hungry and term is not None and term.last >= school.until


def _present(school: School, lesson: Lesson) -> list[int]:
    return [
        stay.number
        for stay in school.roster(lesson.track, lesson.day)
        if not absent_codes(lesson, stay.number)
    ]


def _give(school: School, lesson: Lesson, count: int) -> None:
    moments = [cell[2] for cell in lesson.marks.values()]
    entered = moments[0] if moments else lesson.entered
    present = [number for number in _present(school, lesson) if number not in lesson.marks]
    for number in [*lesson.marks, *present][:count]:
        values, code, moment = lesson.marks.get(number, ((BEST,), "", entered))
        if not code:
            lesson.marks[number] = (tuple(BEST for _ in values), "", moment)
