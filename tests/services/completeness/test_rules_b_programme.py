"""K2-K5 on journals of a few lines; the definitions are RULES.md's."""

from typing import Any

import pytest

from services.completeness.rules import catalogue
from services.ids import SchoolId
from services.journal.model import LAST_DAY, AssignmentRow
from storage.database import Database
from tests.services.completeness.book import OTHER, Book, at, day

MON, TUE, WED, THU, FRI = "07.09", "08.09", "09.09", "10.09", "11.09"
DUE, LATER = "15.09", "30.09"
CONTROL: dict[str, Any] = {"work_kind": "контрольная", "work_type": "Контрольная работа"}


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def taught(book: Book, *controls: str, last: str = LATER) -> None:
    """Lessons of September, some of them control works."""
    book.lessons("01.09", last)
    assert book.batch.lessons is not None
    days = {day(each) for each in controls}
    book.batch.lessons = [
        row._replace(**CONTROL) if row.day in days else row for row in book.batch.lessons
    ]


async def test_a_control_work_of_the_plan_not_held_in_five_days_is_k5(book: Book) -> None:
    taught(book, "28.09")
    for on, kind in ((MON, ""), (THU, "контрольная"), ("28.09", "контрольная")):
        book.plan(on, kind=kind)
    await book.load()
    assert await book.says("K5", at(DUE)) == []
    assert await book.says("K5", at("16.09", 0, 0)) == [(THU, None)]
    [hit] = await book.look("K5", at(LATER))
    assert hit.facts["topic"] == "Тема 2"


@pytest.mark.parametrize(
    ("held", "found"),
    [("04.09", [(THU, None)]), ("07.09", []), (DUE, []), ("22.09", []), ("23.09", [(THU, None)])],
)
async def test_a_work_held_a_little_earlier_or_later_is_held(
    book: Book, held: str, found: list[tuple[str, None]]
) -> None:
    taught(book, held, "28.09")
    book.plan(THU, kind="контрольная")
    book.plan("28.09", kind="контрольная")
    await book.load()
    assert await book.says("K5", at(LATER)) == found


async def test_a_cancelled_control_lesson_is_not_held(book: Book) -> None:
    taught(book)
    book.lesson(THU, 2, state="отменён", **CONTROL)
    book.plan(THU, kind="контрольная")
    await book.load()
    assert await book.says("K5", at(LATER)) == [(THU, None)]


async def test_each_group_holds_its_own_control_work(book: Book) -> None:
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    book.batch.assignments = [
        AssignmentRow(OTHER, "Математика", "5А", group, 500, day("01.09"), LAST_DAY)
        for group in ("1", "2")
    ]
    book.lessons("01.09", LATER, study_group="1")
    book.lessons("01.09", LATER, study_group="2", number=2)
    book.lesson(THU, 3, study_group="1", **CONTROL)
    book.plan(THU, kind="контрольная")
    await book.load()
    [hit] = await book.look("K5", at(LATER))
    async with book.database.reading() as work:
        dictionary = await work.journal.dictionary(SchoolId(1))
    names = {each.id: each.name for each in dictionary.study_groups.values()}
    assert (names[hit.study_group], hit.staff) == ("2", dictionary.teacher(OTHER))


@pytest.mark.parametrize("last", [MON, "14.09"])
async def test_where_lessons_are_not_covered_no_work_is_missing(book: Book, last: str) -> None:
    taught(book, "01.09", last=last)
    book.plan(THU, kind="контрольная")
    await book.load()
    assert await book.says("K5", at(LATER)) == []


async def test_without_kinds_of_works_in_the_files_no_work_is_missing(book: Book) -> None:
    taught(book)
    book.plan(THU, kind="контрольная")
    await book.load()
    assert await book.says("K5", at(LATER)) == []


async def test_a_topic_used_more_often_than_its_hours_is_k3_at_its_latest_lesson(
    book: Book,
) -> None:
    for on, topic in ((MON, "Дроби"), (TUE, "Сложение"), (WED, " дроби"), (THU, "Проценты"),
                      (FRI, "ДРОБИ")):  # fmt: skip
        book.lesson(on, topic=topic)
    for topic, hours in (("Дроби", 200), ("Сложение", 100), ("Проценты", 100)):
        book.plan(MON, hours, topic=topic)
    await book.load()
    assert await book.says("K3", at(THU)) == []
    assert await book.says("K3", at(FRI)) == [(FRI, 1)]
    [hit] = await book.look("K3", at(FRI))
    assert (hit.facts["used"], hit.facts["hours"]) == (3, 200)


async def test_hours_of_one_topic_are_added_and_a_cancelled_lesson_uses_none(book: Book) -> None:
    for on in (MON, TUE):
        book.lesson(on)
        book.plan(on, topic="Дроби")
    book.lesson(WED, state="отменён")
    await book.load()
    assert await book.says("K3", at(FRI)) == []


async def test_a_topic_outside_the_plan_has_no_hours_to_exceed(book: Book) -> None:
    for on in (MON, TUE, WED):
        book.lesson(on, topic="Повторение")
    book.plan(MON, topic="Дроби")
    await book.load()
    assert await book.says("K3", at(FRI)) == []


@pytest.mark.parametrize(("own", "found"), [(100, [(TUE, 1)]), (200, [])])
async def test_a_group_s_own_plan_goes_before_the_class_s(
    book: Book, own: int, found: list[tuple[str, int]]
) -> None:
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    for on in (MON, TUE):
        book.lesson(on, study_group="1")
    book.lesson(MON, 2, study_group="2")
    book.plan(MON, 100, topic="Дроби")
    book.plan(MON, own, topic="Дроби", study_group="1")
    await book.load()
    assert await book.says("K3", at(FRI)) == found


def entered(on: str, minute: int) -> int:
    return int(at(on, 20, minute).timestamp())


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        ([0, 0, 0, 1, 1], [(MON, 1), (TUE, 1), (WED, 1), (THU, 1), (FRI, 1)]),
        ([0, 0, 0, 1, 2], []),
        ([0, 0, 0, 0], []),
    ],
)
async def test_five_lessons_of_one_author_within_a_minute_are_k4(
    book: Book, minutes: list[int], found: list[tuple[str, int]]
) -> None:
    for index, (on, minute) in enumerate(zip((MON, TUE, WED, THU, FRI), minutes, strict=False)):
        book.lesson(on, topic=f"Тема {index}", entered_at=entered(FRI, minute))
    book.lesson("14.09", topic="Другая", entered_at=entered(FRI, 2))
    await book.load()
    assert await book.says("K4", at("15.09")) == found


@pytest.mark.parametrize("author", [OTHER, None])
async def test_another_or_unknown_author_is_not_in_the_burst(
    book: Book, author: str | None
) -> None:
    for index, on in enumerate((MON, TUE, WED, THU, FRI)):
        by: dict[str, Any] = {"author": author} if on == FRI else {}
        book.lesson(on, topic=f"Тема {index}", entered_at=entered(FRI, 0), **by)
    await book.load()
    assert await book.says("K4", at("15.09")) == []


async def test_the_same_topic_and_homework_three_times_in_a_row_are_k4(book: Book) -> None:
    book.lessons(MON, WED)
    book.lesson(THU, topic="Проценты")
    book.lessons(FRI, "14.09")
    await book.load()
    assert await book.says("K4", at("15.09")) == [(WED, 1)]


@pytest.mark.parametrize(
    "other", [{"homework": "№ 13"}, {"topic": "Проценты"}, {"state": "отменён"}]
)
async def test_a_lesson_that_says_otherwise_breaks_the_row(
    book: Book, other: dict[str, Any]
) -> None:
    book.lesson(MON)
    book.lesson(TUE, **other)
    book.lesson(WED)
    await book.load()
    assert await book.says("K4", at(FRI)) == []


@pytest.mark.parametrize("homework", ["", "Не задано", None])
async def test_no_homework_cannot_be_copied(book: Book, homework: str | None) -> None:
    book.lessons(MON, WED, homework=homework)
    await book.load()
    assert await book.says("K4", at(FRI)) == []


def test_a_burst_and_a_row_are_told_apart() -> None:
    why = catalogue()["K4"].why
    assert why({"repeated": 3, "at_once": 1}).facts == {"lessons": 3}
    assert "within a minute" in why({"repeated": 0, "at_once": 1}).msgid
