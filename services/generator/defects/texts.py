"""P2, P3, P4: topics, homework and attendance that are not there, and those that only look so."""

from services.generator.defects.picking import (
    day_end,
    due,
    later_in_term,
    not_last_yet,
    pick,
    plain,
    wants_homework,
)
from services.generator.school import School
from services.generator.world import Lesson

NBSP = "\u00a0"
NO_TOPIC = ("", "", NBSP, "урок", "Тема", "Урок", "—", "...", "Ок", "!?.")
EMPTY_TOPICS = ("", NBSP)
SHORT_TOPICS = ("Урок-экскурсия", "Тема 5", "ЕГЭ", "Урок мужества")
NO_HOMEWORK = ("", "", "-", "№1", "..")
SHORT_HOMEWORK = ("не задано", "Не задано", "б/з", "нет")
TOPIC_SHARE, HOMEWORK_SHARE, ATTENDANCE_SHARE = 0.0012, 0.002, 0.001
INNOCENT_SHARE = 0.0006
LAST_SHARE = 0.4


def spoil_texts(school: School) -> None:
    _topics(school)
    _homework(school)
    _innocent_homework(school)
    _attendance(school)


def _topics(school: School) -> None:
    for lesson in pick(school, plain(school), TOPIC_SHARE):
        lesson.topic = school.random.choice(NO_TOPIC)
        school.ledger.lesson("P2", lesson, since=due(school, lesson))
        if lesson.topic in EMPTY_TOPICS:
            school.ledger.lesson("P1", lesson, since=due(school, lesson))
    for lesson in pick(school, plain(school), INNOCENT_SHARE):
        lesson.topic = school.random.choice(SHORT_TOPICS)
        school.strange.append(lesson)
        school.ledger.innocent("P2", lesson, "короткая, но тема")


def _homework(school: School) -> None:
    """Of a double only its last lesson is reported, whatever its first one says."""
    candidates = [
        one
        for one in plain(school)
        if wants_homework(one)
        and not_last_yet(school, one)
        and one.day < school.until
        and all(other.number < one.number for other in school.neighbours(one))
    ]
    for lesson in pick(school, candidates, HOMEWORK_SHARE):
        lesson.homework = school.random.choice(NO_HOMEWORK)
        school.ledger.lesson("P3", lesson, since=day_end(school, lesson))


def _innocent_homework(school: School) -> None:
    free = [one for one in plain(school) if not one.touched]
    usual = [one for one in free if wants_homework(one)]
    for lesson in pick(school, usual, INNOCENT_SHARE):
        lesson.homework = school.random.choice(SHORT_HOMEWORK)
        school.ledger.innocent("P3", lesson, "не задано, но заполнено")
    _empty(school, pick(school, (one for one in free if one.kind), 0.01), "контрольная работа")
    firsts = [one for one in usual if _first_of_double(school, one)]
    _empty(school, pick(school, firsts, 0.1), "первый урок сдвоенного")
    young = [one for one in free if one.track.unit.grade == 1]
    _empty(school, pick(school, young, INNOCENT_SHARE), "первый класс")
    lasts = [one for one in usual if not later_in_term(school, one) and _in_term(school, one)]
    _empty(school, pick(school, lasts, LAST_SHARE), "последний урок периода")


def _empty(school: School, lessons: list[Lesson], what: str) -> None:
    for lesson in lessons:
        lesson.homework = ""
        school.ledger.innocent("P3", lesson, what)


def _in_term(school: School, lesson: Lesson) -> bool:
    return school.calendar.term_of(lesson.track.unit, lesson.day) is not None


def _first_of_double(school: School, lesson: Lesson) -> bool:
    """Its second lesson keeps its homework."""
    others = school.neighbours(lesson)
    if len(others) != 1 or others[0].number < lesson.number or not others[0].held:
        return False
    return not others[0].touched and not others[0].kind and len(school.neighbours(others[0])) == 1


def _attendance(school: School) -> None:
    """Without codes: a code proves that attendance was taken. Works would need marks of all."""
    nobody_absent = [one for one in plain(school) if not one.codes and not one.kind]
    for lesson in pick(school, nobody_absent, ATTENDANCE_SHARE):
        lesson.attendance = False
        for rule in ("P1", "P4"):
            school.ledger.lesson(rule, lesson, since=due(school, lesson))
    for lesson in pick(school, nobody_absent, INNOCENT_SHARE):
        lesson.attendance = None
        school.ledger.innocent("P4", lesson, "файл не говорит, отмечена ли посещаемость")
    some_absent = [one for one in plain(school) if one.codes]
    for lesson in pick(school, some_absent, INNOCENT_SHARE):
        lesson.attendance = False
        school.ledger.innocent("P4", lesson, "есть код пропуска")
