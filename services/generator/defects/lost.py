"""P1 and K1: lessons without a line, lessons left blank, lessons not held."""

from services.generator.defects.picking import (
    day_end,
    due,
    not_last_yet,
    pick,
    plain,
    wants_homework,
)
from services.generator.school import School
from services.generator.substitutions import can_lose, cancel, is_double
from services.generator.world import MISSING, MOVED, Lesson, Track

MISSING_SHARE, BLANK_SHARE, MOVED_SHARE, LAG_SHARE = 0.0008, 0.001, 0.0003, 0.025
FEWEST_LESSONS = 12
SHORT_YEAR = 3
LAGS = (2, 2, 3, 4)
SEVERAL = 2


def lose_lessons(school: School) -> None:
    """Before control works are chosen: lost lessons take neither works nor marks."""
    _lag(school)
    _missing(school)
    _blank(school)
    _moved(school)
    _nobody(school)


def _usual(school: School) -> list[Lesson]:
    return [one for one in plain(school) if one.instead_of is None]


def _missing(school: School) -> None:
    candidates = [one for one in _usual(school) if can_lose(school, one)]
    for lesson in pick(school, candidates, MISSING_SHARE):
        if school.lost[lesson.track]:
            continue
        lesson.state = MISSING
        school.lost[lesson.track] += 1
        school.busy.discard((lesson.teacher, lesson.day, lesson.number))
        school.ledger.lesson("P1", lesson, since=due(school, lesson))


def _blank(school: School) -> None:
    """Neither topic, homework nor attendance: four rules at once (three without homework)."""
    candidates = [
        one for one in _usual(school) if not is_double(school, one) and not_last_yet(school, one)
    ]
    for lesson in pick(school, candidates, BLANK_SHARE):
        lesson.silent, lesson.attendance = True, False
        for rule in ("P1", "P2", "P4"):
            school.ledger.lesson(rule, lesson, since=due(school, lesson))
        if wants_homework(lesson):
            school.ledger.lesson("P3", lesson, since=day_end(school, lesson))


def _moved(school: School) -> None:
    candidates = [one for one in _usual(school) if can_lose(school, one)]
    for lesson in pick(school, candidates, MOVED_SHARE):
        if not school.lost[lesson.track]:
            lesson.state = MOVED
            school.lost[lesson.track] += 1
            school.ledger.innocent("P1", lesson, "урок перенесён")


def _lag(school: School) -> None:
    """Tracks that miss two lessons or more."""
    planned = [track for track in school.tracks if _by_plan(school, track)]
    tracks = [
        track
        for track in planned
        if track.hours >= SEVERAL and len(_losable(school, track)) >= FEWEST_LESSONS
    ]
    if not tracks:
        tracks = [track for track in planned if len(_losable(school, track)) >= SHORT_YEAR]
    count = min(len(tracks), max(1, round(len(school.tracks) * LAG_SHARE)))
    for track in school.random.sample(tracks, count):
        _lose_several(school, track)


def _by_plan(school: School, track: Track) -> bool:
    """No lessons beside the plan, which would make up for the lost ones."""
    return all(lesson.position is not None for lesson in school.by_track.get(track, []))


def _losable(school: School, track: Track) -> list[Lesson]:
    return [
        one
        for one in school.by_track.get(track, [])
        if one.day <= school.until and one.instead_of is None and can_lose(school, one)
    ]


def _lose_several(school: School, track: Track) -> None:
    lessons = _losable(school, track)
    count = school.random.choice(LAGS) if len(lessons) >= FEWEST_LESSONS else SEVERAL
    chosen = sorted(school.random.sample(lessons, count), key=lambda one: one.day)
    for at, lesson in enumerate(chosen):
        cancel(school, lesson, f"№ {at + 1}-о")
    school.ledger.track("K1", track, day=None, since=due(school, chosen[SEVERAL - 1]))
    for other in school.tracks:
        if other.unit is track.unit and other.subject == track.subject and other is not track:
            school.ledger.innocent_track("K1", other, "отстаёт другая группа", day=None)


def _nobody(school: School) -> None:
    """Slots of the empty group, and slots on days that snow closed."""
    for slot in school.slots:
        if slot.track.phantom:
            day = next(
                (
                    one
                    for one in school.school_days[slot.track.unit]
                    if slot.valid(one) and one <= school.until and one % 7 == slot.weekday % 7
                ),
                None,
            )
            if day is not None:
                lesson = Lesson(day, slot.number, slot.track, slot.teacher)
                school.ledger.innocent("P1", lesson, "в группе нет учеников")
    for holiday in school.calendar.holidays:
        if holiday.title == "Актированный день" and holiday.first <= school.until:
            _snow(school, holiday.first, holiday.units)


def _snow(school: School, day: int, units: frozenset[str]) -> None:
    for slot in school.slots:
        fits = slot.track.unit.name in units and slot.valid(day) and slot.weekday % 7 == day % 7
        if fits and slot.number == 1 and not slot.track.phantom:
            lesson = Lesson(day, slot.number, slot.track, slot.teacher)
            school.ledger.innocent("P1", lesson, "актированный день")
