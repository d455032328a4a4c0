"""Till when a finding may be postponed, and how a day is written."""

from datetime import date

import pytest

from services.claims.days import MOST, Days
from services.claims.errors import UnfitDayError

TODAY = date(2026, 11, 20).toordinal()
DAYS = Days.within(TODAY, None)


def why(error: pytest.ExceptionInfo[UnfitDayError]) -> object:
    return error.value.facts["why"]


def test_without_a_term_two_weeks_are_the_most() -> None:
    assert DAYS.last == TODAY + MOST
    assert DAYS.offered == [TODAY + 1, TODAY + 3, TODAY + 7]
    assert DAYS.last_date == date(2026, 12, 4)


def test_the_term_s_end_comes_first() -> None:
    days = Days.within(TODAY, TODAY + 3)
    assert (days.last, days.offered) == (TODAY + 3, [TODAY + 1, TODAY + 3])
    assert days.ensure(TODAY + 3) == TODAY + 3
    assert Days.within(TODAY, TODAY + 99).last == TODAY + MOST


@pytest.mark.parametrize(
    ("day", "end", "said"),
    [
        (TODAY, None, "early"),
        (TODAY - 400, None, "early"),
        (TODAY + MOST + 1, None, "far"),
        (TODAY + 4, TODAY + 3, "far"),
        (TODAY + 1, TODAY, "none"),
    ],
)
def test_a_day_that_does_not_fit_is_refused_with_its_reason(
    day: int, end: int | None, said: str
) -> None:
    with pytest.raises(UnfitDayError) as error:
        Days.within(TODAY, end).ensure(day)
    assert why(error) == said


@pytest.mark.parametrize("text", ["28.11", " 28.11 ", "28.11.2026", "28.11.26"])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert DAYS.read(text) == date(2026, 11, 28).toordinal()


def test_a_day_after_new_year_is_the_next_year_s() -> None:
    days = Days.within(date(2026, 12, 28).toordinal(), None)
    assert days.read("08.01") == date(2027, 1, 8).toordinal()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "unread"),
        ("завтра", "unread"),
        ("31.11", "unread"),
        ("28.11.2026 10:00", "unread"),
        ("20.11", "early"),
        ("19.11", "far"),
        ("19.11.2026", "early"),
        ("28.11.9999", "far"),
    ],
)
def test_what_is_no_day_or_does_not_fit_is_said(text: str, said: str) -> None:
    with pytest.raises(UnfitDayError) as error:
        DAYS.read(text)
    assert why(error) == said
