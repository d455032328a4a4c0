"""N5 and Q3: who has missed most of a term's lessons, and whose «н/а» has no such ground."""

from fractions import Fraction

from services.generator.census.attending import Course, courses
from services.generator.census.totals import report
from services.generator.defects.picking import due
from services.generator.school import School
from services.generator.term_marks import TermMarks
from services.generator.world import Cell, Stay, Term

NEARLY, WARNING, CRITICAL = Fraction(1, 3), Fraction(1, 2), Fraction(2, 3)
FEW = 3
LEAST = 5
"""Lessons from which the share of a running term can be told."""
NOTHING: Cell = ((), "", None)
EXEMPT = "осв"
NOT_ATTESTED = "н/а"


def missed(course: Course, term: Term) -> Fraction:
    """The share of the term's lessons at which the pupil was not."""
    lessons = course.within((term.first, term.last))
    away = sum(not course.present(one) for one in lessons)
    return Fraction(away, len(lessons)) if lessons else Fraction(0)


def note_absent(school: School) -> None:
    """In the term that runs now."""
    often: list[tuple[Course, Term]] = []
    exempt = {(mark.stay, mark.subject) for mark in school.term_marks if mark.code == EXEMPT}
    for course in courses(school):
        term = school.calendar.term_of(course.track.unit, school.until)
        if term is None or not course.stay.holds(school.until):
            continue
        if (course.stay, course.track.subject) in exempt:
            continue
        lessons = course.within((term.first, term.last))
        share = missed(course, term)
        if any(one.marks.get(course.stay.number, NOTHING)[1] == EXEMPT for one in lessons):
            continue
        if len(lessons) >= LEAST and NEARLY < share <= WARNING:
            often.append((course, term))
        if len(lessons) >= LEAST and share > WARNING:
            last = lessons[-1]
            school.ledger.track(
                "N5", course.track, day=term.last, pupil=course.stay.number,
                since=due(school, last),
            )  # fmt: skip
    for course, term in often[:FEW]:
        school.ledger.innocent_track(
            "N5", course.track, "пропущено не больше половины", day=term.last,
            pupil=course.stay.number,
        )  # fmt: skip


def note_groundless(school: School, marks: TermMarks) -> None:
    taken: dict[tuple[Stay, str], list[Course]] = {}
    for course in courses(school):
        taken.setdefault((course.stay, course.track.subject), []).append(course)
    for mark in school.term_marks:
        if mark.code != NOT_ATTESTED or mark.term.last >= school.until:
            continue
        own = taken.get((mark.stay, mark.subject), [])
        if mark.stay.first > mark.term.first and mark.stay.order:
            school.ledger.innocent_track(
                "Q3", marks.track_of(mark.stay, mark.subject), "прибыл по приказу в этом периоде",
                day=mark.term.last, pupil=mark.stay.number,
            )  # fmt: skip
        elif not any(missed(course, mark.term) > CRITICAL for course in own):
            report(school, marks, "Q3", mark)
        else:
            school.ledger.innocent_track(
                "Q3", marks.track_of(mark.stay, mark.subject), "пропустил больше двух третей",
                day=mark.term.last, pupil=mark.stay.number,
            )  # fmt: skip
