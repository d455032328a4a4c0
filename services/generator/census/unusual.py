"""A1, A2, A3, A5: what the marks of a term have that is unusual, subject by subject.

A1 and A3 speak of the latest term begun, A2 and A5 of the latest that has ended: advice expires
with its term. A1 compares a course with the pupils of the other classes and groups of its parallel,
each with his own share of fives.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from services.generator.census.attending import graded_tracks
from services.generator.defects.picking import due
from services.generator.school import School
from services.generator.truth import DAY_END
from services.generator.world import Lesson, Term, Track
from services.journal.model import Moment

LEAST, LEAST_WRITTEN, LEAST_OWN = 30, 10, 3
FIVE = 5
SIGMAS = 2
LAST_DAYS, TOP_UP = 10, Fraction(40, 100)
GAP = Fraction(80, 100)
NARROW = Fraction(30, 100)
FEW = 3

Values = list[int]


@dataclass(frozen=True, slots=True)
class Marks:
    """A course in a term: its marks, those of its works, those of its last days; by pupil."""

    track: Track
    term: Term
    current: Values = field(default_factory=list)
    written: Values = field(default_factory=list)
    late: Values = field(default_factory=list)
    own: dict[int, Values] = field(default_factory=lambda: defaultdict(list))
    lessons: list[Lesson] = field(default_factory=list)

    @property
    def all(self) -> Values:
        return [*self.current, *self.written]

    def shares(self) -> Iterator[Fraction]:
        """Of fives, of every pupil with marks enough to have one."""
        for values in self.own.values():
            if len(values) >= LEAST_OWN:
                yield Fraction(values.count(FIVE), len(values))


def marks_in(school: School, track: Track, term: Term) -> Marks:
    """Up to ``until``."""
    found = Marks(track, term)
    for lesson in school.by_track.get(track, []):
        if not term.first <= lesson.day <= min(term.last, school.until):
            continue
        for number, (values, _, _) in lesson.marks.items():
            found.own[number] += values
            (found.written if lesson.kind else found.current).extend(values)
            if lesson.day > term.last - LAST_DAYS:
                found.late.extend(values)
        if any(cell[0] for cell in lesson.marks.values()):
            found.lessons.append(lesson)
    return found


def latest_begun(school: School) -> list[Marks]:
    return _latest(school, lambda term: term.first <= school.until)


def latest_ended(school: School) -> list[Marks]:
    return _latest(school, lambda term: term.last < school.until)


def _latest(school: School, looked_at: Callable[[Term], bool]) -> list[Marks]:
    found = []
    for track in graded_tracks(school):
        terms = [one for one in school.calendar.terms(track.unit) if looked_at(one)]
        if terms:
            found.append(marks_in(school, track, terms[-1]))
    return found


def note_unusual(school: School) -> None:
    begun, ended = latest_begun(school), latest_ended(school)
    for one in begun:
        peers = peers_of(one, begun)
        _note(school, "A1", one, (too_many_fives(one, peers), many_fives(one, peers)))
        gap = gap_of(one)
        _note(school, "A3", one, (gap >= GAP, gap >= GAP / 2))
    for one in ended:
        share = top_up_of(one)
        _note(school, "A2", one, (share >= TOP_UP, share >= TOP_UP / 2))
        spread = spread_of(one)
        _note(school, "A5", one, (spread < NARROW * NARROW, spread < 4 * NARROW * NARROW))


def _note(school: School, rule: str, one: Marks, told: tuple[bool, bool]) -> None:
    """``told``: whether it is unusual, whether it is nearly so."""
    if told[0]:
        school.ledger.track(rule, one.track, day=one.term.last, since=_since(school, one))
    elif told[1] and sum(each.rule == rule for each in school.ledger.lookalikes) < FEW:
        school.ledger.innocent_track(rule, one.track, _NEARLY[rule], day=one.term.last)


def _since(school: School, one: Marks) -> Moment:
    if one.term.last < school.until:
        return school.local.moment(one.term.last, DAY_END)
    return due(school, one.lessons[-1])


_NEARLY = {
    "A1": "пятёрок больше, чем в параллели, но в пределах двух отклонений",
    "A2": "в конце периода отметок больше, но меньше 40 %",
    "A3": "контрольные хуже, но меньше чем на 0,8",
    "A5": "отметки похожи, но отклонение не меньше 0,3",
}


def peers_of(one: Marks, others: Iterable[Marks]) -> list[Marks]:
    """The same subject in the same term, in other classes and groups of the parallel."""
    return [
        other
        for other in others
        if other.track is not one.track
        and other.track.subject == one.track.subject
        and other.track.unit.grade == one.track.unit.grade
        and other.term == one.term
    ]


def too_many_fives(one: Marks, peers: list[Marks]) -> bool:
    beyond = _beyond(one, peers)
    return beyond is not None and beyond[0] > 0 and beyond[0] ** 2 > SIGMAS**2 * beyond[1]


def many_fives(one: Marks, peers: list[Marks]) -> bool:
    """Beyond the mean, not far enough."""
    beyond = _beyond(one, peers)
    return beyond is not None and beyond[0] > 0


def _beyond(one: Marks, peers: list[Marks]) -> tuple[Fraction, Fraction] | None:
    """How far the share of fives is above the peers' mean, and their variance."""
    shares = [share for peer in peers for share in peer.shares()]
    known = sum(
        len(values) for peer in peers for values in peer.own.values() if len(values) >= LEAST_OWN
    )
    if len(one.all) < LEAST or known < LEAST:
        return None
    mean = sum(shares, Fraction(0)) / len(shares)
    variance = sum((share * share for share in shares), Fraction(0)) / len(shares) - mean * mean
    return Fraction(one.all.count(FIVE), len(one.all)) - mean, variance


def gap_of(one: Marks) -> Fraction:
    """Mean of current marks less that of works; 0 where there are too few."""
    if len(one.current) < LEAST or len(one.written) < LEAST_WRITTEN:
        return Fraction(0)
    return _mean(one.current) - _mean(one.written)


def top_up_of(one: Marks) -> Fraction:
    return Fraction(len(one.late), len(one.all)) if len(one.all) >= LEAST else Fraction(0)


def spread_of(one: Marks) -> Fraction:
    """Variance; 1 where there are too few marks."""
    if len(one.all) < LEAST:
        return Fraction(1)
    mean = _mean(one.all)
    return _mean([value * value for value in one.all]) - mean * mean


def _mean(values: Values) -> Fraction:
    return Fraction(sum(values), len(values))
