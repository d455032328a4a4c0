"""Corners that several formats share."""

import pytest

from services.journal.container import UnsuitableError
from services.journal.readers.academic_days import day_of
from services.journal.readers.f13 import is_roster, read_f13
from services.journal.timetabled import Timetabled
from tests.services.journal.formats.made import column, day, read, refusal, rows_of
from tests.services.readers.books import packed


def test_a_real_date_needs_no_year_and_a_number_is_a_spreadsheets_day() -> None:
    assert day_of("12.09.2026", None) == day(12, 9)
    assert day_of(46_277.0, None) == day(12, 9)


def test_a_number_beside_a_date_is_the_plans_where_it_runs_on() -> None:
    header = ("№", "Дата", "Тема")
    plan = [header, (1, "02.09.2026", "Дроби"), (2, "03.09.2026", "Корни")]
    assert read(plan, "7А алгебра.xlsx").format == "F6"
    day_numbers = [header, (3, "02.09.2026", "Дроби"), (2, "03.09.2026", "Корни")]
    assert refusal(day_numbers, "7А алгебра.xlsx").startswith("Не уверен")


def test_a_period_that_cannot_be_read_refuses_the_file() -> None:
    rows = [("Период: с 31.02.2026 по 01.03.2026",), ("№", "Тема", "Часы"), (1, "Дроби", 1)]
    assert "нет в календаре" in refusal(rows, "КТП 7А алгебра.xlsx")


def test_hours_that_are_no_number_refuse_their_row() -> None:
    rows = [("№", "Тема", "Часы"), (1, "Дроби", "два"), (2, "Корни", 2)]
    found = read(rows, "КТП 7А алгебра.xlsx")
    assert column(found, "plans", "topic") == ["Корни"]
    assert found.refused == [("КТП", 2, "часы - не число")]


def test_a_page_whose_cells_are_words_of_any_length_is_none() -> None:
    rows = [
        ("ФИО", "01.09", "02.09", "03.09", "04.09", "05.09"),
        ("Ким Яна", "дежурныйпоклассу" * 2),
    ]
    assert refusal(rows, "7А алгебра 2026-2027.xlsx").startswith("Не узнаю")


def test_a_signature_without_a_number_is_no_pupil() -> None:
    days = ("01.09", "02.09", "03.09", "04.09", "05.09")
    rows = [
        ("№", "", *days), (1, "Ким Яна", 5), (2, "Ли Ян", 4), ("", "Юй Ира", 3), (3, "", 5),
    ]  # fmt: skip
    found = read(rows, "7А алгебра 2026-2027.xlsx")
    assert found.pupil_names == {"7А": ["Ким Яна", "Ли Ян"]}


def test_an_archive_that_disagrees_with_itself_is_refused() -> None:
    content = packed({"manifest.csv": b"a" * 500, "users.csv": b"b" * 500})
    assert not is_roster(content[:40])
    at = content.index(b"users.csv") + 12
    with pytest.raises(UnsuitableError, match="повреждён"):
        read_f13(content[:at] + b"\xff\xff\xff" + content[at + 3 :])


def test_a_lesson_of_the_timetable_without_a_teacher_tells_none() -> None:
    known = Timetabled.of({(1, 10, 2): [4]}, [(1, 10, 4, 2, 0, None, 1)], [])
    assert known.number((1, 10, 2), 101) == 4
    assert known.number((1, 10, 2), 102) == 102
    assert known.teacher((1, 10, 2), 4, 0) is None


def test_repeated_substitutions_and_classes_are_once() -> None:
    header = ("ФИО учителя", "Предмет", "Класс", "Часы")
    found = read([header, ("Ким О.В.", "Труд", "5А, 5А", 2)])
    assert [row.class_unit for row in rows_of(found, "assignments")] == ["5А"]
