"""R6, R7, R11 and R12 on journals of a few lines; the definitions are RULES.md's."""

import pytest

from services.ids import SchoolId
from services.journal.model import SubjectRow
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, Book, at

MON, TUE, WED, THU, FRI = "07.09", "08.09", "09.09", "10.09", "11.09"
RUSSIAN, TALKS = "Русский язык", "Разговоры о важном"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


@pytest.mark.parametrize("code", ["6", "0", "10", "55", "5!", "б/ф", "дз", "хор"])
async def test_a_cell_with_what_is_no_mark_is_r6(book: Book, code: str) -> None:
    book.lesson(MON)
    book.mark(MON, 1, None, code=code)
    book.mark(MON, 2, 5)
    await book.load()
    assert await book.says("R6", at(FRI)) == [(MON, 1)]
    [hit] = await book.look("R6", at(FRI))
    assert hit.facts["wrong"] == code


@pytest.mark.parametrize("code", ["н/а", "осв", "зач", "незач", ".", "+", "-", "="])
async def test_a_code_of_the_journal_is_not_r6(book: Book, code: str) -> None:
    book.lesson(MON)
    book.mark(MON, 1, None, code=code)
    book.mark(MON, 2, 1)
    book.mark(MON, 3, 4, raw="4-")
    await book.load()
    assert await book.says("R6", at(FRI)) == []


@pytest.mark.parametrize(
    ("subject", "marks", "found"),
    [
        (MATHS, 1, []),
        (MATHS, 2, [(MON, 1)]),
        (RUSSIAN, 2, []),
        (RUSSIAN, 3, [(MON, 1)]),
        ("Литература", 2, []),
        ("Родной язык (русский)", 2, []),
        ("Литературное чтение", 2, [(MON, 1)]),
    ],
)
async def test_a_cell_holds_one_mark_and_two_where_literacy_is_marked_apart(
    book: Book, subject: str, marks: int, found: list[tuple[str, int]]
) -> None:
    book.lesson(MON, subject=subject)
    for position in range(marks):
        book.mark(MON, 1, 4, subject=subject, position=position)
    await book.load()
    assert await book.says("R6", at(FRI)) == found


async def test_two_lessons_of_a_day_are_two_cells_and_a_dot_is_no_second_mark(book: Book) -> None:
    for number in (1, 2):
        book.lesson(MON, number)
        book.mark(MON, 1, 5, number=number)
    book.mark(MON, 2, 5)
    book.mark(MON, 2, None, code=".", position=1)
    await book.load()
    assert await book.says("R6", at(FRI)) == []


async def test_a_wrong_mark_names_the_teacher_of_that_day_and_waits_for_its_day(book: Book) -> None:
    book.lesson(MON, teacher=OTHER)
    book.mark(MON, 1, None, code="7")
    book.mark(FRI, 1, None, code="7")
    await book.load()
    [hit] = await book.look("R6", at(THU))
    async with book.database.reading() as work:
        dictionary = await work.journal.dictionary(SchoolId(1))
    assert hit.staff == dictionary.teacher(OTHER)


async def test_a_wrong_mark_of_a_class_without_a_list_is_found(book: Book) -> None:
    book.batch.enrollments = None
    book.mark(MON, 1, None, code="7")
    await book.load()
    assert await book.says("R6", at(FRI)) == [(MON, 1)]


async def test_a_mark_in_the_first_grade_is_r7(database: Database) -> None:
    first = Book(database, class_unit="1А")
    first.lesson(MON)
    first.mark(MON, 1, 5)
    first.mark(MON, 2, None, code="осв")
    first.mark(MON, 3, None, code=".")
    first.absent(MON, 4)
    await first.load()
    assert await first.says("R7", at(FRI)) == [(MON, 1)]


async def test_a_mark_in_a_subject_without_marks_is_r7(book: Book) -> None:
    book.lesson(MON, 2, subject=TALKS)
    book.lesson(MON)
    book.mark(MON, 1, 5, number=2, subject=TALKS)
    book.mark(MON, 1, 4, number=2, subject=TALKS, position=1)
    book.mark(MON, 2, 5)
    await book.load()
    assert await book.says("R7", at(FRI)) == [(MON, 1)]
    [hit] = await book.look("R7", at(FRI))
    assert (hit.number, hit.facts["first_grade"]) == (2, 0)


async def test_the_administrator_says_which_subjects_have_marks(book: Book) -> None:
    book.batch.subjects = [
        SubjectRow(MATHS, marks=False, homework=None, aliases=(), subject_group=None),
        SubjectRow(TALKS, marks=True, homework=None, aliases=(), subject_group=None),
    ]
    book.mark(MON, 1, 5)
    book.mark(MON, 2, 5, number=2, subject=TALKS)
    await book.load()
    assert await book.says("R7", at(FRI)) == [(MON, 1)]


async def test_a_class_without_a_list_has_its_marks_looked_at_too(book: Book) -> None:
    book.batch.enrollments = None
    book.mark(MON, 1, 5, number=2, subject=TALKS)
    book.mark(MON, 2, 5)
    await book.load()
    assert await book.says("R7", at(FRI)) == [(MON, 1)]


@pytest.mark.parametrize(
    ("state", "found"), [("отменён", [(MON, 1)]), ("перенесён", []), ("проведён", [])]
)
async def test_marks_of_a_cancelled_lesson_are_r11(
    book: Book, state: str, found: list[tuple[str, int]]
) -> None:
    book.lesson(MON, state=state, attendance_taken=None)
    book.mark(MON, 1)
    book.mark(MON, 2)
    await book.load()
    assert await book.says("R11", at(FRI)) == found


async def test_a_code_or_confirmed_attendance_on_a_cancelled_lesson_is_r11(book: Book) -> None:
    book.lesson(MON, state="отменён", attendance_taken=None)
    book.absent(MON, 1)
    book.lesson(TUE, state="отменён", attendance_taken=True)
    book.lesson(WED, state="отменён", attendance_taken=False)
    book.lesson(THU, state="отменён", attendance_taken=None)
    book.absent(THU, 1, number=2)
    await book.load()
    assert await book.says("R11", at(FRI)) == [(MON, 1), (TUE, 1)]
    assert [hit.facts["codes"] for hit in await book.look("R11", at(FRI))] == [1, 0]


async def test_a_lesson_that_a_substitution_cancels_is_r11_with_or_without_a_line(
    book: Book,
) -> None:
    book.lesson(MON, attendance_taken=None)
    for on in (MON, TUE, WED):
        book.substitution(on, None)
    book.mark(MON, 1)
    book.mark(TUE, 1)
    await book.load()
    assert await book.says("R11", at(FRI)) == [(MON, 1), (TUE, 1)]


async def test_a_lesson_cancelled_in_one_line_and_held_in_another_is_not_r11(book: Book) -> None:
    book.lesson(MON, state="отменён", attendance_taken=None)
    book.lesson(MON, teacher=OTHER)
    book.mark(MON, 1)
    await book.load()
    assert await book.says("R11", at(FRI)) == []


async def test_data_of_the_other_group_are_not_those_of_the_cancelled_one(book: Book) -> None:
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    book.lesson(MON, study_group="1", state="отменён", attendance_taken=None)
    book.lesson(MON, study_group="2", teacher=OTHER)
    book.mark(MON, 3, study_group="2")
    await book.load()
    assert await book.says("R11", at(FRI)) == []


async def test_a_dot_is_r12_when_the_tenth_school_day_after_it_has_ended(book: Book) -> None:
    book.lesson(MON)
    book.mark(MON, 1, None, code=".")
    book.mark(MON, 2, None, code="осв")
    book.mark(MON, 3, 4)
    await book.load()
    assert await book.says("R12", at("21.09")) == []
    assert await book.says("R12", at("22.09", 0, 0)) == [(MON, 1)]


async def test_days_off_do_not_age_a_dot(book: Book) -> None:
    book.holiday("21.09", "21.09")
    book.lesson(MON)
    book.mark(MON, 1, None, code=".")
    await book.load()
    assert await book.says("R12", at("22.09")) == []
    assert await book.says("R12", at("23.09", 0, 0)) == [(MON, 1)]


async def test_without_a_calendar_no_dot_is_old(book: Book) -> None:
    book.batch.terms = book.batch.non_school = book.batch.slots = None
    book.mark(MON, 1, None, code=".")
    await book.load()
    assert await book.says("R12", at("30.09")) == []
