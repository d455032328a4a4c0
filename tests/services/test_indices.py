"""The indices in SQL against the same counted by hand from the file's rows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.figures import digests_of
from bot.render import Renderer
from services.completeness.indices import Cell, Tally, indices_of, summed
from services.digests import Digests
from services.figures import Index
from services.journal.model import ChangeRow
from services.periods import week_span
from storage.database import Database
from tests.conftest import FrozenClock
from tests.filled import FRIDAY, SCHOOL, UNTIL, generated, load
from tests.services.completeness.book import MATHS, TEACHER, Book, at, day
from tests.services.naive_indices import Naive

RENDERER = Renderer()
WEEKS = ("2026-W41", "2026-W46", "2026-W47")


@pytest.fixture
def digests(full: Database, clock: FrozenClock) -> Digests:
    return digests_of(full, clock, RENDERER)


def naive(period: str) -> Naive:
    span = week_span(period)
    as_of = int(FRIDAY.timestamp())
    return Naive(generated(), span.first, span.last, as_of, UNTIL.toordinal())


def parts(index: Index) -> tuple[float, float]:
    return index.done, index.all


@pytest.mark.parametrize("period", WEEKS)
async def test_each_index_is_what_a_plain_count_of_the_file_gives(
    digests: Digests, period: str
) -> None:
    week = await digests.week(SCHOOL, period)
    assert week is not None
    by_hand = naive(period)
    assert parts(week.indices.completeness) == by_hand.completeness()
    assert parts(week.indices.timeliness) == by_hand.timeliness()
    assert parts(week.indices.accumulation) == by_hand.accumulation()
    assert parts(week.indices.reliability) == by_hand.reliability()


async def test_classes_subjects_and_parallels_add_up_to_the_school(digests: Digests) -> None:
    week = await digests.week(SCHOOL, "2026-W47")
    assert week is not None
    whole = week.indices
    for scopes in (week.parallels, week.classes, week.subjects):
        assert sum(one.indices.completeness.all for one in scopes) == whole.completeness.all
        assert sum(one.indices.timeliness.done for one in scopes) == whole.timeliness.done
        assert sum(one.indices.accumulation.all for one in scopes) == whole.accumulation.all


async def test_the_change_is_the_same_measure_a_week_earlier(digests: Digests) -> None:
    now = await digests.week(SCHOOL, "2026-W47", FRIDAY)
    before = await digests.week(SCHOOL, "2026-W46", FRIDAY - timedelta(days=7))
    assert now is not None
    assert before is not None
    for name in ("completeness", "timeliness", "accumulation", "reliability"):
        index, earlier = getattr(now.indices, name), getattr(before.indices, name)
        assert index.change == pytest.approx(index.value - earlier.value)
    counts = {rule.code: rule.count for rule in before.rules}
    assert {rule.code: rule.count - (rule.change or 0) for rule in now.rules} == counts


async def test_a_field_of_which_the_file_says_nothing_is_in_neither_part(
    database: Database, clock: FrozenClock
) -> None:
    batch = generated().batch
    silent = [
        one._replace(attendance_taken=None, entered_at=None, homework=None)
        for one in batch.lessons or []
    ]
    async with database.unit_of_work() as work:
        await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
    await load(database, clock, replace(batch, lessons=silent, attendance=None, marks=None))
    week = await digests_of(database, clock, RENDERER).week(SCHOOL)
    assert week is not None
    by_hand = naive("2026-W47")
    topics = sum(one.topic is not None for one in by_hand.due())
    without_line = by_hand.without_line()
    assert week.indices.completeness.all == topics + 2 * without_line
    unfilled = sum(one.topic == "" for one in by_hand.due()) + without_line
    assert parts(week.indices.timeliness) == (0, unfilled)
    assert week.indices.accumulation.value is None


@pytest.mark.parametrize(
    ("first", "in_time", "late", "unfilled"),
    [("07.09", 2, 2, 1), ("09.09", 1, 1, 1), (None, 1, 0, 0)],
)
async def test_what_only_the_log_tells_counts_as_t1_counts_it(
    database: Database,
    clock: FrozenClock,
    first: str | None,
    in_time: int,
    late: int,
    unfilled: int,
) -> None:
    """Of four lessons one says when it was entered; the log is known from ``first`` on.

    The fifth, of Friday, has no line.
    """
    book = Book(database, looked_at=True)
    book.batch.period = None if first is None else (day(first), day("11.09"))
    book.lesson("07.09", entered_at=None)
    book.lesson("08.09", entered_at=None)
    book.lesson("09.09", entered_at=None)
    book.lesson("10.09")
    book.batch.changes = [
        ChangeRow(
            int(at(entered, hour, 0).timestamp()), "5А", "", MATHS, TEACHER, day(of), "",
            "Добавлена тема урока",
        )
        for of, entered, hour in (
            ("07.09", "07.09", 19), ("07.09", "09.09", 9), ("08.09", "09.09", 9),
            ("09.09", "09.09", 21), ("10.09", "11.09", 9),
        )
    ]  # fmt: skip
    await book.load()
    week = await digests_of(database, clock, RENDERER).week(SCHOOL, "2026-W37")
    assert week is not None
    assert parts(week.indices.timeliness) == (in_time, in_time + late + unfilled)
    assert len(await book.look("T1", clock.now())) == late


def test_a_denominator_of_nought_is_no_data() -> None:
    empty = indices_of(Tally())
    assert [empty.completeness.value, empty.reliability.value] == [None, None]


def test_reliability_never_falls_below_nought() -> None:
    assert indices_of(Tally(lessons=10, weight=50)).reliability.value == 0.0
    assert indices_of(Tally(lessons=50, weight=5)).reliability.value == 90.0


def test_a_change_needs_both_weeks() -> None:
    now = Tally(fields_due=10, fields=9)
    assert indices_of(now, Tally()).completeness.change is None
    assert indices_of(now, Tally(fields_due=2, fields=1)).completeness.change == 40.0


def test_a_cell_without_the_scope_belongs_to_none() -> None:
    cells = {Cell(1, 2, staff=None): Tally(lessons=3), Cell(1, 2, staff=7): Tally(lessons=4)}
    assert {key: one.lessons for key, one in summed(cells, lambda cell: cell.staff).items()} == {
        7: 4
    }
