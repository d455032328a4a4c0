"""R8: two lessons of one class in one hour, and one teacher in two classes at once."""

from services.generator.defects.picking import pick, plain, some
from services.generator.lessons import lesson_end
from services.generator.school import School
from services.generator.substitutions import is_double
from services.generator.world import Lesson, Substitution, Teacher, Track

SHARE = 0.0001
LEAST = 2
LOOKED_AT = 500


def clash(school: School) -> None:
    """Before topics and homework are written: these lessons are filled in like any other."""
    _twice(school)
    _in_two_places(school)
    _after_hours(school)
    _together(school)


def _usual(school: School) -> list[Lesson]:
    return [
        one
        for one in plain(school)
        if one.instead_of is None and "+" not in one.track.group and not is_double(school, one)
    ]


def _twice(school: School) -> None:
    """A second line of another subject stands in the hour; the timetable has only the first."""
    usual = some(school, _usual(school), LOOKED_AT)
    whole = [one for one in usual if not one.track.group and _second(school, one)]
    for lesson in pick(school, whole, SHARE):
        free = _second(school, lesson)
        if not free:  # the line before took the teacher
            continue
        track = school.random.choice(free)
        other = Lesson(lesson.day, lesson.number, track, track.teacher)
        other.extra = other.silent = other.touched = True
        school.add(other)
        since = school.local.moment(lesson.day, lesson_end(lesson))
        school.ledger.lesson("R1", other, since=since)
        school.ledger.lesson("R8", other, since=since)


def _second(school: School, lesson: Lesson) -> list[Track]:
    """Tracks of the class whose teacher is free then and that have no lesson beside the hour."""
    unit, day, number = lesson.track.unit, lesson.day, lesson.number
    near = {one.track.subject for one in school.by_day[unit, day] if abs(one.number - number) <= 1}
    return [
        track
        for track in school.tracks
        if track.unit is unit and not track.group and track.subject not in near
        and not school.lost[track] and _has_it(school, track, day)
        and (track.teacher, day, number) not in school.busy
    ]  # fmt: skip


def _has_it(school: School, track: Track, day: int) -> bool:
    return any(
        line.track is track and line.teacher is track.teacher and line.first <= day <= line.last
        for line in school.assignments
    )


def _in_two_places(school: School) -> None:
    """An order names as substitute somebody who has an own lesson in another class then."""
    usual = _usual(school)
    by_hour: dict[tuple[int, int, str], list[Lesson]] = {}
    for one in usual:
        by_hour.setdefault((one.day, one.number, one.teacher.family), []).append(one)
    candidates = [one for one in usual if _elsewhere(by_hour, one)]
    for at, lesson in enumerate(pick(school, candidates, SHARE)):
        own = school.random.choice(_elsewhere(by_hour, lesson) or [lesson])
        if own is lesson:
            continue
        _replace(school, lesson, own.teacher, f"№ {at + 1}-с")
        own.touched = True
        since = school.local.moment(lesson.day, lesson_end(lesson))
        school.ledger.lesson("R8", lesson, since=since)


def _after_hours(school: School) -> None:
    """A lesson that the timetable does not have, while its teacher has one elsewhere."""
    usual = some(school, _usual(school), LOOKED_AT)
    candidates = [(one, track) for one in usual for track in _ending(school, one)]
    for own, track in school.random.sample(candidates, min(LEAST, len(candidates))):
        other = Lesson(own.day, own.number, track, own.teacher)
        if own.touched or other.place in {one.place for one in school.by_day[track.unit, own.day]}:
            continue
        own.touched = other.extra = other.silent = other.touched = True
        school.add(other)
        since = school.local.moment(own.day, lesson_end(own))
        school.ledger.lesson("R1", other, since=since)
        school.ledger.lesson("R8", other, since=since)


def _ending(school: School, lesson: Lesson) -> list[Track]:
    """The teacher's tracks in other classes whose lessons are over just before the hour."""
    return [
        track
        for track in school.tracks
        if track.teacher is lesson.teacher and track.unit is not lesson.track.unit
        and not track.group and not track.phantom and not school.lost[track]
        and _has_it(school, track, lesson.day)
        and (today := school.by_day.get((track.unit, lesson.day)))
        and max(one.number for one in today) == lesson.number - 1
        and all(one.track is not track for one in today)
    ]  # fmt: skip


def _elsewhere(by_hour: dict[tuple[int, int, str], list[Lesson]], lesson: Lesson) -> list[Lesson]:
    """Lessons of colleagues in other classes at the same time."""
    same = by_hour.get((lesson.day, lesson.number, lesson.teacher.family), [])
    return [
        one
        for one in same
        if one.track.unit is not lesson.track.unit and one.teacher is not lesson.teacher
        and (not one.touched)
    ]  # fmt: skip


def _replace(school: School, lesson: Lesson, substitute: Teacher, order: str) -> None:
    school.busy.discard((lesson.teacher, lesson.day, lesson.number))
    lesson.instead_of, lesson.teacher = lesson.teacher, substitute
    school.substitutions.append(Substitution(lesson, lesson.instead_of, substitute, order))


def _together(school: School) -> None:
    """Joined classes, and the groups of one class, have their lessons at one time."""
    joined = [one for one in plain(school) if "+" in one.track.group]
    for lesson in joined[:1]:
        school.ledger.innocent("R8", lesson, "объединённые классы")
    groups = [one for one in plain(school) if one.track.group == "1"]
    for lesson in groups[:1]:
        school.ledger.innocent("R8", lesson, "другая подгруппа в тот же час")
