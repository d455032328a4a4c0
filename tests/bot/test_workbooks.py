"""The files behind the digest, read back by another library."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.workbooks import list_workbook, week_workbook
from services.figures import FindingLine, Index, Indices, RuleCount, Standing, Week

NONE = Index(None)
LINE = FindingLine(
    rule="P2",
    severity="minor",
    class_unit="10А",
    study_group="1 группа",
    subject="Алгебра",
    teacher="Ким О. П.",
    date="18.11.2026",
    lesson="3",
    pupil="10А №17",
    title="Нет темы",
    why="Тема пустая.",
)
EARLIER = replace(LINE, class_unit="5Б", rule="P1", title="Урок не заполнен", lesson="", pupil="")


def indices(completeness: Index, timeliness: Index = NONE) -> Indices:
    return Indices(completeness, timeliness, NONE, Index(97.0, 0.0))


WEEK = Week(
    school="Школа № 12",
    period="2026-W47",
    first="16.11.2026",
    last="21.11.2026",
    as_of="20.11 16:00",
    indices=indices(Index(93.4, 1.2), Index(88.0, -2.0)),
    classes=[
        Standing("10А", indices(Index(80.0)), findings=2),
        Standing("5Б", indices(Index(None))),
    ],
    subjects=[Standing("Алгебра", indices(Index(99.0)))],
    subject_groups=[Standing("МО математики", indices(Index(99.0)))],
    teachers=[Standing("Ким О. П.", indices(Index(99.0)))],
    rules=[
        RuleCount("P1", "Урок не заполнен", "major", 1, change=-2),
        RuleCount("P2", "Нет темы: [пусто?]", "minor", 1),
        RuleCount("P3", "Нет домашнего задания", "minor", 0),
    ],
    findings=[LINE, EARLIER],
    opened=2,
    closed=5,
    overdue=0,
    next_controls=["5А математика 24.11"],
    missing=["Отметки 7Б"],
)


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def values(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def summary(week: Week) -> dict[object, tuple[object, object]]:
    rows = values(opened(week_workbook(week))["Сводка"])
    return {row[0]: (row[1], row[2]) for row in rows}


def test_the_week_has_its_sheets_and_one_for_each_rule_with_findings() -> None:
    assert opened(week_workbook(WEEK)).sheetnames == [
        "Сводка",
        "Замечания",
        "P1 Урок не заполнен",
        "P2 Нет темы   пусто",
        "Классы",
        "Предметы",
        "МО",
        "Учителя",
        "Что не загружено",
    ]


def test_the_summary_gives_every_figure_with_its_change() -> None:
    figures = summary(WEEK)
    assert figures["Школа"][0] == "Школа № 12"
    assert figures["Данные на"][0] == "20.11 16:00"
    assert figures["Полнота"] == (pytest.approx(0.934), 1.2)
    assert figures["Своевременность"] == (pytest.approx(0.88), -2.0)
    assert figures["Накопляемость"][0] == "нет данных"
    assert figures["Замечаний всего"][0] == 2
    assert figures["Снято за неделю"][0] == 5
    assert figures["P1 Урок не заполнен"] == (1, -2)
    assert figures["Контрольная на следующей неделе"][0] == "5А математика 24.11"


def test_without_data_the_summary_has_no_figure_at_all() -> None:
    nothing = Indices(NONE, NONE, NONE, NONE)
    week = Week("Школа", "2026-W47", "16.11.2026", "21.11.2026", "", nothing)
    figures = summary(week)
    names = ("Данные на", "Полнота", "Достоверность", "Замечаний всего", "Просрочено")
    assert {figures[name][0] for name in names} == {"нет данных"}
    sheet = opened(week_workbook(week))["Что не загружено"]
    assert values(sheet)[1] == ["нет данных"]


def test_a_first_week_has_no_line_of_opened_and_closed() -> None:
    first = summary(replace(WEEK, opened=None, closed=None, overdue=None))
    assert set(summary(WEEK)) - set(first) == {
        "Открыто за неделю",
        "Снято за неделю",
        "Просрочено",
    }


def test_a_share_just_short_of_full_reads_so_in_its_cell() -> None:
    indices = replace(WEEK.indices, completeness=Index(99.97), timeliness=Index(0.02))
    figures = summary(replace(WEEK, indices=indices))
    assert figures["Полнота"][0] == pytest.approx(0.999)
    assert figures["Своевременность"][0] == pytest.approx(0.001)


def test_findings_stand_class_by_class_with_real_dates_and_numbered_pupils() -> None:
    rows = values(opened(week_workbook(WEEK))["Замечания"])
    assert rows[0][:7] == ["Правило", "Важность", "Класс", "Группа", "Предмет", "Учитель", "Дата"]
    assert [row[2] for row in rows[1:]] == ["5Б", "10А"]
    assert rows[2] == [
        "P2",
        "мелочь",
        "10А",
        "1 группа",
        "Алгебра",
        "Ким О. П.",
        datetime(2026, 11, 18),  # noqa: DTZ001  # a spreadsheet's day has no zone
        3,
        "10А №17",
        "Нет темы",
        "Тема пустая.",
    ]


def test_a_rule_has_its_own_findings_only() -> None:
    rows = values(opened(week_workbook(WEEK))["P1 Урок не заполнен"])
    assert [row[2] for row in rows[1:]] == ["5Б"]


@pytest.mark.parametrize("text", ["=1+1", "+7 900 000", "@x", "-5", "http://a.b", "{=A1}", "007"])
def test_data_never_becomes_a_formula_or_a_link(text: str) -> None:
    line = replace(LINE, subject=text, why=text, teacher=text)
    sheet = opened(list_workbook("Список", [line], "20.11 16:00")).worksheets[0]
    cells = [sheet.cell(2, column) for column in (5, 6, 11)]
    assert [cell.value for cell in cells] == [text] * 3
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_a_list_is_ready_to_filter_scroll_and_print() -> None:
    sheet = opened(list_workbook("Нет темы", [LINE, EARLIER], "20.11 16:00")).worksheets[0]
    assert sheet.title == "Нет темы"
    assert sheet.auto_filter.ref == "A1:K3"
    assert sheet.freeze_panes == "A2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in {1, None}  # one page is what an absent number means
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.left is not None
    assert sheet.oddFooter.left.text == "Данные на 20.11 16:00"
    assert sheet.cell(2, 11).alignment.wrap_text


def test_standings_are_percentages_under_a_colour_scale() -> None:
    sheet = opened(week_workbook(WEEK))["Классы"]
    rows = values(sheet)
    assert [row[0] for row in rows[1:]] == ["5Б", "10А"]
    assert rows[1][1] == "нет данных"
    assert rows[2][1:3] == [pytest.approx(0.8), None]
    assert sheet.cell(3, 2).number_format == "0.0%"
    scales = {str(found.sqref) for found in sheet.conditional_formatting}
    assert scales == {"B2:B3", "D2:D3", "E2:E3", "F2:F3"}


def test_strange_names_and_texts_still_make_a_file() -> None:
    long = "Очень длинное название правила, которое придумал администратор"
    week = replace(
        WEEK,
        rules=[RuleCount("P1", long, "major", 1), RuleCount("P2", "''", "minor", 1)],
        findings=[
            replace(LINE, rule="P1", why="x" * 40_000, date="31.02.2026", lesson="II"),
            replace(LINE, rule="P2", title="a\x00b\x1f", date=""),
            replace(LINE, rule="Классы"),
        ],
    )
    book = opened(week_workbook(week))
    assert len(book.sheetnames) == 10
    assert "Классы 2" in book.sheetnames
    cells = {row[0]: row[6:8] for row in values(book["Замечания"])}
    assert cells["P1"] == ["31.02.2026", "II"]
    assert cells["P2"] == [None, 3]


def test_the_same_week_gives_the_same_bytes() -> None:
    assert week_workbook(WEEK) == week_workbook(WEEK)
