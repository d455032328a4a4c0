"""The same school on two evenings with edits between: T3 where a journal tells no edit times."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from services.generator.defects.chance import own_stream
from services.generator.defects.corrections import WINDOW
from services.generator.defects.picking import plain
from services.generator.generation import check
from services.generator.making import make
from services.generator.rows import to_batch
from services.generator.school import School
from services.generator.term_marks import TermMarks
from services.generator.truth import Finding, Ledger
from services.generator.world import Cell, Lesson, Options, TermMark
from services.journal.model import Batch, Day

EACH = 4
NOON = 12 * 60
BEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshots:
    """``before`` and ``after`` say neither when a line was entered nor when it was changed.

    ``truth`` has T3 only, by comparison: what ``after`` says otherwise than ``before`` although it
    was too late for it on the first evening already.
    """

    before: Batch
    after: Batch
    truth: tuple[Finding, ...]
    lookalikes: tuple[Finding, ...]


def snapshots(options: Options, *, earlier: Day) -> Snapshots:
    """The evenings of ``earlier`` and of ``options.until``.

    Raises ``ValueError`` where the first is not before the second, ``ImpossibleSchoolError`` as
    ``generate``.
    """
    if earlier >= options.until:
        message = "a pair of snapshots needs an earlier and a later evening"
        raise ValueError(message)
    check(options)
    school = make(options)
    school.ledger = Ledger(school.local, options.until)
    for lesson in school.lessons:
        lesson.before.clear()
    before = to_batch(school, on=earlier)
    with own_stream(school, "snapshots"):
        _Edits(school, earlier).make()
    school.ledger.sort()
    return Snapshots(
        before=_timeless(before),
        after=_timeless(to_batch(school)),
        truth=tuple(school.ledger.truth),
        lookalikes=tuple(school.ledger.lookalikes),
    )


def _timeless(batch: Batch) -> Batch:
    return replace(
        batch,
        lessons=[one._replace(entered_at=None, modified_at=None) for one in batch.lessons or []],
        marks=[one._replace(entered_at=None) for one in batch.marks or []],
        term_marks=[one._replace(entered_at=None) for one in batch.term_marks or []],
    )


class _Edits:
    """A lesson takes one edit, and each of them is seen from one evening to the other."""

    def __init__(self, school: School, earlier: Day) -> None:
        self._school = school
        self._earlier = earlier
        self._moment = school.local.moment(school.until, NOON)
        evening = school.local.moment(earlier, 24 * 60)
        lessons = [
            one
            for one in plain(school)
            if one.day <= earlier and (one.entered is None or one.entered < evening)
        ]
        school.random.shuffle(lessons)
        self._evening = evening
        self._old = iter([one for one in lessons if self._closed(one) <= earlier])
        self._young = iter([one for one in lessons if self._closed(one) >= school.until])

    def make(self) -> None:
        ledger = self._school.ledger
        for lesson in islice(self._old, EACH):
            self._topic(lesson)
            ledger.lesson("T3", lesson, since=self._moment)
        for lesson, number in self._cells(self._old):
            self._mark(lesson, number)
            ledger.lesson("T3", lesson, since=self._moment, pupil=number)
        for lesson, number in self._empty_cells(self._old):
            lesson.marks[number] = ((BEST,), "", None)
            ledger.innocent("T3", lesson, "отметка поставлена впервые", pupil=number)
        for lesson in islice(self._young, EACH):
            self._topic(lesson)
            ledger.innocent("T3", lesson, "правка в первые дни")
        for lesson, number in self._cells(self._young):
            self._mark(lesson, number)
            ledger.innocent("T3", lesson, "отметка исправлена в первые дни", pupil=number)
        self._period_marks()

    def _closed(self, lesson: Lesson) -> Day:
        """The last day on which the lesson may still be changed."""
        unit = lesson.track.unit
        term = self._school.calendar.term_of(unit, lesson.day)
        window = self._school.school_day_after(unit, lesson.day, WINDOW)
        return window if term is None else min(window, term.last)

    @staticmethod
    def _topic(lesson: Lesson) -> None:
        lesson.topic = f"{lesson.topic}. Решение задач"

    @staticmethod
    def _mark(lesson: Lesson, number: int) -> None:
        values, code, entered = lesson.marks[number]
        changed = values[0] - 1 if values[0] == BEST else values[0] + 1
        cell: Cell = ((changed,), code, entered)
        lesson.marks[number] = cell

    def _cells(self, lessons: Iterator[Lesson]) -> Iterator[tuple[Lesson, int]]:
        """Single marks that the journal had on the first evening already."""
        found = (
            (lesson, number)
            for lesson in lessons
            for number in [
                number
                for number, (values, code, entered) in sorted(lesson.marks.items())
                if len(values) == 1 and not code and (entered or 0) < self._evening
                and self._listed(lesson, number)
            ][:1]
        )  # fmt: skip
        return islice(found, EACH)

    def _empty_cells(self, lessons: Iterator[Lesson]) -> Iterator[tuple[Lesson, int]]:
        found = (
            (lesson, stay.number)
            for lesson in lessons
            if lesson.marks
            for stay in self._school.roster(lesson.track, lesson.day)[:1]
            if stay.number not in lesson.marks and stay.number not in lesson.codes
        )
        return islice(found, EACH)

    def _listed(self, lesson: Lesson, number: int) -> bool:
        roster = self._school.roster(lesson.track, lesson.day)
        return any(stay.number == number for stay in roster)

    def _period_marks(self) -> None:
        """Of periods that were closed on the first evening, and known by it."""
        marks = TermMarks(self._school)
        closed = [
            one
            for one in self._school.term_marks
            if one.term.last <= self._earlier and one.value is not None
            and (one.entered or 0) < self._evening
        ]  # fmt: skip
        for mark in self._school.random.sample(closed, min(EACH, len(closed))):
            self._change(mark)
            self._school.ledger.track(
                "T3", marks.track_of(mark.stay, mark.subject), day=mark.term.last,
                pupil=mark.stay.number, since=self._moment,
            )  # fmt: skip

    @staticmethod
    def _change(mark: TermMark) -> None:
        value = mark.value or BEST
        mark.value = value - 1 if value == BEST else value + 1
