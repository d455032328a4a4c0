"""F9: timetables, lists and grids."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from services.journal.model import FIRST_DAY, LAST_DAY
from services.journal.readers.slot_cells import Taught, taught_in
from services.journal.relations import SLOTS
from storage.database import Database
from tests.services.completeness.book import Book
from tests.services.journal.formats.made import NBSP, Rows, day, read, refusal, rows_of, table
from tests.services.journal.formats.school import School
from tests.services.readers.books import open_document, parsed, workbook

GRID: Rows = [
    ("Расписание уроков на 2 четверть", "", "", "", ""),
    ("День", "№ урока", "Время", "5А", "5 «Б»"),
    ("ПОНЕДЕЛЬНИК", 1, "8.30-9.15", "Алгебра", f"Русский{NBSP}язык"),
    ("", 2, "9.25-10.10", "Англ. яз. Иванова И.И. 12 / Информатика Ким О.В. 23", ""),
    ("", 3, "10.20-11.05", "-", "Труд"),
    ("Вторник", 1, "8.30-9.15", "", "Алгебра"),
]
SLOTS_OF_GRID: Rows = [
    ("5А", "", 1, 1, "Алгебра", None, None),
    ("5Б", "", 1, 1, "Русский язык", None, None),
    ("5А", "1", 1, 2, "Англ. яз", "Иванова И.И.", "12"),
    ("5А", "2", 1, 2, "Информатика", "Ким О.В.", "23"),
    ("5Б", "", 1, 3, "Труд", None, None),
    ("5Б", "", 2, 1, "Алгебра", None, None),
]


def slots(rows: Rows, name: str = "файл.xlsx", *, sheet: str = "Лист1") -> list[tuple[Any, ...]]:
    """(class, group, weekday, number, subject, teacher, room)."""
    return [tuple(row[:7]) for row in rows_of(read(rows, name, sheet=sheet), "slots")]


@pytest.mark.parametrize("sheet", ["Лист1", "Расписание"])
def test_days_and_lessons_stand_against_classes(sheet: str) -> None:
    found = read(GRID, sheet=sheet)
    assert (found.format, found.confidence) == ("F9", 0.9)
    assert slots(GRID, sheet=sheet) == SLOTS_OF_GRID
    assert [row[7:] for row in rows_of(found, "slots")] == [(FIRST_DAY, LAST_DAY)] * 6
    assert found.numbers["Расписание"] == [3, 3, 4, 4, 5, 6]


@pytest.mark.parametrize(
    "pack",
    [
        lambda rows: (table(rows), "расписание школы.csv"),
        lambda rows: (open_document([list(row) for row in rows]), "файл.ods"),
    ],
)
def test_however_it_is_packed(pack: Callable[[Rows], tuple[bytes, str]]) -> None:
    found = parsed(*pack(GRID))
    assert [tuple(row[:7]) for row in rows_of(found, "slots")] == SLOTS_OF_GRID


def test_a_day_may_head_its_rows_and_a_block_of_classes_follow_another() -> None:
    rows = [
        ("", "5А", "каб", "5Б", "каб"),
        ("Понедельник",),
        ("1 урок", "Алгебра", 12, "Труд", "маст."),
        ("2.", "Физика", "", "", ""),
        ("", "6А", "каб", "6Б", "каб"),
        ("Понедельник, 16.11", "", "", "", ""),
        ("1 (8:30-9:15)", "Химия", 5, "", ""),
    ]
    assert slots(rows) == [
        ("5А", "", 1, 1, "Алгебра", None, "12"),
        ("5Б", "", 1, 1, "Труд", None, "маст."),
        ("5А", "", 1, 2, "Физика", None, None),
        ("6А", "", 1, 1, "Химия", None, "5"),
    ]


def test_letters_of_a_day_may_stand_apart_and_a_lesson_take_two_rows() -> None:
    rows = [
        ("", "", "5А", "5Б"),
        ("В Т О Р Н И К", 1, "Английский язык 1 гр.", "Труд"),
        ("", "", "Английский язык 2 гр.", ""),
    ]
    assert slots(rows) == [
        ("5А", "1", 2, 1, "Английский язык", None, None),
        ("5Б", "", 2, 1, "Труд", None, None),
        ("5А", "2", 2, 1, "Английский язык", None, None),
    ]


def test_a_lesson_merged_over_two_classes_is_of_both() -> None:
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Лист1")
    sheet.write_row(0, 0, ["День", "Урок", "5А", "5Б"])
    sheet.merge_range(1, 0, 2, 0, "Пятница")
    sheet.write_row(1, 1, [1])
    sheet.merge_range(1, 2, 1, 3, "Физкультура")
    sheet.write_row(2, 1, [2, "Труд", "ИЗО"])
    book.close()
    found = rows_of(parsed(file.getvalue()), "slots")
    assert [(row.class_unit, row.weekday, row.number, row.subject) for row in found] == [
        ("5А", 5, 1, "Физкультура"), ("5Б", 5, 1, "Физкультура"), ("5А", 5, 2, "Труд"),
        ("5Б", 5, 2, "ИЗО"),
    ]  # fmt: skip


WEEK = ("№", "Понедельник", "Вторник", "Среда", "Четверг", "Пятница")


@pytest.mark.parametrize(("above", "name"), [(("Класс:", "5А"), "файл.xlsx"), ((), "5А.xlsx")])
def test_days_may_stand_over_the_columns_of_one_class(above: Rows, name: str) -> None:
    rows: Rows = [above, WEEK, (1, "Алгебра", "", "Труд", "", "")]
    assert slots(rows, name) == [
        ("5А", "", 1, 1, "Алгебра", None, None), ("5А", "", 3, 1, "Труд", None, None),
    ]  # fmt: skip


def test_a_class_may_stand_over_each_week() -> None:
    rows = [
        ("5А",), WEEK, (1, "Алгебра", "", "", "", ""),
        ("5Б класс",), WEEK, (1, "", "Физика", "", "", ""),
    ]  # fmt: skip
    assert slots(rows) == [
        ("5А", "", 1, 1, "Алгебра", None, None), ("5Б", "", 2, 1, "Физика", None, None),
    ]  # fmt: skip


def test_a_week_of_an_unknown_class_is_refused() -> None:
    assert "какой это класс:" in refusal([WEEK, (1, "Алгебра", "", "", "", "")])


LIST = ("Класс", "День недели", "№ урока", "Предмет", "Преподаватель", "Кабинет")


def test_a_list_is_read_and_merged_cells_hold() -> None:
    rows = [
        ("Период: с 01.09.2026 по 31.12.2026",),
        LIST,
        ("5А", "понедельник", 1, "Алгебра", "Иванова И.И.", 12),
        ("", "", 2, "Английский язык (1 гр.)", "", ""),
        ("", "", "", "Английский язык (2 гр.)", "", ""),
        ("", "вт", 1, "-", "", ""),
        ("5А (2 гр.), 5Б", "вт", 2, "Труд", "", ""),
    ]
    found = read(rows)
    assert (found.format, found.confidence) == ("F9", 0.88)
    assert slots(rows)[:3] == [
        ("5А", "", 1, 1, "Алгебра", "Иванова И.И.", "12"),
        ("5А", "1", 1, 2, "Английский язык", None, None),
        ("5А", "2", 1, 2, "Английский язык", None, None),
    ]
    assert {row[7:] for row in rows_of(found, "slots")} == {(day(1, 9), day(31, 12))}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("наш", "пн", 1, "Алгебра"), "Класс: «наш» - не класс"),
        (("5А", "завтра", 1, "Алгебра"), "«завтра» - не день недели"),
        (("5А", "пн", 99, "Алгебра"), "номер урока 99 вне 0-12"),
        (("5А", "пн", "", "Алгебра"), "не понять класс, день или урок"),
    ],
)
def test_a_row_of_a_list_that_cannot_be_read_is_refused(line: Any, reason: str) -> None:
    found = read([LIST, line, ("5А", "пн", 1, "Труд")])
    assert found.refused == [("Расписание", 2, reason)]
    assert len(found.rows["slots"]) == 1


def test_a_list_of_an_unknown_class_is_refused() -> None:
    rows = [LIST[1:], ("пн", 1, "Алгебра", "", "")]
    assert "какой это класс:" in refusal(rows)
    assert slots(rows, "5А.xlsx")[0][0] == "5А"


@pytest.mark.parametrize(
    "rows",
    [
        [("День", "Урок", "5А", "5Б"), ("Понедельник", 1, "8.30", "9.15")],
        [("Класс", "5А"), ("Понедельник", "дежурство")],
        [("Класс", "Предмет", "5А", "5Б"), (1, "Алгебра", "x", "y")],
        [("Дата", "Мероприятие", "Понедельник")],
    ],
)
def test_what_only_looks_like_a_timetable_is_not_one(rows: Rows) -> None:
    assert refusal(rows).startswith("Не узнаю")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Алгебра", [Taught("Алгебра")]),
        ("Алгебра Иванова И.И. 12", [Taught("Алгебра", "", "Иванова И.И.", "12")]),
        ("Алгебра\nИванова И. И.\nкаб. 12", [Taught("Алгебра", "", "Иванова И.И.", "12")]),
        ("Русский\nязык", [Taught("Русский язык")]),
        ("Физкультура с/з", [Taught("Физкультура", "", None, "с/з")]),
        ("Алгебра (каб. 305)", [Taught("Алгебра", "", None, "305")]),
        ("История № 5", [Taught("История № 5")]),
        ("Англ. / Нем.", [Taught("Англ", "1"), Taught("Нем", "2")]),
        (
            "Английский язык\nИванова И.И./Петрова П.П.\n12/15",
            [
                Taught("Английский язык", "1", "Иванова И.И.", "12"),
                Taught("Английский язык", "2", "Петрова П.П.", "15"),
            ],
        ),
        (
            "Труд\n1 п/г Ким О.В.\n2 п/г Юй И.",
            [Taught("Труд", "1", "Ким О.В."), Taught("Труд", "2", "Юй И.")],
        ),
        (
            "Труд (мальчики) Ким О.В.; Труд (девочки) Юй И.",
            [Taught("Труд", "мальчики", "Ким О.В."), Taught("Труд", "девочки", "Юй И.")],
        ),
        ("—", []),
        ("каб. 5", []),
        (None, []),
    ],
)
def test_a_cell_holds_lessons(cell: Any, expected: list[Taught]) -> None:
    assert taught_in(cell) == expected


async def test_the_journal_shows_the_timetable(database: Database) -> None:
    school = School(Book(database))
    await school.book.load()
    await school.send(workbook({"Расписание": GRID}))
    rows = await school.shows(SLOTS, "class_unit", "weekday", "number", "subject", "study_group")
    assert ("5А", 1, 2, "Информатика", "2") in rows
    assert len(rows) == 6
