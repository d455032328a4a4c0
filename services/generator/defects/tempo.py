"""N4: pupils whom the running term has passed by."""

from services.generator.curriculum import SPORT, marked
from services.generator.marks import Starved
from services.generator.school import School
from services.journal.model import LAST_DAY

PUPILS = 4


def pass_by(school: School, starved: Starved) -> None:
    """Before marks are given: only works bring them any."""
    candidates = [
        (track, stay)
        for track in school.tracks
        if marked(track.subject, track.unit.grade) and track.subject != SPORT
        and not track.phantom
        for stay in school.roster(track, school.until)
        if stay.last == LAST_DAY and stay.first == school.calendar.begins
        and (track, stay.number) not in school.hungry
    ]  # fmt: skip
    quarter = next(
        (one for one in school.calendar.quarters if one.first <= school.until <= one.last), None
    )
    if quarter is None or not candidates:
        return
    for track, stay in school.random.sample(candidates, min(PUPILS, len(candidates))):
        starved[track, stay.number, quarter] = 0
        school.hungry.add((track, stay.number))
