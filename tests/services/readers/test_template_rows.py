"""Rows of the exchange template that are refused, repeated or contradict each other."""

from datetime import date

import pytest

from tests.services.readers.books import LESSONS, MARKS, Rows, sheet
from tests.services.readers.lines import LESSON, MARK


@pytest.mark.parametrize(
    ("title", "rows", "reason"),
    [
        ("Уроки", [LESSONS, ("31.02.2026", *LESSON[1:])], "Дата: дня «31.02.2026» нет"),
        ("Уроки", [LESSONS, (None, *LESSON[1:])], "Дата: не заполнено"),
        ("Уроки", [LESSONS, ("20.11.1999", *LESSON[1:])], "вне 01.09.2000-31.08.2100"),
        ("Уроки", [LESSONS, (LESSON[0], 13, *LESSON[2:])], "номер урока 13 вне 0-12"),
        ("Уроки", [LESSONS, (*LESSON[:2], "хор", *LESSON[3:])], "«хор» - не класс"),
        ("Уроки", [(*LESSONS, "Состояние"), (*LESSON, "план")], "«план» - не «проведён»"),
        ("Отметки", [MARKS, (*MARK[:4], 100, "5")], "номер ученика 100 вне 1-99"),
        ("Отметки", [MARKS, (*MARK[:5], date(2026, 12, 5))], "превратила отметку в дату 05.12"),
        (
            "Ученики",
            [("Класс", "№", "Зачислен", "Выбыл"), ("5А", 1, "20.11.2026", "19.11.2026")],
            "«Выбыл» раньше, чем «Зачислен»",
        ),
        (
            "Нагрузка",
            [("Учитель", "Предмет", "Класс", "Часы", "С", "По"),
             ("А", "Б", "5А", 1, "20.11.2026", "19.11.2026")],
            "«По» раньше, чем «С»",
        ),
        (
            "Периоды",
            [("Учебный год", "Вид", "Номер", "Начало", "Конец"),
             ("2026", "семестр", 5, "01.09.2026", "25.10.2026")],
            (
                "Учебный год: «2026» - не учебный год: нужно «2026/2027»; Вид: «семестр» - не "
                "четверть, триместр, полугодие или год; Номер: номер периода 5 вне 1-4"
            ),
        ),
        (
            "Расписание",
            [("Класс", "День", "Урок", "Предмет", "Учитель"), ("5А", "9", 1, "Б", "А")],
            "«9» - не день недели",
        ),
        ("Предметы", [("Предмет", "Отметки"), ("Труд", "иногда")], "не «да» и не «нет»"),
        ("Отметки", [MARKS, (*MARK[:4], "семь", "5")], "нужен номер ученика от 1 до 99"),
        ("Отметки", [MARKS, (*MARK[:4], True, "5")], "нужен номер ученика от 1 до 99"),
        ("Отметки", [MARKS, (*MARK[:4], 1.5, "5")], "нужен номер ученика от 1 до 99"),
        ("Отметки", [(*MARKS, "Вес"), (*MARK, "много")], "Вес: «много» - не число"),
        ("Звонки", [("Урок", "Начало", "Конец"), (1, "9:15", "8:30")], "раньше, чем «Начало»"),
        (
            "Нагрузка",
            [("Учитель", "Предмет", "Класс", "Часы"), ("А", "Б", "5А", date(2026, 5, 2))],
            "превратила число в дату",
        ),
        (
            "Каникулы",
            [("Начало", "Конец", "Классы"), ("01.11.2026", "02.11.2026", 1.4)],
            "превратила список классов в число",
        ),
        (
            "Итоги",
            [("Класс", "Предмет", "№", "Период", "Отметка"), ("5А", "Б", 1, "7 четверть", 5)],
            "не период",
        ),
    ],
)  # fmt: skip
def test_a_row_is_refused_with_its_number_and_reason(title: str, rows: Rows, reason: str) -> None:
    read = sheet(title, rows)
    ((where, number, said),) = read.refused
    assert (where, number) == (title, 2)
    assert reason in said


def test_other_rows_of_the_sheet_are_kept() -> None:
    read = sheet("Уроки", [LESSONS, (), ("завтра", *LESSON[1:]), (), LESSON])
    assert read.numbers["Уроки"] == [5]
    assert [number for _, number, _ in read.refused] == [3]


def test_a_reason_repeats_no_name() -> None:
    shifted = (*LESSON[:2], "Петров Пётр", *LESSON[3:])
    wrong = sheet("Отметки", [MARKS, ("Петров Пётр", 1, "5А", "Труд", "Петров Пётр", "5")])
    refused = [*sheet("Уроки", [LESSONS, shifted]).refused, *wrong.refused]
    assert len(refused) == 2
    assert not any("Петров" in reason for _, _, reason in refused)


def test_identical_rows_are_one_row() -> None:
    read = sheet("Уроки", [LESSONS, LESSON, LESSON])
    assert (len(read.rows["lessons"]), read.refused) == (1, [])


def test_a_row_that_contradicts_an_earlier_one_is_refused() -> None:
    read = sheet("Уроки", [LESSONS, LESSON, (*LESSON[:5], "Другая", "")])
    assert len(read.rows["lessons"]) == 1
    assert read.refused == [("Уроки", 3, "повтор строки 2")]


def test_two_teachers_at_one_hour_are_two_lessons() -> None:
    read = sheet("Уроки", [LESSONS, LESSON, (*LESSON[:4], "Петров П.П.", *LESSON[5:])])
    assert len(read.rows["lessons"]) == 2


def test_two_intervals_of_one_pupil_are_two_rows() -> None:
    head = ("Класс", "№", "Зачислен", "Выбыл")
    first, second = ("5А", 1, None, "01.10.2026"), ("5А", 1, "01.12.2026", None)
    assert len(sheet("Ученики", [head, first, second]).rows["enrollments"]) == 2
