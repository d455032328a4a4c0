"""Q2-Q5 on journals of a few lines; the definitions are RULES.md's."""

import pytest

from services.completeness.rules import catalogue
from services.journal.model import TermRow
from storage.database import Database
from tests.services.completeness.book import Book, at, day

TERM_END, AFTER = "25.10", "26.10"
YEAR_END, LATER = "27.12", "28.12"
CAME = "14.09"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def year_mark(book: Book, pupil: int, value: int | None, code: str = "") -> None:
    book.term_mark(pupil, value, code, 0)
    assert book.batch.term_marks is not None
    book.batch.term_marks[-1] = book.batch.term_marks[-1]._replace(kind="год")


def halves(book: Book, pupil: int, first: int | None, second: int | None) -> None:
    for number, value in ((1, first), (2, second)):
        book.term_mark(pupil, value, "" if value else "н/а", number)


@pytest.mark.parametrize(
    ("terms", "given", "severity"),
    [
        ((5, 5), 5, None),
        ((5, 5), 4, "major"),
        ((4, 5), 4, None),
        ((4, 5), 5, None),
        ((4, 5), 3, "advice"),
        ((None, 3), 3, None),
        ((None, 3), 4, "major"),
        ((None, None), 4, None),
    ],
)
async def test_a_year_mark_is_compared_with_the_mean_of_the_terms(
    book: Book, terms: tuple[int | None, int | None], given: int, severity: str | None
) -> None:
    halves(book, 1, *terms)
    year_mark(book, 1, given)
    await book.load()
    assert await book.look("Q2", at(YEAR_END)) == []
    hits = await book.look("Q2", at(LATER, 0, 0))
    assert [hit.severity for hit in hits] == ([severity] if severity else [])
    assert all(hit.day == day(YEAR_END) for hit in hits)


async def test_a_year_is_not_compared_while_a_term_is_in_no_file(book: Book) -> None:
    book.term_mark(1, 5, number=1)
    year_mark(book, 1, 3)
    await book.load()
    assert await book.look("Q2", at(LATER)) == []


async def test_no_number_for_the_year_is_nothing_to_compare(book: Book) -> None:
    halves(book, 1, 5, 5)
    year_mark(book, 1, None, "осв")
    await book.load()
    assert await book.look("Q2", at(LATER)) == []


async def test_terms_before_a_transfer_count_and_who_has_left_is_not_asked(book: Book) -> None:
    book.batch.enrollments = [
        book.stay(1, "02.11"),
        book.stay(7, last="01.11")._replace(class_unit="5Б", code="к1"),
        book.stay(2, last="26.12"),
    ]
    halves(book, 1, None, 5)
    book.term_mark(7, 3)
    assert book.batch.term_marks is not None
    book.batch.term_marks[-1] = book.batch.term_marks[-1]._replace(class_unit="5Б")
    year_mark(book, 1, 5)
    halves(book, 2, 5, 5)
    year_mark(book, 2, 3)
    await book.load()
    [hit] = await book.look("Q2", at(LATER))
    assert (hit.facts["mean"], hit.facts["marks"]) == (40_000, 2)


def absent_for(book: Book, pupil: int, lessons: int) -> None:
    """Absent at the first lessons of the quarter, which has 39 of them."""
    book.batch.lessons = []
    book.lessons("01.09", "23.10")
    for row in book.batch.lessons[:lessons]:
        assert book.batch.attendance is not None
        book.absent(f"{row.day - day('01.09') + 1:02}.09" if row.day < day("01.10") else
                    f"{row.day - day('01.10') + 1:02}.10", pupil)  # fmt: skip


@pytest.mark.parametrize(("missed", "found"), [(26, [(TERM_END, 1)]), (27, [])])
async def test_na_without_two_thirds_of_the_lessons_missed_is_q3(
    book: Book, missed: int, found: list[tuple[str, int]]
) -> None:
    absent_for(book, 1, missed)
    book.term_mark(1, None, "н/а")
    book.term_mark(2, 4)
    book.term_mark(3, None, "осв")
    await book.load()
    assert await book.says("Q3", at(TERM_END)) == []
    assert await book.says("Q3", at(AFTER, 0, 0)) == found


async def test_a_latecomer_has_not_missed_the_lesson(book: Book) -> None:
    book.lessons("01.09", "23.10")
    assert book.batch.lessons is not None
    for row in book.batch.lessons:
        if row.day < day("01.10"):
            book.absent(f"{row.day - day('01.09') + 1:02}.09", 1, "О")
    book.term_mark(1, None, "н/а")
    await book.load()
    [hit] = await book.look("Q3", at(AFTER))
    assert (hit.facts["missed"], hit.facts["held"]) == (0, 39)


@pytest.mark.parametrize(("order", "found"), [("№ 7-к", []), (None, [(TERM_END, 1)])])
async def test_the_order_of_who_came_during_the_term_is_a_ground(
    book: Book, order: str | None, found: list[tuple[str, int]]
) -> None:
    assert book.batch.enrollments is not None
    book.batch.enrollments[0] = book.stay(1, "12.10")._replace(order=order)
    book.batch.enrollments[1] = book.stay(2)._replace(order="№ 1-к")
    book.lessons("01.09", "23.10")
    book.term_mark(1, None, "н/а")
    await book.load()
    assert await book.says("Q3", at(AFTER)) == found


async def test_without_the_absences_of_the_term_nothing_is_said_of_na(book: Book) -> None:
    book.lessons("01.09", "02.10")
    book.term_mark(1, None, "н/а")
    await book.load()
    assert await book.says("Q3", at(AFTER)) == []


async def test_na_for_the_year_is_measured_by_the_year(book: Book) -> None:
    book.lessons("01.09", "25.12")
    year_mark(book, 1, None, "н/а")
    await book.load()
    assert await book.says("Q3", at(YEAR_END)) == []
    assert await book.says("Q3", at(LATER)) == [(YEAR_END, 1)]


async def test_na_of_a_group_is_measured_by_its_own_lessons(book: Book) -> None:
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    book.lessons("01.09", "23.10", study_group="1")
    book.lessons("01.09", "23.10", study_group="2", number=2)
    book.term_mark(1, None, "н/а")
    await book.load()
    [hit] = await book.look("Q3", at(AFTER))
    assert hit.facts["held"] == 39


@pytest.mark.parametrize(
    ("first", "marked", "found"),
    [
        (CAME, None, [(CAME, 1)]),
        (CAME, "21.09", [(CAME, 1)]),
        (CAME, "18.09", []),
        (CAME, "04.09", []),
        ("04.09", None, []),
    ],
)
async def test_who_came_during_a_term_and_has_no_mark_in_five_days_is_q5(
    book: Book, first: str, marked: str | None, found: list[tuple[str, int]]
) -> None:
    book.batch.enrollments = [book.stay(1, first), book.stay(2)]
    book.lessons("01.09", "30.09")
    if marked is not None:
        book.mark(marked, 1)
    await book.load()
    assert await book.says("Q5", at("19.09")) == []
    assert await book.says("Q5", at("20.09", 0, 0)) == found


async def test_a_code_is_not_a_current_mark_and_a_short_stay_is_not_asked(book: Book) -> None:
    book.batch.enrollments = [book.stay(1, CAME), book.stay(2, CAME, "18.09")]
    book.lessons("01.09", "30.09")
    book.mark(CAME, 1, None, code="зач")
    await book.load()
    assert await book.says("Q5", at("30.09")) == [(CAME, 1)]


async def test_marks_of_the_class_before_come_with_the_pupil(book: Book) -> None:
    book.batch.enrollments = [
        book.stay(1, CAME), book.stay(7, last="13.09")._replace(class_unit="5Б", code="к1"),
    ]  # fmt: skip
    book.lessons("01.09", "30.09")
    book.mark("07.09", 7, class_unit="5Б")
    await book.load()
    assert await book.says("Q5", at("30.09")) == []


async def test_who_came_between_terms_came_to_the_next_one_in_time(book: Book) -> None:
    book.batch.terms = [TermRow("2026/2027", "четверть", 2, day("02.11"), day(YEAR_END), "")]
    book.batch.enrollments = [book.stay(1, "29.10")]
    book.lessons("02.11", "30.11")
    await book.load()
    assert await book.says("Q5", at("30.11")) == []


async def test_a_five_for_a_term_with_a_two_is_q4(book: Book) -> None:
    book.lessons("01.09", "23.10")
    for pupil, value in ((1, 2), (2, 3), (3, 2)):
        book.mark("07.09", pupil, value)
    book.mark("02.11", 2, 2)
    for pupil, value in ((1, 5), (2, 5), (3, 4)):
        book.term_mark(pupil, value)
    await book.load()
    assert await book.says("Q4", at(TERM_END)) == []
    assert await book.says("Q4", at(AFTER, 0, 0)) == [(TERM_END, 1)]


def test_q4_is_off_until_a_school_wants_it() -> None:
    assert not catalogue()["Q4"].enabled
