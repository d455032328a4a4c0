"""R1: lessons and marks where the timetable and the calendar have none."""

from services.generator.curriculum import marked
from services.generator.lessons import lesson_end
from services.generator.school import School
from services.generator.term_marks import due_day
from services.generator.world import MARKS_ONLY, Lesson, Substitution, Teacher, Track, Unit
from services.journal.model import Day

SHARE = 0.0003
LEAST = 2
TRIES = 20
LAST_NUMBER = 9


def add_lessons(school: School) -> None:
    """Before topics and homework are written: these lessons are filled in like any other."""
    count = max(LEAST, round(len(list(school.known())) * SHARE))
    for add in (_on_a_day_off, _after_the_last, _replaced_elsewhere):
        done = 0
        for _ in range(count * TRIES):
            done += done < count and add(school)


def add_marks(school: School) -> None:
    """Marks on days without lessons, with no lesson line at all."""
    count = max(LEAST, round(len(list(school.known())) * SHARE))
    for _ in range(count):
        unit = school.random.choice([one for one in school.units if one.grade > 1])
        track = _any_track(school, unit)
        days = _free_days(school, unit)
        if track is None or not days:
            continue
        day = school.random.choice(days)
        roster = school.roster(track, day)
        lesson = Lesson(day, 1, track, teacher_on(school, track, day), state=MARKS_ONLY)
        if roster and not _taken(school, lesson):
            _mark_only(school, lesson, school.random.choice(roster).number)


def _mark_only(school: School, lesson: Lesson, number: int) -> None:
    lesson.extra = lesson.silent = lesson.touched = True
    lesson.shown = False
    lesson.weight = 100 if lesson.track.subject in ("Алгебра", "Геометрия", "Физика") else None
    entered = school.local.moment(lesson.day, lesson_end(lesson))
    lesson.marks[number] = ((4,), "", entered)
    school.add(lesson)
    school.ledger.lesson("R1", lesson, since=entered, pupil=number)


def _on_a_day_off(school: School) -> bool:
    unit = school.random.choice(school.units)
    days = _free_days(school, unit)
    track = _any_track(school, unit)
    if not days or track is None:
        return False
    day = school.random.choice(days)
    number = school.random.randint(2, 4)
    lesson = Lesson(day, number, track, teacher_on(school, track, day))
    return _extra(school, lesson) and _report(school, lesson)


def _after_the_last(school: School) -> bool:
    unit, day, number = _end_of_a_day(school)
    track = _any_track(school, unit)
    if track is None or number > LAST_NUMBER:
        return False
    lesson = Lesson(day, number, track, teacher_on(school, track, day))
    return _extra(school, lesson) and _report(school, lesson)


def _replaced_elsewhere(school: School) -> bool:
    """The same, but an order of substitution names the hour."""
    unit, day, number = _end_of_a_day(school)
    track = _any_track(school, unit)
    if track is None or number > LAST_NUMBER:
        return False
    absent = teacher_on(school, track, day)
    others = [one for one in school.teachers if _may_replace(school, one, absent, day)]
    if not others:
        return False
    lesson = Lesson(day, number, track, school.random.choice(others), absent)
    if not _extra(school, lesson):
        return False
    school.substitutions.append(Substitution(lesson, absent, lesson.teacher, "№ 900-з"))
    school.ledger.innocent("R1", lesson, "замена в другой час")
    return True


def _may_replace(school: School, one: Teacher, absent: Teacher, day: Day) -> bool:
    mine = [line for line in school.assignments if line.teacher is one]
    works = any(line.first <= day <= line.last for line in mine)
    return one.family == absent.family and one.code != absent.code and works


def teacher_on(school: School, track: Track, day: Day) -> Teacher:
    """By the load; on any day of the year somebody has the track."""
    for line in school.assignments:
        if line.track is track and line.first <= day <= line.last:
            return line.teacher
    return track.teacher


def _report(school: School, lesson: Lesson) -> bool:
    school.ledger.lesson("R1", lesson, since=school.local.moment(lesson.day, lesson_end(lesson)))
    return True


def _taken(school: School, lesson: Lesson) -> bool:
    same_day = school.by_day.get((lesson.track.unit, lesson.day), [])
    return any(one.number == lesson.number for one in same_day) or (
        (lesson.teacher, lesson.day, lesson.number) in school.busy
    )


def _extra(school: School, lesson: Lesson) -> bool:
    same_day = school.by_day.get((lesson.track.unit, lesson.day), [])
    beside = any(
        one.track is lesson.track and abs(one.number - lesson.number) == 1 for one in same_day
    )
    if beside or _taken(school, lesson):
        return False
    lesson.extra = lesson.silent = lesson.touched = True
    school.add(lesson)
    return True


def _any_track(school: School, unit: Unit) -> Track | None:
    tracks = [
        track
        for track in school.tracks
        if track.unit is unit and not track.group and not school.lost[track]
        and (marked(track.subject, unit.grade) or unit.grade == 1)
    ]  # fmt: skip
    return school.random.choice(tracks) if tracks else None


def _end_of_a_day(school: School) -> tuple[Unit, Day, int]:
    unit = school.random.choice(school.units)
    days = [day for day in school.school_days[unit] if day <= school.until]
    day = school.random.choice(days or [school.calendar.begins])
    return unit, day, 1 + max((one.number for one in school.by_day.get((unit, day), [])), default=9)


def _free_days(school: School, unit: Unit) -> list[Day]:
    """Days without lessons: between the terms, else in a term whose marks are not yet due."""
    calendar, known = school.calendar, set(school.school_days[unit])
    days = [d for d in range(calendar.begins, school.until + 1) if d not in known]
    between = [day for day in days if calendar.term_of(unit, day) is None]
    running = [
        day
        for day in days
        if (term := calendar.term_of(unit, day)) and due_day(school, unit, term) > school.until
    ]
    return between or running
