"""Period and year marks, by the same rounding that the checks expect."""

from collections import defaultdict

from services.generator.curriculum import HOURS, marked
from services.generator.lessons import EVENING
from services.generator.marks import digits
from services.generator.school import School
from services.generator.world import Lesson, Pupil, Stay, Term, TermMark, Track, Unit
from services.journal.model import Day

HALF, EPSILON = 0.5, 0.001
BEFORE_END = 2
YEAR = "год"


def rounded(mean: float) -> int:
    whole = int(mean)
    return whole + (mean - whole + EPSILON >= HALF)


def due_day(school: School, unit: Unit, term: Term) -> Day:
    """The school day that is two before the last one of the term."""
    days = [day for day in school.school_days[unit] if term.first <= day <= term.last]
    return days[-1 - BEFORE_END] if len(days) > BEFORE_END else term.last


def mean_of(marks: list[tuple[int, int]]) -> float | None:
    weights = sum(weight for _, weight in marks)
    return sum(value * weight for value, weight in marks) / weights if weights else None


class TermMarks:
    def __init__(self, school: School) -> None:
        self._school = school
        self._tracks: dict[tuple[Unit, str], list[Track]] = defaultdict(list)
        for track in school.tracks:
            if not track.phantom:
                self._tracks[track.unit, track.subject].append(track)

    def give(self) -> None:
        """For every term whose marks are due by ``until``; the year's after its last term."""
        for unit in self._school.units:
            for term in self._school.calendar.terms(unit):
                if due_day(self._school, unit, term) <= self._school.until:
                    for subject in HOURS[unit.grade]:
                        if marked(subject, unit.grade):
                            self._subject(unit, subject, term)

    def _subject(self, unit: Unit, subject: str, term: Term) -> None:
        day = due_day(self._school, unit, term) - 1
        for stay in unit.stays:
            if stay.holds(min(term.last, self._school.until)):
                marks = self.marks_of(stay, subject, term)
                mean = mean_of(marks)
                value = None if mean is None else rounded(mean)
                entered = self._school.local.moment(day, EVENING[0] - stay.number)
                code = "н/а" if value is None else ""
                self._school.term_marks.append(TermMark(stay, subject, term, value, code, entered))

    def track_of(self, stay: Stay, subject: str) -> Track:
        """The class's track, or that of the pupil's group."""
        for track in self._tracks[stay.unit, subject]:
            members = stay.unit.divided.get(subject, {}).get(track.group)
            if members is None or stay.number in members:
                return track
        return self._tracks[stay.unit, subject][0]

    def marks_of(self, stay: Stay, subject: str, term: Term) -> list[tuple[int, int]]:
        """All marks of the term; those from before a transfer count too."""
        found: list[tuple[int, int]] = []
        places = {(one.unit, one.number) for one in stay.pupil.stays}
        for unit, number in sorted(places, key=lambda place: place[0].name):
            for track in self._tracks[unit, subject]:
                lessons: list[Lesson] = self._school.by_track[track]
                found += digits(lessons, number, (term.first, term.last))
        return found

    def year(self) -> None:
        """The mean of the period marks."""
        calendar = self._school.calendar
        term = Term(YEAR, 0, calendar.begins, calendar.ends)
        periods: dict[tuple[Pupil, str], list[int]] = defaultdict(list)
        entered: dict[tuple[Stay, str], int | None] = {}
        for mark in self._school.term_marks:
            if mark.value is not None:
                periods[mark.stay.pupil, mark.subject].append(mark.value)
            if mark.term.last == calendar.ends:
                entered[mark.stay, mark.subject] = mark.entered
        for (stay, subject), moment in entered.items():
            values = periods[stay.pupil, subject]
            if values:
                value = rounded(sum(values) / len(values))
                self._school.term_marks.append(TermMark(stay, subject, term, value, "", moment))
