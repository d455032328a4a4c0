"""F6: calendar plans, whatever their columns."""

from datetime import date

import pytest

from services.journal.deliveries import spoken_name
from tests.services.journal.formats.made import (
    NBSP,
    Rows,
    column,
    day,
    read,
    refusal,
    rows_of,
    table,
)
from tests.services.readers.books import open_document, parsed, workbook

NAME = "КТП Алгебра 7А 2026-2027.xlsx"
STAMP = (
    ("УТВЕРЖДАЮ", "", "", "СОГЛАСОВАНО"),
    ("Директор школы ____________", "", "", "Протокол № 1 от 29.08.2026"),
    (),
)
VARIANTS: dict[str, Rows] = {
    "a number, a topic, homework": [
        ("№ урока", "Тема", "ДЗ"), (1, "Дроби", "№ 5"), (2, "Степени", "№1, 2"),
    ],
    "a topic and homework": [
        ("Тема", "Домашнее задание"), ("Дроби", "№ 5"), ("Степени", ""),
    ],
    "a number, a date, a topic, homework and aims": [
        ("№ п/п", "Дата", "Тема", "ДЗ", "Цели"),
        (1, date(2026, 9, 2), "Дроби", "№ 5", "знать"), (2, "04.09.2026", "Степени", "", ""),
    ],
    "a date, a topic, homework for the next lesson": [
        ("Дата", "Тема", "ДЗ к следующему уроку"),
        ("02.09.2026", "Дроби", "№ 5"), ("04.09.2026", "Степени", ""),
    ],
    "a number, a day held, a topic, hours, homework": [
        ("№ п/п", "Дата проведения", "Тема", "Кол-во часов", "ДЗ"),
        (1, "02.09.2026", "Дроби", 1, "№ 5"), (2, "04.09.2026", "Степени", 1, ""),
    ],
    "a topic, hours, a planned date, a real date, notes": [
        ("Тема", "Количество часов", "Дата план", "Дата факт", "Примечания"),
        ("Дроби", 1, "02.09.2026", "03.09.2026", ""), ("Степени", "1", "04.09.2026", "", "болел"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("above", [(), STAMP], ids=["bare", "stamped"])
def test_every_variant_gives_the_items_in_their_order(variant: str, above: Rows) -> None:
    found = read([*above, *VARIANTS[variant]], NAME)
    assert (found.format, found.confidence >= 0.8) == ("F6", True)
    assert found.year == "2026/2027"
    assert [row[:8] for row in rows_of(found, "plans")] == [
        ("Алгебра", "7А", "", None, 1, "Дроби", 100, VARIANT_DAYS[variant][0]),
        ("Алгебра", "7А", "", None, 2, "Степени", 100, VARIANT_DAYS[variant][1]),
    ]
    assert found.refused == []
    counted = any("час" in str(cell) for cell in VARIANTS[variant][0])
    assert found.notes == [NO_HOURS] * (not counted)


NO_HOURS = "часов в плане нет: строка считается одним уроком"
VARIANT_DAYS = {
    name: (day(2, 9), day(4, 9)) if any("Дата" in str(cell) for cell in rows[0]) else (None, None)
    for name, rows in VARIANTS.items()
}


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig"])
def test_a_text_table_is_read_too(encoding: str) -> None:
    rows = VARIANTS["a topic, hours, a planned date, a real date, notes"]
    found = parsed(table(rows, encoding=encoding), "КТП_Алгебра_7А.csv")
    assert column(found, "plans", "topic") == ["Дроби", "Степени"]


def test_an_open_document_is_read_too() -> None:
    rows = VARIANTS["a number, a day held, a topic, hours, homework"]
    found = parsed(open_document([list(row) for row in rows]), "7А алгебра.ods")
    assert column(found, "plans", "hours") == [100, 100]


def test_the_day_of_the_fact_is_not_the_planned_one() -> None:
    rows = [("Тема", "Часы", "Дата факт"), ("Дроби", 1, "03.09.2026")]
    assert column(read(rows, NAME), "plans", "day") == [None]


def test_merged_titles_name_plan_and_fact() -> None:
    rows = [
        ("№ п/п", "Тема урока", "Кол-во часов", "Дата", ""),
        ("", "", "", "факт", "план"),
        (1, "Дроби", 2, "03.09.2026", "02.09.2026"),
    ]
    assert column(read(rows, NAME), "plans", "day") == [day(2, 9)]


def test_a_date_without_a_year_stays_unknown_and_is_counted() -> None:
    rows = [("№", "Тема", "Часов", "Дата план"), (1, "Дроби", 1, "12.09"), (2, "Корни", 1, 12.09)]
    found = read(rows, NAME)
    assert column(found, "plans", "day") == [None, None]
    assert found.notes == ["дат без года или непонятных: 2, они не взяты"]


def test_sections_and_totals_are_no_items() -> None:
    rows = [
        ("№ п/п", "Тема", "Кол-во часов"),
        ("", "Глава 1. Числа", ""),
        ("", "Повторение", 3),
        (1, "Дроби", 1),
        (2, "Степени", 2),
        ("Раздел 2", "", ""),
        ("", "Модуль числа", 1),
        ("", "Часть 3. Корни", 9),
        (3, "Корни", 1),
        ("", "Итого", 5),
        ("Итого", "", 5),
    ]
    found = read(rows, NAME)
    assert column(found, "plans", "topic") == ["Дроби", "Степени", "Модуль числа", "Корни"]
    assert found.refused == []


def test_without_hours_a_row_without_its_number_is_a_section() -> None:
    rows = [("№ урока", "Тема", "ДЗ"), ("", "Дроби", ""), (1, "Сложение", ""), (2, "Деление", "")]
    assert column(read(rows, NAME), "plans", "topic") == ["Сложение", "Деление"]


def test_without_numbers_too_a_section_says_so() -> None:
    rows = [("Тема", "ДЗ"), ("Раздел 1. Дроби", ""), ("I четверть", ""), ("Деление", "")]
    assert column(read(rows, NAME), "plans", "topic") == ["Деление"]


def test_a_row_for_two_lessons_is_two_hours() -> None:
    rows = [("№ урока", "Тема"), ("№1, 2", "Дроби"), ("3-5", "Степени"), ("6.", "Корни")]
    found = read(rows, NAME)
    assert column(found, "plans", "position") == [1, 3, 6]
    assert column(found, "plans", "hours") == [200, 300, 100]
    assert found.notes == [NO_HOURS]


def test_numbers_that_begin_anew_are_counted_on() -> None:
    rows = [("№", "Тема", "Часы"), (1, "Дроби", 1), (2, "Степени", 1), (1, "Корни", 1)]
    assert column(read(rows, NAME), "plans", "position") == [1, 2, 3]


def test_repeated_headers_and_counted_columns_are_no_items() -> None:
    header = ("№ п/п", "Тема", "Часы")
    rows = [header, (1, 2, 3), (1, "Дроби", 1), header, (2, "Степени", 1)]
    assert column(read(rows, NAME), "plans", "topic") == ["Дроби", "Степени"]


def test_a_number_without_a_topic_is_refused_with_its_row() -> None:
    found = read([("№", "Тема", "Часы"), (1, "", 1), (2, "Степени", 1)], NAME)
    assert found.refused == [("КТП", 2, "тема не заполнена")]


def test_control_works_are_told_by_their_column_or_the_words_that_begin_the_topic() -> None:
    rows = [
        ("№", "Тема", "Часы", "Вид контроля"),
        (1, "Контрольная работа № 1", 1, ""),
        (2, "Подготовка к контрольной работе", 1, ""),
        (3, "Дроби", 1, "с/р"),
        (4, "Входная контрольная работа", 1, ""),
        (5, "Тестирование как метод", 1, ""),
    ]
    assert column(read(rows, NAME), "plans", "kind") == [
        "контрольная", "", "самостоятельная", "контрольная", "",
    ]  # fmt: skip


def test_titles_above_say_class_subject_teacher_and_group() -> None:
    rows = [
        (f"Календарно-тематическое{NBSP}планирование на 2026/2027 учебный год",),
        ("Класс:", "5А, 5Б", "", "Предмет: Русский язык"),
        ("Учитель: Иванова И. И.", "Группа: 1"),
        ("№", "Тема", "Часы"),
        (1, "Имя", 1),
    ]
    found = read(rows, "документ.xlsx")
    assert [row[:5] for row in rows_of(found, "plans")] == [
        ("Русский язык", "5А", "1", "Иванова И.И.", 1),
        ("Русский язык", "5Б", "1", "Иванова И.И.", 1),
    ]
    assert found.year == "2026/2027"


def test_a_title_in_words_says_them_too() -> None:
    above = ("Календарно-тематическое планирование по физике для 8 «В» класса",)
    rows = [above, ("№", "Тема", "Часы"), (1, "Сила", 1)]
    assert [row[:2] for row in rows_of(read(rows), "plans")] == [("Физика", "8В")]


def test_a_sheet_a_class_is_read_each_with_its_own() -> None:
    header = ("№", "Тема", "Часы")
    book = workbook(
        {
            "7А": [header, (1, "Дроби", 1)],
            "7Б": [header, (1, "Корни", 1)],
            "Заметки": [("Позвонить",)],
        }
    )
    found = parsed(book, "КТП геометрия.xlsx")
    assert [row[:6] for row in rows_of(found, "plans")] == [
        ("Геометрия", "7А", "", None, 1, "Дроби"), ("Геометрия", "7Б", "", None, 1, "Корни"),
    ]  # fmt: skip
    assert found.notes == ["лист «Заметки» незнаком и пропущен"]


def test_class_and_subject_may_stand_in_the_rows() -> None:
    rows = [
        ("Класс", "Предмет", "Учитель", "Тема", "Часы"),
        ("7А", "Химия", "Петров П.П.", "Вода", 1),
        ("7Б", "Химия", "Петров П.П.", "Вода", 1),
    ]
    assert [row[:5] for row in rows_of(read(rows), "plans")] == [
        ("Химия", "7А", "", "Петров П.П.", 1), ("Химия", "7Б", "", "Петров П.П.", 1),
    ]  # fmt: skip


def test_a_plan_of_nobody_knows_what_is_refused_in_one_sentence() -> None:
    rows = [("№", "Тема", "Часы"), (1, "Дроби", 1)]
    assert refusal(rows, "план.xlsx") == (
        "В файле не сказано, какой это класс и предмет: впишите строкой над таблицей "
        "«Класс: 5А» и «Предмет: Алгебра», назовите так файл или подпишите его, и пришлите снова."
    )
    assert "какой это класс:" in refusal(rows, "Алгебра.xlsx")


def test_two_subjects_in_a_name_are_not_guessed_between() -> None:
    rows = [("№", "Тема", "Часы"), (1, "Дроби", 1)]
    assert "какой это предмет:" in refusal(rows, "Алгебра и геометрия 7А.xlsx")


def test_a_plan_without_a_single_row_is_refused() -> None:
    assert refusal([("№", "Тема", "Часы")], NAME) == "В файле нет ни одной заполненной строки."


def test_a_list_with_names_is_no_plan() -> None:
    rows = [("№", "ФИО", "Тема", "Часы"), (1, "Смирнов Иван", "Дроби", 1)]
    assert refusal(rows, NAME).startswith("Не узнаю")


def test_a_sheet_called_as_the_templates_may_be_a_plan_of_another_form() -> None:
    rows = VARIANTS["a topic and homework"]
    assert read(rows, NAME, sheet="КТП").format == "F6"


def test_a_topic_alone_is_doubtful_and_only_where_something_says_a_plan() -> None:
    rows = [("Тема",), ("Дроби",)]
    assert refusal(rows, "КТП Алгебра 7А.xlsx").startswith("Не уверен, что это. Похоже на КТП")
    assert refusal(rows, "Алгебра 7А.xlsx").startswith("Не узнаю")


@pytest.mark.parametrize(
    ("written", "expected"), [("7А,Б", ["7А", "7Б"]), ("7А и 8В", ["7А", "8В"]), ("7-9", [])]
)
def test_classes_of_a_title_are_told_apart(written: str, expected: list[str]) -> None:
    rows = [(f"Класс: {written}", "Предмет: Труд"), ("№", "Тема", "Часы"), (1, "Клей", 1)]
    if expected:
        assert column(read(rows), "plans", "class_unit") == expected
    else:
        assert "какой это класс:" in refusal(rows)


def test_what_was_written_beside_the_file_counts_as_its_name() -> None:
    rows = [("№", "Тема", "Часы"), (1, "Вклады", 1)]
    name = spoken_name("план.xlsx", "5А, Предмет: Финансовая грамотность")
    assert name == "план (5А, Предмет: Финансовая грамотность).xlsx"
    assert [row[:2] for row in rows_of(read(rows, name), "plans")] == [
        ("Финансовая грамотность", "5А")
    ]
    assert spoken_name("план", "5А") == "план (5А)"
    assert spoken_name("план.xlsx", " ") == "план.xlsx"
    assert len(spoken_name("", "а" * 500)) < 100
