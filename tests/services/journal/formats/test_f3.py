"""F3: the log of changes of Сетевой Город, as a page that calls itself .xls, and as a workbook."""

from datetime import UTC, datetime

import pytest

from services.journal.container import UnsuitableError
from services.journal.model import ChangeRow
from tests.services.journal.formats.made import Rows, day, read, refusal, rows_of
from tests.services.readers.books import parsed

HEADER = ("Класс", "Предмет", "Дата изменения", "Пользователь", "Дата урока", "Период", "Действие")
ROWS: Rows = [
    ("5А", "Алгебра", "20.11.2026 14:31:05", "Иванова И. И.", "19.11.26", "2 четверть",
     "Изменена отметка с 3 на 4"),
    ("10б", "Англ. язык (1 гр.)", "21.11.2026 9:05", "", "", "1 полугодие", "Выставлена итоговая"),
]  # fmt: skip
TAKEN = [
    ChangeRow(
        int(datetime(2026, 11, 20, 11, 31, tzinfo=UTC).timestamp()), "5А", "", "Алгебра",
        "Иванова И.И.", day(19, 11), "2 четверть", "Изменена отметка с 3 на 4",
    ),
    ChangeRow(
        int(datetime(2026, 11, 21, 6, 5, tzinfo=UTC).timestamp()), "10Б", "1", "Англ. язык",
        None, None, "1 полугодие", "Выставлена итоговая",
    ),
]  # fmt: skip


def page(rows: Rows, head: str = '<meta charset="utf-8">') -> str:
    lines = "".join(
        f"<tr>{''.join(f'<td> {cell}&nbsp;</td>' for cell in row)}</tr>" for row in rows
    )
    title = "<h3>Отчет о доступе к классному журналу</h3><p>Период: с 01.11.26 по 30.11.26</p>"
    return f"<html><head>{head}</head><body>{title}<table border=1>{lines}</table></body></html>"


def spreadsheet(rows: Rows) -> str:
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    cells = [
        "".join(f'<Cell><Data ss:Type="String">{each}</Data></Cell>' for each in row)
        for row in rows
    ]
    lines = "".join(f'<Row ss:Index="{at}">{row}</Row>' for at, row in enumerate(cells, 3))
    return (
        f'<?xml version="1.0"?><Workbook {space} {space.replace("xmlns", "xmlns:ss")}>'
        f'<Worksheet ss:Name="Отчет"><Table>{lines}</Table></Worksheet></Workbook>'
    )


CONTENTS = {
    "a page in UTF-8": page([HEADER, *ROWS]).encode(),
    "a page in cp1251 that says so": page(
        [HEADER, *ROWS],
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
    ).encode("cp1251"),
    "a page in cp1251 that does not": page([HEADER, *ROWS], "").encode("cp1251"),
    "a page with a mark": b"\xef\xbb\xbf" + page([HEADER, *ROWS]).encode(),
    "an XML spreadsheet": spreadsheet([HEADER, *ROWS]).encode(),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_row_is_a_change(kind: str) -> None:
    found = parsed(CONTENTS[kind], "Отчет.xls")
    assert (found.format, found.confidence) == ("F3", 0.95)
    assert rows_of(found, "changes") == TAKEN
    told = (day(20, 11), day(21, 11)) if "spreadsheet" in kind else (day(1, 11), day(30, 11))
    assert found.period == told


def test_a_workbook_is_read_too() -> None:
    assert rows_of(read([("Отчет о доступе",), HEADER, *ROWS]), "changes") == TAKEN


def test_what_cannot_be_read_is_refused() -> None:
    rows = [
        HEADER,
        ("наш", *ROWS[0][1:]),
        ("5А", "Алгебра", "вчера", *ROWS[0][3:]),
        ("5А", "Алгебра", "", *ROWS[0][3:]),
        ("5А", "Алгебра", ROWS[0][2], "", "давно", "", ""),
    ]
    assert read(rows).refused == [
        ("Изменения", 2, "Класс: не понять, какой"),
        ("Изменения", 3, "Время изменения: не дата"),
        ("Изменения", 4, "Время изменения: не заполнено"),
        ("Изменения", 5, "Дата урока: не дата"),
    ]


def test_a_log_of_other_things_is_not_one() -> None:
    rows = [("Время", "Пользователь", "Действие"), ("20.11.2026 14:31", "Ким О.В.", "вход")]
    assert refusal(rows).startswith("Не узнаю")


def test_cells_over_several_rows_and_columns_keep_the_others_in_their_places() -> None:
    lines = (
        "<tr><td rowspan=2>День</td><td rowspan='2'>Урок</td><td colspan=2>Классы</td></tr>"
        "<tr><th>5А</th><th>5Б</th></tr>"
        "<tr><td>Вторник</td><td>1</td><td>Русский<br>язык</td><td>Труд</td></tr>"
    )
    found = parsed(f"<table>{lines}</table>".encode(), "расписание.html")
    assert [tuple(row[:5]) for row in rows_of(found, "slots")] == [
        ("5А", "", 2, 1, "Русский язык"), ("5Б", "", 2, 1, "Труд"),
    ]  # fmt: skip


def test_titles_between_tables_stand_above_the_next() -> None:
    table = (
        "<tr><td>№</td><td>Тема</td><td>Часы</td></tr><tr><td>1</td><td>Дроби</td><td>1</td></tr>"
    )
    content = f"<p>Алгебра, 7А</p><table>{table}</table><p>Физика, 8Б</p><table>{table}</table>"
    found = parsed(content.encode(), "ктп.html")
    assert [row[:2] for row in rows_of(found, "plans")] == [("Алгебра", "7А"), ("Физика", "8Б")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<html><p>Вход в систему</p></html>", "без таблицы"),
        ("<html></html>", "без таблицы"),
        ("<table></table>", "без таблицы"),
        ("<!-- -->", "повреждена"),
        (spreadsheet([HEADER])[:-20], "повреждена"),
        ("<table><tr><td colspan=99999999>1</td></tr></table>", "500 столбцов"),
        (spreadsheet([HEADER]).replace('"3"', '"9999999"'), "300 000 строк"),
    ],
)
def test_a_page_that_is_no_table_is_refused(content: str, words: str) -> None:
    with pytest.raises(UnsuitableError, match=words):
        parsed(content.encode(), "отчёт.xls")


def test_cells_of_an_xml_table_have_their_kinds_and_places() -> None:
    cells = (
        "<Row><Cell><Data ss:Type='String'>Класс</Data></Cell><Cell ss:Index='3'>"
        "<Data ss:Type='String'>№</Data></Cell><Cell><Data ss:Type='String'>ФИО</Data></Cell>"
        "<Cell><Data ss:Type='String'>Зачислен</Data></Cell></Row>"
        "<Row><Cell ss:MergeAcross='1'><Data ss:Type='String'>5А</Data></Cell>"
        "<Cell><Data ss:Type='Number'>3</Data></Cell><Cell><Data ss:Type='String'>Ким Яна</Data>"
        "</Cell><Cell><Data ss:Type='DateTime'>2026-09-01T00:00:00.000</Data></Cell></Row>"
        "<Row><Cell/><Cell/><Cell><Data ss:Type='Number'>три</Data></Cell></Row>"
    )
    content = spreadsheet([]).replace("<Table>", f"<Table>{cells}")
    [row] = rows_of(parsed(content.encode(), "список.xls"), "enrollments")
    assert row[:5] == ("5А", 3, "Ким Яна", None, day(1, 9))


def test_an_xml_table_too_wide_or_too_long_is_refused() -> None:
    wide = spreadsheet([["1"] * 501])
    long_ = f"<table>{'<tr></tr>' * 300_001}</table>"
    for content in (wide, long_):
        with pytest.raises(UnsuitableError, match="300 000 строк"):
            parsed(content.encode(), "отчёт.xls")
