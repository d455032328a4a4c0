"""A1-A5 on journals of a few lines; the definitions are RULES.md's."""

import pytest

from storage.database import Database
from tests.services.completeness.book import Book, at, day

MON, TUE = "07.09", "08.09"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def many(book: Book, pupils: int) -> None:
    book.batch.enrollments = [book.stay(number) for number in range(1, pupils + 1)]


@pytest.mark.parametrize(
    ("fives", "fours", "found"),
    [(10, 0, [10]), (9, 0, []), (9, 1, [9]), (10, 2, []), (18, 2, [18]), (17, 2, [])],
)
async def test_nine_tenths_of_ten_marks_alike_are_a4(
    book: Book, fives: int, fours: int, found: list[int]
) -> None:
    many(book, 30)
    book.lesson(MON)
    for pupil in range(1, fives + fours + 1):
        book.mark(MON, pupil, 5 if pupil <= fives else 4)
    await book.load()
    hits = await book.look("A4", at(TUE))
    assert [hit.facts["equal"] for hit in hits] == found
    assert all((hit.number, hit.facts["value"]) == (1, 5) for hit in hits)


async def test_codes_and_marks_of_other_lessons_do_not_count(book: Book) -> None:
    many(book, 30)
    for on in (MON, TUE):
        book.lesson(on)
        for pupil in range(1, 10):
            book.mark(on, pupil)
    for pupil in range(10, 30):
        book.mark(MON, pupil, None, code=".")
    await book.load()
    assert await book.look("A4", at(TUE)) == []


async def test_each_group_is_looked_at_for_itself(book: Book) -> None:
    many(book, 20)
    book.groups(**{"1": list(range(1, 11)), "2": list(range(11, 21))})
    for group in ("1", "2"):
        book.lesson(MON, study_group=group)
    for pupil in range(1, 21):
        book.mark(MON, pupil, 5 if pupil <= 10 else 2 + pupil % 3,
                  study_group="1" if pupil <= 10 else "2")  # fmt: skip
    await book.load()
    [hit] = await book.look("A4", at(TUE))
    assert (hit.facts["marks"], hit.facts["value"]) == (10, 5)


TERM_END, AFTER = "25.10", "26.10"


def term(book: Book) -> None:
    """Files that cover the first quarter from its first week to its last."""
    many(book, 30)
    book.lessons("01.09", "23.10")


def spread(book: Book, on: str, *values: int) -> None:
    """One mark a pupil of the day's lesson."""
    for pupil, value in enumerate(values, start=1):
        book.mark(on, pupil, value)


@pytest.mark.parametrize(("late", "found"), [(20, [20]), (19, [])])
async def test_two_fifths_of_a_term_s_marks_in_its_last_ten_days_are_a2(
    book: Book, late: int, found: list[int]
) -> None:
    term(book)
    spread(book, "15.10", *[4] * (50 - late))
    spread(book, "16.10", *[4] * late)
    await book.load()
    assert await book.look("A2", at(TERM_END, 23, 58)) == []
    hits = await book.look("A2", at(AFTER))
    assert [(hit.facts["found"], hit.facts["marks"]) for hit in hits] == [
        (each, 50) for each in found
    ]
    assert all((hit.number, hit.pupil, hit.staff is None) == (None, None, False) for hit in hits)


@pytest.mark.parametrize(("marks", "found"), [(30, 1), (29, 0)])
async def test_fewer_than_thirty_marks_say_nothing(book: Book, marks: int, found: int) -> None:
    term(book)
    spread(book, "20.10", *[5] * marks)
    await book.load()
    assert len(await book.look("A2", at(AFTER))) == found
    assert len(await book.look("A5", at(AFTER))) == found


@pytest.mark.parametrize(("fours", "found"), [(3, 1), (4, 0)])
async def test_marks_with_a_deviation_under_three_tenths_are_a5(
    book: Book, fours: int, found: int
) -> None:
    """Of forty marks 3 others deviate by 0,26 and 4 by exactly 0,3."""
    term(book)
    spread(book, "10.09", *[5] * 20)
    spread(book, "21.09", *[5] * (20 - fours), *[4] * fours)
    await book.load()
    assert len(await book.look("A5", at(AFTER))) == found


async def test_half_a_term_s_file_says_nothing_of_the_term(book: Book) -> None:
    many(book, 30)
    book.lessons("14.09", "23.10")
    spread(book, "20.10", *[5] * 30)
    await book.load()
    assert await book.look("A2", at(AFTER)) == []
    assert await book.look("A5", at(AFTER)) == []


async def test_a_group_is_a_course_of_its_own(book: Book) -> None:
    term(book)
    book.groups(**{"1": list(range(1, 16)), "2": list(range(16, 31))})
    for on in ("19.10", "20.10"):
        spread(book, on, *[5] * 15)
        for pupil in range(16, 31):
            book.mark(on, pupil, 2 + pupil % 4)
    await book.load()
    [hit] = await book.look("A5", at(AFTER))
    assert (hit.facts["marks"], hit.facts["found"]) == (30, 50_000)


def written(book: Book, on: str) -> None:
    assert book.batch.lessons is not None
    book.batch.lessons = [
        row._replace(work_kind="контрольная", work_type="Контрольная")
        if row.day == day(on)
        else row
        for row in book.batch.lessons
    ]


@pytest.mark.parametrize(
    ("fives", "pupils", "found"), [(8, 10, [48_000]), (7, 10, []), (9, 9, []), (10, 10, [50_000])]
)
async def test_current_marks_better_by_eight_tenths_than_controls_are_a3(
    book: Book, fives: int, pupils: int, found: list[int]
) -> None:
    """Thirty current marks of 4 and 5, ``pupils`` control marks of 4."""
    term(book)
    written(book, TUE)
    spread(book, MON, *[5] * (fives * 3), *[4] * (30 - fives * 3))
    spread(book, TUE, *[4] * pupils)
    await book.load()
    hits = await book.look("A3", at(AFTER))
    assert [hit.facts["found"] for hit in hits] == found
    assert all(hit.facts["usual"] == 40_000 for hit in hits)


async def test_fewer_than_thirty_current_marks_are_not_compared_with_controls(book: Book) -> None:
    term(book)
    written(book, TUE)
    spread(book, MON, *[5] * 29)
    spread(book, TUE, *[2] * 20)
    await book.load()
    assert await book.look("A3", at(AFTER)) == []


async def test_a_control_work_of_one_group_is_not_the_other_s(book: Book) -> None:
    many(book, 30)
    book.groups(**{"1": list(range(1, 16)), "2": list(range(16, 31))})
    for group in ("1", "2"):
        book.lessons("01.09", "23.10", study_group=group)
    assert book.batch.lessons is not None
    book.batch.lessons = [
        row._replace(work_kind="тест", work_type="Тест")
        if (row.day, row.study_group) == (day(TUE), "1")
        else row
        for row in book.batch.lessons
    ]
    for on, value in ((MON, 5), ("09.09", 5), (TUE, 3)):
        for pupil in range(1, 31):
            book.mark(on, pupil, value, study_group="1" if pupil < 16 else "2")
    await book.load()
    [hit] = await book.look("A3", at(AFTER))
    assert (hit.facts["found"], hit.facts["usual"]) == (50_000, 30_000)


def parallel(book: Book, ours: list[int], theirs: list[list[int]]) -> None:
    """Lists of marks a pupil: of class 5А four to a pupil, of 5Б as they are."""
    days = ("08.09", "09.09", "10.09", "11.09", "14.09")
    for unit, pupils in (("5А", [ours] * 10), ("5Б", theirs)):
        book.class_unit = unit
        term(book) if unit == "5А" else book.lessons("01.09", "23.10")
        if unit == "5Б":
            assert book.batch.enrollments is not None
            book.batch.enrollments += [book.stay(each) for each in range(1, len(pupils) + 1)]
        for pupil, values in enumerate(pupils, start=1):
            for on, value in zip(days, values, strict=False):
                book.mark(on, pupil, value)


SPREAD = [[5, 4, 4, 4], [5, 5, 4, 4]] * 4
"""Shares of a quarter and of a half: mean 0,375, deviation 0,125."""


@pytest.mark.parametrize(
    ("ours", "found"), [([5, 5, 5, 4], [75]), ([5, 5, 4], [66]), ([5, 5, 5, 4, 4], []), ([5], [])]
)
async def test_fives_beyond_two_deviations_of_the_parallel_are_a1(
    book: Book, ours: list[int], found: list[int]
) -> None:
    parallel(book, ours, SPREAD)
    await book.load()
    hits = await book.look("A1", at(AFTER))
    assert [hit.facts["found"] for hit in hits] == found
    assert all(hit.facts["usual"] == 38 for hit in hits)


@pytest.mark.parametrize("theirs", [[], SPREAD[:7], [[5, 4]] * 20])
async def test_a_parallel_of_too_few_marks_is_no_measure(
    book: Book, theirs: list[list[int]]
) -> None:
    parallel(book, [5, 5, 5, 5], theirs)
    await book.load()
    assert await book.look("A1", at(AFTER)) == []


async def test_an_even_parallel_has_nothing_unusual(book: Book) -> None:
    parallel(book, [5, 5, 4, 4], [[5, 5, 4, 4]] * 10)
    await book.load()
    assert await book.look("A1", at(AFTER)) == []


async def test_advice_expires_when_the_next_term_has_ended(book: Book) -> None:
    term(book)
    spread(book, "20.10", *[5] * 30)
    await book.load()
    assert len(await book.look("A5", at("26.12"))) == 1
    assert await book.look("A5", at("28.12")) == []
