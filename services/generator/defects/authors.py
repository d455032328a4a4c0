"""R4 and R5: who wrote a lesson of somebody else, and whose substitution nobody signed."""

from services.generator.defects.picking import due, noticed, pick, plain
from services.generator.school import School
from services.generator.substitutions import can_lose
from services.generator.world import MISSING, Lesson, Teacher

SHARE, INNOCENT_SHARE = 0.0003, 0.0002
UNSIGNED_SHARE = 0.02


def leave_unsigned(school: School) -> None:
    """Before control works are chosen: the substitute left no line at all (P1 says so too)."""
    candidates = [one for one in _replaced(school) if can_lose(school, one)]
    for lesson in pick(school, candidates, UNSIGNED_SHARE):
        if school.lost[lesson.track]:
            continue
        lesson.state = MISSING
        school.lost[lesson.track] += 1
        school.busy.discard((lesson.teacher, lesson.day, lesson.number))
        school.ledger.lesson("P1", lesson, since=due(school, lesson))
        school.ledger.lesson("R5", lesson, since=due(school, lesson))


def forge(school: School) -> None:
    own = [one for one in plain(school) if one.instead_of is None]
    for lesson in pick(school, own, SHARE):
        lesson.author = school.random.choice(_strangers(school, lesson))
        school.ledger.lesson("R4", lesson, since=noticed(school, lesson))
    _signed_by_the_absent(school)
    _rightly_signed(school, own)


def _replaced(school: School) -> list[Lesson]:
    """Taught by a substitute by order, in the hour of the timetable."""
    return [one for one in plain(school) if one.instead_of is not None]


def _strangers(school: School, lesson: Lesson) -> list[Teacher]:
    """Who has never had the subject in the class, under any surname."""
    track = lesson.track
    own = {
        line.teacher.code
        for line in school.assignments
        if line.track.unit is track.unit and line.track.subject == track.subject
    }
    return [one for one in school.teachers if one.code not in own]


def _signed_by_the_absent(school: School) -> None:
    for lesson in pick(school, _replaced(school), UNSIGNED_SHARE):
        lesson.author = lesson.instead_of
        school.ledger.lesson("R5", lesson, since=due(school, lesson))


def _rightly_signed(school: School, own: list[Lesson]) -> None:
    signed = [one for one in _replaced(school) if one.author is one.teacher]
    for lesson in pick(school, signed, INNOCENT_SHARE):
        school.ledger.innocent("R4", lesson, "записал заменяющий")
        school.ledger.innocent("R5", lesson, "замена подписана")
    former = [one for one in own if one.teacher is not one.track.teacher]
    for lesson in pick(school, former, INNOCENT_SHARE):
        school.ledger.innocent("R4", lesson, "тогда предмет вёл другой учитель")
    for one in school.substitutions:
        if one.substitute is None and one.lesson.day <= school.until:
            school.ledger.innocent("R5", one.lesson, "урок отменён, а не заменён")
            return
