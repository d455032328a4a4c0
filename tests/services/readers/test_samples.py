"""Both real exports, cell by cell, against an independent reading of the same files."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from services.journal.container import UnsuitableError
from services.journal.model import AttendanceRow, MarkRow, TermMarkRow
from services.journal.readers.extract import Extract
from tests.services.readers.books import parsed, workbook

DATA = Path(__file__).parents[2] / "data"
MONTHS = {"Март": 3, "Апрель": 4, "Май": 5}


def opened(name: str) -> Worksheet:
    return openpyxl.load_workbook(DATA / name).worksheets[0]


def text(cell: object) -> str:
    return str(cell) if cell is not None else ""


def blocks(sheet: Worksheet) -> Iterator[tuple[int, str, int]]:
    """Each pupil's number, name and the row of «Ученик:»."""
    rows = [row for row in range(1, sheet.max_row + 1)
            if text(sheet.cell(row, 1).value).startswith("Ученик: ")]  # fmt: skip
    for number, row in enumerate(rows, 1):
        yield number, text(sheet.cell(row, 1).value).removeprefix("Ученик: "), row


@pytest.fixture(scope="module")
def f1() -> Extract:
    return parsed((DATA / "f1_progress_report.xlsx").read_bytes())


@pytest.fixture(scope="module")
def f2() -> Extract:
    return parsed((DATA / "f2_report_card.xlsx").read_bytes())


def f1_days(sheet: Worksheet, header: int) -> dict[int, date]:
    """Days by column, the months from the merged cells above them."""
    months: dict[int, int] = {}
    for merged in sheet.merged_cells.ranges:
        word = text(sheet.cell(merged.min_row, merged.min_col).value)
        if merged.min_row == header and word in MONTHS:
            months.update(dict.fromkeys(range(merged.min_col, merged.max_col + 1), MONTHS[word]))
    days = {}
    for column, month in months.items():
        days[column] = date(2025, month, int(text(sheet.cell(header + 1, column).value)))
    return days


def f1_cells(sheet: Worksheet) -> Iterator[tuple[int, str, date, int, str]]:
    """Pupil, subject, day, which of that day, and the text of each cell with a lesson."""
    for number, _, row in blocks(sheet):
        header = row + 2
        days = f1_days(sheet, header)
        line = header + 2
        while text(sheet.cell(line, 1).value):
            before: Counter[date] = Counter()
            for column in sorted(days):
                value = sheet.cell(line, column).value
                if value is None:
                    continue
                absences = len(re.findall("[НОБУ]", text(value)))
                nth = before[days[column]] + 1
                yield number, text(sheet.cell(line, 1).value), days[column], nth, text(value)
                before[days[column]] += max(1, absences)
            line += 1


def test_f1_knows_its_class_year_and_period(f1: Extract) -> None:
    assert (f1.format, f1.year) == ("F1", "2024/2025")
    assert f1.period == (date(2025, 3, 24).toordinal(), date(2025, 5, 24).toordinal())
    names = [name for _, name, _ in blocks(opened("f1_progress_report.xlsx"))]
    assert f1.pupil_names == {"8А": names}
    assert len(names) == 28
    assert f1.refused == []


def test_f1_has_every_digit_as_a_mark(f1: Extract) -> None:
    expected = [
        (pupil, subject, day.toordinal(), nth, place, int(digit))
        for pupil, subject, day, nth, cell in f1_cells(opened("f1_progress_report.xlsx"))
        for place, digit in enumerate(re.findall(r"\d", cell))
    ]
    marks = [MarkRow._make(line) for line in f1.rows["marks"]]
    found = [(m.pupil, m.subject, m.day, m.nth, m.position, m.value or int(m.code)) for m in marks]
    assert found == expected
    assert len(expected) > 2500
    assert {(m.number, m.class_unit) for m in marks} == {(None, "8А")}


def test_a_nought_is_kept_as_it_stands(f1: Extract) -> None:
    marks = [MarkRow._make(line) for line in f1.rows["marks"]]
    noughts = [m for m in marks if m.value is None]
    assert {(m.code, m.raw) for m in noughts} == {("0", "0")}


def test_f1_has_every_letter_as_an_absence(f1: Extract) -> None:
    expected = [
        (pupil, subject, day.toordinal(), nth + further, letter)
        for pupil, subject, day, nth, cell in f1_cells(opened("f1_progress_report.xlsx"))
        for further, letter in enumerate(re.findall("[НОБУ]", cell))
    ]
    rows = [AttendanceRow._make(line) for line in f1.rows["attendance"]]
    assert [(a.pupil, a.subject, a.day, a.nth, a.code) for a in rows] == expected
    assert len(expected) > 800


def test_f1_has_the_marks_of_its_period(f1: Extract) -> None:
    sheet = opened("f1_progress_report.xlsx")
    expected = []
    for number, _, row in blocks(sheet):
        last = max(c for c in range(1, 60) if "Итоговая" in text(sheet.cell(row + 2, c).value))
        line = row + 4
        while text(sheet.cell(line, 1).value):
            value = sheet.cell(line, last).value
            if value is not None:
                expected.append((number, text(sheet.cell(line, 1).value), int(text(value) or 0)))
            line += 1
    rows = [TermMarkRow._make(line) for line in f1.rows["term_marks"]]
    assert [(t.pupil, t.subject, t.value or 0) for t in rows] == expected
    assert {(t.kind, t.number) for t in rows} == {("период", 0)}


def test_f2_has_every_final_cell(f2: Extract) -> None:
    sheet = opened("f2_report_card.xlsx")
    terms = {5: ("четверть", 1), 8: ("четверть", 2), 11: ("четверть", 3), 14: ("четверть", 4),
             15: ("год", 0)}  # fmt: skip
    expected = {}
    for number, _, row in blocks(sheet):
        line = row + 7
        while text(sheet.cell(line, 1).value):
            for column, term in terms.items():
                value = text(sheet.cell(line, column).value)
                subject = text(sheet.cell(line, 2).value)
                expected[number, subject, *term] = int(value) if value else None
            line += 1
    rows = [TermMarkRow._make(line) for line in f2.rows["term_marks"]]
    found = {
        (t.pupil, t.subject, t.kind, t.number): int(t.code) if t.code else t.value for t in rows
    }
    assert found == expected
    assert len(rows) == len(expected) == 2800
    assert {(t.class_unit, t.code) for t in rows} == {("8А", ""), ("8А", "0")}


def test_f2_knows_its_class_and_year(f2: Extract) -> None:
    assert (f2.format, f2.year, f2.refused) == ("F2", "2024/2025", [])
    assert [len(names) for names in f2.pupil_names.values()] == [28]


F1_HEAD = [
    ("Отчет об успеваемости и посещаемости ученика",),
    ("Учебный год: 2026/2027",), ("Класс: 5А",), ("Период: с 01.09.26 по 31.01.27",),
    ("Ученик: Первый",), (),
]  # fmt: skip


def test_f1_of_two_calendar_years_has_days_in_both() -> None:
    rows = [*F1_HEAD, ("Предмет", "Декабрь", None, "Январь", "Средняя оценка"),
            (None, 24, 25, 12), ("Труд", "5", "абв", "4 05.12")]  # fmt: skip
    read = parsed(workbook({"Лист1": rows}))
    days = [MarkRow._make(line).day for line in read.rows["marks"]]
    assert days[0] == date(2026, 12, 24).toordinal()
    assert days[-1] == date(2027, 1, 12).toordinal()
    assert "term_marks" not in read.rows


@pytest.mark.parametrize(
    ("months", "days", "reason"),
    [(("Предмет", "Брюмер", "Средняя оценка"), (None, 24), "«Брюмер» - не месяц"),
     (("Предмет", "Сентябрь", "Средняя оценка"), (None, 31), "«31» - не день месяца")],
)  # fmt: skip
def test_f1_with_a_damaged_header_is_refused(
    months: tuple[str, ...], days: tuple[int | None, ...], reason: str
) -> None:
    with pytest.raises(UnsuitableError, match=reason):
        parsed(workbook({"Лист1": [*F1_HEAD, months, days, ("Труд", "5")]}))


def test_f1_without_a_class_is_refused() -> None:
    rows = [*F1_HEAD[:2], *F1_HEAD[3:], ("Предмет", "Май", "Средняя оценка"), (None, 2)]
    with pytest.raises(UnsuitableError, match="не понять, какой это класс"):
        parsed(workbook({"Лист1": rows}))


def test_f1_refuses_a_damaged_cell_and_keeps_the_rest() -> None:
    rows = [*F1_HEAD, ("Предмет", "Сентябрь", None, "Средняя оценка"), (None, 2, 3),
            ("Труд", date(2026, 12, 5), "4")]  # fmt: skip
    read = parsed(workbook({"Лист1": rows}))
    assert len(read.rows["marks"]) == 1
    assert read.refused == [
        ("Лист1", 9, "Труд: таблица превратила отметку в дату 05.12: впишите её текстом")
    ]


def test_f2_by_half_years_with_an_examination_is_read() -> None:
    rows = [
        ("Табель успеваемости учащегося",), ("Учебный год: 2026/2027",), ("Класс: 10А",),
        ("Ученик: Первый",), (),
        ("№", "Предмет", "Учебные периоды", None, None, None, "Год. оценка", "Экз. оценка",
         "Гос. экз. оценка", "Итог. оценка"),
        (None, None, "1 полугодие", None, "2 полугодие"),
        (None, None, "Средний балл", "Итог", "Средний балл", "Итог"),
        (1, "Физика", 4.5, "5", 3.2, None, "4", "5", "3", "4"),
        (2, "Химия", 4.5, "5/4", 3.2, "н/а", None, None, None, None),
    ]  # fmt: skip
    read = parsed(workbook({"Лист1": rows}))
    found = [TermMarkRow._make(line) for line in read.rows["term_marks"]]
    assert sorted((t.subject, t.kind, t.number, t.value, t.code) for t in found) == [
        ("Физика", "год", 0, 4, ""),
        ("Физика", "итог", 0, 4, ""),
        ("Физика", "полугодие", 1, 5, ""),
        ("Физика", "полугодие", 2, None, ""),
        ("Физика", "экзамен", 0, 5, ""),
        ("Физика", "экзамен", 1, 3, ""),
        ("Химия", "год", 0, None, ""),
        ("Химия", "полугодие", 2, None, "н/а"),
    ]
    assert read.refused == [("Лист1", 10, "Химия: в клетке больше одной отметки")]


TABLE = ("Предмет", "Май", "Средняя оценка", "Итоговая оценка за период")


def test_f1_without_a_table_under_a_pupil_says_so() -> None:
    rows = [*F1_HEAD, TABLE, (None, 2), ("Труд", "5", None, "4/5"), (), ("Ученик: Второй",)]
    read = parsed(workbook({"Лист1": rows}))
    assert read.refused == [
        ("Лист1", 9, "Труд: в клетке больше одной отметки"),
        ("Лист1", 11, "под учеником нет таблицы предметов"),
    ]


def test_f2_without_a_table_under_a_pupil_says_so() -> None:
    header = [(None, "Предмет", "Учебные периоды"), (None, None, "хор"), (None, "Труд", "5")]
    rows = [*F1_HEAD[1:3], F1_HEAD[4], *header, ("Ученик: Второй",)]
    read = parsed(workbook({"Лист1": rows}))
    assert read.rows["term_marks"] == []
    assert read.refused == [("Лист1", 7, "под учеником нет таблицы предметов")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [(("Учебный год: 2026/2029",), "не учебный год"),
     (("Учебный год: 2027/2028",), "разные учебные годы"),
     (("Период: с 31.09.26 по 31.10.26",), "нет в календаре")],
)  # fmt: skip
def test_a_damaged_head_refuses_the_report(line: tuple[str], reason: str) -> None:
    rows = [*F1_HEAD, TABLE, (None, 2), ("Труд", "5"), line, ("Ученик: Второй",)]
    with pytest.raises(UnsuitableError, match=reason):
        parsed(workbook({"Лист1": rows}))


def test_f1_without_a_period_is_read() -> None:
    rows = [*F1_HEAD[:3], F1_HEAD[4], TABLE, (None, 2, None), ("Труд", "5", None, "")]
    read = parsed(workbook({"Лист1": rows}))
    assert (read.period, len(read.rows["marks"])) == (None, 1)
    assert "term_marks" not in read.rows


def test_a_real_report_as_another_container_asks_for_a_workbook() -> None:
    with pytest.raises(UnsuitableError, match=r"только как \.xlsx"):
        parsed(b"\n".join(";".join(map(str, row)).encode() for row in [*F1_HEAD, TABLE]), "а.csv")
