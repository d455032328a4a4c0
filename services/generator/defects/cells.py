"""T2, R2, R3: cells of the journal that are empty, contradict, or belong to nobody."""

from services.generator.attendance import absent_codes
from services.generator.curriculum import marked
from services.generator.defects.picking import noticed, pick, plain
from services.generator.marks import digits, limit_of, minimum
from services.generator.school import School
from services.generator.truth import DAY_END
from services.generator.world import Lesson, Stay
from services.journal.model import LAST_DAY

WORKS_SHARE, ABSENT_SHARE, INNOCENT_SHARE = 0.012, 0.001, 0.0005
AFTER_LEAVING = 21
STRANGERS = 12
SPARE = 2


def spoil_cells(school: School) -> None:
    """Before period marks are given, so that those agree with what is left."""
    _works(school)
    _innocent_works(school)
    _absent(school)
    _leavers(school)
    _early_birds(school)


def _due(school: School, lesson: Lesson) -> int:
    return school.school_day_after(lesson.track.unit, lesson.day, limit_of(lesson))


def _works(school: School) -> None:
    candidates = [
        one
        for one in plain(school)
        if one.kind and one.marks and not school.neighbours(one)
        and _due(school, one) < school.until and _spared(school, one)
    ]  # fmt: skip
    for lesson in pick(school, candidates, WORKS_SHARE):
        spared = _spared(school, lesson)
        few = school.random.randint(1, len(spared))
        for number in school.random.sample(spared, school.random.choice((few, len(spared)))):
            del lesson.marks[number]
        since = school.local.moment(_due(school, lesson), DAY_END)
        school.ledger.lesson("T2", lesson, since=since)


def _spared(school: School, lesson: Lesson) -> list[int]:
    """Pupils who keep enough marks in the term without this work."""
    track = lesson.track
    term = school.calendar.term_of(track.unit, lesson.day)
    if term is None:
        return []
    lessons, days = school.by_track[track], (term.first, term.last)
    enough = minimum(term.kind, track.hours) + SPARE
    present = {stay.number for stay in school.roster(track, lesson.day)}
    return [
        number
        for number, (values, _, _) in sorted(lesson.marks.items())
        if values and number in present and number not in lesson.codes
        and (term.last > school.until or len(digits(lessons, number, days)) >= enough)
    ]  # fmt: skip


def _innocent_works(school: School) -> None:
    works = [one for one in plain(school) if one.kind]
    for lesson in pick(school, (one for one in works if _sick(one)), INNOCENT_SHARE):
        school.ledger.innocent("T2", lesson, "ученика не было", pupil=_sick(lesson)[0])
    for lesson in pick(school, (one for one in works if _exempt(one)), 1):
        school.ledger.innocent("T2", lesson, "освобождён", pupil=_exempt(lesson)[0])
    waiting = [one for one in works if not one.marks and _due(school, one) > school.until]
    for lesson in pick(school, waiting, 1):
        school.ledger.innocent("T2", lesson, "срок ещё не прошёл")
    for lesson in pick(school, (one for one in works if _movable(school, one)), 0.1):
        _to_the_other_cell(school, lesson)


def _sick(lesson: Lesson) -> list[int]:
    return [number for number in sorted(lesson.codes) if absent_codes(lesson, number)]


def _fed(school: School, lesson: Lesson) -> list[int]:
    """The absent who may get a mark more."""
    return [one for one in _sick(lesson) if (lesson.track, one) not in school.hungry]


def _late(school: School, lesson: Lesson) -> list[int]:
    return [
        number
        for number, code in sorted(lesson.codes.items())
        if code == "О" and (lesson.track, number) not in school.hungry
    ]


def _exempt(lesson: Lesson) -> list[int]:
    return [number for number, cell in sorted(lesson.marks.items()) if cell[1] == "осв"]


def _movable(school: School, lesson: Lesson) -> list[int]:
    """Pupils whose mark may stand in the second cell of the double."""
    others = school.neighbours(lesson)
    if len(others) != 1 or not others[0].held or others[0].kind or others[0].silent:
        return []
    second = others[0]
    if second.touched:
        return []
    return [
        number
        for number in sorted(lesson.marks)
        if number not in second.marks and number not in second.codes
        and number not in lesson.codes
    ]  # fmt: skip


def _to_the_other_cell(school: School, lesson: Lesson) -> None:
    numbers = _movable(school, lesson)
    if not numbers:
        return
    second = school.neighbours(lesson)[0]
    second.touched = True
    number = school.random.choice(numbers)
    second.marks[number] = lesson.marks.pop(number)
    school.ledger.innocent("T2", lesson, "отметка на втором уроке сдвоенного", pupil=number)


def _absent(school: School) -> None:
    """Marks of pupils who were not there; a latecomer and another lesson of the day are fine."""
    gradable = [one for one in plain(school) if marked(one.track.subject, one.track.unit.grade)]
    for lesson in pick(school, (one for one in gradable if _fed(school, one)), ABSENT_SHARE):
        number = school.random.choice(_fed(school, lesson))
        lesson.marks[number] = ((school.random.randint(3, 5),), "", lesson.entered)
        school.ledger.lesson("R2", lesson, since=noticed(school, lesson), pupil=number)
    for lesson in pick(school, (one for one in gradable if _late(school, one)), 0.02):
        number = _late(school, lesson)[0]
        if number not in lesson.marks:
            lesson.marks[number] = ((4,), "", lesson.entered)
        school.ledger.innocent("R2", lesson, "опоздал", pupil=number)
    for lesson in pick(school, (one for one in gradable if _left_early(school, one)), 0.05):
        _, number = _left_early(school, lesson)[0]
        school.ledger.innocent("R2", lesson, "не был на другом уроке дня", pupil=number)
    _second_lesson_missed(school, gradable)


def _left_early(school: School, lesson: Lesson) -> list[tuple[Lesson, int]]:
    """Marks of pupils who missed another lesson of the same subject that day."""
    same_day = school.by_day[lesson.track.unit, lesson.day]
    others = [one for one in same_day if one.track is lesson.track and one is not lesson]
    return [
        (other, number)
        for other in others
        for number in _sick(other)
        if number in lesson.marks and number not in lesson.codes and number not in other.marks
    ]


def _second_lesson_missed(school: School, gradable: list[Lesson]) -> None:
    """The last lesson of a day is the second of a double, and a pupil has gone home."""
    doubles = [one for one in gradable if not one.touched and _movable(school, one)]
    for lesson in pick(school, doubles, 0.01):
        second = school.neighbours(lesson)[0]
        day = school.by_day[lesson.track.unit, lesson.day]
        numbers = _movable(school, lesson)
        if second.number == max(one.number for one in day) and numbers:
            second.touched = True
            number = numbers[0]
            second.codes[number] = "У"
            school.ledger.innocent("R2", lesson, "ушёл со второго урока", pupil=number)


def _final(stay: Stay) -> bool:
    return stay is max(stay.pupil.stays, key=lambda one: one.first)


def _leavers(school: School) -> None:
    for unit in school.units:
        for stay in unit.stays:
            if stay is not stay.pupil.stays[0] and stay.first <= school.until:
                _transferred(school, stay)
            if stay.last < LAST_DAY and _final(stay):
                after = (stay.last + 1, stay.last + AFTER_LEAVING)
                _stranger(school, stay, after)
                _on_the_last_day(school, stay)


def _lessons_of(school: School, stay: Stay, days: tuple[int, int]) -> list[Lesson]:
    first, last = days
    return [
        lesson
        for day in range(first, min(last, school.until) + 1)
        for lesson in school.by_day.get((stay.unit, day), [])
        if lesson.held and not lesson.touched and not lesson.silent and not lesson.kind
        and not lesson.track.group and marked(lesson.track.subject, stay.unit.grade)
    ]  # fmt: skip


def _stranger(school: School, stay: Stay, days: tuple[int, int]) -> None:
    """A mark of somebody who is not in the class on the day."""
    lessons = _lessons_of(school, stay, days)
    if lessons:
        lesson = school.random.choice(lessons)
        lesson.touched = True
        lesson.marks[stay.number] = ((4,), "", lesson.entered)
        school.ledger.lesson("R3", lesson, since=noticed(school, lesson), pupil=stay.number)


def _on_the_last_day(school: School, stay: Stay) -> None:
    for lesson in _lessons_of(school, stay, (stay.last, stay.last))[:1]:
        if stay.number not in lesson.codes:
            lesson.touched = True
            lesson.marks.setdefault(stay.number, ((4,), "", lesson.entered))
            school.ledger.innocent("R3", lesson, "последний день зачисления", pupil=stay.number)


def _transferred(school: School, stay: Stay) -> None:
    """A mark of the first day in the new class."""
    for lesson in _lessons_of(school, stay, (stay.first, stay.first + 1)):
        if stay.number in lesson.marks:
            school.ledger.innocent("R3", lesson, "переведён приказом", pupil=stay.number)
            return


def _early_birds(school: School) -> None:
    """Marks before enrolment, in the running term only: closed ones have their period marks."""
    for unit in school.units:
        term = school.calendar.term_of(unit, school.until)
        for stay in unit.stays:
            if term is not None and term.first < stay.first and len(stay.pupil.stays) == 1:
                _stranger(school, stay, (max(term.first, stay.first - STRANGERS), stay.first - 1))
