"""F7: lists of pupils, and what is not kept of them."""

from datetime import date
from typing import Any

import pytest

from services.journal.class_lists import renumbered
from services.journal.model import FIRST_DAY, LAST_DAY, EnrollmentRow
from services.journal.relations import ENROLLMENTS
from storage.database import Database
from tests.services.completeness.book import Book
from tests.services.journal.formats.made import Rows, day, read, refusal, rows_of, table
from tests.services.journal.formats.school import School
from tests.services.readers.books import parsed, workbook

HEADER = ("№ п/п", "Фамилия", "Имя", "Отчество", "Класс", "Дата рождения", "СНИЛС",
          "ФИО родителя", "Телефон", "Дата зачисления", "№ личного дела")  # fmt: skip
IVAN = (1, "Смирнов", "Иван", "Петрович", "5 «А»", "01.02.2015", "112-233-445 95",
        "Смирнова Ольга", "+7 900 000-00-00", "01.09.2021", "С-12")  # fmt: skip
ANNA = (2, "Кузнецова", "Анна", "", "5а", "03.04.2015", "", "Кузнецов Пётр", "", "", "К-7")


def listed(rows: Rows, name: str = "файл.xlsx") -> list[tuple[object, ...]]:
    return [
        (row.class_unit, row.pupil, row.name) for row in rows_of(read(rows, name), "enrollments")
    ]


def test_a_pupil_is_a_class_a_number_a_name_a_file_and_days() -> None:
    found = read([("Список обучающихся",), HEADER, IVAN, ANNA])
    assert (found.format, found.confidence) == ("F7", 0.95)
    assert rows_of(found, "enrollments") == [
        EnrollmentRow("5А", 1, "Смирнов Иван Петрович", "С-12", day(1, 9, 2021), LAST_DAY, None),
        EnrollmentRow("5А", 2, "Кузнецова Анна", "К-7", FIRST_DAY, LAST_DAY, None),
    ]


def test_parents_phones_birth_dates_and_insurance_numbers_are_dropped() -> None:
    found = repr(read([HEADER, IVAN, ANNA]))
    for secret in ("Ольга", "900", "02.2015", "2015-02-01", "112-233", f"{day(1, 2, 2015)}"):
        assert secret not in found


def test_a_row_for_each_parent_is_one_pupil() -> None:
    mother, father = [*IVAN], [*IVAN]
    father[0], father[7], father[8] = 2, "Смирнов Пётр", "8 900 1"
    anna, blank = [*ANNA], [""] * 7 + ["Кузнецова Инна", "8 900 2", "", ""]
    anna[0] = 3
    assert listed([HEADER, mother, father, anna, blank]) == [
        ("5А", 1, "Смирнов Иван Петрович"), ("5А", 2, "Кузнецова Анна"),
    ]  # fmt: skip


def test_namesakes_are_told_by_their_birth_dates_or_their_numbers() -> None:
    other = [*IVAN]
    other[0], other[5] = 2, "05.06.2015"
    assert [number for _, number, _ in listed([HEADER, IVAN, other])] == [1, 2]
    plain = [("№", "Класс", "ФИО ученика"), (1, "5А", "Ким Яна"), (2, "5А", "Ким Яна")]
    assert [number for _, number, _ in listed(plain)] == [1, 2]


def test_numbers_over_the_whole_school_are_no_numbers_in_the_class() -> None:
    rows = [
        ("№", "Класс", "ФИО обучающегося", "Дата рождения"),
        (1, "5А", "Ким Яна", ""), (2, "5Б", "Ли Ян", ""), (3, "5Б", "Пак Ира", ""),
    ]  # fmt: skip
    assert [(unit, number) for unit, number, _ in listed(rows)] == [
        ("5А", 1), ("5Б", 1), ("5Б", 2),
    ]  # fmt: skip


def test_numbers_with_gaps_of_one_class_are_its_own() -> None:
    rows = [("№", "Фамилия", "Имя"), (3, "Ким", "Яна"), (7, "Ли", "Ян")]
    assert [number for _, number, _ in listed(rows, "5А.xlsx")] == [3, 7]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([("Фамилия", "Имя"), ("Ким", "Яна")], "5А.xlsx"),
        ([("Фамилия", "Имя"), ("Ким", "Яна")], "Список 5-а класса.xlsx"),
        ([("Класс: 5А",), ("№", "ФИО"), (1, "Ким Яна")], "список.xlsx"),
        ([("Список учащихся 5 «А» класса",), ("№", "ФИО"), (1, "Ким Яна")], "список.xlsx"),
        ([("№", "ФИО", "Личное дело"), ("5А класс",), (1, "Ким Яна", "К-1")], "список.xlsx"),
        ([("ФИО", "Параллель", "Литера"), ("Ким Яна", 5, "А")], "список.xlsx"),
    ],
)  # fmt: skip
def test_the_class_may_be_said_anywhere(rows: Rows, name: str) -> None:
    assert listed(rows, name) == [("5А", 1, "Ким Яна")]


def test_a_sheet_may_be_a_class_and_headers_may_repeat() -> None:
    header = ("№", "ФИО", "Дата рождения")
    book = workbook(
        {
            "5А": [header, (1, "Ким Яна", ""), header, (2, "Ли Ян", "")],
            "5Б": [header, (1, "Юй И", "")],
        }
    )
    assert [tuple(row[:3]) for row in rows_of(parsed(book, "школа.xlsx"), "enrollments")] == [
        ("5А", 1, "Ким Яна"), ("5А", 2, "Ли Ян"), ("5Б", 1, "Юй И"),
    ]  # fmt: skip


def test_a_transfer_has_its_order_and_its_days() -> None:
    rows = [
        ("Класс", "ФИО", "Зачислен", "Дата выбытия", "№ приказа", "Пол"),
        ("5А", "Ким Яна", date(2026, 9, 1), "12.11.2026", "45-у", "ж"),
    ]
    [row] = rows_of(read(rows), "enrollments")
    assert row[4:] == (day(1, 9), day(12, 11), "45-у")


def test_what_cannot_be_read_is_refused_without_a_name() -> None:
    rows = [
        ("Класс", "ФИО", "Зачислен", "Выбыл", "Телефон"),
        ("наш", "Ким Яна", "", "", ""),
        ("5А", "Ли Ян", "давно", "", ""),
        ("5А", "Юй И", "02.09.2026", "01.09.2026", ""),
        ("", "", "", "", "8 900"),
    ]
    assert read(rows).refused == [
        ("Ученики", 2, "Класс: не понять, какой"),
        ("Ученики", 3, "Зачислен: не дата"),
        ("Ученики", 4, "«выбыл» раньше, чем «зачислен»"),
    ]


def test_a_list_of_an_unknown_class_is_refused() -> None:
    rows = [("№", "ФИО", "Личное дело"), (1, "Ким Яна", "К-1")]
    assert "какой это класс:" in refusal(rows, "список.xlsx")


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8-sig"])
def test_a_text_table_is_read_too(encoding: str) -> None:
    found = parsed(table([HEADER, IVAN, ANNA], encoding=encoding), "выгрузка.csv")
    assert len(found.rows["enrollments"]) == 2


@pytest.mark.parametrize(
    "header",
    [
        ("ФИО", "Класс", "Предмет"),
        ("Дата", "Событие"),
        ("ФИО родителя", "Класс"),
    ],
)
def test_lists_of_other_things_are_no_pupils(header: tuple[str, ...]) -> None:
    assert refusal([header, ("Ким Яна", "5А", "Труд")], "5А.xlsx").startswith(
        ("Не узнаю", "Не уверен", "Лист")
    )


# -- who is known keeps the number -----------------------------------------------------------------


def stay(number: int, name: str, code: str | None = None, **said: Any) -> EnrollmentRow:
    return EnrollmentRow("5А", number, name, code, FIRST_DAY, LAST_DAY, None)._replace(**said)


def test_a_newcomer_in_the_middle_moves_nobody() -> None:
    known = [stay(1, "Ким Яна"), stay(2, "Юй И", first=day(1, 10))]
    fresh = [stay(1, "Ким Яна"), stay(2, "Ли Ян"), stay(3, "Юй И")]
    assert {row.name: row.pupil for row in renumbered(fresh, known)[0]} == {
        "Ким Яна": 1, "Юй И": 2, "Ли Ян": 3,
    }  # fmt: skip
    assert stay(2, "Юй И", first=day(1, 10)) in renumbered(fresh, known)[0]


def test_a_code_tells_who_changed_the_name_and_namesakes_apart() -> None:
    known = [stay(1, "Ким Яна", "К-1"), stay(2, "Ли Ян", "Л-1"), stay(3, "Ли Ян", "Л-2")]
    fresh = [stay(1, "Ли Ян", "Л-2"), stay(2, "Ли Ян", "Л-1"), stay(3, "Пак Яна", "К-1")]
    assert [(row.code, row.pupil) for row in renumbered(fresh, known)[0]] == [
        ("Л-2", 3), ("Л-1", 2), ("К-1", 1),
    ]  # fmt: skip


def test_a_newcomer_called_as_somebody_known_is_another_by_the_code() -> None:
    found, _ = renumbered([stay(1, "Ли Ян", "Л-9")], [stay(1, "Ли Ян", "Л-1")])
    assert [(row.code, row.pupil) for row in found] == [("Л-9", 2)]


def test_whoever_left_by_an_order_stays_in_the_list() -> None:
    left = stay(1, "Ким Яна", last=day(1, 11))
    found, moved = renumbered([stay(1, "Ли Ян")], [left, stay(2, "Юй И")])
    assert found == [stay(3, "Ли Ян"), left]
    assert moved == {1: 3}


async def test_a_list_sent_again_changes_nobody_in_the_journal(database: Database) -> None:
    school = School(Book(database))
    school.book.batch.enrollments = []
    await school.book.load()
    rows = [("Класс", "ФИО", "Телефон"), ("5А", "Ким Яна", ""), ("5А", "Юй И", "")]
    await school.send(workbook({"Л": rows}))
    rows.insert(1, ("5А", "Ан Ира", ""))
    await school.send(workbook({"Л": rows}))
    assert await school.shows(ENROLLMENTS, "pupil", "name") == [
        (1, "Ким Яна"), (2, "Юй И"), (3, "Ан Ира"),
    ]  # fmt: skip
