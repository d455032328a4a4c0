"""N4: pupils who are behind the pace of N1 while the term still runs."""

from fractions import Fraction

from services.generator.census.attending import Course, courses
from services.generator.census.totals import lowest
from services.generator.school import School
from services.generator.term_marks import TermMarks
from services.generator.truth import DAY_END
from services.generator.world import Term
from services.journal.model import Day

FEW = 3
STAGES = (Fraction(3, 4), Fraction(1, 2))


def note_behind(school: School, marks: TermMarks) -> None:
    pacing: list[tuple[Course, Term]] = []
    for course in courses(school):
        track, stay = course.track, course.stay
        term = school.calendar.term_of(track.unit, school.until)
        share = term and stage_of(term, school.until)
        if term is None or not share or not stay.holds(school.until):
            continue
        have = len(marks.marks_of(stay, track.subject, term))
        need = share * lowest(stay, term, track.hours)
        if have < need:
            since = school.local.moment(day_of(term, share), DAY_END)
            school.ledger.track("N4", track, day=term.last, pupil=stay.number, since=since)
        elif have < need + 1:
            pacing.append((course, term))
    for course, term in pacing[:FEW]:
        school.ledger.innocent_track(
            "N4", course.track, "отметок ровно сколько нужно к этому дню", day=term.last,
            pupil=course.stay.number,
        )  # fmt: skip


def stage_of(term: Term, today: Day) -> Fraction:
    """The share of the minimum that is asked for by now, 0 in the first half."""
    passed = Fraction(today - term.first + 1, term.last - term.first + 1)
    return next((stage for stage in STAGES if passed >= stage), Fraction(0))


def day_of(term: Term, share: Fraction) -> Day:
    """The day on which the share of the term has passed."""
    return term.first - 1 - int(-share * (term.last - term.first + 1))
