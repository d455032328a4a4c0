"""N2: lessons at which nobody is asked, more of them than is right in a term, or just not more."""

from services.generator.curriculum import marked
from services.generator.school import School
from services.generator.world import Lesson
from services.journal.model import Day

SHARES = (0.6, 0.2)
EACH = 2
LEAST = 8


def fall_silent(school: School) -> None:
    """Before marks are given."""
    terms = [one for one in school.calendar.quarters if one.first <= school.until]
    if not terms:
        return
    days = (terms[-1].first, min(terms[-1].last, school.until))
    tracks = [
        track
        for track in school.tracks
        if marked(track.subject, track.unit.grade) and not track.group
        and len(_usual(school.by_track.get(track, []), days)) >= LEAST
    ]  # fmt: skip
    chosen = school.random.sample(tracks, min(EACH * len(SHARES), len(tracks)))
    for at, track in enumerate(chosen):
        lessons = _usual(school.by_track[track], days)
        count = round(len(lessons) * SHARES[at % len(SHARES)])
        for lesson in school.random.sample(lessons, count):
            lesson.quiet = True
        school.quiet.add(track)


def _usual(lessons: list[Lesson], days: tuple[Day, Day]) -> list[Lesson]:
    return [one for one in lessons if days[0] <= one.day <= days[1] and one.held and not one.kind]
