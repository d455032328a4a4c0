"""L3: one more work of the whole class, and another, until they take over a tenth of the hours."""

from services.generator.attendance import absent_codes
from services.generator.census.yearly import SHARE, big_works, hours_of
from services.generator.curriculum import BIG_WORKS, marked
from services.generator.lessons import DAYS_BETWEEN, Works, kinds_of
from services.generator.school import School
from services.generator.topics import topic_of
from services.generator.world import Lesson, Track

TRACKS = 2
LOWEST, BEST = 3, 5
EXCUSED = "У"


def overwork(school: School, works: Works) -> None:
    """After marks are given: everybody present gets one for each added work.

    Who must not get one more (N1) is excused from it.
    """
    tracks = [
        track
        for track in school.tracks
        if track not in school.planless and not track.group
        and not track.phantom and marked(track.subject, track.unit.grade)
        and _big(track)
    ]  # fmt: skip
    school.random.shuffle(tracks)
    tracks.sort(key=lambda one: hours_of(school, one))
    done = 0
    for track in tracks:
        if done == TRACKS:
            return
        lessons = _enough(school, works, track)
        for lesson in lessons:
            _write(school, works, lesson)
        done += bool(lessons)


def _big(track: Track) -> list[str]:
    return [kind for kind in kinds_of(track) if kind in BIG_WORKS]


def _enough(school: School, works: Works, track: Track) -> list[Lesson]:
    """Lessons that become works: smaller ones as they are, usual ones if no other limit breaks."""
    need = hours_of(school, track) // SHARE + 1 - len(big_works(school, track))
    small = [
        one
        for one in school.by_track[track]
        if one.kind and one.kind not in BIG_WORKS and one.held and one.day <= school.until
        and not one.touched and one.marks
    ]  # fmt: skip
    chosen = small[: max(0, need)]
    days = set(works.days[track.unit, track.subject])
    for lesson in school.by_track[track]:
        if len(chosen) < need and _fits(school, works, lesson, days):
            chosen.append(lesson)
            days.add(lesson.day)
    return chosen if 0 < need == len(chosen) else []


def _fits(school: School, works: Works, lesson: Lesson, days: set[int]) -> bool:
    known = lesson.day <= school.until and not lesson.kind and lesson.position is not None
    if not known or lesson.entered is None or lesson.attendance is not True or lesson.quiet:
        return False
    apart = all(abs(day - lesson.day) > DAYS_BETWEEN for day in days)
    return apart and works.fits(lesson) and works.breaks(lesson) <= {"L3"}


def _write(school: School, works: Works, lesson: Lesson) -> None:
    lesson.touched = True
    works.write(lesson, school.random.choice(_big(lesson.track)))
    planned = sum(one.position is not None for one in school.by_track[lesson.track])
    topic = topic_of(lesson.track.subject, (lesson.position or 0, planned), lesson.kind)
    for item in school.plan:
        if item.track is lesson.track and item.topic == lesson.topic:
            item.kind, item.topic = lesson.kind, topic
    lesson.topic = topic
    for stay in school.roster(lesson.track, lesson.day):
        if stay.number in lesson.marks or absent_codes(lesson, stay.number):
            continue
        if (lesson.track, stay.number) in school.hungry:
            lesson.codes[stay.number] = EXCUSED
        else:
            value = school.random.randint(LOWEST, BEST)
            lesson.marks[stay.number] = ((value,), "", lesson.entered)
