"""Tables that are no .xlsx: encodings, delimiters, the sheet they are."""

import csv
from datetime import date
from io import StringIO

import pytest

from services.journal.container import UnsuitableError
from tests.services.readers.books import LESSONS, MARKS, Rows, open_document, parsed

LESSON = ("20.11.2026", "2", "5А", "Алгебра", "Иванова И.И.", "Дроби, целые; и не только", "№ 5")
MARK = ("20.11.2026", "2", "5А", "Алгебра", "17", "5")


def text(rows: Rows, delimiter: str = ";") -> str:
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_encoding_and_delimiter_is_read(encoding: str, delimiter: str) -> None:
    content = text([LESSONS, LESSON], delimiter).encode(encoding)
    read = parsed(content, "Уроки.csv")
    assert read.rows["lessons"][0][7] == "Дроби, целые; и не только"


@pytest.mark.parametrize(
    "name", ["Отметки.csv", "ОТМЕТКИ.CSV", "отметки (1).csv", "01_Отметки.csv", "отметки.txt",
             "выгрузка\\Отметки.csv", "данные.csv", "../../Отметки.csv"],
)  # fmt: skip
def test_the_sheet_is_known_from_the_name_or_else_the_header(name: str) -> None:
    read = parsed(text([MARKS, MARK]).encode(), name)
    assert len(read.rows["marks"]) == 1


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    two_lines = (*LESSON[:5], "Дроби\nи целые", "")
    rows = [("Школа",), (), LESSONS, two_lines, (), ("завтра", *LESSON[1:]), LESSON[:1]]
    content = "sep=;\n" + text([("Период: с 01.09.2026 по 30.11.2026",), *rows[1:]])
    read = parsed(content.encode("cp1251"), "Уроки.csv")
    assert [number for _, number, _ in read.refused] == [6, 7]
    assert read.numbers["Уроки"] == [4]
    assert read.period is not None


def test_rows_of_different_lengths_are_read() -> None:
    content = ";".join(LESSONS) + "\n" + ";".join(LESSON[:5]) + "\n"
    assert len(parsed(content.encode(), "Уроки.csv").rows["lessons"]) == 1


@pytest.mark.parametrize(
    "content",
    [bytes(range(256)) * 4, b"\xff\xfe" + b"\x00\xd8" * 9, "Уроки".encode("utf-16-le") * 3],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnsuitableError, match="Не узнаю, что это за файл"):
        parsed(content, "Уроки.csv")


def test_prose_is_refused_with_what_was_seen() -> None:
    with pytest.raises(UnsuitableError, match=r"Не узнаю.+«письмо», столбцов 1.+/template"):
        parsed("Здравствуйте! Отправляю журнал.".encode(), "письмо.txt")


def test_an_unknown_table_is_refused_without_its_names() -> None:
    rows = [("Фамилия", "Кружок", "Класс"), ("Петров", "Хор", "5А")]
    with pytest.raises(UnsuitableError) as refusal:
        parsed(text(rows).encode(), "список.csv")
    assert "«Класс»" in str(refusal.value)
    assert "Пет" not in str(refusal.value)


def test_a_field_without_an_end_is_refused() -> None:
    with pytest.raises(UnsuitableError, match="кавычки"):
        parsed(('"' + "а" * 200_000).encode(), "Уроки.csv")


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(UnsuitableError, match="300 000"):
        parsed(b"1;2\n" * 300_042, "Отметки.csv")


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(UnsuitableError, match="500"):
        parsed(b";" * 600, "Отметки.csv")


def test_an_open_document_is_read_as_a_workbook() -> None:
    day = date(2026, 11, 20)
    content = open_document([LESSONS, (day, 2, *LESSON[2:]), ("20.11.2026", 3, *LESSON[2:])])
    read = parsed(content, "журнал.ods")
    assert [line[:3] for line in read.rows["lessons"]] == [
        (day.toordinal(), 2, "5А"),
        (day.toordinal(), 3, "5А"),
    ]
    assert read.numbers["Уроки"] == [2, 3]
