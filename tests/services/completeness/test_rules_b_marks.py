"""N2, N4, N5, N6 on journals of a few lines; the definitions are RULES.md's."""

import pytest

from services.ids import SchoolId
from services.journal.model import LAST_DAY, AssignmentRow
from storage.database import Database
from tests.services.completeness.book import MATHS, TEACHER, Book, at, day

TERM_END, AFTER = "25.10", "26.10"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def marked(book: Book, *, pupils: dict[int, int]) -> None:
    """A whole quarter of lessons in which each pupil has so many fives, from its beginning."""
    book.lessons("01.09", "23.10")
    for pupil, marks in pupils.items():
        for index in range(marks):
            book.mark(f"{7 + index:02}.09", pupil)


async def test_a_period_mark_on_fewer_marks_than_the_minimum_is_n6(book: Book) -> None:
    marked(book, pupils={1: 4, 2: 5, 3: 4, 4: 4})
    book.term_mark(1, 5)
    book.term_mark(2, 5)
    book.term_mark(3, None, "н/а")
    await book.load()
    assert await book.says("N6", at(TERM_END)) == []
    assert await book.says("N6", at(AFTER, 0, 0)) == [(TERM_END, 1)]
    [hit] = await book.look("N6", at(AFTER))
    assert (hit.facts["marks"], hit.facts["least"], hit.facts["value"]) == (4, 5, 5)


async def test_a_period_mark_of_who_came_late_needs_fewer_marks(book: Book) -> None:
    assert book.batch.enrollments is not None
    book.batch.enrollments[0] = book.stay(1, "28.09")
    marked(book, pupils={2: 5, 3: 5, 4: 5})
    book.mark("05.10", 1)
    book.mark("06.10", 1)
    book.term_mark(1, 4)
    await book.load()
    assert await book.says("N6", at(AFTER)) == []


async def test_a_mark_of_another_term_is_not_given_for_this_one(book: Book) -> None:
    marked(book, pupils={1: 4})
    book.term_mark(1, 5, number=2)
    await book.load()
    assert await book.says("N6", at(AFTER)) == []


def lessons_with(book: Book, marks: list[int]) -> None:
    """Lessons of the first days of November with so many marks each."""
    for index, count in enumerate(marks):
        on = f"{2 + index:02}.11"
        book.lesson(on)
        for pupil in range(1, count + 1):
            book.mark(on, pupil)


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ([3, 3, 3, 2, 0], []),
        ([3, 3, 2, 2, 0], [("27.12", None)]),
        ([0, 0, 0, 0], []),
    ],
)
async def test_few_marks_at_more_than_two_fifths_of_the_lessons_are_n2(
    book: Book, marks: list[int], found: list[tuple[str, None]]
) -> None:
    lessons_with(book, marks)
    await book.load()
    assert await book.says("N2", at("06.11", 23)) == found


async def test_an_ended_term_keeps_its_n2_and_a_code_is_no_mark(book: Book) -> None:
    book.lessons("01.09", "23.10")
    assert book.batch.lessons is not None
    for row in book.batch.lessons[:16]:
        for pupil in (1, 2, 3):
            book.mark("01.09", pupil, None if pupil == 3 else 4, day=row.day, code="осв")
    for row in book.batch.lessons[16:]:
        for pupil in (1, 2, 3):
            book.mark("01.09", pupil, 4, day=row.day)
    await book.load()
    [hit] = await book.look("N2", at("30.10"))
    assert (hit.day, hit.facts["few"], hit.facts["held"]) == (day(TERM_END), 16, 39)


async def test_a_lesson_before_its_deadline_does_not_count_yet(book: Book) -> None:
    lessons_with(book, [3, 3, 3, 0, 0])
    await book.load()
    assert await book.says("N2", at("06.11", 19, 59)) == []


async def test_two_pupils_cannot_have_three_marks(book: Book) -> None:
    book.batch.enrollments = [book.stay(1), book.stay(2)]
    lessons_with(book, [2, 2, 2, 2, 2])
    await book.load()
    assert await book.says("N2", at("06.11")) == []


async def test_without_marks_of_the_term_s_beginning_n2_is_silent(book: Book) -> None:
    book.lessons("16.11", "27.11")
    await book.load()
    assert await book.says("N2", at("27.11")) == []


async def test_each_group_has_its_own_n2(book: Book) -> None:
    book.batch.enrollments = [book.stay(number) for number in range(1, 8)]
    book.groups(**{"1": [1, 2, 3], "2": [4, 5, 6, 7]})
    for index in range(5):
        on = f"{2 + index:02}.11"
        for group, pupils in (("1", (1, 2, 3)), ("2", (4, 5))):
            book.lesson(on, study_group=group)
            for pupil in pupils:
                book.mark(on, pupil, study_group=group)
    await book.load()
    [hit] = await book.look("N2", at("06.11"))
    async with book.database.reading() as work:
        dictionary = await work.journal.dictionary(SchoolId(1))
    names = {each.id: each.name for each in dictionary.study_groups.values()}
    assert names[hit.study_group] == "2"


async def test_fewer_marks_than_the_term_s_share_are_n4(book: Book) -> None:
    marked(book, pupils={1: 2, 2: 3, 3: 4, 4: 3})
    book.mark("12.10", 4)
    await book.load()
    # of the quarter's 55 days the 28th is 28.09, the 42nd 12.10
    assert await book.says("N4", at("28.09")) == []
    assert await book.says("N4", at("29.09", 0, 0)) == [(TERM_END, 1)]
    assert await book.says("N4", at("12.10")) == [(TERM_END, 1)]
    assert await book.says("N4", at("13.10", 0, 0)) == [(TERM_END, 1), (TERM_END, 2)]
    assert await book.says("N4", at(TERM_END)) == [(TERM_END, 1), (TERM_END, 2)]
    assert await book.says("N4", at(AFTER, 0, 0)) == []


async def test_the_share_of_few_hours_and_of_who_came_late_is_smaller(book: Book) -> None:
    assert book.batch.enrollments is not None
    book.batch.enrollments[0] = book.stay(1, "28.09")
    book.batch.assignments = [AssignmentRow(TEACHER, MATHS, "5А", "", 200, day("01.09"), LAST_DAY)]
    marked(book, pupils={2: 2, 3: 3, 4: 2})
    book.mark("29.09", 1)
    await book.load()
    assert await book.says("N4", at("12.10")) == []
    assert await book.says("N4", at("13.10")) == [(TERM_END, 2), (TERM_END, 4)]


async def test_exactly_the_share_of_the_minimum_is_enough(book: Book) -> None:
    assert book.batch.enrollments is not None
    book.batch.enrollments = [book.stay(1, "07.09"), book.stay(2)]
    marked(book, pupils={1: 2, 2: 5})
    await book.load()
    # seven of the eight weeks: four marks
    assert await book.says("N4", at("12.10")) == []
    assert await book.says("N4", at("13.10")) == [(TERM_END, 1)]


@pytest.mark.parametrize(("missed", "severity"), [(5, None), (6, "minor"), (7, "critical")])
async def test_missing_half_the_lessons_of_a_running_term_is_n5(
    book: Book, missed: int, severity: str | None
) -> None:
    book.lessons("02.11", "13.11")
    for index, code in zip(range(missed), "НБУНБУН", strict=False):
        book.absent(f"{2 + index + 2 * (index > 4):02}.11", 1, code)
    book.absent("02.11", 2, "О")
    await book.load()
    hits = await book.look("N5", at("13.11"))
    assert [(hit.severity, hit.facts["missed"]) for hit in hits] == (
        [(severity, missed)] if severity else []
    )
    assert await book.says("N5", at("28.12")) == []


async def test_two_thirds_missed_exactly_are_not_yet_critical(book: Book) -> None:
    book.lessons("02.11", "10.11")
    book.lesson("10.11", 2)
    for on in ("02.11", "03.11", "04.11", "05.11", "06.11"):
        book.absent(on, 1)
    book.absent("10.11", 1, number=2)
    book.batch.lessons = (book.batch.lessons or [])[:9]
    book.lesson("11.11")
    await book.load()
    [hit] = await book.look("N5", at("11.11"))
    assert (hit.severity, hit.facts["missed"], hit.facts["held"]) == ("minor", 6, 9)


async def test_the_first_lessons_of_a_term_are_too_few_for_n5(book: Book) -> None:
    book.lessons("02.11", "05.11")
    for on in ("02.11", "03.11", "04.11", "05.11"):
        book.absent(on, 1)
    await book.load()
    assert await book.says("N5", at("05.11")) == []


async def test_lessons_before_the_pupil_came_and_cancelled_ones_are_not_missed(book: Book) -> None:
    assert book.batch.enrollments is not None
    book.batch.enrollments[0] = book.stay(1, "09.11")
    book.lessons("02.11", "13.11")
    for on in ("16.11", "17.11", "18.11", "19.11"):
        book.lesson(on, state="отменён")
        book.absent(on, 2)
    for on in ("09.11", "10.11", "11.11"):
        book.absent(on, 1)
        book.absent(on, 2)
    await book.load()
    assert await book.says("N5", at("20.11")) == [("27.12", 1)]


@pytest.mark.parametrize(("missed", "found"), [(3, []), (4, [("27.12", 1)])])
async def test_half_of_a_latecomer_s_own_lessons_is_not_more_than_half(
    book: Book, missed: int, found: list[tuple[str, int]]
) -> None:
    book.batch.enrollments = [book.stay(1, "09.11"), book.stay(2)]
    book.lessons("02.11", "16.11")
    for index in range(missed):
        book.absent(f"{9 + index:02}.11", 1)
    await book.load()
    assert await book.says("N5", at("16.11")) == found


async def test_who_is_exempt_or_gone_and_first_graders_are_no_risk(database: Database) -> None:
    for unit in ("5А", "1А"):
        book = Book(database, class_unit=unit)
        book.batch.enrollments = [book.stay(1), book.stay(2, last="05.11")]
        book.lessons("02.11", "06.11")
        for on in ("02.11", "03.11", "04.11", "05.11", "06.11"):
            book.absent(on, 1)
            book.absent(on, 2)
        book.term_mark(1, None, "осв")
        await book.load(name=unit)
    assert await book.says("N5", at("06.11")) == []
