"""R6, R7, R12: values that no cell may hold, marks where none are given, dots left standing."""

from collections.abc import Iterable

from services.generator.curriculum import LITERATURE, READING, RUSSIAN, marked
from services.generator.defects.picking import noticed, pick, plain
from services.generator.school import School
from services.generator.truth import DAY_END
from services.generator.world import Cell, Lesson

SHARE, INNOCENT_SHARE = 0.0003, 0.0002
IMPOSSIBLE = ("6", "55", "зч", "0", "7-", "ок")
ALLOWED = ("зач", "незач", "н/а")
MODIFIERS = ("+", "-", "=")
SECOND = 2
DOT = "."
DOT_DAYS = 10
PAIR_SUBJECTS = (RUSSIAN, LITERATURE)
UNSURE = (*PAIR_SUBJECTS, READING)
"""Whether reading counts as literature the rules do not say: it gets neither."""

Place = tuple[Lesson, int]


def spoil_values(school: School) -> None:
    _impossible(school)
    _too_many(school)
    _where_none_is_given(school)
    _dots(school)


def free_cells(school: School, lesson: Lesson) -> list[int]:
    """Pupils with neither mark nor code, and whom a mark more does not save from N1."""
    return [
        stay.number
        for stay in school.roster(lesson.track, lesson.day)
        if stay.number not in lesson.marks
        and stay.number not in lesson.codes
        and (lesson.track, stay.number) not in school.hungry
    ]


def _answers(lesson: Lesson, school: School) -> list[int]:
    """Pupils with one usual mark who may get another."""
    return [
        number
        for number, (values, code, _) in sorted(lesson.marks.items())
        if len(values) == 1 and not code and (lesson.track, number) not in school.hungry
    ]


def _graded(school: School) -> list[Lesson]:
    return [
        one
        for one in plain(school)
        if marked(one.track.subject, one.track.unit.grade) and not one.kind
    ]


def _picked(school: School, lessons: Iterable[Lesson], share: float) -> list[Place]:
    free = [one for one in lessons if free_cells(school, one)]
    return [
        (one, school.random.choice(free_cells(school, one))) for one in pick(school, free, share)
    ]


def _impossible(school: School) -> None:
    for lesson, number in _picked(school, _graded(school), SHARE):
        lesson.marks[number] = ((), school.random.choice(IMPOSSIBLE), lesson.entered)
        school.ledger.lesson("R6", lesson, since=noticed(school, lesson), pupil=number)
    for lesson, number in _picked(school, _graded(school), INNOCENT_SHARE):
        lesson.marks[number] = ((), school.random.choice(ALLOWED), lesson.entered)
        school.ledger.innocent("R6", lesson, "зачёт или н/а на уроке", pupil=number)


def _too_many(school: School) -> None:
    """One mark a cell, two in Russian and literature."""
    others = [one for one in _graded(school) if one.track.subject not in UNSURE]
    for lesson, number in _answered(school, others, SHARE):
        _add(school, lesson, number, 1)
        school.ledger.lesson("R6", lesson, since=noticed(school, lesson), pupil=number)
    native = [one for one in _graded(school) if one.track.subject in PAIR_SUBJECTS]
    for lesson, number in _answered(school, native, SHARE):
        _add(school, lesson, number, 2)
        school.ledger.lesson("R6", lesson, since=noticed(school, lesson), pupil=number)
    for lesson, number in _answered(school, native, INNOCENT_SHARE):
        _add(school, lesson, number, 1)
        school.ledger.innocent("R6", lesson, "две отметки по русскому", pupil=number)
    for lesson, number in _answered(school, _graded(school), INNOCENT_SHARE):
        values, _, entered = lesson.marks[number]
        lesson.marks[number] = (values, school.random.choice(MODIFIERS), entered)
        school.ledger.innocent("R6", lesson, "отметка с плюсом или минусом", pupil=number)


def _answered(school: School, lessons: Iterable[Lesson], share: float) -> list[Place]:
    free = [one for one in lessons if _answers(one, school)]
    return [(one, school.random.choice(_answers(one, school))) for one in pick(school, free, share)]


def _add(school: School, lesson: Lesson, number: int, more: int) -> None:
    values, code, entered = lesson.marks[number]
    extra = tuple(school.random.randint(3, 5) for _ in range(more))
    cell: Cell = ((*values, *extra), code, entered)
    lesson.marks[number] = cell


def _where_none_is_given(school: School) -> None:
    silent = [one for one in plain(school) if not marked(one.track.subject, one.track.unit.grade)]
    for lesson, number in _picked(school, silent, SHARE):
        lesson.marks[number] = ((school.random.randint(3, 5),), "", lesson.entered)
        school.ledger.lesson("R7", lesson, since=noticed(school, lesson), pupil=number)
    second = [one for one in plain(school) if one.track.unit.grade == SECOND and one.marks]
    for lesson in pick(school, second, INNOCENT_SHARE):
        number = min(lesson.marks)
        school.ledger.innocent("R7", lesson, "второй класс оценивают", pupil=number)
    absent = [one for one in silent if one.codes]
    for lesson in pick(school, absent, INNOCENT_SHARE):
        school.ledger.innocent("R7", lesson, "пропуск, а не отметка", pupil=min(lesson.codes))


def _dots(school: School) -> None:
    last = DOT_DAYS
    lessons = _graded(school)
    old = [one for one in lessons if _dot_due(school, one, last) < school.until]
    for lesson, number in _picked(school, old, SHARE):
        lesson.marks[number] = ((), DOT, lesson.entered)
        since = school.local.moment(_dot_due(school, lesson, last), DAY_END)
        school.ledger.lesson("R12", lesson, since=since, pupil=number)
    fresh = [one for one in lessons if _dot_due(school, one, last) >= school.until]
    for lesson, number in _picked(school, fresh, INNOCENT_SHARE):
        lesson.marks[number] = ((), DOT, lesson.entered)
        school.ledger.innocent("R12", lesson, "точка поставлена недавно", pupil=number)


def _dot_due(school: School, lesson: Lesson, count: int) -> int:
    return school.school_day_after(lesson.track.unit, lesson.day, count)
