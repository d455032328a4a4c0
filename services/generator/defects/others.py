"""Single defects of the remaining rules that the exchange template can show."""

from collections.abc import Callable

from services.generator.curriculum import SUBJECTS, marked
from services.generator.defects.picking import due, noticed, pick, plain
from services.generator.school import School
from services.generator.world import Lesson

SHARE = 0.0002
LATE_CHANGE_DAYS = 14
NOON = 12 * 60

Fits = Callable[[School, Lesson], bool]
Spoil = Callable[[School, Lesson], None]


def spoil_others(school: School) -> None:
    for fits, spoil in RULES:
        candidates = [one for one in plain(school) if fits(school, one)]
        for lesson in pick(school, candidates, SHARE):
            spoil(school, lesson)
    _signed_by_the_absent(school)
    _cancelled_with_codes(school)


def _old_enough(school: School, lesson: Lesson) -> bool:
    late = lesson.day + LATE_CHANGE_DAYS * 2
    term = school.calendar.term_of(lesson.track.unit, lesson.day)
    return late <= school.until and term is not None and late <= term.last


def _changed_late(school: School, lesson: Lesson) -> None:
    lesson.modified = school.local.moment(lesson.day + LATE_CHANGE_DAYS, NOON + lesson.number)
    school.ledger.lesson("T3", lesson, since=lesson.modified)


def _own(_school: School, lesson: Lesson) -> bool:
    return lesson.instead_of is None


def _foreign_author(school: School, lesson: Lesson) -> None:
    others = [one for one in school.teachers if one.code != lesson.teacher.code]
    lesson.author = school.random.choice(others)
    school.ledger.lesson("R4", lesson, since=noticed(school, lesson))


def _empty_cells(school: School, lesson: Lesson) -> list[int]:
    return [
        stay.number
        for stay in school.roster(lesson.track, lesson.day)
        if stay.number not in lesson.marks and stay.number not in lesson.codes
    ]


def _has_empty_cell(school: School, lesson: Lesson) -> bool:
    gradable = marked(lesson.track.subject, lesson.track.unit.grade)
    return gradable and not lesson.kind and bool(_empty_cells(school, lesson))


def _impossible_mark(school: School, lesson: Lesson) -> None:
    number = school.random.choice(_empty_cells(school, lesson))
    lesson.marks[number] = ((), school.random.choice(("6", "55", "зч")), lesson.entered)
    school.ledger.lesson("R6", lesson, since=noticed(school, lesson), pupil=number)


def _unmarked(school: School, lesson: Lesson) -> bool:
    return not marked(lesson.track.subject, lesson.track.unit.grade) and bool(
        _empty_cells(school, lesson)
    )


def _mark_where_none_is_given(school: School, lesson: Lesson) -> None:
    number = school.random.choice(_empty_cells(school, lesson))
    lesson.marks[number] = ((5,), "", lesson.entered)
    school.ledger.lesson("R7", lesson, since=noticed(school, lesson), pupil=number)


def _briefed(_school: School, lesson: Lesson) -> bool:
    return SUBJECTS[lesson.track.subject].briefing and lesson.topic.startswith("Инструктаж")


def _no_briefing(school: School, lesson: Lesson) -> None:
    lesson.topic = lesson.topic.removeprefix("Инструктаж по охране труда. ")
    school.ledger.lesson("P6", lesson, since=due(school, lesson))


RULES: tuple[tuple[Fits, Spoil], ...] = (
    (_old_enough, _changed_late),
    (_own, _foreign_author),
    (_has_empty_cell, _impossible_mark),
    (_unmarked, _mark_where_none_is_given),
    (_briefed, _no_briefing),
)


def _signed_by_the_absent(school: School) -> None:
    replaced = [one for one in school.known() if one.instead_of is not None and one.held]
    for lesson in pick(school, replaced, SHARE):
        lesson.author = lesson.instead_of
        school.ledger.lesson("R5", lesson, since=due(school, lesson))


def _cancelled_with_codes(school: School) -> None:
    """The journal's line says that the lesson was cancelled, and yet pupils were absent."""
    cancelled = [one for one in school.known() if one.state == "cancelled" and one.shown]
    for lesson in school.random.sample(cancelled, min(2, len(cancelled))):
        roster = school.roster(lesson.track, lesson.day)
        if roster:
            lesson.codes[school.random.choice(roster).number] = "Н"
            school.ledger.lesson("R11", lesson, since=due(school, lesson))
