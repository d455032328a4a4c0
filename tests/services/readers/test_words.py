"""The words of a journal in all their spellings."""

import pytest

from services.journal.dates import Cell, UnreadableError
from services.journal.model import WORK_KINDS
from services.journal.readers.words import (
    state,
    term_kind,
    term_of,
    weekday,
    work_kind,
    yes_no,
)


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("1 четверть", ("четверть", 1)),
        ("I четверть", ("четверть", 1)),
        ("IV Четверть", ("четверть", 4)),
        ("1 ч.", ("четверть", 1)),
        ("3-я четв.", ("четверть", 3)),
        ("Первая четверть", ("четверть", 1)),
        ("Четверть 2", ("четверть", 2)),
        ("1 полугодие", ("полугодие", 1)),
        ("2-е полугодие", ("полугодие", 2)),
        ("II п/г", ("полугодие", 2)),
        ("1 триместр", ("триместр", 1)),
        ("год", ("год", 0)),
        ("Годовая", ("год", 0)),
        ("за год", ("год", 0)),
        ("экзамен", ("экзамен", 0)),
        ("итог", ("итог", 0)),
        ("итоговая", ("итог", 0)),
    ],
)
def test_a_period_is_a_kind_and_a_number(written: str, term: tuple[str, int]) -> None:
    assert term_of(written) == term


@pytest.mark.parametrize("written", ["5 четверть", "3 полугодие", "четверть", "1", "1 семестр"])
def test_what_is_no_period_is_refused(written: str) -> None:
    with pytest.raises(UnreadableError, match="не период"):
        term_of(written)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Контрольная работа", "контрольная"),
        ("к/р", "контрольная"),
        ("КР №3", "контрольная"),
        ("Контрольный диктант", "диктант"),
        ("Словарный диктант", "диктант"),
        ("Сочинение", "сочинение"),
        ("Изложение", "изложение"),
        ("Тест", "тест"),
        ("тестирование", "тест"),
        ("Проверочная работа", "проверочная"),
        ("С/р", "самостоятельная"),
        ("Л/р", "лабораторная"),
        ("Практическая работа №3", "практическая"),
        ("Пр/р", "практическая"),
        ("Зачет", "зачёт"),
        ("Домашняя работа", ""),
        ("Ответ на уроке", ""),
        ("Работа над ошибками контрольной", ""),
        ("Протест", ""),
        ("Среда", ""),
    ],
)
def test_the_kind_of_work_is_told_from_its_words(written: str, kind: str) -> None:
    assert work_kind(written) == kind


@pytest.mark.parametrize("kind", WORK_KINDS)
def test_every_kind_of_work_is_its_own_word(kind: str) -> None:
    assert work_kind(kind) == kind


@pytest.mark.parametrize(
    ("written", "known"),
    [("проведен", "проведён"), ("Состоялся", "проведён"), ("отмена", "отменён"),
     ("не проведён", "отменён"), ("Перенос", "перенесён"), ("перенесен", "перенесён")],
)  # fmt: skip
def test_a_state_has_three_words(written: str, known: str) -> None:
    assert state(written) == known


def test_days_of_the_week_have_names_and_numbers() -> None:
    names: list[Cell] = ["пн", "Вт.", "среда", "4", 5.0, "Сб", "воскресенье"]
    assert [weekday(name) for name in names] == [1, 2, 3, 4, 5, 6, 7]


def test_yes_and_no_have_many_spellings() -> None:
    assert all(yes_no(word) for word in ("да", "Да.", "+", 1.0, True, "истина"))
    assert not any(yes_no(word) for word in ("нет", "-", 0.0, False, "ложь"))


@pytest.mark.parametrize(
    ("written", "kind"), [("Четверть", "четверть"), ("год", "год"), ("полугодие", "полугодие")]
)
def test_a_term_has_a_kind(written: str, kind: str) -> None:
    assert term_kind(written) == kind
