"""N5, Q3: pupils who miss most of a term, so that «н/а» has its ground."""

from services.generator.attendance import absent_codes
from services.generator.curriculum import marked
from services.generator.marks import Starved, minimum
from services.generator.school import School
from services.generator.truth import DAY_END
from services.generator.world import Lesson, Stay, Term, Track
from services.journal.model import LAST_DAY

LESS, MORE = 0.6, 0.85
"""Of the term's days so far: more than a half, more than two thirds."""


def fall_long_ill(school: School, starved: Starved) -> None:
    """Before marks are given, in the latest term and in the one that has ended before it."""
    units = [one for one in school.units if one.grade > 1]
    school.random.shuffle(units)
    for (at, share), unit in zip(((-1, LESS), (-1, MORE), (-2, MORE)), units, strict=False):
        terms = [one for one in school.calendar.terms(unit) if one.first < school.until]
        free = [one for one in unit.stays if _settled(school, one)]
        if len(terms) >= -at and free:
            _stay_away(school, starved, (school.random.choice(free), terms[at], share))


def _settled(school: School, stay: Stay) -> bool:
    calm = stay.last == LAST_DAY and len(stay.pupil.stays) == 1
    hungry = any(unit is stay.unit and number == stay.number for unit, number in _hungry(school))
    return calm and stay.first == school.calendar.begins and not hungry


def _hungry(school: School) -> set[tuple[object, int]]:
    return {(track.unit, number) for track, number in school.hungry}


def _stay_away(school: School, starved: Starved, whom: tuple[Stay, Term, float]) -> None:
    stay, term, share = whom
    last = min(term.last, school.until)
    days = [one for one in school.school_days[stay.unit] if term.first <= one <= last]
    away = set(days[: round(len(days) * share)])
    for day in away:
        for lesson in school.by_day[stay.unit, day]:
            _miss(school, lesson, stay)
    _eat_less(school, starved, (stay, term))


def _miss(school: School, lesson: Lesson, stay: Stay) -> None:
    belongs = stay in school.roster(lesson.track, lesson.day)
    if belongs and lesson.held and not lesson.silent:
        lesson.codes[stay.number] = "Б"


def _eat_less(school: School, starved: Starved, whom: tuple[Stay, Term]) -> None:
    """The works of the days of presence are all the marks."""
    stay, term = whom
    last = min(term.last, school.until)
    quarters = [one for one in school.calendar.quarters if term.first <= one.first <= term.last]
    for track in school.tracks:
        graded = track.unit is stay.unit and marked(track.subject, track.unit.grade)
        if not graded or track.phantom or stay not in school.roster(track, last):
            continue
        works = [one for one in _written(school, track, stay) if term.first <= one.day <= last]
        for quarter in quarters:
            starved[track, stay.number, quarter] = 0
        school.hungry.add((track, stay.number))
        if term.last < school.until and len(works) < minimum(term.kind, track.hours):
            school.ledger.track(
                "N1", track, day=term.last, pupil=stay.number,
                since=school.local.moment(term.last, DAY_END),
            )  # fmt: skip


def _written(school: School, track: Track, stay: Stay) -> list[Lesson]:
    """Works at which the pupil was."""
    return [
        one
        for one in school.by_track.get(track, [])
        if one.kind and one.held and not one.silent and not absent_codes(one, stay.number)
    ]
