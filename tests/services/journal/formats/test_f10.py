"""F10: lists of substitutions."""

from datetime import date
from typing import Any

import pytest

from services.journal.relations import SUBSTITUTIONS
from storage.database import Database
from tests.services.completeness.book import MATHS, OTHER, TEACHER, Book
from tests.services.journal.formats.made import Rows, day, read, refusal, rows_of, table
from tests.services.journal.formats.school import School
from tests.services.readers.books import parsed, workbook

HEADER = ("Дата", "№ урока", "Класс", "Предмет", "Заменяемый учитель", "Замещающий учитель",
          "Приказ")  # fmt: skip
INNA, OLEG = "Иванова И.И.", "Ким О.В."


def taken(rows: Rows, name: str = "файл.xlsx") -> list[tuple[Any, ...]]:
    return [tuple(row) for row in rows_of(read(rows, name), "substitutions")]


def test_a_row_is_a_substitution() -> None:
    rows = [("Замены",), HEADER, (date(2026, 11, 20), 2, "5А", "Алгебра", INNA, OLEG, "12-к")]
    assert read(rows).format == "F10"
    assert taken(rows) == [(day(20, 11), 2, "5А", "", "Алгебра", INNA, OLEG, "12-к")]


@pytest.mark.parametrize("words", ["", "-", "урок снят", "Отмена", "отменён", "нет урока"])
def test_nobody_instead_is_a_cancelled_lesson(words: str) -> None:
    assert taken([HEADER, ("20.11.2026", 2, "5А", "Алгебра", INNA, words, "")])[0][6] is None


def test_several_lessons_classes_and_groups_are_a_line_each() -> None:
    rows = [
        HEADER,
        ("20.11.2026", "1, 2", "5А, 5Б", "Труд", INNA, OLEG, ""),
        ("", "3-4 уроки", "6А (2 гр.)", "Труд", INNA, OLEG, ""),
        ("", "3", "6А (2 гр.)", "Труд", INNA, OLEG, ""),
    ]
    assert [row[:4] for row in taken(rows)] == [
        (day(20, 11), 1, "5А", ""), (day(20, 11), 1, "5Б", ""), (day(20, 11), 2, "5А", ""),
        (day(20, 11), 2, "5Б", ""), (day(20, 11), 3, "6А", "2"), (day(20, 11), 4, "6А", "2"),
    ]  # fmt: skip


def test_the_subject_is_the_one_really_taught() -> None:
    header = ("Дата", "Урок", "Класс", "Предмет по расписанию", "Предмет замены", "Кого заменяют",
              "Кто заменяет")  # fmt: skip
    rows = [
        header,
        ("20.11.2026", 2, "5А", "Алгебра", "Физика", INNA, OLEG),
        ("20.11.2026", 3, "5А", "Алгебра", "", INNA, OLEG),
    ]
    assert [row[4] for row in taken(rows)] == ["Физика", "Алгебра"]


def test_the_day_may_stand_above_and_the_year_in_a_title() -> None:
    header = HEADER[1:]
    rows = [("Изменения в расписании на 20.11.2026 (пятница)",), header,
            (2, "5А", "Алгебра", INNA, OLEG, "")]  # fmt: skip
    assert taken(rows)[0][0] == day(20, 11)
    short = [HEADER, ("20.11", 2, "5А", "Алгебра", INNA, OLEG, "")]
    assert taken(short, "Замены 2026-2027.xlsx")[0][0] == day(20, 11)
    assert "какой это учебный год:" in refusal(short, "Замены.xlsx")
    assert refusal([header, (2, "5А", "Алгебра", INNA, OLEG, "")]).startswith("Не уверен")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("", 2, "5А", "Алгебра", INNA, OLEG, ""), "Дата: не заполнено"),
        (("вчера", 2, "5А", "Алгебра", INNA, OLEG, ""), "Дата: не дата"),
        (("20.11.2026", 2, "5А", "Алгебра", "", OLEG, ""), "не сказано, кого заменяют"),
        (("20.11.2026", 2, "наш", "Алгебра", INNA, OLEG, ""), "Класс: «наш» - не класс"),
        (("20.11.2026", "все", "5А", "А", INNA, OLEG, ""), "Урок: нужен номер урока от 0 до 12"),
        (("20.11.2026", 13, "5А", "А", INNA, OLEG, ""), "Урок: нужен номер урока от 0 до 12"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused(line: Any, reason: str) -> None:
    found = read([HEADER, line, ("20.11.2026", 1, "5А", "Алгебра", INNA, OLEG, "")])
    assert found.refused == [("Замены", 2, reason)]


def test_cp1251_is_read_also_under_the_templates_name() -> None:
    content = table([HEADER, ("20.11.2026", "2", "5А", "Алгебра", INNA, OLEG, "")])
    assert parsed(content, "Замены.csv").format == "F10"


# -- in the school's journal -----------------------------------------------------------------------

SHORT = ("Дата", "Урок", "Класс", "Кого заменяют", "Кто заменяет")


async def test_the_timetable_tells_class_and_subject(database: Database) -> None:
    school = School(Book(database))
    await school.book.load()
    await school.send(
        workbook(
            {
                "Л": [
                    SHORT,
                    ("20.11.2026", 1, "5А", TEACHER, OTHER),
                    ("19.11.2026", 1, "", TEACHER, ""),
                ]
            }
        )
    )
    columns = ("day", "number", "class_unit", "subject", "absent", "substitute")
    assert await school.shows(SUBSTITUTIONS, *columns) == [
        (day(19, 11), 1, "5А", MATHS, TEACHER, None), (day(20, 11), 1, "5А", MATHS, TEACHER, OTHER),
    ]  # fmt: skip


async def test_what_the_timetable_does_not_tell_is_refused(database: Database) -> None:
    school = School(Book(database))
    await school.book.load()
    lines = [("20.11.2026", 5, "5А", TEACHER, OTHER), ("20.11.2026", 5, "", TEACHER, OTHER)]
    preview = await school.send(workbook({"Л": [SHORT, *lines]}))
    assert [each["reason"] for each in preview.files[0].reasons] == [
        "Замены: не сказан предмет, и по расписанию не понять",
        "Замены: не сказан класс, и по расписанию не понять",
    ]
