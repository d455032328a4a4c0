"""L1, L2, L4: whole-class works that crowd a day, follow too soon, stand first or last."""

from services.generator.curriculum import BIG_WORKS
from services.generator.defects.picking import due, pick, plain, some
from services.generator.lessons import Works, kinds_of
from services.generator.school import School
from services.generator.world import Lesson

SHARE = 0.0002
SOON = 17
LOOKED_AT = 4000


def overload(school: School, works: Works) -> None:
    """After the usual works are chosen: each of these breaks one limit and no other."""
    for rule in ("L1", "L2", "L4"):
        lessons = [
            one for one in some(school, plain(school), LOOKED_AT) if _fits(school, works, one, rule)
        ]
        for lesson in pick(school, lessons, SHARE):
            if _fits(school, works, lesson, rule, touched=True):
                works.write(lesson, school.random.choice(_big(lesson)))
                school.ledger.lesson(rule, lesson, since=due(school, lesson))
    _just_allowed(school, works)


def _big(lesson: Lesson) -> list[str]:
    return [kind for kind in kinds_of(lesson.track) if kind in BIG_WORKS]


def _fits(
    school: School, works: Works, lesson: Lesson, rule: str, *, touched: bool = False
) -> bool:
    if lesson.kind or not _big(lesson) or lesson.track.group:
        return False
    if works.breaks(lesson) != {rule} or not (touched or works.fits(lesson)):
        return False
    return {"L1": _after_another, "L2": _soon_after_one, "L4": _not_alone}[rule](school, lesson)


def _after_another(school: School, lesson: Lesson) -> bool:
    """The class has already written that day: the added work is the later one."""
    return any(
        one.kind in BIG_WORKS and one.held and not one.track.group and one.number < lesson.number
        for one in school.by_day[lesson.track.unit, lesson.day]
    )


def _not_alone(school: School, lesson: Lesson) -> bool:
    """Holidays have not left the subject this one lesson of the week."""
    week = (lesson.day - 1) // 7
    return any(
        one is not lesson and (one.day - 1) // 7 == week for one in school.by_track[lesson.track]
    )


def _soon_after_one(school: School, lesson: Lesson) -> bool:
    """One earlier big work is near, and no other work is."""
    near = [
        one
        for one in school.by_track[lesson.track]
        if one.kind and abs(one.day - lesson.day) <= SOON
    ]
    return (
        len(near) == 1
        and near[0].kind in BIG_WORKS
        and near[0].held
        and 0 < lesson.day - near[0].day < SOON
    )


def _just_allowed(school: School, works: Works) -> None:
    """Seventeen days later; first in the day, but the only lesson of the week."""
    usual = some(school, plain(school), LOOKED_AT)
    lessons = [one for one in usual if _exactly_seventeen(works, one)]
    for lesson in pick(school, lessons, SHARE):
        if _exactly_seventeen(works, lesson, touched=True):
            works.write(lesson, school.random.choice(_big(lesson)))
            school.ledger.innocent("L2", lesson, "ровно через семнадцать дней")
    written = [one for one in plain(school) if one.kind]
    only = [one for one in written if one.number == 1 and one.track.hours == 1]
    for lesson in only[:1]:
        school.ledger.innocent("L4", lesson, "единственный урок недели")
    for lesson in written[:1]:
        school.ledger.innocent("L1", lesson, "одна работа в день")
        school.ledger.innocent("L2", lesson, "прошлая работа была давно")


def _exactly_seventeen(works: Works, lesson: Lesson, *, touched: bool = False) -> bool:
    days = works.days[lesson.track.unit, lesson.track.subject]
    free = not lesson.kind and _big(lesson) and not lesson.track.group
    return bool(
        free
        and works.breaks(lesson) == {"L2"}
        and (touched or works.fits(lesson))
        and min(abs(day - lesson.day) for day in days) == SOON
    )
