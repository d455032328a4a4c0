"""F4: wide journal pages of any system."""

from datetime import date
from typing import Any

import pytest

from services.journal.relations import ATTENDANCE, COVERAGE, LESSONS, MARKS, UNNUMBERED
from storage.database import Database
from tests.services.completeness.book import MATHS, TEACHER, Book
from tests.services.journal.formats.made import (
    NBSP,
    Rows,
    column,
    day,
    read,
    refusal,
    rows_of,
    table,
)
from tests.services.journal.formats.school import School
from tests.services.readers.books import open_document, parsed, workbook

NAME = "7А алгебра 2026-2027.xlsx"
DAYS = ("12.сен", "15.сен", "15.сен", "19.сен", "03.окт", "10.янв")
NUMBERS = [day(12, 9), day(15, 9), day(15, 9), day(19, 9), day(3, 10), day(10, 1, 2027)]
FIRST = ("5", "", "4/5", "Н", "", "3 Б")
SECOND = ("", "н", "н/а", " ", "2", "")
NAMES = (("Смирнов Иван", *FIRST), ("Кузнецова Анна", *SECOND))


def marks_of(rows: Rows, name: str = NAME) -> list[tuple[Any, ...]]:
    """(day, which lesson of it, pupil, position, value, code)."""
    found = rows_of(read(rows, name), "marks")
    return [(row.day, row.nth, row.pupil, row.position, row.value, row.code) for row in found]


MARKS_EXPECTED = [
    (NUMBERS[0], 1, 1, 0, 5, ""),
    (NUMBERS[2], 2, 1, 0, 4, ""),
    (NUMBERS[2], 2, 1, 1, 5, ""),
    (NUMBERS[5], 1, 1, 0, 3, ""),
    (NUMBERS[2], 2, 2, 0, None, "н/а"),
    (NUMBERS[4], 1, 2, 0, 2, ""),
]


def test_marks_absences_and_the_days_of_lessons_are_taken() -> None:
    found = read([("Фамилия, имя", *DAYS, "Средний балл"), *((*row, "4,5") for row in NAMES)], NAME)
    assert (found.format, found.confidence, found.year) == ("F4", 0.9, "2026/2027")
    assert marks_of([("Ученик", *DAYS), *NAMES]) == MARKS_EXPECTED
    assert [(row.day, row.nth, row.pupil, row.code) for row in rows_of(found, "attendance")] == [
        (NUMBERS[3], 1, 1, "Н"), (NUMBERS[5], 1, 1, "Б"), (NUMBERS[1], 1, 2, "Н"),
    ]  # fmt: skip
    assert [(row.day, row.number, row.topic) for row in rows_of(found, "lessons")] == [
        (each, UNNUMBERED + (2 if place == 2 else 1), None) for place, each in enumerate(NUMBERS)
    ]
    assert found.pupil_names == {"7А": ["Смирнов Иван", "Кузнецова Анна"]}


def test_a_month_row_stands_above_the_days() -> None:
    rows = [
        ("№", "ФИО учащегося", "Сентябрь", "", "", "", "Октябрь", f"Январь{NBSP}"),
        ("", "", 12, 15, 15, 19, 3, 10),
        *((number, *row) for number, row in enumerate(NAMES, 1)),
        ("", "Средний балл", 4.5, "", "", "", "", ""),
        ("", "Учитель Иванова Ирина Ивановна"),
    ]
    assert marks_of(rows) == MARKS_EXPECTED


@pytest.mark.parametrize(
    "days",
    [
        [date.fromordinal(each) for each in NUMBERS],
        [f"{date.fromordinal(each):%d.%m.%Y}" for each in NUMBERS],
        [f"{date.fromordinal(each):%d.%m}" for each in NUMBERS],
        [f"{date.fromordinal(each):%d.%m.%y}" for each in NUMBERS],
        [f"сб, {date.fromordinal(each):%d.%m}" for each in NUMBERS],
        ["12 сентября", "15 сен.", "15.сен", "19-сен", "3 окт", "10 янв"],
    ],
    ids=str,
)
def test_days_are_read_however_they_are_written(days: list[Any]) -> None:
    assert marks_of([("ФИО", *days), *NAMES]) == MARKS_EXPECTED


def test_a_month_in_the_name_of_the_sheet_is_enough() -> None:
    rows = [("Список класса", 1, 2, 3, 4, 7), ("Смирнов Иван", 5, "", "", "", 4)]
    found = read(rows, NAME, sheet="Сентябрь")
    assert column(found, "marks", "day") == [day(1, 9), day(7, 9)]


def test_a_page_of_numbers_only_numbers_its_pupils() -> None:
    found = read([("№", *DAYS), (17, *FIRST), (3, *SECOND)], NAME)
    assert sorted(set(column(found, "marks", "pupil"))) == [3, 17]
    assert found.pupil_names == {}


def test_a_surname_and_a_name_may_stand_apart() -> None:
    rows = [("№ п/п", "Фамилия", "Имя", *DAYS), (1, "Смирнов", "Иван", *FIRST)]
    assert read(rows, NAME).pupil_names == {"7А": ["Смирнов Иван"]}


def test_namesakes_are_two_pupils() -> None:
    found = read([("ФИО", *DAYS), ("Смирнов Иван", *FIRST), ("Смирнов Иван", *SECOND)], NAME)
    assert found.pupil_names == {"7А": ["Смирнов Иван", "Смирнов Иван"]}
    assert set(column(found, "marks", "pupil")) == {1, 2}


def test_a_sheet_a_subject_shares_the_list_of_the_class() -> None:
    header = ("Ученик", *DAYS)
    book = workbook({"Алгебра": [header, *NAMES], "Геометрия": [header, *reversed(NAMES)]})
    found = parsed(book, "7А 2026-2027.xlsx")
    assert found.pupil_names == {"7А": ["Смирнов Иван", "Кузнецова Анна"]}
    assert {(row.subject, row.pupil, row.value) for row in rows_of(found, "marks")} >= {
        ("Алгебра", 1, 5), ("Геометрия", 1, 5), ("Геометрия", 2, 2),
    }  # fmt: skip


def test_what_a_spreadsheet_damaged_is_given_back_or_refused() -> None:
    rows = [("ФИО", *DAYS), ("Смирнов Иван", date(2026, 4, 5), date(2026, 5, 3), date(2026, 9, 7))]
    found = read(rows, NAME)
    assert column(found, "marks", "value") == [5, 4, 3, 5]
    [(sheet, row, reason)] = found.refused
    assert (sheet, row) == ("Отметки", 2)
    assert reason.startswith("столбец 4: таблица превратила отметку в дату 07.09")


def test_two_ways_to_pack_the_same_page() -> None:
    rows = [("ФИО", *DAYS), *NAMES]
    for content, name in (
        (table(rows), "7А алгебра 2026-2027.csv"),
        (table(rows, delimiter="\t", encoding="utf-8"), "7А алгебра 2026-2027.txt"),
        (open_document([list(row) for row in rows]), "7А алгебра 2026-2027.ods"),
    ):
        found = parsed(content, name)
        assert (found.format, len(found.rows["marks"])) == ("F4", 6)


def test_a_page_without_year_class_or_subject_is_refused_in_one_sentence() -> None:
    rows = [("ФИО", *DAYS), *NAMES]
    assert "какой это учебный год:" in refusal(rows, "7А алгебра.xlsx")
    assert "какой это класс и предмет:" in refusal(rows, "2026-2027.xlsx")
    assert "какой это класс:" in refusal(rows, "Алгебра 7А и 7Б 2026-2027.xlsx")
    months = [("ФИО", "Сентябрь", "", "", "", ""), ("", 1, 2, 3, 4, 5), ("Смирнов Иван", 5)]
    assert "какой это учебный год:" in refusal(months, "7А алгебра.xlsx")


def test_a_day_that_is_in_no_calendar_refuses_the_page() -> None:
    rows = [("ФИО", "31.09", *DAYS[1:]), *NAMES]
    assert refusal(rows, NAME) == "Файл не читается: дня 31.09 нет в календаре."


@pytest.mark.parametrize(
    "rows",
    [
        [("ФИО", *DAYS), ("Смирнов Иван", *["с утра дежурил в столовой"] * 6)],
        [("Сумма", *DAYS), ("молоко", 1, 2, 3, 4, 5, 6)],
        [("ФИО", 1, 2, 3, 4, 5), ("Смирнов Иван", 5, 4, 3, 2, 5)],
        [("ФИО", *DAYS[:4]), ("Смирнов Иван", 5, 4, 3, 2)],
        [("Ученик: Смирнов Иван",), ("ФИО", *DAYS), ("Смирнов Иван", *FIRST)],
    ],
    ids=["no marks", "no pupils", "no month", "four days", "a report by pupil"],
)
def test_what_only_looks_like_a_page_is_not_one(rows: Rows) -> None:
    assert refusal(rows, NAME).startswith("Не узнаю")


# -- in the school's journal -----------------------------------------------------------------------

WEEK = ("07.09.2026", "08.09.2026", "09.09.2026", "10.09.2026", "11.09.2026")


def page(*pupils: tuple[Any, ...]) -> bytes:
    return workbook({"5А": [("Предмет: Математика",), ("ФИО", *WEEK), *pupils]})


@pytest.fixture
async def school(database: Database) -> School:
    book = Book(database)
    named = ("Смирнов Иван Петрович", "Кузнецова Анна", "Смирнов Илья", "Ким Яна")
    assert book.batch.enrollments
    book.batch.enrollments = [
        row._replace(name=name) for row, name in zip(book.batch.enrollments, named, strict=True)
    ]
    await book.load()
    return School(book)


async def test_pupils_are_found_in_the_class_list_and_lessons_in_the_timetable(
    school: School,
) -> None:
    await school.send(page(("Кузнецова Анна", 5), ("Смирнов Иван", 4, "н")))
    assert await school.shows(MARKS, "day", "number", "pupil", "value") == [
        (day(7, 9), 1, 1, 4), (day(7, 9), 1, 2, 5),
    ]  # fmt: skip
    assert await school.shows(ATTENDANCE, "day", "number", "pupil") == [(day(8, 9), 1, 1)]
    lessons = await school.shows(LESSONS, "day", "number", "staff", "topic", "subject")
    assert lessons[0] == (day(7, 9), 1, TEACHER, None, MATHS)
    assert len(lessons) == 5
    assert {row[0] for row in await school.shows(COVERAGE, "kind")} == {
        "lessons", "marks", "attendance",
    }  # fmt: skip


async def test_a_name_that_may_be_two_pupils_is_refused(school: School) -> None:
    preview = await school.send(page(("Смирнов И.", 5), ("Чужой Пётр", 5)))
    assert await school.shows(MARKS, "pupil") == []
    assert [each["reason"] for each in preview.files[0].reasons] == [
        "Ученики: 5А: ученика из блока 1 нет в списке класса",
        "Ученики: 5А: ученика из блока 2 нет в списке класса",
    ]


async def test_two_pages_of_a_class_without_a_list_number_its_pupils_alike(
    database: Database,
) -> None:
    book = Book(database)
    book.batch.enrollments = []
    await book.load()
    header = ("ФИО", *WEEK)
    one = workbook({"5А": [("Предмет: Математика",), header, ("Ким Яна", 5), ("Юй Ли", 4)]})
    other = workbook({"5А": [("Предмет: Труд",), header, ("Юй Ли", 3), ("Ким Яна", 2)]})
    preview = await School(book).send_together(one, other)
    assert preview.conflicts == 0
    assert await School(book).shows(MARKS, "subject", "pupil", "value") == [
        (MATHS, 1, 5), (MATHS, 2, 4), ("Труд", 1, 2), ("Труд", 2, 3),
    ]  # fmt: skip
