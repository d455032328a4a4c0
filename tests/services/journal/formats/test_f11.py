"""F11: one pupil's marks from ЭлЖур, in the binary form that it has."""

import pytest

from services.journal.relations import MARKS
from storage.database import Database
from tests.services.completeness.book import MATHS, Book
from tests.services.journal.formats.biff import binary_workbook
from tests.services.journal.formats.made import Rows, day, refusal, rows_of
from tests.services.journal.formats.school import School
from tests.services.readers.books import parsed, workbook

NAME = "Смирнов Иван 5А 2026-2027.xls"
ROWS: Rows = [
    ("Оценки за период",),
    ("", "Сентябрь", "", "", "Октябрь", ""),
    ("Предмет", 7, 8, 8, 1, 2),
    ("Математика", 5, "", "4/3", "Н", ""),
    ("Русский язык", "", 4, 2, "", "3 Б"),
    ("Изобразительное искусство", "", "", "", "", 5),
]
EXPECTED = [
    (day(7, 9), 1, "Математика", 5), (day(8, 9), 1, "Математика", 4),
    (day(8, 9), 1, "Математика", 3), (day(8, 9), 1, "Русский язык", 4),
    (day(8, 9), 2, "Русский язык", 2), (day(2, 10), 1, "Русский язык", 3),
    (day(2, 10), 1, "Изобразительное искусство", 5),
]  # fmt: skip


def test_a_row_is_a_subject_and_a_column_a_day() -> None:
    found = parsed(binary_workbook(ROWS), NAME)
    assert (found.format, found.confidence, found.year) == ("F11", 0.9, "2026/2027")
    marks = rows_of(found, "marks")
    assert [(row.day, row.nth, row.subject, row.value) for row in marks] == EXPECTED
    assert {(row.class_unit, row.pupil, row.number) for row in marks} == {("5А", 1, None)}
    assert [(row.day, row.code) for row in rows_of(found, "attendance")] == [
        (day(1, 10), "Н"), (day(2, 10), "Б"),
    ]  # fmt: skip
    assert found.pupil_names == {"5А": ["Смирнов Иван"]}


@pytest.mark.parametrize(
    "title",
    [
        "Ученик: Смирнов Иван, 5А",
        "Ученик: Смирнов Иван (5 «А» класс)",
        "Ученица: Смирнов Иван 5А",
        "Электронный журнал - Смирнов Иван - 5А класс",
    ],
)
def test_titles_say_whose_marks_they_are(title: str) -> None:
    rows = [(title, "2026/2027 учебный год"), *ROWS[1:]]
    found = parsed(binary_workbook(rows), "marks.xls")
    assert found.pupil_names == {"5А": ["Смирнов Иван"]}
    assert len(found.rows["marks"]) == len(EXPECTED)


def test_dates_may_stand_whole() -> None:
    days = ("Предмет", "07.09.2026", "08.09.2026", "08.09.2026", "01.10.2026", "02.10.2026")
    found = parsed(binary_workbook([("Ученик: Смирнов Иван 5А",), (), days, *ROWS[3:]]), "x.xls")
    assert [row.day for row in rows_of(found, "marks")] == [each[0] for each in EXPECTED]


def test_what_the_file_does_not_say_is_refused_in_one_sentence() -> None:
    assert "какой это ученик: впишите" in refusal(ROWS, "5А 2026-2027.xls")
    assert "какой это класс: впишите" in refusal(ROWS, "Смирнов Иван 2026-2027.xls")
    assert "какой это учебный год: впишите" in refusal(ROWS, "Смирнов Иван 5А.xls")
    assert "какой это класс: впишите" in refusal(ROWS, "Смирнов Иван 5А, 5Б, 2026-2027.xls")


def test_a_cell_that_is_no_mark_is_refused_by_its_place() -> None:
    rows = [*ROWS, ("Музыка", "самостоятельнаяработа", 5, "", "", "")]
    found = parsed(binary_workbook(rows), NAME)
    assert [(row, reason.partition(":")[0]) for _, row, reason in found.refused] == [
        (7, "столбец 2")
    ]


def test_a_day_that_is_in_no_calendar_refuses_the_file() -> None:
    rows = [*ROWS[:2], ("Предмет", 7, 8, 31, 1, 2), *ROWS[3:]]
    assert refusal(rows, NAME) == "Файл не читается: дня 31.09 нет в календаре."


def test_subjects_without_days_are_not_taken_for_marks() -> None:
    rows = [ROWS[0], (), ("Предмет", "Оценки"), *ROWS[3:]]
    assert "отметки ученика: выгрузите их с датами" in refusal(rows, NAME)


async def test_a_pupil_of_the_class_list_gets_the_marks(database: Database) -> None:
    book = Book(database)
    assert book.batch.enrollments
    book.batch.enrollments[2] = book.batch.enrollments[2]._replace(name="Смирнов Иван Петрович")
    await book.load()
    await School(book).send(binary_workbook(ROWS), NAME)
    rows = await School(book).shows(MARKS, "subject", "pupil", "day", "number", "value")
    assert (MATHS, 3, day(7, 9), 1, 5) in rows
    assert {row[1] for row in rows} == {3}


async def test_one_pupil_makes_no_class_list(database: Database) -> None:
    book = Book(database)
    book.batch.enrollments = []
    await book.load()
    preview = await School(book).send(binary_workbook(ROWS), NAME)
    assert [each["reason"] for each in preview.files[0].reasons] == [
        "Ученики: 5А: ученика из блока 1 нет в списке класса"
    ]


def test_a_date_without_its_year_is_of_no_year() -> None:
    days = ("Предмет", "07.09", "08.09", "08.09", "01.10", "02.10")
    rows = [("Ученик: Смирнов Иван 5А",), (), days, *ROWS[3:]]
    assert "какой это учебный год: впишите" in refusal(rows, "x.xls")


def test_a_sheet_a_term_is_one_pupil() -> None:
    book = workbook({"1 четверть": ROWS, "2 четверть": ROWS[:4]})
    found = parsed(book, NAME)
    assert found.pupil_names == {"5А": ["Смирнов Иван"]}
