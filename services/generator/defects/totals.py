"""P7, Q1, Q2, Q3: period marks that are missing or do not follow from the marks."""

from collections import defaultdict

from services.generator.defects.picking import DEADLINE
from services.generator.marks import Starved
from services.generator.school import School
from services.generator.term_marks import HALF, TermMarks, due_day, mean_of, rounded
from services.generator.truth import DAY_END
from services.generator.world import Pupil, Stay, TermMark, Track
from services.journal.model import LAST_DAY

MISSING_SHARE, WRONG_SHARE, BORDER_SHARE, REASONLESS_SHARE = 0.0015, 0.0012, 0.0006, 0.0002
LEAST = 3
CLEAR, BORDER = 0.15, 0.08
LOWEST, BEST = 2, 5


class Totals:
    """Works on the period marks already given; a mark takes one defect."""

    def __init__(self, school: School, marks: TermMarks, starved: Starved) -> None:
        self._school = school
        self._marks = marks
        self._hungry = {(track.unit, number) for track, number, _ in starved}
        self._free = [
            one for one in school.term_marks if one.value is not None and self._usual(one.stay)
        ]
        school.random.shuffle(self._free)

    def spoil(self) -> None:
        closed = [one for one in self._free if one.term.last < self._school.until]
        total = len(closed)
        wrong = [one for one in closed if self._distance(one) > CLEAR]
        border = [one for one in closed if self._distance(one) < BORDER]
        for mark in self._take(wrong, total * WRONG_SHARE):
            self._wrong(mark)
        for mark in self._take(border, total * BORDER_SHARE):
            self._neighbour(mark)
        for mark in self._take(border, total * REASONLESS_SHARE):
            self._far(mark)
        for mark in self._take(closed, total * REASONLESS_SHARE):
            self._reasonless(mark)
        self._missing()

    def _usual(self, stay: Stay) -> bool:
        """Pupils who stay all the year and were not left without marks on purpose."""
        settled = len(stay.pupil.stays) == 1 and stay.last == LAST_DAY
        return settled and (stay.unit, stay.number) not in self._hungry

    def _take(self, marks: list[TermMark], share: float) -> list[TermMark]:
        free = set(self._free)
        chosen = [mark for mark in marks if mark in free][: max(LEAST, round(share))]
        taken = set(chosen)
        self._free = [mark for mark in self._free if mark not in taken]
        return chosen

    def _mean(self, mark: TermMark) -> float:
        mean = mean_of(self._marks.marks_of(mark.stay, mark.subject, mark.term))
        return 0.0 if mean is None else mean

    def _distance(self, mark: TermMark) -> float:
        """How far the mean is from the border between two marks; 0.5 at most."""
        return abs(self._mean(mark) % 1 - HALF)

    def _track(self, mark: TermMark) -> Track:
        return self._marks.track_of(mark.stay, mark.subject)

    def _report(self, rule: str, mark: TermMark) -> None:
        self._school.ledger.track(
            rule, self._track(mark), day=mark.term.last, pupil=mark.stay.number,
            since=self._school.local.moment(mark.term.last, DAY_END),
        )  # fmt: skip

    def _innocent(self, rule: str, mark: TermMark, what: str) -> None:
        self._school.ledger.innocent_track(
            rule, self._track(mark), what, day=mark.term.last, pupil=mark.stay.number
        )

    def _wrong(self, mark: TermMark) -> None:
        expected = rounded(self._mean(mark))
        better = expected < BEST and self._school.random.random() < 3 / 4
        mark.value = expected + 1 if better or expected == LOWEST else expected - 1
        self._report("Q1", mark)

    def _neighbour(self, mark: TermMark) -> None:
        """A mean near the border may be rounded either way."""
        floor = int(self._mean(mark))
        mark.value = floor if mark.value == floor + 1 else floor + 1
        self._innocent("Q1", mark, "спорная: средний у границы")

    def _far(self, mark: TermMark) -> None:
        floor = int(self._mean(mark))
        mark.value = floor + 2 if floor + 2 <= BEST else floor - 1
        self._report("Q1", mark)

    def _reasonless(self, mark: TermMark) -> None:
        mark.value, mark.code = None, "н/а"
        self._innocent("P7", mark, "н/а вместо отметки")

    def _missing(self) -> None:
        school = self._school
        overdue = [one for one in self._free if self._due(one) < school.until]
        for at, mark in enumerate(self._take(overdue, len(overdue) * MISSING_SHARE)):
            since = school.local.moment(self._due(mark), DEADLINE)
            school.ledger.track(
                "P7", self._track(mark), day=mark.term.last, pupil=mark.stay.number, since=since
            )
            mark.value, mark.code = None, ""
            if at % 2:
                school.term_marks.remove(mark)

    def _due(self, mark: TermMark) -> int:
        return due_day(self._school, mark.stay.unit, mark.term)


def exempt_in_sport(school: School, exempt: set[tuple[Track, int]]) -> None:
    """«осв» is a period mark too, and nothing to compare."""
    for mark in school.term_marks:
        for track, number in exempt:
            same = mark.stay.unit is track.unit and mark.stay.number == number
            if same and mark.subject == track.subject and mark.term.last < school.until:
                mark.value, mark.code = None, "осв"
                school.ledger.innocent_track(
                    "P7", track, "освобождён", day=mark.term.last, pupil=number
                )


class YearTotals:
    """Marks of the year that do not follow from the period marks; spoken of when it has ended."""

    def __init__(self, school: School, marks: TermMarks) -> None:
        self._school = school
        self._marks = marks
        self._periods: dict[tuple[Pupil, str], list[int]] = defaultdict(list)
        for mark in school.term_marks:
            if mark.term.number and mark.value is not None:
                self._periods[mark.stay.pupil, mark.subject].append(mark.value)

    def spoil(self) -> None:
        school = self._school
        ended = [
            one
            for one in school.term_marks
            if not one.term.number and one.term.last < school.until and one.value is not None
            and len(one.stay.pupil.stays) == 1
        ]  # fmt: skip
        school.random.shuffle(ended)
        clear = [one for one in ended if abs(self._mean(one) % 1 - HALF) > CLEAR]
        border = [one for one in ended if abs(self._mean(one) % 1 - HALF) < BORDER]
        count = max(LEAST, round(len(ended) * WRONG_SHARE))
        for mark in clear[:count]:
            expected = rounded(self._mean(mark))
            mark.value = expected + 1 if expected < BEST else expected - 1
            self._report(mark)
        for mark in border[:LEAST]:
            floor = int(self._mean(mark))
            mark.value = floor if mark.value == floor + 1 else floor + 1
            track = self._marks.track_of(mark.stay, mark.subject)
            school.ledger.innocent_track(
                "Q2", track, "спорная: средний у границы", day=mark.term.last,
                pupil=mark.stay.number,
            )  # fmt: skip

    def _mean(self, mark: TermMark) -> float:
        values = self._periods[mark.stay.pupil, mark.subject]
        return sum(values) / len(values)

    def _report(self, mark: TermMark) -> None:
        self._school.ledger.track(
            "Q2", self._marks.track_of(mark.stay, mark.subject), day=mark.term.last,
            pupil=mark.stay.number, since=self._school.local.moment(mark.term.last, DAY_END),
        )  # fmt: skip
