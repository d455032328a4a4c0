"""N6: period marks that stand on fewer marks than the minimum of N1."""

from services.generator.calendar import monday_of
from services.generator.marks import minimum
from services.generator.school import School
from services.generator.term_marks import TermMarks
from services.generator.truth import DAY_END
from services.generator.world import Stay, Term, TermMark

WEEK = 7
FEW = 3


def note_shortage(school: School, marks: TermMarks) -> None:
    enough = []
    for mark in school.term_marks:
        if mark.value is None or not mark.term.number or mark.term.last >= school.until:
            continue
        if not mark.stay.holds(mark.term.last):
            continue
        have = len(marks.marks_of(mark.stay, mark.subject, mark.term))
        hours = marks.track_of(mark.stay, mark.subject).hours
        if have < lowest(mark.stay, mark.term, hours):
            report(school, marks, "N6", mark)
        elif have == minimum(mark.term.kind, hours):
            enough.append(mark)
    for mark in enough[:FEW]:
        school.ledger.innocent_track(
            "N6", marks.track_of(mark.stay, mark.subject), "ровно столько отметок, сколько нужно",
            day=mark.term.last, pupil=mark.stay.number,
        )  # fmt: skip


def report(school: School, marks: TermMarks, rule: str, mark: TermMark) -> None:
    """From the end of the period on, or from when the mark was given after it."""
    ended = school.local.moment(mark.term.last, DAY_END)
    school.ledger.track(
        rule, marks.track_of(mark.stay, mark.subject), day=mark.term.last,
        pupil=mark.stay.number, since=ended,
    )  # fmt: skip


def lowest(stay: Stay, term: Term, hours: int) -> int:
    """N1's minimum for the weeks that the pupil was there: a week touched is a week."""
    first = monday_of(term.first)
    weeks = (monday_of(term.last) - first) // WEEK + 1
    missed = max(0, (monday_of(stay.first) - first) // WEEK)
    return minimum(term.kind, hours) * (weeks - missed) // weeks
