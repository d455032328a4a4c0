"""Q4 and N7: a five for a term in spite of a two, and twos that stand where they say most."""

from services.generator.census.attending import graded_tracks, held
from services.generator.marks import digits
from services.generator.school import School
from services.generator.world import Lesson, Track

EACH = 3
TWO, FIVE = 2, 5
HIGH = 4.66
"""A mean that is a five without dispute."""


def give_twos(school: School) -> None:
    """A five turns into a two, where all the other marks still make a five of the term."""
    places = [
        (track, number, term.first, term.last)
        for track in graded_tracks(school)
        for term in school.calendar.terms(track.unit)
        if term.last < school.until
        for number in sorted({stay.number for stay in school.roster(track, term.last)})
        if _excellent(school, track, number, (term.first, term.last))
    ]
    for track, number, *days in school.random.sample(places, min(EACH, len(places))):
        first, last = days
        lessons = [one for one in held(school, track) if first <= one.day <= last]
        school.random.shuffle(lessons)
        _spoil(lessons, number)


def _excellent(school: School, track: Track, number: int, days: tuple[int, int]) -> bool:
    values = [value for value, _ in digits(school.by_track[track], number, days)]
    plain = FIVE in values and TWO not in values
    return plain and (sum(values) - FIVE + TWO) / len(values) > HIGH


def _spoil(lessons: list[Lesson], number: int) -> None:
    for lesson in lessons:
        values, code, entered = lesson.marks.get(number, ((), "", None))
        if values == (FIVE,) and not code and not lesson.touched and not lesson.kind:
            lesson.marks[number] = ((TWO,), "", entered)
            return
