"""Reasons of findings in words, for every rule of the catalogue."""

import pytest

from bot.render import Renderer
from bot.wording import Wording
from services.completeness.rule import Facts, Said
from services.completeness.rules import catalogue

RENDERER = Renderer()
WORDING = Wording(RENDERER, "Europe/Moscow")
CASES: dict[str, tuple[Facts, str]] = {
    "P1": ({"no_line": 1, "no_topic": 0, "no_attendance": 0}, "По расписанию урок есть"),
    "P2": ({"topic": "тема"}, "«тема»"),
    "P3": ({"homework": ""}, "«не задано»"),
    "P4": ({"by_bell": 1}, "Урок закончился"),
    "P7": ({"kind": "четверть", "term": 1}, "Нет отметки за период: 1 четверть."),
    "P5": (
        {"planned": 13_600, "weekly": 500, "due": 17_100},
        "В планировании часов: 136, а 5 ч в неделю — это около 171 за год.",
    ),
    "P6": ({"spring": 1}, "после Нового года нет инструктажа"),
    "P8": (
        {"hours": 300, "lessons": 2},
        "В нагрузке часов в неделю: 3, а уроков в расписании: 2.",
    ),
    "T3": (
        {"kind": None, "term": None, "after_term": 1, "changed_at": 1_795_206_600},
        "Запись изменена 20.11 23:30, когда период уже закрыт.",
    ),
    "T4": ({"entered_at": None, "what": "topic"}, "День урока ещё не наступил, а тема"),
    "T1": (
        {"entered_at": 1_795_206_600, "deadline": 1_795_194_000},
        "Внесено 20.11 23:30, а срок был 20.11 20:00.",
    ),
    "T2": (
        {"work_kind": "тест", "missing": 17, "present": 20, "due_day": 739_575},
        "«тест»: отметки есть у 3 из 20 присутствовавших, а срок был 20.11.2025.",
    ),
    "R1": ({"day_off": 1, "is_mark": 0}, "По календарю"),
    "R2": ({"code": "Н"}, "пропуск «Н»"),
    "R3": ({"away_from": 739_912, "away_to": 740_000}, "22.10.2026"),
    "R4": ({"author": "Петров Пётр Петрович"}, "кто внёс запись: Петров Пётр Петрович."),
    "R5": ({"by_absent": 1}, "запись внесена от имени отсутствовавшего учителя"),
    "R6": ({"wrong": "6", "marks": 0, "most": 1}, "В клетке стоит «6»: такой отметки нет."),
    "R7": ({"first_grade": 1}, "В первом классе отметок не ставят."),
    "R8": (
        {"of_group": 0, "other_class": "5Б", "other_subject": "Алгебра"},
        "У учителя на это же время записан ещё один урок: 5Б, Алгебра.",
    ),
    "R9": ({"inside": 1, "missed": 2, "lessons": 6}, "только в середине дня: уроков 2 из 6"),
    "R10": (
        {"lessons": 15, "first": 739_575, "rate": 7},
        "Последние уроки (15, с 20.11.2025) без единого пропуска, хотя по классу пропусков 7 %.",
    ),
    "R11": ({"marks": 2, "codes": 0}, "Урок отменён, но в нём есть отметки (2) и пропуски (0)."),
    "R12": ({"due_day": 739_575}, "Вместо отметки до сих пор стоит точка, а срок был 20.11.2025."),
    "N1": (
        {"kind": "полугодие", "term": 2, "marks": 1, "least": 5, "hours": 250},
        "2 полугодие: отметок 1, а при нагрузке 2,5 ч в неделю нужно не меньше 5.",
    ),
    "N2": (
        {"kind": "четверть", "term": 2, "enough": 3, "few": 7, "held": 16},
        "2 четверть: меньше 3 отметок на 7 уроках из 16.",
    ),
    "N3": (
        {"lessons": 5, "first": 739_568, "last": 739_575},
        "Был на последних уроках подряд (5, с 13.11.2025 по 20.11.2025), а отметки за них нет.",
    ),
    "N4": (
        {"kind": "четверть", "term": 2, "share": 50, "marks": 2, "least": 5},
        "2 четверть, прошло 50 % срока: отметок 2, а к концу нужно не меньше 5.",
    ),
    "N5": (
        {"kind": "четверть", "term": 2, "missed": 9, "held": 14},
        "2 четверть: пропущено 9 из 14 проведённых уроков.",
    ),
    "N6": (
        {"kind": "четверть", "term": 1, "value": 4, "marks": 2, "least": 3},
        "1 четверть: выставлено 4, а текущих отметок 2 (нужно не меньше 3).",
    ),
    "N7": (
        {"after_absence": 0, "at_edge": 0, "unmended": 1, "lessons": 3},
        "Двойка, и за следующие уроки (3) она не исправлена.",
    ),
    "Q1": (
        {"kind": "год", "term": 1, "value": 3, "marks": 6, "mean": 36_666, "expected": 4},
        "год: стоит 3, средний балл 3,67 (всего отметок: 6), ожидалось 4.",
    ),
    "Q2": (
        {"value": 5, "mean": 42_500, "marks": 4, "expected": 4},
        "За год стоит 5, средний балл по периодам 4,25 (всего отметок: 4), ожидалось 4.",
    ),
    "Q3": (
        {"kind": "четверть", "term": 1, "missed": 2, "held": 15},
        "1 четверть: стоит «н/а», а пропущено только 2 из 15 уроков, и приказа нет.",
    ),
    "Q4": (
        {"kind": "четверть", "term": 1, "twos": 1},
        "1 четверть: стоит 5, а среди текущих отметок есть двойки: 1.",
    ),
    "Q5": (
        {"day": 739_570, "due_day": 739_575},
        "Ученик прибыл 15.11.2025, а текущих отметок к 20.11.2025 нет.",
    ),
    "K1": ({"hours": 1200, "held": 9}, "По плану к этому дню часов: 12, проведено уроков: 9"),
    "K2": (
        {"topic": "Просмотр фильма", "planned": "Дроби"},
        "В теме написано «Просмотр фильма», а по плану здесь «Дроби».",
    ),
    "K3": (
        {"topic": "Дроби", "used": 3, "hours": 200},
        "Тема «Дроби» записана на 3 уроках, а по плану на неё отведено 2 ч.",
    ),
    "K4": ({"repeated": 3, "at_once": 0}, "записана на 3 уроках подряд."),
    "K5": (
        {"topic": "Контрольная № 2", "day": 739_575},
        "По плану на 20.11.2025 стоит «Контрольная № 2», а контрольной работы в журнале нет.",
    ),
    "L1": (
        {"other_kind": "диктант", "other_subject": "Русский язык"},
        "В этот день у класса уже есть работа: «диктант», Русский язык.",
    ),
    "L2": (
        {"day": 739_575, "day_before": 739_565},
        "Прошлая работа класса по предмету была 10.11.2025. Прошло дней: 10.",
    ),
    "L4": (
        {"work_kind": "контрольная", "is_first": 1},
        "«контрольная» стоит на первом уроке этого дня.",
    ),
    "L3": (
        {"lessons": 4, "hours": 3_400},
        "На работы всего класса ушло уроков: 4, а часов по предмету за год: 34.",
    ),
    "A1": (
        {"kind": "четверть", "term": 1, "found": 75, "marks": 120, "usual": 37},
        "1 четверть: пятёрок 75 % (всего отметок: 120), а в остальной параллели 37 %.",
    ),
    "A2": (
        {"kind": "четверть", "term": 1, "marks": 50, "found": 20, "usual": 10},
        "1 четверть: отметок 50, из них за последние дни (10) поставлено 20.",
    ),
    "A3": (
        {"kind": "полугодие", "term": 1, "found": 48_000, "usual": 40_000},
        "1 полугодие: средний балл текущих отметок 4,80, а контрольных 4,00.",
    ),
    "A5": (
        {"kind": "четверть", "term": 1, "marks": 40, "found": 49_250},
        "1 четверть: отметки почти не различаются (всего 40, средний балл 4,92).",
    ),
    "A4": (
        {"marks": 21, "equal": 20, "value": 5},
        "Отметок за урок 21, из них одинаковых 20 (стоит 5).",
    ),
}


def test_every_rule_has_an_example() -> None:
    assert set(CASES) == set(catalogue())


@pytest.mark.parametrize("code", CASES)
def test_a_reason_is_told_in_russian_with_its_numbers(code: str) -> None:
    facts, words = CASES[code]
    assert words in WORDING.why(catalogue()[code].why(facts))


def test_english_has_its_own_decimals_and_terms() -> None:
    english = Wording(RENDERER, "Europe/Moscow", "en")
    facts, _ = CASES["N1"]
    assert english.why(catalogue()["N1"].why(facts)).startswith("half-year 2: marks 1")
    assert "2.5 hours" in english.why(catalogue()["N1"].why(facts))


def test_moments_are_of_the_school_s_zone() -> None:
    said = catalogue()["T1"].why(CASES["T1"][0])
    assert "21.11 01:30" in Wording(RENDERER, "Asia/Yekaterinburg").why(said)


def test_a_text_of_the_journal_is_not_taken_for_a_format() -> None:
    assert "«100 %(topic)s»" in WORDING.why(catalogue()["P2"].why({"topic": "100 %(topic)s"}))


def test_a_fact_of_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(TypeError, match="weight"):
        WORDING.why(Said("%(weight)s", {"weight": ("weight", 3)}))
