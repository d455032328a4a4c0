"""The day a decision is due, as people write it."""

from datetime import date

import pytest

from services.decisions.days import STAGES, stage, written
from services.decisions.decision import DecisionDayError

TODAY = date(2026, 11, 20).toordinal()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("24.11", date(2026, 11, 24)),
        (" 20.11 ", date(2026, 11, 20)),
        ("19.11", date(2027, 11, 19)),
        ("1.2", date(2027, 2, 1)),
        ("24/11/2026", date(2026, 11, 24)),
        ("24.11.26", date(2026, 11, 24)),
        ("24.11.2026 г.", date(2026, 11, 24)),
    ],
)
def test_a_day_is_read_as_it_is_written(words: str, day: date) -> None:
    assert written(words, TODAY) == day.toordinal()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("завтра", "unread"),
        ("", "unread"),
        ("31.02", "unread"),
        ("31.02.2027", "unread"),
        ("19.11.2026", "past"),
        ("29.02", "far"),
        ("20.11.2028", "far"),
    ],
)
def test_a_day_that_does_not_fit_says_why(words: str, why: str) -> None:
    with pytest.raises(DecisionDayError) as refused:
        written(words, TODAY)
    assert refused.value.facts == {"why": why}


def test_reminders_come_due_one_after_the_other() -> None:
    due = TODAY + 10
    reached = [stage(due, due + far) for far in range(-4, 5)]
    assert reached == [0, 1, 1, 2, 3, 4, 4, len(STAGES), len(STAGES)]
