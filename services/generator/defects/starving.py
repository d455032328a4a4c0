"""N1: pupils asked less than the minimum in a term that has ended."""

from collections import defaultdict

from services.generator.attendance import absent_codes
from services.generator.curriculum import SPORT, marked
from services.generator.marks import Starved, minimum
from services.generator.school import School
from services.generator.truth import DAY_END
from services.generator.world import Lesson, Stay, Term, Track
from services.journal.model import LAST_DAY

SHARE = 0.0025
LEAST = 4


def starve(school: School) -> Starved:
    """Chosen before marks are given: works keep their marks, which must be fewer than allowed."""
    candidates = [
        (track, stay, term)
        for track in school.tracks
        if marked(track.subject, track.unit.grade) and track.subject != SPORT and not track.phantom
        for term in school.calendar.terms(track.unit)
        if term.last < school.until
        for stay in school.roster(track, term.last)
        if stay.first <= term.first and stay.last == LAST_DAY and len(stay.pupil.stays) == 1
    ]
    school.random.shuffle(candidates)
    wanted = max(LEAST, round(len(candidates) * SHARE)) if candidates else 0
    starved: Starved = {}
    used: set[Stay] = set()
    for track, stay, term in candidates:
        if wanted and stay not in used and _starve(school, starved, (track, stay, term)):
            used.add(stay)
            school.hungry.add((track, stay.number))
            wanted -= 1
    return starved


def _starve(school: School, starved: Starved, whom: tuple[Track, Stay, Term]) -> bool:
    track, stay, term = whom
    lowest = minimum(term.kind, track.hours)
    quarters = [q for q in school.calendar.quarters if term.first <= q.first <= term.last]
    works: dict[Term, int] = defaultdict(int)
    present: dict[Term, int] = defaultdict(int)
    for quarter in quarters:
        for lesson in _attended(school, track, stay, quarter):
            works[quarter] += bool(lesson.kind)
            present[quarter] += 1
    total = sum(works.values())
    if total >= lowest or min(present[quarter] for quarter in quarters) < lowest:
        return False
    spare = school.random.randint(0 if total else 1, lowest - 1 - total)
    for quarter in quarters:
        starved[track, stay.number, quarter] = works[quarter] + spare
        spare = 0
    school.ledger.track(
        "N1", track, day=term.last, pupil=stay.number,
        since=school.local.moment(term.last, DAY_END),
    )  # fmt: skip
    return True


def _attended(school: School, track: Track, stay: Stay, quarter: Term) -> list[Lesson]:
    return [
        lesson
        for lesson in school.by_track[track]
        if quarter.first <= lesson.day <= quarter.last and lesson.held and not lesson.silent
        and not absent_codes(lesson, stay.number)
    ]  # fmt: skip


def note_well_marked(school: School) -> None:
    """Look-alikes of N1: late arrivals, successive teachers, parallel groups."""
    closed = [term for term in school.calendar.quarters if term.last < school.until]
    changed = {line.track for line in school.assignments if line.first > 0}
    for track in school.tracks:
        terms = school.calendar.terms(track.unit)
        ended = [term for term in terms if term.last < school.until]
        if not closed or not ended or not marked(track.subject, track.unit.grade):
            continue
        last = ended[-1]
        if track in changed and not track.phantom:
            school.ledger.innocent_track("N1", track, "два учителя подряд", day=last.last)
        if track.group in ("1", "2") and track.unit is school.units[-1]:
            school.ledger.innocent_track("N1", track, "параллельные группы", day=last.last)
        for stay in school.roster(track, last.last):
            if stay.first > last.first:
                school.ledger.innocent_track(
                    "N1", track, "прибыл в середине периода", day=last.last, pupil=stay.number
                )
