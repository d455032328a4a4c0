"""Titles, headers and sheets of the exchange template."""

from datetime import date

import pytest

from services.journal.container import UnsuitableError
from services.journal.model import (
    EnrollmentRow,
)
from tests.services.readers.books import LESSONS, MARKS, parsed, sheet, workbook
from tests.services.readers.lines import LESSON, MARK, Line


def test_titles_may_stand_above_and_name_the_period() -> None:
    read = sheet(
        "Уроки",
        [("Школа № 1",), ("Учебный год: 2026/2027",), ("Период: с 01.09.26 по 25.10.2026",), (),
         LESSONS, LESSON],
    )  # fmt: skip
    assert read.period == (date(2026, 9, 1).toordinal(), date(2026, 10, 25).toordinal())
    assert read.year == "2026/2027"
    assert read.numbers["Уроки"] == [6]


def test_a_period_may_stand_in_cells_of_its_own() -> None:
    title = ("Период:", "с", date(2026, 9, 1), "по", date(2026, 10, 25))
    read = sheet("Уроки", [title, LESSONS, LESSON])
    assert read.period == (date(2026, 9, 1).toordinal(), date(2026, 10, 25).toordinal())


@pytest.mark.parametrize(
    "title",
    ["Период: с 31.09.2026 по 25.10.2026", "Период: с 25.10.2026 по 01.09.2026",
     "Период с 01.09.2026"],
)  # fmt: skip
def test_a_damaged_period_refuses_the_file(title: str) -> None:
    with pytest.raises(UnsuitableError, match="Лист «Уроки»"):
        sheet("Уроки", [(title,), LESSONS, LESSON])


def test_missing_columns_are_named_with_their_sheets_and_refuse_the_file() -> None:
    book = workbook({"Уроки": [LESSONS[:3], LESSON[:3]], "Отметки": [MARKS[:5], MARK[:5]],
                     "Звонки": [("Урок", "Начало", "Конец"), (1, "8:30", "9:15")]})  # fmt: skip
    with pytest.raises(UnsuitableError) as refusal:
        parsed(book)
    assert str(refusal.value) == (
        "Лист «Уроки»: нет столбцов «Предмет», «Учитель»; лист «Отметки»: нет столбца «Отметка». "
        "Исправьте и пришлите снова; чистый шаблон: /template."
    )


def test_unknown_sheets_are_ignored_with_a_note() -> None:
    read = parsed(workbook({"Заметки": [("Дата", "важно")], "Уроки": [LESSONS, LESSON]}))
    assert len(read.rows["lessons"]) == 1
    assert read.notes == ["лист «Заметки» незнаком и пропущен"]


def test_the_guide_of_the_template_is_no_surprise() -> None:
    read = parsed(workbook({"Как заполнять": [("Дата", "важно")], "Уроки": [LESSONS, LESSON]}))
    assert read.notes == []


def test_a_lone_sheet_is_told_by_its_header() -> None:
    read = sheet("Лист1", [LESSONS, LESSON])
    assert len(read.rows["lessons"]) == 1
    assert read.confidence == pytest.approx(0.9)


def test_lists_that_are_not_filled_keep_what_is_stored() -> None:
    book = workbook({"Звонки": [("Урок", "Начало", "Конец")], "Отметки": [MARKS],
                     "Уроки": [LESSONS, LESSON]})  # fmt: skip
    read = parsed(book)
    assert "bells" not in read.rows
    assert read.rows["marks"] == []
    assert read.notes == ["лист «Звонки» не заполнен и пропущен"]


def test_a_blank_template_is_refused() -> None:
    with pytest.raises(UnsuitableError, match="ни одной заполненной строки"):
        parsed(workbook({"Уроки": [LESSONS], "Отметки": [MARKS]}))


def test_the_same_sheet_twice_is_refused() -> None:
    with pytest.raises(UnsuitableError, match="Лист «Уроки» встречается дважды"):
        parsed(workbook({"Уроки": [LESSONS, LESSON], "Уроки ": [LESSONS, LESSON]}))


def test_different_periods_of_two_sheets_are_refused() -> None:
    book = workbook({
        "Уроки": [("Период: с 01.09.2026 по 25.10.2026",), LESSONS, LESSON],
        "Отметки": [("Период: с 01.09.2026 по 26.10.2026",), MARKS, MARK],
    })  # fmt: skip
    with pytest.raises(UnsuitableError, match="период не тот"):
        parsed(book)


def test_a_doubled_column_is_noted() -> None:
    read = sheet("Уроки", [(*LESSONS, "Тема"), (*LESSON, "Другая")])
    assert read.notes == ["лист «Уроки»: столбец «Тема» дважды, взят первый"]


def test_an_exact_header_goes_before_a_synonym() -> None:
    head = ("№ п/п", "Класс", "№", "ФИО")
    read = sheet("Ученики", [head, (900, "5А", 17, "Ученик")])
    assert EnrollmentRow._make(read.rows["enrollments"][0]).pupil == 17


def test_an_empty_sheet_is_skipped_with_a_note() -> None:
    nothing: list[Line] = []
    read = parsed(workbook({"Уроки": [LESSONS, LESSON], "Звонки": nothing}))
    assert read.notes == ["лист «Звонки» пуст и пропущен"]


def test_a_sheet_without_a_header_is_refused() -> None:
    with pytest.raises(UnsuitableError, match="не найдена строка заголовков"):
        parsed(workbook({"Уроки": [LESSONS, LESSON], "Звонки": [(1, 2, 3)]}))


def test_one_familiar_column_is_no_proof() -> None:
    with pytest.raises(UnsuitableError, match="Не узнаю"):
        sheet("Лист1", [("Предмет", "Сколько"), ("Труд", 5)])
