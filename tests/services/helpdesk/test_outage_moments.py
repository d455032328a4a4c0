"""When an outage was, as people write it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.helpdesk.outage import OutageMomentError
from services.helpdesk.outage_moments import ensure_fit, written

MOSCOW = ZoneInfo("Europe/Moscow")
JANUARY = datetime(2027, 1, 12, 9, 0, tzinfo=MOSCOW)
MARCH = datetime(2027, 3, 1, 9, 0, tzinfo=MOSCOW)


def moscow(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("8:05", moscow(2027, 1, 12, 8, 5)),
        ("  В 08:05 ", moscow(2027, 1, 12, 8, 5)),
        ("23:59", moscow(2027, 1, 12, 23, 59)),
        ("11.01 8:05", moscow(2027, 1, 11, 8, 5)),
        ("11.01, 8:05", moscow(2027, 1, 11, 8, 5)),
        ("11.01 в 8:05", moscow(2027, 1, 11, 8, 5)),
        ("28.12 10:00", moscow(2026, 12, 28, 10)),
        ("05.02 10:00", moscow(2027, 2, 5, 10)),
        ("28.12.2027 10:00", moscow(2027, 12, 28, 10)),
    ],
)
def test_a_moment_without_a_year_is_the_near_one(words: str, moment: datetime) -> None:
    assert written(words, JANUARY, MOSCOW) == moment


@pytest.mark.parametrize(
    "words", ["", "10", "10.11", "11.01", "24:00", "8:5", "30.02 10:00", "0.1 10:00", "сейчас"]
)
def test_what_says_no_moment_is_not_guessed(words: str) -> None:
    with pytest.raises(OutageMomentError):
        written(words, JANUARY, MOSCOW)


def test_a_leap_day_that_last_year_had_not_stays_ahead() -> None:
    leap = datetime(2028, 1, 12, 9, 0, tzinfo=MOSCOW)
    assert written("29.02 10:00", leap, MOSCOW) == moscow(2028, 2, 29, 10)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (moscow(2027, 3, 1, 8), moscow(2027, 3, 1, 8)),
        (moscow(2027, 3, 1, 8), moscow(2027, 2, 28, 8)),
        (moscow(2026, 12, 1, 8), None),
        (moscow(2027, 4, 10, 8), None),
        (moscow(2027, 3, 1, 8), moscow(2027, 4, 10, 8)),
    ],
)
def test_what_cannot_have_been_is_refused(begins: datetime, ends: datetime | None) -> None:
    with pytest.raises(OutageMomentError):
        ensure_fit(begins, ends, MARCH)


def test_what_may_have_been_is_taken() -> None:
    ensure_fit(moscow(2027, 1, 10, 8), moscow(2027, 3, 30, 8), MARCH)
