from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from services.generator import GeneratedSchool, Options, generate
from services.journal.writers.netschool import write_grade_table, write_progress_report

UNTIL = date(2026, 11, 20)
FIRST = date(2026, 10, 5)


@pytest.fixture(scope="module")
def school() -> GeneratedSchool:
    return generate(Options(seed=3, classes=1, until=UNTIL.toordinal()))


@pytest.fixture(scope="module")
def report(school: GeneratedSchool, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("netschool") / "report.xlsx"
    write_progress_report(school.batch, "5А", (FIRST.toordinal(), UNTIL.toordinal()), path)
    return openpyxl.load_workbook(BytesIO(path.read_bytes())).active


def headers(page: Any) -> list[int]:
    return [cell.row for cell in page["A"] if cell.value == "Предмет"]


def test_a_report_has_a_block_a_pupil(school: GeneratedSchool, report: Any) -> None:
    names = [str(cell.value) for cell in report["A"] if str(cell.value).startswith("Ученик:")]
    pupils = {row.pupil for row in school.batch.enrollments or []}

    assert report["A3"].value == "Отчет об успеваемости и посещаемости ученика"
    assert report["A6"].value == "Учебный год: 2026/2027"
    assert report["A8"].value == "Период: с 05.10.26 по 20.11.26"
    assert len(names) == len(pupils)
    assert names == sorted(names)


def test_blocks_have_their_own_widths(report: Any) -> None:
    widths = {sum(cell.value is not None for cell in report[row + 1]) for row in headers(report)}

    assert len(widths) > 1


def test_an_empty_cell_of_a_lesson_differs_from_a_day_without_one(report: Any) -> None:
    row = headers(report)[0] + 2
    values = [cell.value for cell in report[row]]

    assert "" in values
    assert None in values


def test_marks_of_a_pupil_are_all_in_the_block(school: GeneratedSchool, report: Any) -> None:
    first_name = min(row.name or "" for row in school.batch.enrollments or [])
    number = next(r.pupil for r in school.batch.enrollments or [] if r.name == first_name)
    expected = sorted(
        row.raw
        for row in school.batch.marks or []
        if row.pupil == number and FIRST.toordinal() <= row.day
    )
    first, second = headers(report)[:2]
    texts = [
        str(cell.value)
        for row in report.iter_rows(min_row=first + 2, max_row=second - 9, min_col=2)
        for cell in row
        if isinstance(cell.value, str)
    ]
    month_marks = [part for text in texts for part in text.replace("/", " ").split()]
    term_marks = sum(
        row.pupil == number and row.value is not None for row in school.batch.term_marks or []
    )

    digits = [part for part in month_marks if part.isdigit()]
    assert len(digits) == len(expected) + term_marks


def test_a_grade_table_has_period_marks(school: GeneratedSchool, tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    write_grade_table(school.batch, "5А", path)
    page = openpyxl.load_workbook(path).active
    assert page is not None

    assert page["A3"].value == "Табель успеваемости учащегося"
    assert [page["C11"].value, page["O11"].value] == ["Учебные периоды", "Год. оценка"]
    assert [page["C13"].value, page["L13"].value] == ["1 Четверть", "4 Четверть"]
    assert [page["C14"].value, page["E14"].value] == ["Средний балл", "Итог"]
    marks = [page.cell(row, 5).value for row in range(15, 22)]
    assert all(value in {"2", "3", "4", "5", "н/а", "осв"} for value in marks)
