"""L3: subjects whose whole-class works take more than a tenth of the year's hours."""

from services.generator.curriculum import BIG_WORKS
from services.generator.defects.picking import due
from services.generator.school import School
from services.generator.world import Lesson, Track

SHARE = 10
WEEKS = 34
FEW = 3
MANY = 2


def note_overworked(school: School) -> None:
    busy: list[Track] = []
    for track in school.tracks:
        works, hours = big_works(school, track), hours_of(school, track)
        if len(works) * SHARE > hours > 0:
            first_over = works[hours // SHARE]
            school.ledger.track("L3", track, day=None, since=due(school, first_over))
        elif len(works) >= MANY:
            busy.append(track)
    for track in busy[:FEW]:
        school.ledger.innocent_track("L3", track, "работ не больше десятой части часов", day=None)


def big_works(school: School, track: Track) -> list[Lesson]:
    """Held so far, by the class as a whole."""
    if track.group or track.phantom:
        return []
    return [
        one
        for one in school.by_track.get(track, [])
        if one.held and one.kind in BIG_WORKS and one.day <= school.until
    ]


def hours_of(school: School, track: Track) -> int:
    """The year's: by the plan, or 34 weeks of the load where those are more."""
    planned = sum(item.track is track for item in school.plan)
    weekly = max(
        (line.hours for line in school.assignments if line.track is track), default=track.hours
    )
    return max(planned, weekly * WEEKS)
