"""P6: the first lessons of the year and of the new year that name no safety briefing."""

from services.generator.curriculum import SUBJECTS
from services.generator.defects.picking import due, pick
from services.generator.school import School
from services.generator.world import Lesson, Track

SHARE, INNOCENT_SHARE = 0.02, 0.05
OTHER_WORDS = (
    "Вводный инструктаж по технике безопасности",
    "ИНСТРУКТАЖ. {}",
    "Правила охраны труда в кабинете. {}",
)
MARKS_OF_IT = ("инструктаж", "охран")


def forget_briefings(school: School) -> None:
    firsts = [one for one in _firsts(school) if not one.touched and one.held and not one.silent]
    plain_topic = "Инструктаж по охране труда. "
    briefed = [one for one in firsts if one.topic.startswith(plain_topic)]
    for lesson in pick(school, briefed, SHARE):
        lesson.topic = lesson.topic.removeprefix(plain_topic)
    for lesson in pick(school, briefed, INNOCENT_SHARE):
        topic = lesson.topic.removeprefix(plain_topic)
        lesson.topic = school.random.choice(OTHER_WORDS).format(topic)
        school.ledger.innocent("P6", lesson, "инструктаж назван другими словами")


def note_briefings(school: School) -> None:
    """All of them, those too that lost their topic to another defect."""
    for lesson in _firsts(school):
        if not any(word in lesson.topic.casefold() for word in MARKS_OF_IT):
            school.ledger.lesson("P6", lesson, since=due(school, lesson))


def _firsts(school: School) -> list[Lesson]:
    """The first held lesson of a track in each of the calendar years."""
    found: list[Lesson] = []
    for track in school.tracks:
        if SUBJECTS[track.subject].briefing and not track.phantom:
            found += _of_track(school, track)
    return found


def _of_track(school: School, track: Track) -> list[Lesson]:
    held = [
        one
        for one in school.by_track.get(track, [])
        if one.day <= school.until and one.held and school.roster(track, one.day)
    ]
    new_year = [one for one in held if one.day >= school.calendar.new_year]
    return [*held[:1], *(one for one in new_year[:1] if one not in held[:1])]
