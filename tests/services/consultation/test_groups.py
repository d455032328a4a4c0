"""Questions that ask the same in other words stand together."""

from datetime import UTC, datetime

import pytest

from services.consultation.groups import COMPARED, Meaning, grouped
from services.consultation.keeping import Unanswered, UnansweredId, UnansweredState

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def asked(*texts: str, count: int = 1) -> list[Unanswered]:
    return [
        Unanswered(
            id=UnansweredId(number),
            text=text,
            count=count,
            first_at=NOW,
            last_at=NOW,
            state=UnansweredState.WAITING,
            entry=None,
        )
        for number, text in enumerate(texts, start=1)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("где взять ключ от спортзала", "у кого ключ от спортзала"),
        ("где взять ключ от спортзала", "Здравствуйте! Подскажите, где ключ от спортзала?"),
        ("как подключить принтер", "подключение принтера"),
        ("как подключить принтер", "как подключить принтор"),
        ("как подключить принтер", "kak podklyuchit printer"),
    ],
)
def test_the_same_in_other_words_is_one_group(one: str, other: str) -> None:
    [group] = grouped(asked(one, other))
    assert [each.text for each in group.all] == [one, other]
    assert group.count == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("где взять ключ от спортзала", "где взять ключ от кабинета"),
        ("как подключить принтер", "как подключить проектор"),
        ("куда сдать отчёт", "когда каникулы"),
        ("добавить домашнее задание", "удалить домашнее задание"),
    ],
)
def test_something_else_stands_by_itself(one: str, other: str) -> None:
    assert [group.lead.text for group in grouped(asked(one, other))] == [one, other]


def test_the_most_asked_group_comes_first() -> None:
    waiting = asked("когда каникулы", count=2)
    waiting += asked("ключ от спортзала", "где ключ от спортзала", "ключи от спортзала")
    first, second = grouped(waiting)
    assert (first.count, second.count) == (3, 2)
    assert second.others == ()


def test_what_is_asked_more_rarely_than_many_others_stands_alone() -> None:
    waiting = asked(*["ключ от спортзала"] * (COMPARED + 1))
    assert [group.count for group in grouped(waiting)] == [COMPARED, 1]


def test_common_words_alone_are_compared_as_they_are() -> None:
    assert Meaning.of("что это такое").likeness(Meaning.of("что это такое")) == 1.0
    assert Meaning.of("").likeness(Meaning.of("")) == 0.0
