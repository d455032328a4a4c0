"""F8: staff and load."""

from datetime import date
from typing import Any

import pytest

from services.journal.model import FIRST_DAY, LAST_DAY, StaffRow
from services.journal.readers.f8 import EACH, NO_HOURS
from services.journal.relations import ASSIGNMENTS, STAFF_FACTS
from storage.database import Database
from tests.services.completeness.book import Book
from tests.services.journal.formats.made import NBSP, Rows, day, read, refusal, rows_of, table
from tests.services.journal.formats.school import School
from tests.services.readers.books import parsed, workbook

HEADER = ("№ п/п", "ФИО учителя", "Должность", "Предмет", "Классы", "Кол-во часов в неделю")
INNA, OLEG = "Иванова Инна Петровна", "Ким Олег"


def loads(rows: Rows) -> list[tuple[Any, ...]]:
    """(teacher, subject, class, group, hours)."""
    return [tuple(row[:5]) for row in rows_of(read(rows), "assignments")]


@pytest.mark.parametrize("classes", ["5А, 6Б", "5А;6Б", f"5а и{NBSP}6б", "5 «А»\n6-б", "5А / 6Б"])
def test_several_classes_in_a_cell_are_a_load_each(classes: str) -> None:
    found = read([("Тарификация",), (), HEADER, (1, INNA, "учитель", "Алгебра", classes, 5)])
    assert (found.format, found.confidence, found.notes) == ("F8", 0.95, [EACH])
    assert [row[:5] for row in rows_of(found, "assignments")] == [
        (INNA, "Алгебра", "5А", "", 500), (INNA, "Алгебра", "6Б", "", 500),
    ]  # fmt: skip
    assert rows_of(found, "staff") == [StaffRow(INNA, None, "учитель", None, None, None)]


def test_hours_in_a_list_go_to_the_classes_in_turn() -> None:
    assert loads([HEADER, (1, INNA, "", "Алгебра", "5А, 6Б", "5; 4")]) == [
        (INNA, "Алгебра", "5А", "", 500), (INNA, "Алгебра", "6Б", "", 400),
    ]  # fmt: skip


def test_merged_cells_hold_until_the_next() -> None:
    rows = [
        HEADER,
        (1, INNA, "учитель", "Алгебра", "5А", 5),
        ("", "", "", "", "5Б", 4),
        ("", "", "", "Геометрия", "7А", "2,5"),
        ("Итого", "", "", "Итого", "", 11.5),
        (2, OLEG, "", "Труд", "5А (1 гр.)", 2),
        ("", "", "", "", "5А (2 гр.), 5Б", 1),
    ]
    assert loads(rows) == [
        (INNA, "Алгебра", "5А", "", 500),
        (INNA, "Алгебра", "5Б", "", 400),
        (INNA, "Геометрия", "7А", "", 250),
        (OLEG, "Труд", "5А", "1", 200),
        (OLEG, "Труд", "5А", "2", 100),
        (OLEG, "Труд", "5Б", "", 100),
    ]


def test_every_column_that_a_member_of_staff_can_have_is_taken() -> None:
    rows = [
        (
            "Педагог",
            "Предмет",
            "Табельный номер",
            "ШМО",
            "Дата приема",
            "Уволен",
            "Часы",
            "Телефон",
        ),
        (INNA, "Алгебра", 17, "Точные науки", date(2020, 9, 1), "31.10.2026", 5, "8 900"),
        (INNA, "Геометрия", 17, "Точные науки", date(2020, 9, 1), "31.10.2026", 2, "8 900"),
    ]
    found = read(rows)
    assert rows_of(found, "staff") == [
        StaffRow(INNA, "17", None, "Точные науки", day(1, 9, 2020), day(31, 10))
    ]
    assert "assignments" not in found.rows


def test_a_load_has_its_days() -> None:
    rows = [
        ("Учитель", "Предмет", "Класс", "Часы", "Группа", "С", "По"),
        (INNA, "Алгебра", "5А, 5Б", 5, "мальчики", "01.09.2026", ""),
    ]
    [row, _] = rows_of(read(rows), "assignments")
    assert row[3:] == ("мальчики", 500, day(1, 9), LAST_DAY)


def test_hours_that_the_file_does_not_have_are_said_to_be_missing() -> None:
    found = read([("ФИО учителя", "Предмет", "Класс"), (INNA, "Алгебра", "5А, 5Б")])
    assert [row[4:] for row in rows_of(found, "assignments")] == [(0, FIRST_DAY, LAST_DAY)] * 2
    assert found.notes == [NO_HOURS]


def test_what_cannot_be_read_is_refused() -> None:
    rows = [
        HEADER,
        ("", "", "", "Алгебра", "5А", 1),
        (1, INNA, "", "", "5А", 1),
        (2, INNA, "", "Алгебра", "5-9", 1),
        (3, INNA, "", "Алгебра", "5А", "пять"),
        (4, INNA, "", "Алгебра", "5А, 5Б", 1),
        (5, INNA, "", "Алгебра", "5Б", 2),
        (6, INNA, "", "Алгебра", "", ""),
    ]
    assert read(rows).refused == [
        ("Нагрузка", 2, "Учитель: не заполнено"),
        ("Нагрузка", 3, "Предмет: не заполнено"),
        ("Нагрузка", 4, "Класс: «5-9» - не класс"),
        ("Нагрузка", 5, "Часы: «пять» - не число"),
        ("Нагрузка", 7, "нагрузка этого учителя в классе уже названа выше"),
    ]


def test_a_load_of_one_class_a_row_is_read_as_the_template_where_it_has_its_columns() -> None:
    rows = [("Учитель", "Предмет", "Класс", "Часы"), (INNA, "Алгебра", "5А", 5)]
    found = read(rows)
    assert (found.format, len(found.rows["assignments"])) == ("F12", 1)


def test_lessons_are_no_load() -> None:
    rows = [("Учитель", "Предмет", "Класс", "Дата урока"), (INNA, "Алгебра", "5А", "01.09.2026")]
    assert refusal(rows).startswith("Не узнаю")


def test_a_name_and_a_subject_may_be_a_pupils_too() -> None:
    rows = [("ФИО", "Класс", "Предмет"), (OLEG, "5А", "Труд")]
    assert refusal(rows) == (
        "Не уверен, что это. Похоже на нагрузку: назовите колонку с именами «ФИО учителя». "
        "Исправьте и пришлите снова."
    )


def test_cp1251_is_read() -> None:
    found = parsed(table([HEADER, (1, INNA, "", "Алгебра", "5А, 5Б", "5")]), "нагрузка школы.csv")
    assert (found.format, len(found.rows["assignments"])) == ("F8", 2)


async def test_the_journal_shows_the_load(database: Database) -> None:
    school = School(Book(database))
    await school.book.load()
    await school.send(workbook({"Л": [HEADER, (1, INNA, "учитель", "Труд", "5А, 6Б", 2)]}))
    assert await school.shows(ASSIGNMENTS, "class_unit", "subject", "staff", "hours") == [
        ("5А", "Математика", "Иванова Ирина Ивановна", 500),
        ("5А", "Труд", INNA, 200),
        ("6Б", "Труд", INNA, 200),
    ]
    assert await school.shows(STAFF_FACTS, "name", "post") == [(INNA, "учитель")]
