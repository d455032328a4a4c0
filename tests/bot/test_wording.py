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
    "N1": (
        {"kind": "полугодие", "term": 2, "marks": 1, "least": 5, "hours": 250},
        "2 полугодие: отметок 1, а при нагрузке 2,5 ч в неделю нужно не меньше 5.",
    ),
    "Q1": (
        {"kind": "год", "term": 1, "value": 3, "marks": 6, "mean": 36_666, "expected": 4},
        "год: стоит 3, средний балл 3,67 (всего отметок: 6), ожидалось 4.",
    ),
    "K1": ({"hours": 1200, "held": 9}, "По плану к этому дню часов: 12, проведено уроков: 9"),
}


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
