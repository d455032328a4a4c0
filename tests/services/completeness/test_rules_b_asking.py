"""N3 and N7 on journals of a few lines; the definitions are RULES.md's."""

from datetime import date

import pytest

from services.completeness.rules import catalogue
from services.ids import SchoolId
from services.journal.model import LAST_DAY, AssignmentRow
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book, at, day

MON, TUE, WED, THU, FRI = "07.09", "08.09", "09.09", "10.09", "11.09"
TERM_END, AFTER = "25.10", "26.10"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


async def test_five_lessons_in_a_row_without_a_mark_are_n3(book: Book) -> None:
    book.lessons(MON, FRI)
    book.mark(MON, 2)
    book.mark(FRI, 3)
    book.absent(WED, 4)
    await book.load()
    assert await book.says("N3", at(FRI, 19, 59)) == []
    assert await book.says("N3", at(FRI, 20, 0)) == [("", 1)]


async def test_a_latecomer_is_present_and_a_code_in_the_cell_is_an_answer(book: Book) -> None:
    book.lessons(MON, FRI)
    book.absent(TUE, 1, "О")
    book.mark(TUE, 2, None, code="зач")
    book.absent(TUE, 3, "У")
    book.absent(TUE, 4, "Б")
    await book.load()
    assert await book.says("N3", at(FRI)) == [("", 1)]


async def test_a_mark_before_the_row_does_not_mend_it(book: Book) -> None:
    book.lessons("04.09", FRI)
    for pupil in (1, 2):
        book.mark("04.09", pupil)
    book.lesson(MON, 2)
    book.mark(MON, 2, number=1)
    book.mark(MON, 3, number=2)
    for pupil in (3, 4):
        book.mark(FRI, pupil)
    await book.load()
    assert await book.says("N3", at(FRI)) == [("", 1), ("", 2)]


async def test_who_was_not_there_all_the_row_is_not_n3(book: Book) -> None:
    book.batch.enrollments = [book.stay(1, TUE), book.stay(2, last=THU), book.stay(3)]
    book.lessons(MON, FRI)
    await book.load()
    assert await book.says("N3", at(FRI)) == [("", 3)]


async def test_cancelled_lessons_are_not_in_the_row(book: Book) -> None:
    book.lessons(MON, THU)
    book.lesson(FRI, state="отменён")
    await book.load()
    assert await book.says("N3", at(FRI)) == []


@pytest.mark.parametrize("missing", ["marks", "attendance"])
async def test_without_a_file_of_marks_and_absences_nobody_is_unasked(
    book: Book, missing: str
) -> None:
    book.lessons(MON, FRI, attendance_taken=None)
    setattr(book.batch, missing, None)
    await book.load()
    assert await book.says("N3", at(FRI)) == []


async def test_attendance_told_by_the_lessons_is_enough(book: Book) -> None:
    book.lessons(MON, FRI)
    book.batch.attendance = None
    await book.load()
    assert len(await book.says("N3", at(FRI))) == 4


async def test_a_group_is_asked_for_itself(book: Book) -> None:
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    book.lessons(MON, FRI, study_group="1")
    book.lessons(MON, THU, study_group="2")
    book.mark(WED, 1, study_group="1")
    await book.load()
    assert await book.says("N3", at(FRI)) == [("", 2)]


async def test_first_graders_and_subjects_without_marks_are_not_asked(database: Database) -> None:
    for unit, subject in (("1А", MATHS), ("5А", "Разговоры о важном")):
        book = Book(database, class_unit=unit)
        book.lessons(MON, FRI, subject=subject)
        await book.load(name=unit)
        assert await book.says("N3", at(FRI)) == []


async def test_who_is_exempt_by_the_latest_period_mark_is_not_n3(book: Book) -> None:
    book.lessons("02.11", "06.11")
    book.term_mark(1, None, "осв")
    book.term_mark(2, 4)
    for pupil in (3, 4):
        book.mark("06.11", pupil)
    await book.load()
    assert await book.says("N3", at("06.11")) == [("", 2)]


async def test_the_teacher_of_n3_is_who_teaches_by_the_load(book: Book) -> None:
    book.batch.assignments = [
        AssignmentRow(TEACHER, MATHS, "5А", "", 500, day("01.09"), day(WED)),
        AssignmentRow(OTHER, MATHS, "5А", "", 500, day(THU), LAST_DAY),
    ]
    book.lessons(MON, FRI)
    await book.load()
    hits = await book.look("N3", at(FRI))
    async with book.database.reading() as work:
        dictionary = await work.journal.dictionary(SchoolId(1))
    assert {hit.staff for hit in hits} == {dictionary.teacher(OTHER)}


async def why_twos(book: Book, moment: str) -> list[tuple[str, int | None, str]]:
    names = ("after_absence", "at_edge", "unmended")
    found = [
        (hit.day, hit.number, "+".join(name for name in names if hit.facts[name]))
        for hit in await book.look("N7", at(moment))
    ]
    return [(f"{day_of(on):%d.%m}", number, said) for on, number, said in sorted(found)]


def day_of(number: int | None) -> date:
    assert number is not None
    return date.fromordinal(number)


async def test_a_two_right_after_an_absence_is_n7(book: Book) -> None:
    book.lessons("02.11", "30.11")
    for on, pupil in (("10.11", 1), ("11.11", 2), ("12.11", 3)):
        book.mark(on, pupil, 2)
        book.mark("13.11", pupil, 4)
    book.absent("09.11", 1, "Б")
    book.absent("09.11", 2, "Н")
    book.absent("11.11", 3, "О")
    await book.load()
    assert await why_twos(book, "30.11") == [("10.11", 1, "after_absence")]


async def test_a_two_at_the_edge_of_a_term_is_n7(book: Book) -> None:
    book.lessons("01.09", "23.10")
    for on in ("01.09", "02.09", "22.10", "23.10"):
        book.mark(on, 1, 2)
        book.mark(on, 1, 4, position=1)
    await book.load()
    assert await why_twos(book, TERM_END) == [("01.09", 1, "at_edge")]
    assert await why_twos(book, AFTER) == [("01.09", 1, "at_edge"), ("23.10", 1, "at_edge")]
    book.lessons("02.11", "06.11")
    await book.load(name="b")
    assert await why_twos(book, "06.11") == []


@pytest.mark.parametrize(
    ("better", "found"),
    [("12.11", []), ("13.11", [("09.11", 1, "unmended")]), (None, [("09.11", 1, "unmended")])],
)
async def test_a_two_not_mended_in_three_lessons_is_n7(
    book: Book, better: str | None, found: list[tuple[str, int, str]]
) -> None:
    book.lessons("02.11", "30.11")
    book.mark("09.11", 1, 2)
    book.mark("06.11", 1, 5)
    book.mark("10.11", 2, 3)
    if better is not None:
        book.mark(better, 1, 3)
    await book.load()
    assert await why_twos(book, "11.11") == []
    assert await why_twos(book, "12.11" if better is None else "30.11") == found


async def test_twos_of_groups_are_placed_among_their_own_lessons(book: Book) -> None:
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    book.lessons("02.11", "30.11", study_group="1")
    book.lessons("09.11", "30.11", study_group="2", number=2)
    book.mark("09.11", 1, 2, study_group="1")
    book.mark("10.11", 1, 4, study_group="1")
    book.mark("09.11", 3, 2, number=2, study_group="2")
    book.mark("10.11", 3, 4, number=2, study_group="2")
    await book.load()
    assert await why_twos(book, "30.11") == [("09.11", 2, "at_edge")]


def test_what_is_wrong_with_a_two_is_told_worst_first() -> None:
    why = catalogue()["N7"].why
    all_three = {"after_absence": 1, "at_edge": 1, "unmended": 1, "lessons": 3}
    assert "absence" in why(all_three).msgid
    assert "first or the last" in why({**all_three, "after_absence": 0}).msgid
    assert why({**all_three, "after_absence": 0, "at_edge": 0}).facts == {"lessons": 3}
