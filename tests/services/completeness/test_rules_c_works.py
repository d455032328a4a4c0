"""L1-L4 on journals of a few lines; the definitions are RULES.md's and the letters of 2021."""

from typing import Any

import pytest

from services.journal.model import FIRST_DAY, LAST_DAY, MemberRow, SlotRow
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book, at, day

MON, TUE, WED, THU, FRI = "07.09", "08.09", "09.09", "10.09", "11.09"
RUSSIAN = "Русский язык"
LATER = "30.09"


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def work(book: Book, on: str, number: int = 2, kind: str = "контрольная", **said: Any) -> None:
    book.lesson(on, number, work_kind=kind, work_type=kind.capitalize(), **said)


async def test_a_second_work_of_the_class_s_day_is_l1(book: Book) -> None:
    work(book, MON, 2)
    work(book, MON, 4, "диктант", subject=RUSSIAN)
    work(book, TUE, 3, "изложение", subject=RUSSIAN)
    await book.load()
    assert await book.says("L1", at(TUE)) == [(MON, 4)]
    [hit] = await book.look("L1", at(TUE))
    assert (hit.facts["other_kind"], hit.facts["other_subject"]) == ("контрольная", MATHS)


async def test_of_three_works_two_are_beyond_the_limit(book: Book) -> None:
    for number in (2, 4, 6):
        work(book, MON, number, "сочинение", subject=f"Предмет {number}")
    await book.load()
    assert await book.says("L1", at(TUE)) == [(MON, 4), (MON, 6)]


async def test_a_double_written_in_both_lessons_is_one_work(book: Book) -> None:
    work(book, MON, 2, "сочинение")
    work(book, MON, 3, "сочинение")
    await book.load()
    assert await book.says("L1", at(TUE)) == []


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "тест"},
        {"kind": "самостоятельная"},
        {"state": "отменён"},
        {"state": "перенесён"},
        {"study_group": "1"},
    ],
)
async def test_a_short_unheld_or_group_work_is_not_counted(
    book: Book, other: dict[str, Any]
) -> None:
    book.groups(**{"1": [1, 2]})
    work(book, MON, 2)
    work(book, MON, 4, subject=RUSSIAN, **other)
    await book.load()
    assert await book.says("L1", at(TUE)) == []


async def test_a_work_is_counted_from_the_deadline_of_its_day(book: Book) -> None:
    work(book, MON, 2)
    work(book, MON, 4, subject=RUSSIAN)
    await book.load()
    assert await book.says("L1", at(MON, 19, 59)) == []
    assert await book.says("L1", at(MON, 20, 0)) == [(MON, 4)]


@pytest.mark.parametrize(("later", "found"), [("23.09", [("23.09", 2)]), ("24.09", [])])
async def test_a_work_sooner_than_seventeen_days_after_the_last_is_l2(
    book: Book, later: str, found: list[tuple[str, int]]
) -> None:
    work(book, MON)
    work(book, later, kind="диктант")
    await book.load()
    assert await book.says("L2", at(LATER)) == found


async def test_each_of_a_row_is_measured_from_the_one_before(book: Book) -> None:
    for on in (MON, "16.09", "30.09"):
        work(book, on)
    await book.load()
    assert await book.says("L2", at(LATER)) == [("16.09", 2), ("30.09", 2)]
    hits = await book.look("L2", at(LATER))
    assert {hit.facts["day_before"] for hit in hits} == {day(MON), day("16.09")}


@pytest.mark.parametrize(
    "other", [{"subject": RUSSIAN}, {"kind": "тест"}, {"state": "отменён"}, {"study_group": "1"}]
)
async def test_only_works_of_the_whole_class_in_one_subject_follow_each_other(
    book: Book, other: dict[str, Any]
) -> None:
    book.groups(**{"1": [1, 2]})
    work(book, MON)
    work(book, "14.09", **other)
    await book.load()
    assert await book.says("L2", at(LATER)) == []


async def test_two_works_of_a_day_are_one_l2_and_none_against_each_other(book: Book) -> None:
    work(book, MON)
    for number in (2, 3, 5):
        work(book, "14.09", number)
    await book.load()
    assert await book.says("L2", at(LATER)) == [("14.09", 2)]


def timetable(book: Book, **days: list[str]) -> None:
    """Subjects by the numbers of lessons, a weekday a list: «mon=[MATHS, RUSSIAN]»."""
    weekdays = ("mon", "tue", "wed", "thu", "fri")
    book.batch.slots = [
        SlotRow("5А", "", weekdays.index(name) + 1, number, subject, TEACHER, None, FIRST_DAY,
                LAST_DAY)
        for name, subjects in days.items()
        for number, subject in enumerate(subjects, start=1)
        if subject
    ]  # fmt: skip


HISTORY, BIOLOGY = "История", "Биология"


@pytest.mark.parametrize(("number", "first"), [(1, [1]), (2, []), (3, []), (4, [0])])
async def test_a_work_on_the_first_or_last_lesson_is_l4(
    book: Book, number: int, first: list[int]
) -> None:
    timetable(book, mon=[MATHS, MATHS, MATHS, MATHS])
    work(book, MON, number)
    await book.load()
    hits = await book.look("L4", at(LATER))
    assert [hit.facts["is_first"] for hit in hits] == first


@pytest.mark.parametrize(
    ("tuesday", "found"), [(RUSSIAN, []), (MATHS, [(MON, 3)])]
)  # fmt: skip
async def test_the_subject_s_only_lesson_of_the_week_is_excepted(
    book: Book, tuesday: str, found: list[tuple[str, int]]
) -> None:
    timetable(book, mon=[RUSSIAN, HISTORY, MATHS], tue=[tuesday])
    work(book, MON, 3)
    book.lesson("04.09", 1)
    book.lesson("14.09", 1)
    await book.load()
    assert await book.says("L4", at(LATER)) == found


async def test_another_line_of_the_week_tells_that_it_was_not_the_only_one(book: Book) -> None:
    timetable(book, mon=[RUSSIAN, HISTORY, MATHS])
    work(book, MON, 3)
    book.lesson(FRI, 2, state="отменён")
    await book.load()
    assert await book.says("L4", at(LATER)) == [(MON, 3)]


async def test_a_day_that_begins_with_the_second_lesson_opens_there(book: Book) -> None:
    timetable(book, mon=["", MATHS, RUSSIAN], tue=[MATHS])
    work(book, MON, 2)
    await book.load()
    assert await book.says("L4", at(LATER)) == [(MON, 2)]


async def test_a_cancelled_last_lesson_makes_the_one_before_the_last(book: Book) -> None:
    timetable(book, mon=[RUSSIAN, HISTORY, MATHS, BIOLOGY], tue=[MATHS])
    work(book, MON, 3)
    book.lesson(MON, 4, subject=BIOLOGY, state="отменён")
    await book.load()
    assert await book.says("L4", at(LATER)) == [(MON, 3)]


@pytest.mark.parametrize(("members", "found"), [([4], [(MON, 3)]), ([1], [])])
async def test_a_lesson_of_a_group_in_which_nobody_is_ends_no_day(
    book: Book, members: list[int], found: list[tuple[str, int]]
) -> None:
    timetable(book, mon=[RUSSIAN, HISTORY, MATHS], tue=[MATHS])
    book.batch.slots = [
        *(book.batch.slots or []),
        SlotRow("5А", "1", 1, 4, BIOLOGY, TEACHER, None, FIRST_DAY, LAST_DAY),
    ]
    book.batch.members = [MemberRow("5А", BIOLOGY, "1", pupil) for pupil in members]
    book.batch.enrollments = [book.stay(number) for number in (1, 2, 3)]
    book.batch.enrollments.append(book.stay(4, last="04.09"))
    work(book, MON, 3)
    await book.load()
    assert await book.says("L4", at(LATER)) == found


async def test_a_double_at_the_end_of_the_day_is_told_by_its_first_lesson(book: Book) -> None:
    timetable(book, mon=[RUSSIAN, MATHS, MATHS], tue=[MATHS])
    work(book, MON, 2, "сочинение")
    work(book, MON, 3, "сочинение")
    await book.load()
    assert await book.says("L4", at(LATER)) == []


@pytest.mark.parametrize(("covered", "found"), [((MON, TUE), [(MON, 3)]), ((), [])])
async def test_without_a_timetable_a_covered_day_tells_its_edges(
    book: Book, covered: tuple[str, ...], found: list[tuple[str, int]]
) -> None:
    book.batch.slots = None
    row = book.batch.assignments[0]  # type: ignore[index]
    book.batch.assignments = [row, row._replace(subject=RUSSIAN)]
    work(book, MON, 3)
    book.lesson(TUE, 2)
    for on in covered:
        book.lesson(on, 1, subject=RUSSIAN)
    await book.load()
    assert await book.says("L4", at(LATER)) == found


async def test_without_a_timetable_and_a_load_only_lesson_one_is_an_edge(book: Book) -> None:
    book.batch.slots = book.batch.assignments = None
    work(book, MON, 3)
    work(book, TUE, 1)
    await book.load()
    assert await book.says("L4", at(LATER)) == [(TUE, 1)]


SEPTEMBER = ("02.09", "03.09", "04.09", MON, TUE, WED, THU, FRI)


def load(book: Book, *hours: int) -> None:
    """Hundredths of hours a week, a teacher each."""
    assert book.batch.assignments is not None
    row = book.batch.assignments[0]
    book.batch.assignments = [
        row._replace(teacher=teacher, hours=each)
        for teacher, each in zip((TEACHER, OTHER), hours, strict=False)
    ]


@pytest.mark.parametrize(("works", "hours", "found"), [(3, 100, []), (4, 100, [4]), (4, 200, [])])
async def test_works_on_more_than_a_tenth_of_the_year_s_hours_are_l3(
    book: Book, works: int, hours: int, found: list[int]
) -> None:
    load(book, hours)
    for on in SEPTEMBER[:works]:
        work(book, on)
    await book.load()
    hits = await book.look("L3", at(LATER))
    assert [hit.facts["lessons"] for hit in hits] == found
    assert all((hit.day, hit.facts["hours"]) == (None, 3400) for hit in hits)


async def test_each_lesson_of_a_double_is_an_hour_and_short_works_are_none(book: Book) -> None:
    load(book, 100)
    for number in (2, 3):
        work(book, MON, number, "сочинение")
    work(book, TUE)
    work(book, WED, kind="тест")
    work(book, THU, state="отменён")
    await book.load()
    assert await book.look("L3", at(LATER)) == []
    work(book, FRI)
    await book.load(name="b")
    [hit] = await book.look("L3", at(LATER))
    assert hit.facts["lessons"] == 4


async def test_a_plan_of_more_hours_goes_before_the_load(book: Book) -> None:
    load(book, 100)
    for on in SEPTEMBER[:4]:
        work(book, on)
    book.plan(MON, 4000)
    await book.load()
    assert await book.look("L3", at(LATER)) == []


async def test_a_plan_alone_tells_the_hours(book: Book) -> None:
    book.batch.assignments = None
    for on in SEPTEMBER[:4]:
        work(book, on)
    book.plan(MON, 3400)
    await book.load()
    [hit] = await book.look("L3", at(LATER))
    assert hit.facts["hours"] == 3400


async def test_hours_that_nobody_tells_are_not_exceeded(book: Book) -> None:
    book.batch.assignments = None
    for on in SEPTEMBER:
        work(book, on)
    await book.load()
    assert await book.look("L3", at(LATER)) == []


async def test_hours_of_two_teachers_of_the_class_are_added(book: Book) -> None:
    load(book, 100, 100)
    for on in SEPTEMBER[:6]:
        work(book, on)
    await book.load()
    assert await book.look("L3", at(LATER)) == []
