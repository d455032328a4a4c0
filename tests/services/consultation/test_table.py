"""A workbook of answers: its columns, its rows, and what is none."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from services.consultation import table
from services.consultation.table import (
    MOST_ROWS,
    LargeBaseError,
    NotABaseError,
    Row,
    read_file,
    rows_of,
)
from services.consultation.table_child import text_of

HEAD = ["Вопрос", "Ответ"]


def test_rows_stand_under_the_headings_with_their_numbers() -> None:
    sheet = [["База школы", ""], [" ВОПРОС ", "ответ"], ["Где ключ", "Здесь"], ["", ""], ["А", " "]]
    assert rows_of(sheet) == [
        Row(3, {"Вопрос": "Где ключ", "Ответ": "Здесь"}),
        Row(5, {"Вопрос": "А", "Ответ": " "}),
    ]


def test_a_column_that_is_missing_is_empty() -> None:
    [row] = rows_of([HEAD, ["Где ключ", " Здесь "]])
    assert (row.get("Ответ"), row.get("Раздел")) == ("Здесь", "")


@pytest.mark.parametrize("sheet", [[], [["Вопрос"]], [["Класс"]] * 20 + [HEAD]])
def test_without_both_columns_near_the_top_it_is_no_base(sheet: list[list[str]]) -> None:
    with pytest.raises(NotABaseError):
        rows_of(sheet)


def test_more_rows_than_a_base_has_are_refused() -> None:
    with pytest.raises(LargeBaseError) as refused:
        rows_of([HEAD, *[["а", "б"]] * (MOST_ROWS + 1)])
    assert refused.value.facts == {"limit": MOST_ROWS}


async def test_a_workbook_is_read_as_it_was_typed() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, ["Сколько дней", 14], ["Какой курс", 2.5], ["Формула", "=1+1"]):
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    cells = [row.cells["Ответ"] for row in await read_file(content.getvalue())]
    assert cells[:2] == ["14", "2.5"]


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"PK\x03\x04 torn", b"PK\x05\x06" + b"\0" * 18],
    ids=["empty", "pdf", "torn", "nothing inside"],
)
async def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(NotABaseError):
        await read_file(content)


async def test_a_workbook_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "SECONDS", 0)
    with pytest.raises(NotABaseError):
        await read_file(workbook())


async def test_a_workbook_that_breaks_its_reader_is_refused() -> None:
    whole = workbook()
    broken = whole.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml")
    with pytest.raises(NotABaseError):
        await read_file(broken)


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("cell", "text"), [(14.0, "14"), (2.5, "2.5"), ("текст", "текст"), (True, "True")]
)
def test_a_cell_is_what_stands_in_it(cell: object, text: str) -> None:
    assert text_of(cell) == text
