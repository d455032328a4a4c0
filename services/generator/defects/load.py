"""P5 and P8: subjects of the load without a plan, without a timetable, or with other hours."""

from services.generator.curriculum import CAREERS, HOURS
from services.generator.school import School
from services.generator.world import Assignment, Track
from services.journal.model import FIRST_DAY, LAST_DAY

SHARE, LEAST = 0.01, 1
PLAN_DAY = 10
SEVERAL = 3


def unplan(school: School) -> None:
    """Whole classes only: a group may follow the plan of its class."""
    tracks = [one for one in school.tracks if not one.group and not school.lost[one]
              and one not in school.planless]  # fmt: skip
    for track in _some(school, tracks):
        school.plan = [item for item in school.plan if item.track is not track]
        school.ledger.track("P5", track, day=None, since=_plan_deadline(school))
    for track in [one for one in school.tracks if one.phantom]:
        school.ledger.innocent_track("P5", track, "в группе нет учеников", day=None)


def misload(school: School) -> None:
    """The timetable of a year that is over is nobody's concern."""
    if school.until > school.calendar.ends:
        return
    _more_hours(school)
    _no_timetable(school)


def _some(school: School, tracks: list[Track]) -> list[Track]:
    return school.random.sample(
        tracks, min(len(tracks), max(LEAST, round(len(school.tracks) * SHARE)))
    )


def _plan_deadline(school: School) -> int:
    return school.local.moment(school.calendar.begins + PLAN_DAY, 0)


def _started(school: School) -> int:
    return school.local.moment(school.calendar.begins, 0)


def _more_hours(school: School) -> None:
    """An hour more in the load than in the timetable, of who teaches on the last day."""
    tracks = [one for one in school.tracks if one.hours >= SEVERAL and not one.phantom]
    chosen = _some(school, tracks)
    for track in chosen:
        for line in school.assignments:
            if line.track is track and line.last == LAST_DAY:
                line.hours += 1
        school.ledger.track("P8", track, day=None, since=_started(school))
    changed = {line.track for line in school.assignments if line.last != LAST_DAY}
    for track in [one for one in school.tracks if one in changed and one not in chosen][:LEAST]:
        school.ledger.innocent_track("P8", track, "сменился учитель", day=None)


def _no_timetable(school: School) -> None:
    """A class hour that the load knows and nothing else."""
    units = [one for one in school.units if CAREERS not in HOURS[one.grade] and one.grade > 1]
    subject_known = any(CAREERS in HOURS[one.grade] for one in school.units)
    if not units or not subject_known:
        return
    unit = school.random.choice(units)
    own = [one for one in school.tracks if one.unit is unit and not one.group]
    track = Track(unit, CAREERS, "", 1, own[0].teacher, phantom=True)
    school.assignments.append(Assignment(track, track.teacher, 1, FIRST_DAY, LAST_DAY))
    school.ledger.track("P8", track, day=None, since=_started(school))
    school.ledger.track("P5", track, day=None, since=_plan_deadline(school))
