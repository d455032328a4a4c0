"""F5: long lists of lessons, and what the timetable adds to them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.journal.model import FIRST_DAY, LAST_DAY, AssignmentRow
from services.journal.relations import COVERAGE, LESSONS, UNNUMBERED
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book
from tests.services.journal.formats.made import (
    NBSP,
    column,
    day,
    read,
    refusal,
    rows_of,
    table,
)
from tests.services.journal.formats.school import School
from tests.services.readers.books import parsed, workbook

HEADER = ("Дата", "№ урока", "Класс", "Предмет", "Тема урока", "Задание на дом", "Педагог")
LINE = ("20.11.2026", 2, "5А", "Алгебра", "Дроби", "№ 5", "Иванова И. И.")
NAME = "Журнал 7А алгебра 2026-2027.xlsx"


def test_a_row_is_a_lesson() -> None:
    found = read([("Школа № 1",), (), HEADER, LINE])
    assert (found.format, found.confidence) == ("F5", 0.85)
    [row] = rows_of(found, "lessons")
    assert row[:10] == (
        day(20, 11), 2, "5А", "", "Алгебра", "Иванова И.И.", None, "Дроби", "№ 5", "",
    )  # fmt: skip
    assert row[10:] == (None, None, None, None, None, None)


def test_every_column_that_a_lesson_can_have_is_taken() -> None:
    more = (
        "Замещает", "Вид работы", "Статус урока", "Посещаемость отмечена", "Дата внесения",
        "Дата изменения", "Автор",
    )  # fmt: skip
    said = ("Ким О.В.", "к/р", "проведён", "да", "20.11.2026 14:31", "-", "Иванова И.И.")
    [row] = rows_of(read([(*HEADER, *more), (*LINE, *said)]), "lessons")
    entered = int(datetime(2026, 11, 20, 11, 31, tzinfo=UTC).timestamp())
    assert row[6] == "Ким О.В."
    assert row[9:] == ("контрольная", "к/р", "проведён", True, entered, None, "Иванова И.И.")


def test_classes_taught_together_and_groups_are_told_apart() -> None:
    rows = [
        HEADER,
        ("20.11.2026", 1, "5А, 5Б", *LINE[3:]),
        ("20.11.2026", 2, "6В (2 гр.)", *LINE[3:]),
        ("20.11.2026", 3, "7А", "Английский язык, 1 п/г", *LINE[4:]),
    ]
    assert [(row.class_unit, row.study_group, row.subject) for row in
            rows_of(read(rows), "lessons")] == [
        ("5А", "", "Алгебра"), ("5Б", "", "Алгебра"), ("6В", "2", "Алгебра"),
        ("7А", "1", "Английский язык"),
    ]  # fmt: skip


def test_titles_say_whose_lessons_a_short_list_has() -> None:
    rows = [
        ("Темы уроков", "", "Период: с 01.09.2026 по 30.11.2026"),
        ("Класс: 7А", "Предмет: Алгебра", "Учитель: Иванова И.И."),
        ("Дата урока", "Что пройдено на уроке", "Домашнее задание"),
        (date(2026, 9, 2), f"Дроби{NBSP}и  корни", ""),
        (date(2026, 9, 2), "Корни", "№ 7"),
        ("04.09.26", "Степени", "№ 8"),
    ]
    found = read(rows)
    assert [row[:9] for row in rows_of(found, "lessons")] == [
        (day(2, 9), UNNUMBERED + 1, "7А", "", "Алгебра", "Иванова И.И.", None, "Дроби и корни", ""),
        (day(2, 9), UNNUMBERED + 2, "7А", "", "Алгебра", "Иванова И.И.", None, "Корни", "№ 7"),
        (day(4, 9), UNNUMBERED + 1, "7А", "", "Алгебра", "Иванова И.И.", None, "Степени", "№ 8"),
    ]
    assert found.period is None
    assert found.notes == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12.09", day(12, 9)),
        ("12.сен", day(12, 9)),
        ("пт, 11.09", day(11, 9)),
        ("12 января", day(12, 1, 2027)),
        (date(2027, 9, 12), day(12, 9)),
        (12.09, day(12, 9)),
    ],
)
def test_a_date_without_its_year_is_of_the_stated_one(written: Any, expected: int) -> None:
    rows = [("Дата", "Тема", "Учитель"), (written, "Дроби", "Иванова И.И.")]
    assert column(read(rows, NAME), "lessons", "day") == [expected]


def test_a_date_that_became_an_ambiguous_number_is_refused() -> None:
    rows = [("Дата", "Тема", "Учитель"), (12.1, "Дроби", "И"), (31.06, "Корни", "И")]
    assert [reason for _, _, reason in read(rows, NAME).refused] == [
        "Дата: таблица превратила дату в число 12.1", "Дата: дня 31.06 нет в календаре",
    ]  # fmt: skip


def test_a_date_without_its_year_in_a_file_without_one_refuses_the_file() -> None:
    rows = [("Дата", "Тема", "Учитель"), ("12.09", "Дроби", "Иванова И.И.")]
    assert refusal(rows, "Журнал 7А алгебра.xlsx").startswith(
        "В файле не сказано, какой это учебный год: впишите строкой над таблицей"
    )


@pytest.mark.parametrize(
    ("cell", "written", "reason"),
    [
        (0, "", "Дата: не заполнено"),
        (0, "завтра", "Дата: не дата"),
        (1, "тринадцатый", "Урок: нужен номер урока от 0 до 12"),
        (2, "", "Класс: не заполнено"),
        (2, "наш", "Класс: «наш» - не класс"),
        (3, "", "Предмет: не заполнено"),
    ],
)
def test_a_row_that_lacks_its_place_is_refused(cell: int, written: str, reason: str) -> None:
    spoiled = [*LINE]
    spoiled[cell] = written
    found = read([HEADER, LINE, spoiled])
    assert found.refused == [("Уроки", 3, reason)]


def test_a_list_of_nobody_knows_whose_lessons_is_refused() -> None:
    rows = [("Дата", "Тема", "Учитель"), ("12.09.2026", "Дроби", "Иванова И.И.")]
    assert "какой это класс и предмет" in refusal(rows)


def test_a_date_and_a_topic_alone_are_not_guessed_about() -> None:
    rows = [("Дата", "Тема", "ДЗ"), ("12.09.2026", "Дроби", "№ 5")]
    assert refusal(rows, "7А алгебра.xlsx") == (
        "Не уверен, что это. Похоже на список уроков: напишите над таблицей «Темы уроков»; "
        "или на КТП: напишите над таблицей «Календарно-тематическое планирование». "
        "Исправьте и пришлите снова."
    )
    assert read([("Темы уроков",), *rows], "7А алгебра.xlsx").format == "F5"
    assert read([("Планирование",), *rows], "7А алгебра.xlsx").format == "F6"


def test_cp1251_is_read() -> None:
    found = parsed(table([HEADER, LINE]), "выгрузка.csv")
    assert column(found, "lessons", "topic") == ["Дроби"]


# -- in the school's journal -----------------------------------------------------------------------

SHORT = ("Дата", "Класс", "Предмет", "Тема", "ДЗ")


@pytest.fixture
async def school(database: Database) -> School:
    book = Book(database)
    await book.load()
    return School(book)


def short(*days: str) -> bytes:
    return workbook({"Л": [SHORT, *((each, "5А", MATHS, "Дроби", "№ 5") for each in days)]})


async def test_number_and_teacher_come_from_the_timetable(school: School) -> None:
    preview = await school.send(short("07.09.2026", "08.09.2026"))
    assert await school.shows(LESSONS, "day", "number", "staff", "topic") == [
        (day(7, 9), 1, TEACHER, "Дроби"), (day(8, 9), 1, TEACHER, "Дроби"),
    ]  # fmt: skip
    assert preview.notes == ["учителя в файле нет: он берётся из расписания и нагрузки"]


async def test_beside_the_timetable_the_load_says_who_teaches(school: School) -> None:
    await school.send(short("12.09.2026"))
    assert await school.shows(LESSONS, "number", "staff") == [(UNNUMBERED + 1, TEACHER)]


async def test_of_two_teachers_none_is_guessed_and_nothing_is_covered(database: Database) -> None:
    book = Book(database)
    book.batch.slots = []
    book.batch.assignments = [
        AssignmentRow(name, MATHS, "5А", "", 250, FIRST_DAY, LAST_DAY) for name in (TEACHER, OTHER)
    ]
    await book.load()
    preview = await School(book).send(short("07.09.2026"))
    assert [each["reason"] for each in preview.files[0].reasons] == [
        "Уроки: кто вёл урок, не сказано, и по расписанию не понять"
    ]
    assert await School(book).shows(COVERAGE, "kind") == []


async def test_an_unknown_teacher_is_asked_about(school: School) -> None:
    await school.send(workbook({"Сотрудники": [("ФИО",), (TEACHER,)]}))
    line = ("07.09.2026", 1, "5А", MATHS, "Дроби", "", "Нетакова Н.Н.")
    preview = await school.send(workbook({"Л": [HEADER, line]}))
    assert preview.unknown == [("staff", "Нетакова Н.Н.", 1)]
