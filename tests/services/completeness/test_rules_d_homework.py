"""L5 on journals of a few lines; norms by grade are RULES.md's."""

from typing import Any

import pytest

from services.completeness.rules import catalogue
from services.journal.model import LAST_DAY, NonSchoolRow, SlotRow
from storage.database import Database
from tests.services.completeness.book import MATHS, TEACHER, Book, at, day

MON, TUE = "07.09", "08.09"
LAST_BEFORE, AFTER = "23.10", "02.11"
NOW = at("20.11")


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def moment(on: str, hour: int, minute: int = 0) -> int:
    return int(at(on, hour, minute).timestamp())


async def minutes(book: Book) -> list[tuple[int, int]]:
    """(minutes, norm) of each day told for them."""
    hits = await book.look("L5", NOW)
    return [(hit.facts["minutes"], hit.facts["norm"]) for hit in hits if hit.facts["minutes"]]


@pytest.mark.parametrize(
    ("homework", "told"),
    [
        ("№ 5, 121 мин", True),
        ("№ 5 (121 мин.)", True),
        ("Читать 121минуту", True),
        ("20-130 минут", True),
        ("№ 5, 120 мин", False),
        ("Вычислить 150 минус 3", False),
        ("№ 1201, 30 мин", False),
        ("Минимум 150 слов", False),
    ],
)
async def test_minutes_count_where_the_homework_says_them(
    book: Book,
    homework: str,
    told: bool,  # noqa: FBT001  # a case
) -> None:
    book.lesson(MON, homework=homework)
    await book.load()
    assert bool(await minutes(book)) is told


@pytest.mark.parametrize(
    ("unit", "norm"),
    [("2А", 90), ("3А", 90), ("4А", 120), ("5А", 120), ("6А", 150), ("8А", 150), ("9А", 210),
     ("11А", 210)],
)  # fmt: skip
async def test_the_norm_is_the_grade_s(database: Database, unit: str, norm: int) -> None:
    book = Book(database, class_unit=unit)
    book.lesson(MON, homework=f"{norm + 1} мин")
    book.lesson(TUE, homework=f"{norm} мин")
    await book.load()
    assert await minutes(book) == [(norm + 1, norm)]


async def test_subjects_of_a_day_are_added_and_groups_of_one_are_not(book: Book) -> None:
    book.lesson(MON, homework="60 мин")
    book.lesson(MON, number=2, subject="Физика", study_group="1", homework="50 мин")
    book.lesson(MON, number=2, subject="Физика", study_group="2", homework="40 мин")
    await book.load()
    assert await minutes(book) == []
    book.lesson(MON, number=3, subject="Химия", homework="11 мин")
    await book.load(name="b")
    assert await minutes(book) == [(121, 120)]
    [hit] = [one for one in await book.look("L5", NOW) if one.facts["minutes"]]
    assert (hit.subject, hit.staff, hit.number, hit.severity) == (None, None, None, "minor")


async def test_homework_of_the_last_lesson_before_holidays_is_advice(book: Book) -> None:
    book.lesson("22.10")
    book.lesson(LAST_BEFORE)
    book.lesson(AFTER)
    await book.load()
    assert await book.says("L5", NOW) == [(LAST_BEFORE, 1)]
    [hit] = await book.look("L5", NOW)
    assert hit.severity == "advice"
    assert "over the holidays" in catalogue()["L5"].why(hit.facts).msgid


@pytest.mark.parametrize(
    "said",
    [{"homework": "Не задано"}, {"homework": "Без задания"}, {"homework": ""},
     {"homework": "Нет."}, {"homework": "б/з"}, {"state": "отменён"}, {"homework": None}],
)  # fmt: skip
async def test_no_homework_is_none_over_holidays(book: Book, said: dict[str, Any]) -> None:
    book.lesson(LAST_BEFORE, **said)
    await book.load()
    assert await book.says("L5", NOW) == []


async def test_a_course_with_another_lesson_before_holidays_is_not_over_them(book: Book) -> None:
    book.batch.slots = [
        SlotRow("5А", "", 5, 1, MATHS, TEACHER, None, 0, LAST_DAY),
        SlotRow("5А", "", 1, 1, MATHS, TEACHER, None, 0, LAST_DAY),
    ]
    book.lesson("19.10")
    await book.load()
    assert await book.says("L5", NOW) == []


async def test_a_weekend_and_a_free_monday_are_no_holidays(book: Book) -> None:
    book.holiday("14.09", "14.09")
    book.lesson("11.09")
    book.lesson("15.09")
    await book.load()
    assert await book.says("L5", NOW) == []


@pytest.mark.parametrize("what", ["cancelled", "without a line"])
async def test_a_later_lesson_that_did_not_happen_takes_the_homework_with_it(
    book: Book, what: str
) -> None:
    book.lesson("22.10")
    if what == "cancelled":
        book.lesson(LAST_BEFORE, state="отменён")
    await book.load()
    assert await book.says("L5", NOW) == []


async def test_a_quarantine_is_no_holidays(book: Book) -> None:
    book.lesson("11.09")
    book.holiday("14.09", "20.09")
    book.lesson("21.09")
    await book.load()
    assert await book.says("L5", NOW) == []


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([("Осенние каникулы", "")], True),
        ([("КАНИКУЛЫ", "5")], True),
        ([("Карантин", "5А"), ("Дополнительные каникулы", "1")], False),
        ([("Актированный день", "")], False),
    ],
)
async def test_holidays_inside_a_term_are_called_so(
    book: Book,
    lines: list[tuple[str, str]],
    told: bool,  # noqa: FBT001  # a case
) -> None:
    book.batch.non_school = [
        NonSchoolRow(day("14.09"), day("20.09"), title, classes) for title, classes in lines
    ]
    book.lesson("11.09")
    await book.load()
    assert await book.says("L5", NOW) == [("11.09", 1)] * told


async def test_after_the_last_known_term_there_are_holidays(book: Book) -> None:
    book.lesson("24.12")
    book.lesson("25.12")
    await book.load()
    assert await book.says("L5", at("24.12", 17)) == []
    [hit] = await book.look("L5", at("25.12", 17))
    assert (hit.day, hit.number) == (day("25.12"), 1)
    assert catalogue()["L5"].why(hit.facts).msgid == "Homework is set over the holidays."


async def test_a_timetable_that_ends_inside_a_term_begins_no_holidays(book: Book) -> None:
    book.batch.slots = [SlotRow("5А", "", 1, 1, MATHS, TEACHER, None, 0, day("01.12"))]
    book.lesson("30.11")
    await book.load()
    assert await book.says("L5", at("03.12")) == []


async def test_homework_entered_after_six_of_its_day_is_advice(book: Book) -> None:
    book.lesson(MON, entered_at=moment(MON, 18, 1))
    book.lesson(TUE, entered_at=moment(TUE, 18))
    book.lesson("09.09", entered_at=moment("10.09", 9))
    book.lesson("10.09", entered_at=moment("10.09", 19), homework="Не задано")
    await book.load()
    assert await book.says("L5", NOW) == [(MON, 1), ("09.09", 1)], "a day later is later still"
    assert await book.says("L5", at("09.09")) == [(MON, 1)]
    hits = await book.look("L5", NOW)
    assert {hit.severity for hit in hits} == {"advice"}
    assert {catalogue()["L5"].why(hit.facts).msgid for hit in hits} == {
        "The homework was entered %(entered)s, too late for that day."
    }


async def test_over_holidays_goes_before_the_hour(book: Book) -> None:
    book.lesson(LAST_BEFORE, entered_at=moment(LAST_BEFORE, 19))
    await book.load()
    [hit] = await book.look("L5", NOW)
    assert hit.facts["next"] is not None


async def test_the_first_grade_has_no_homework_to_measure(database: Database) -> None:
    book = Book(database, class_unit="1А")
    book.lesson(LAST_BEFORE, homework="300 мин", entered_at=moment(LAST_BEFORE, 19))
    await book.load()
    assert await book.says("L5", NOW) == []


def test_the_words_of_a_norm_give_both_numbers() -> None:
    facts = {"minutes": 121, "norm": 120, "last": None, "next": None, "entered_at": None}
    assert catalogue()["L5"].why(facts).facts == {"minutes": 121, "norm": 120}
