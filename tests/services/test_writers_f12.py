import csv
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from services.generator import Options, generate, write
from services.journal.model import Batch, LessonRow, MarkRow, NonSchoolRow, TermMarkRow
from services.journal.writers.f12 import write_tables, write_workbook
from services.journal.writers.local_time import LocalTime
from services.journal.writers.sheets import SHEETS
from services.journal.writers.template import GUIDE_SHEET, blank_template

LOCAL = LocalTime()
DAY = date(2026, 11, 20).toordinal()
LESSON = LessonRow(
    DAY, 3, "5А", "", "Алгебра", "Ершова Анна Петровна", None, "=1+1", "http://упр. 5", "тест",
    "тест", "проведён", attendance_taken=True, entered_at=LOCAL.moment(DAY, 19 * 60 + 59),
    modified_at=None, author=None,
)  # fmt: skip


def mark(value: int, position: int) -> MarkRow:
    return MarkRow(
        DAY, 3, 1, "5А", "", "Алгебра", 7, position, value, "", str(value), "", 150, None, None
    )


def journal() -> Batch:
    return Batch(
        non_school=[NonSchoolRow(DAY, DAY + 1, "Снег", "1-4, 7Б")],
        lessons=[LESSON],
        marks=[mark(4, 0), mark(3, 1)],
        term_marks=[
            TermMarkRow("5А", "Алгебра", 7, "четверть", 1, None, "н/а", None),
            TermMarkRow("5А", "Алгебра", 7, "год", 0, 4, "", None),
        ],
        period=(DAY - 13, DAY),
    )


def book_of(batch: Batch, *, real_dates: bool = True) -> openpyxl.Workbook:
    content = BytesIO()
    write_workbook(batch, content, local=LOCAL, real_dates=real_dates)
    return openpyxl.load_workbook(content)


def test_a_workbook_has_only_the_sheets_of_its_batch() -> None:
    assert book_of(journal()).sheetnames == ["Каникулы", "Уроки", "Отметки", "Итоги"]


def test_a_lesson_is_written_under_its_headers_and_its_period() -> None:
    page = book_of(journal())["Уроки"]
    rows = list(page.iter_rows(values_only=True))

    assert rows[0][0] == "Период: с 07.11.2026 по 20.11.2026"
    lesson = dict(zip(rows[1], rows[2], strict=True))
    assert lesson["Дата"] == datetime(2026, 11, 20)  # noqa: DTZ001  # Excel knows no zones
    assert lesson["Внесено"] == datetime(2026, 11, 20, 19, 59)  # noqa: DTZ001
    assert (lesson["Урок"], lesson["Класс"], lesson["Группа"]) == (3, "5А", None)
    assert (lesson["Вид работы"], lesson["Посещаемость отмечена"]) == ("тест", "да")


def test_text_that_looks_like_a_formula_or_a_link_stays_text() -> None:
    page = book_of(journal())["Уроки"]
    topic, task = page["H3"], page["I3"]

    assert (topic.value, topic.data_type) == ("=1+1", "s")
    assert (task.value, task.hyperlink) == ("http://упр. 5", None)


def test_dates_may_be_written_as_text() -> None:
    page = book_of(journal(), real_dates=False)["Уроки"]

    assert page["A3"].value == "20.11.2026"
    assert page["M3"].value == "20.11.2026 19:59"


def test_marks_of_one_cell_share_a_line() -> None:
    rows = list(book_of(journal())["Отметки"].iter_rows(values_only=True))

    assert len(rows) == 2
    assert dict(zip(rows[0], rows[1], strict=True))["Отметка"] == "4/3"
    assert dict(zip(rows[0], rows[1], strict=True))["Вес"] == 1.5


def test_periods_are_named_in_words() -> None:
    rows = list(book_of(journal())["Итоги"].iter_rows(values_only=True, min_row=2))

    assert [row[3:5] for row in rows] == [("1 четверть", "н/а"), ("год", 4)]


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1251", "\t")])
def test_tables_are_one_file_a_sheet(tmp_path: Path, encoding: str, delimiter: str) -> None:
    paths = write_tables(journal(), tmp_path, local=LOCAL, encoding=encoding, delimiter=delimiter)
    with (tmp_path / "Уроки.csv").open(encoding=encoding, newline="") as file:
        header, lesson = csv.reader(file, delimiter=delimiter)

    assert [path.name for path in paths] == [
        "Каникулы.csv", "Уроки.csv", "Отметки.csv", "Итоги.csv",
    ]  # fmt: skip
    assert header[0] == "Дата"
    assert lesson[0] == "20.11.2026"
    assert lesson[12] == "20.11.2026 19:59"


def test_moments_keep_their_minute_through_the_clock_change_of_another_zone() -> None:
    kaliningrad, berlin = LocalTime("Europe/Kaliningrad"), LocalTime("Europe/Berlin")
    for local in (LOCAL, kaliningrad, berlin):
        for day in (date(2026, 3, 29).toordinal(), date(2026, 10, 25).toordinal(), DAY):
            assert local.text(local.moment(day, 20 * 60)).endswith("20:00")
    assert kaliningrad.moment(DAY, 0) - LOCAL.moment(DAY, 0) == 3600


def test_the_blank_template_has_a_guide_and_every_sheet() -> None:
    book = openpyxl.load_workbook(BytesIO(blank_template()))

    assert book.sheetnames == [GUIDE_SHEET, *(sheet.name for sheet in SHEETS)]
    for sheet in SHEETS:
        page = book[sheet.name]
        assert [cell.value for cell in page[1]] == [column.title for column in sheet.columns]
        assert page.freeze_panes == "A2"
        assert page.max_row == 1


def test_required_columns_of_the_template_look_different() -> None:
    page = openpyxl.load_workbook(BytesIO(blank_template()))["Уроки"]
    fills = {cell.value: cell.fill.fgColor.rgb for cell in page[1]}

    assert fills["Дата"] != fills["Тема"]
    assert fills["Дата"] == fills["Учитель"]


def test_the_template_offers_known_words() -> None:
    page = openpyxl.load_workbook(BytesIO(blank_template()))["Посещаемость"]
    lists = [one.formula1 for one in page.data_validations.dataValidation]

    assert lists == ['"Н,Б,У,О"']


def test_a_school_is_written_whole(tmp_path: Path) -> None:
    school = generate(Options(seed=3, classes=1, until=date(2026, 9, 25).toordinal()))
    stages: list[str] = []

    write(school, tmp_path, lambda *step: stages.append(step[0]))

    names = {path.name for path in tmp_path.iterdir()}
    assert names == {
        "school.xlsx", "weeks", "csv", "netschool", "truth.jsonl", "lookalikes.jsonl",
    }  # fmt: skip
    assert len(list((tmp_path / "csv").iterdir())) == len(SHEETS)
    assert len((tmp_path / "truth.jsonl").read_text().splitlines()) == len(school.truth)
    assert stages[0] == "school.xlsx"
    book = openpyxl.load_workbook(tmp_path / "school.xlsx", read_only=True)
    assert book.sheetnames == [sheet.name for sheet in SHEETS]
    assert (tmp_path / "weeks" / "before.xlsx").exists()
    week = openpyxl.load_workbook(tmp_path / "weeks" / "week.xlsx", read_only=True)
    assert week.sheetnames == ["Замены", "Уроки", "Отметки", "Посещаемость"]
