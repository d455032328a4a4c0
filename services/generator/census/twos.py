"""N7 and Q4: twos that say more than a two, and fives beside a two."""

from services.generator.attendance import absent_codes
from services.generator.census.attending import graded_tracks, held
from services.generator.census.totals import report
from services.generator.defects.picking import due
from services.generator.school import School
from services.generator.term_marks import TermMarks
from services.generator.world import Lesson, Term, TermMark, Track
from services.journal.model import Moment

TWO, FIVE = 2, 5
MENDING = 3
FEW = 4


def note_twos(school: School) -> None:
    """Of the latest term: right after an absence, at its edge, not mended in three lessons."""
    mended: list[tuple[Lesson, int]] = []
    for track in graded_tracks(school):
        begun = [one for one in school.calendar.terms(track.unit) if one.first <= school.until]
        if not begun:
            continue
        lessons = [one for one in held(school, track) if begun[-1].first <= one.day]
        lessons = [one for one in lessons if one.day <= begun[-1].last]
        for at, lesson in enumerate(lessons):
            for number in _twos(lesson):
                since = _telling(school, (lessons, at), number, begun[-1])
                if since is not None:
                    school.ledger.lesson("N7", lesson, since=since, pupil=number)
                else:
                    mended.append((lesson, number))
    for lesson, number in mended[:FEW]:
        school.ledger.innocent("N7", lesson, "двойка исправлена", pupil=number)


def _twos(lesson: Lesson) -> list[int]:
    return [
        number
        for number, (values, _, _) in sorted(lesson.marks.items())
        if any(value <= TWO for value in values)
    ]


def _telling(
    school: School, place: tuple[list[Lesson], int], number: int, term: Term
) -> Moment | None:
    """Since when the two says something, None if it never does."""
    lessons, at = place
    last = at == len(lessons) - 1 and term.last < school.until
    if at == 0 or last or absent_codes(lessons[at - 1], number):
        return due(school, lessons[at])
    chances = lessons[at : at + 1 + MENDING]
    if len(chances) <= MENDING or any(_better(one, number) for one in _of_days(lessons, chances)):
        return None
    return due(school, chances[-1])


def _of_days(lessons: list[Lesson], chances: list[Lesson]) -> list[Lesson]:
    """A better mark of the same day mends too, on whichever of its lessons it stands."""
    first, last = chances[0].day, chances[-1].day
    return [one for one in lessons if first <= one.day <= last]


def _better(lesson: Lesson, number: int) -> bool:
    values = lesson.marks.get(number, ((), "", None))[0]
    return any(value > TWO for value in values)


def note_fives(school: School, marks: TermMarks) -> None:
    """In terms that have ended, whatever the mean says."""
    clean: list[TermMark] = []
    for mark in school.term_marks:
        five = mark.value == FIVE and mark.term.number > 0 and mark.term.last < school.until
        if not five or not mark.stay.holds(mark.term.last):
            continue
        values = [value for value, _ in marks.marks_of(mark.stay, mark.subject, mark.term)]
        if any(value <= TWO for value in values):
            report(school, marks, "Q4", mark)
        elif any(value <= TWO + 1 for value in values):
            clean.append(mark)
    for mark in clean[:FEW]:
        track: Track = marks.track_of(mark.stay, mark.subject)
        school.ledger.innocent_track(
            "Q4", track, "пятёрка при тройке", day=mark.term.last, pupil=mark.stay.number
        )
