"""P7, R1-R3, N1, Q1 and K1 on journals of a few lines; the definitions are RULES.md's."""

import json

import pytest
from sqlalchemy import insert

from services.journal.model import LAST_DAY, AssignmentRow
from storage.database import Database
from storage.schema.journal import rule_passports
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book, at, day

MON, TUE, WED, FRI = "07.09", "08.09", "09.09", "11.09"
TERM_END, AFTER = "25.10", "26.10"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


async def test_a_lesson_on_a_day_off_is_r1(book: Book) -> None:
    book.holiday(TUE, TUE)
    book.lessons(MON, WED)
    book.lesson("12.09")
    await book.load()
    assert await book.says("R1", at("30.09")) == [(TUE, 1), ("12.09", 1)]


async def test_a_lesson_at_another_hour_is_r1(book: Book) -> None:
    book.lesson(MON, 4)
    await book.load()
    assert await book.says("R1", at(FRI)) == [(MON, 4)]


async def test_a_substitution_where_the_timetable_has_nothing_is_fine(book: Book) -> None:
    book.lesson(MON, 4, teacher=OTHER)
    book.substitution(MON, OTHER, number=4, absent=None)
    await book.load()
    assert await book.says("R1", at(FRI)) == []


async def test_a_moved_working_saturday_is_a_school_day(book: Book) -> None:
    assert book.batch.slots is not None
    saturday = day("12.09")
    book.batch.slots.append(book.batch.slots[0]._replace(first=saturday, last=saturday))
    book.lesson("12.09")
    await book.load()
    assert await book.says("R1", at("30.09")) == []


async def test_without_a_calendar_nothing_is_outside_it(book: Book) -> None:
    book.batch.terms = book.batch.non_school = None
    book.lesson(MON)
    book.lesson("13.09", 7)
    await book.load()
    assert await book.says("R1", at("30.09")) == []
    assert await book.says("P1", at("30.09")) == []


async def test_a_mark_without_a_lesson_line_is_stored_and_reported(book: Book) -> None:
    book.lessons(MON, FRI)
    book.mark(TUE, 3, number=5)
    await book.load()
    assert await book.says("R1", at(FRI)) == [(TUE, 3)]


async def test_a_mark_without_a_number_belongs_to_any_lesson_of_that_day(book: Book) -> None:
    book.holiday(TUE, WED)
    book.lesson(WED, 4)
    book.mark(TUE, 3, number=None)
    book.mark(WED, 2, number=None, nth=2)
    await book.load()
    assert await book.says("R1", at(FRI)) == [(TUE, 3), (WED, 4)]


async def test_a_mark_and_an_absence_in_one_lesson_are_r2(book: Book) -> None:
    book.lesson(MON, 1)
    book.lesson(MON, 2)
    book.mark(MON, 1)
    book.absent(MON, 1, "Н")
    book.mark(MON, 2)
    book.absent(MON, 2, "О")
    book.mark(MON, 3, number=1)
    book.absent(MON, 3, "У", number=2)
    await book.load()
    assert await book.says("R2", at(FRI)) == [(MON, 1)]


async def test_a_mark_outside_the_enrolment_is_r3(book: Book) -> None:
    book.batch.enrollments = [
        book.stay(1, TUE), book.stay(2, last=MON), book.stay(3, "01.09", MON), book.stay(3, FRI),
    ]  # fmt: skip
    book.lessons(MON, FRI)
    for on in (MON, TUE, WED, FRI):
        for pupil in (1, 2, 3):
            book.mark(on, pupil)
    await book.load()
    assert await book.says("R3", at(FRI)) == [
        (MON, 1), (TUE, 2), (TUE, 3), (WED, 2), (WED, 3), (FRI, 2),
    ]  # fmt: skip


async def marked_term(book: Book, *, pupils: dict[int, int]) -> None:
    """A whole quarter of lessons in which each pupil has so many fives."""
    book.lessons("01.09", "23.10")
    for pupil, marks in pupils.items():
        for index in range(marks):
            book.mark(f"{7 + index:02}.09", pupil, number=1)
    await book.load()


async def test_fewer_marks_than_the_minimum_are_n1_once_the_term_has_ended(book: Book) -> None:
    await marked_term(book, pupils={1: 5, 2: 4, 3: 5})
    assert await book.says("N1", at(TERM_END)) == []
    assert await book.says("N1", at(AFTER, 0, 0)) == [(TERM_END, 2), (TERM_END, 4)]


async def test_two_hours_a_week_ask_for_three_marks(book: Book) -> None:
    book.batch.assignments = [
        AssignmentRow(TEACHER, MATHS, "5А", "", 200, day("01.09"), day("30.09")),
        AssignmentRow(OTHER, MATHS, "5А", "", 200, day("01.10"), LAST_DAY),
    ]
    await marked_term(book, pupils={1: 3, 2: 3, 3: 3, 4: 2})
    assert await book.says("N1", at(AFTER)) == [(TERM_END, 4)]


async def test_a_late_arrival_has_a_smaller_minimum(book: Book) -> None:
    assert book.batch.enrollments is not None
    book.batch.enrollments[0] = book.stay(1, "28.09")
    book.lessons("01.09", "23.10")
    for on in ("05.10", "06.10"):
        book.mark(on, 1)
    for pupil in (2, 3, 4):
        for index in range(5):
            book.mark(f"{7 + index:02}.09", pupil)
    await book.load()
    assert await book.says("N1", at(AFTER)) == []


@pytest.mark.parametrize(("before", "found"), [(4, []), (3, [(TERM_END, 1)])])
async def test_marks_before_a_transfer_count_in_the_new_class(
    book: Book, before: int, found: list[tuple[str, int]]
) -> None:
    assert book.batch.enrollments is not None
    book.batch.enrollments = [
        book.stay(1, "01.10"),
        book.stay(7, last="30.09")._replace(class_unit="5Б", code="к1"),
    ]
    book.lessons("01.09", "23.10")
    book.mark("05.10", 1)
    for index in range(before):
        book.mark(f"{7 + index:02}.09", 7, class_unit="5Б")
    await book.load()
    assert await book.says("N1", at(AFTER)) == found


async def test_a_minimum_for_few_hours_may_be_above_that_for_many(book: Book) -> None:
    book.batch.assignments = [AssignmentRow(TEACHER, MATHS, "5А", "", 200, day("01.09"), LAST_DAY)]
    await marked_term(book, pupils={1: 9, 2: 8, 3: 9, 4: 9})
    thresholds = {"few": 9, "many": 5}
    row = {
        "school": 1, "rule": "N1", "version": 1, "enabled": 1, "severity": "minor", "clause": "",
        "thresholds": json.dumps(thresholds), "changed_at": at(AFTER),
    }  # fmt: skip
    async with book.database.unit_of_work() as work:
        await work.connection.execute(insert(rule_passports).values(row))
    assert await book.says("N1", at(AFTER)) == [(TERM_END, 2)]


async def test_a_part_of_the_term_is_not_a_term(book: Book) -> None:
    book.lessons("01.10", "23.10")
    await book.load()
    assert await book.says("N1", at(AFTER)) == []


async def test_a_pupil_without_a_period_mark_is_p7_from_two_school_days_before_the_end(
    book: Book,
) -> None:
    book.lessons("01.09", "23.10")
    for pupil, value, code in ((1, 4, ""), (2, None, "н/а"), (3, None, "")):
        book.term_mark(pupil, value, code)
    await book.load()
    assert await book.says("P7", at("20.10")) == []
    assert await book.says("P7", at("21.10")) == [(TERM_END, 3), (TERM_END, 4)]


async def test_no_file_of_period_marks_is_no_finding(book: Book) -> None:
    book.lessons("01.09", "23.10")
    await book.load()
    assert await book.says("P7", at(AFTER)) == []


@pytest.mark.parametrize(
    ("marks", "given", "severity"),
    [
        ([5, 5, 5, 4], 5, None),
        ([5, 5, 5, 4], 4, "major"),
        ([4, 4, 4, 3], 4, None),
        ([4, 5], 5, None),
        ([4, 5], 4, None),
        ([4, 5], 3, "advice"),
        ([3, 3, 4, 3, 4], 4, None),
        ([3, 3, 3, 4], 4, "major"),
    ],
)
async def test_a_period_mark_is_compared_with_the_mean(
    book: Book, marks: list[int], given: int, severity: str | None
) -> None:
    book.lessons("01.09", "23.10")
    for index, value in enumerate(marks):
        book.mark(f"{7 + index:02}.09", 1, value)
    book.term_mark(1, given)
    await book.load()
    hits = await book.look("Q1", at(AFTER))
    assert [hit.severity for hit in hits] == ([severity] if severity else [])


async def test_weights_count_where_the_file_has_them(book: Book) -> None:
    book.lessons("01.09", "23.10")
    book.mark(MON, 1, 5, weight=300)
    book.mark(TUE, 1, 3, weight=100)
    book.term_mark(1, 3)
    await book.load()
    hits = await book.look("Q1", at(AFTER))
    assert [(hit.facts["mean"], hit.severity) for hit in hits] == [(45_000, "advice")]


async def test_a_code_for_the_period_is_not_compared(book: Book) -> None:
    book.lessons("01.09", "23.10")
    book.mark(MON, 1, 5)
    book.term_mark(1, None, "зач")
    await book.load()
    assert await book.look("Q1", at(AFTER)) == []


@pytest.mark.parametrize(
    ("planned", "held", "severity"),
    [(5, 4, None), (20, 18, "minor"), (19, 17, "critical"), (30, 26, "critical"), (10, 12, None)],
)
async def test_hours_behind_the_plan_are_counted_whoever_teaches(
    book: Book, planned: int, held: int, severity: str | None
) -> None:
    days = [f"{number:02}.{month:02}" for month in (9, 10) for number in range(1, 26)]
    for on in days[:planned]:
        book.plan(on)
    for index, on in enumerate(days[:held]):
        book.lesson(on, teacher=OTHER if index % 2 else TEACHER)
    book.batch.period = (day("01.09"), day(TERM_END))
    await book.load()
    hits = await book.look("K1", at(AFTER))
    assert [hit.severity for hit in hits] == ([severity] if severity else [])


async def test_the_plan_is_asked_only_where_lessons_are_covered(book: Book) -> None:
    book.lesson("01.09")
    for on in ("01.09", "02.09", "03.09", "04.09"):
        book.plan(on)
    await book.load()
    assert await book.look("K1", at(AFTER)) == []


async def test_groups_are_behind_each_for_itself(book: Book) -> None:
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    for on in ("01.09", "02.09", "03.09", "04.09"):
        book.plan(on)
        book.lesson(on, study_group="1")
    book.lesson("01.09", study_group="2")
    await book.load()
    hits = await book.look("K1", at(AFTER))
    assert [(hit.facts["hours"], hit.facts["held"]) for hit in hits] == [(400, 1)]
