"""A1, A2, A3, A5: courses of a term with marks that no class has by itself.

Works change the values, or move marks within their term: nobody gets a mark more or fewer. What
does not come out as wanted is put back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from services.generator.attendance import absent_codes
from services.generator.census.unusual import (
    GAP,
    LAST_DAYS,
    LEAST,
    NARROW,
    TOP_UP,
    Marks,
    gap_of,
    latest_begun,
    latest_ended,
    marks_in,
    peers_of,
    spread_of,
    too_many_fives,
    top_up_of,
)
from services.generator.school import School
from services.generator.world import Cell, Lesson, Track

EACH, TRIES = 2, 40
FIVES, FOURS, MANY_FOURS, LATE = 0.95, 0.96, 0.82, 0.48
CLEAR = 1.1
"""A defect is past its threshold by a tenth, so that no rounding decides."""
SIMILAR = 3
"""Times the variance of A5's threshold: alike, and yet no finding."""
LOWEST, GOOD, BEST = 2, 4, 5
MANY = 10

Change = Callable[[School, Marks], None]
Wanted = Callable[[Marks], bool]


@dataclass(slots=True)
class _Courses:
    """Each course takes one of these defects, and rather one with few marks a lesson."""

    school: School
    used: set[Track] = field(default_factory=set)

    def spoil(
        self, marks: Iterable[Marks], change: Change, wanted: Wanted, *, count: int = EACH
    ) -> int:
        """How many it has come out with."""
        free = [
            one for one in marks if one.track not in self.used and len(one.all) >= CLEAR * LEAST
        ]
        self.school.random.shuffle(free)
        free.sort(key=_crowded)
        done = 0
        for one in free[:TRIES]:
            if done < count and self._try(one, change, wanted):
                self.used.add(one.track)
                done += 1
        return done

    def _try(self, one: Marks, change: Change, wanted: Wanted) -> bool:
        kept = {lesson: dict(lesson.marks) for lesson in self._parallel(one)}
        change(self.school, one)
        if wanted(marks_in(self.school, one.track, one.term)):
            return True
        for lesson, cells in kept.items():
            lesson.marks = cells
        return False

    def _parallel(self, one: Marks) -> list[Lesson]:
        """Of the subject in all classes and groups of the grade: a change may touch them all."""
        return [
            lesson
            for track, lessons in self.school.by_track.items()
            if track.subject == one.track.subject and track.unit.grade == one.track.unit.grade
            for lesson in lessons
        ]


def make_unusual(school: School) -> None:
    courses = _Courses(school)
    begun, ended = latest_begun(school), latest_ended(school)
    with_peers = [one for one in begun if peers_of(one, begun)]
    if not courses.spoil(with_peers, _praise, lambda one: _outstanding(school, one, begun)):
        courses.spoil(with_peers, _outdo, lambda one: _outstanding(school, one, begun), count=1)
    courses.spoil(begun, _fail_at_works, lambda one: gap_of(one) >= GAP * 11 / 10)
    courses.spoil(ended, _top_up, lambda one: top_up_of(one) >= TOP_UP * 11 / 10)
    courses.spoil(ended, _level, lambda one: spread_of(one) < NARROW * NARROW * 8 / 10)
    courses.spoil(begun, _slip_at_works, lambda one: GAP / 2 < gap_of(one) < GAP * 9 / 10, count=1)
    courses.spoil(
        ended, _nearly_level, lambda one: 1 < spread_of(one) / NARROW / NARROW < SIMILAR, count=1
    )


def _crowded(one: Marks) -> int:
    """Lessons with marks enough to be called equal (A4)."""
    return sum(len(lesson.marks) >= MANY for lesson in one.lessons)


def _each(one: Marks, value: Callable[[Lesson, int], int]) -> None:
    """Of the lessons without another defect."""
    for lesson in one.lessons:
        if not lesson.touched:
            for number, (values, code, entered) in lesson.marks.items():
                cell: Cell = (tuple(value(lesson, old) for old in values), code, entered)
                lesson.marks[number] = cell


def _praise(school: School, one: Marks) -> None:
    _each(one, lambda _, __: BEST if school.random.random() < FIVES else GOOD)


def _outdo(school: School, one: Marks) -> None:
    """Where the others are good too: their fives become fours."""
    _praise(school, one)
    for other in peers_of(one, latest_begun(school)):
        _each(other, lambda _, old: min(old, GOOD))


def _outstanding(school: School, one: Marks, begun: list[Marks]) -> bool:
    peers = [marks_in(school, other.track, other.term) for other in peers_of(one, begun)]
    return too_many_fives(one, peers)


def _level(school: School, one: Marks) -> None:
    _each(one, lambda _, __: GOOD if school.random.random() < FOURS else BEST)


def _nearly_level(school: School, one: Marks) -> None:
    _each(one, lambda _, __: GOOD if school.random.random() < MANY_FOURS else BEST)


def _slip_at_works(school: School, one: Marks) -> None:
    """Every other work is a mark worse."""

    def value(lesson: Lesson, old: int) -> int:
        worse = bool(lesson.kind) and school.random.random() < 1 / 2
        return max(LOWEST, old - 1) if worse else old

    _each(one, value)


def _fail_at_works(school: School, one: Marks) -> None:
    """A work is a mark worse, everything else half a mark better."""

    def value(lesson: Lesson, old: int) -> int:
        if lesson.kind:
            return max(LOWEST, old - 1)
        return min(BEST, old + (school.random.random() < 1 / 2))

    _each(one, value)


def _top_up(school: School, one: Marks) -> None:
    """Current marks move to the last days of the term, into empty cells of those present."""
    late = [
        lesson
        for lesson in school.by_track[one.track]
        if one.term.last - LAST_DAYS < lesson.day <= one.term.last and takes_marks(lesson)
    ]
    early = [
        (lesson, number)
        for lesson in one.lessons
        if lesson.day <= one.term.last - LAST_DAYS and not lesson.kind and not lesson.touched
        for number, (values, code, _) in sorted(lesson.marks.items())
        if len(values) == 1 and not code
    ]  # fmt: skip
    school.random.shuffle(early)
    wanted = LATE * len(one.all) - len(one.late)
    for lesson, number in early:
        if wanted <= 0:
            break
        free = [each for each in late if may_answer(school, each, number)]
        if free:
            to = school.random.choice(free)
            to.marks[number] = (lesson.marks.pop(number)[0], "", to.entered)
            wanted -= 1


def takes_marks(lesson: Lesson) -> bool:
    """One mark more is no other defect, whatever the lesson carries."""
    usual = lesson.held and not lesson.extra and not lesson.silent
    return usual and not lesson.quiet and not lesson.kind


def may_answer(school: School, lesson: Lesson, number: int) -> bool:
    here = any(stay.number == number for stay in school.roster(lesson.track, lesson.day))
    return here and number not in lesson.marks and not absent_codes(lesson, number)
