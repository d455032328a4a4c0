"""C6 and C7: entries by people who have left, and a class that nobody is responsible for."""

from services.generator.class_teachers import appoint
from services.generator.defects.picking import noticed, pick, plain
from services.generator.school import School
from services.generator.truth import DAY_END
from services.generator.world import Lesson, Teacher, Track

SHARE = 0.00005
FEW = 3


def enter_after_leaving(school: School) -> None:
    """Who has been followed by another still writes lessons (which is a foreign entry too)."""
    leavers = {line.teacher for line in school.assignments if line.teacher.dismissed is not None}
    followed = {line.track: line.teacher for line in school.assignments if line.teacher in leavers}
    lessons = [one for one in plain(school) if _after(one, followed)]
    for lesson in pick(school, lessons, SHARE):
        lesson.author = followed[lesson.track]
        school.ledger.lesson("R4", lesson, since=noticed(school, lesson))


def _after(lesson: Lesson, followed: dict[Track, Teacher]) -> bool:
    """Of a lesson that the successor has given, entered when the other was gone."""
    left = followed.get(lesson.track)
    own = lesson.author is lesson.teacher and lesson.instead_of is None
    return left is not None and own and lesson.teacher is lesson.track.teacher


def leave_without_teacher(school: School) -> None:
    """One class of several; what is known of no class is said of none."""
    units = school.units
    without = school.random.choice(units) if len(units) > 1 else None
    appoint(school, without=without)
    if without is not None:
        since = school.local.moment(school.calendar.begins, DAY_END)
        school.ledger.place("C7", without, day=None, since=since)
    for unit in [one for one in units if one is not without][:FEW]:
        school.ledger.innocent_place("C7", unit, "классный руководитель назван в должности")
