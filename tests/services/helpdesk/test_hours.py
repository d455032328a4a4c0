"""Working time: what is counted, and when so much of it has passed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.helpdesk.hours import DAYS_AHEAD, FIVE_DAYS, SIX_DAYS, WorkClock, WorkingHours

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")
FIVE = WorkClock(hours=FIVE_DAYS, zone=MOSCOW)
HOUR = 3600


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        ("2026-11-16T09:00", "2026-11-16T12:00", 3),
        ("2026-11-16T07:00", "2026-11-16T09:00", 1),
        ("2026-11-16T16:00", "2026-11-17T09:00", 2),
        ("2026-11-20T16:00", "2026-11-23T09:00", 2),
        ("2026-11-21T09:00", "2026-11-22T20:00", 0),
        ("2026-11-16T12:00", "2026-11-16T09:00", 0),
        ("2026-11-03T16:00", "2026-11-05T09:00", 2),
    ],
    ids=["a morning", "before work", "a night", "a weekend", "days off", "backwards", "a holiday"],
)
def test_only_hours_of_work_count(since: str, until: str, hours: int) -> None:
    assert FIVE.between(at(since), at(until)) == hours * HOUR


def test_a_six_day_school_works_on_saturday_till_two() -> None:
    clock = WorkClock(hours=SIX_DAYS, zone=MOSCOW)
    assert clock.between(at("2026-11-21T00:00"), at("2026-11-22T23:00")) == 6 * HOUR


def test_the_school_s_holidays_do_not_count() -> None:
    closed = frozenset(range(date(2026, 10, 26).toordinal(), date(2026, 11, 2).toordinal()))
    clock = WorkClock(hours=FIVE_DAYS, zone=MOSCOW, closed=closed)
    assert clock.between(at("2026-10-23T16:00"), at("2026-11-02T09:00")) == 2 * HOUR
    assert clock.opens(date(2026, 10, 27)) is None
    assert clock.opens(date(2026, 11, 2)) == at("2026-11-02T08:00")


def test_breaks_are_cut_out_however_they_lie() -> None:
    breaks = [
        (at("2026-11-16T14:00"), at("2026-11-16T15:00")),
        (at("2026-11-16T07:00"), at("2026-11-16T09:00")),
        (at("2026-11-16T08:30"), at("2026-11-16T09:30")),
        (at("2026-11-16T16:00"), at("2026-11-16T20:00")),
        (at("2026-11-17T00:00"), at("2026-11-18T00:00")),
    ]
    clock = WorkClock(hours=FIVE_DAYS, zone=MOSCOW, breaks=breaks)
    assert clock.between(at("2026-11-16T00:00"), at("2026-11-18T08:00")) == 5.5 * HOUR


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        ("2026-11-16T09:00", 4, "2026-11-16T13:00"),
        ("2026-11-20T16:00", 4, "2026-11-23T11:00"),
        ("2026-11-20T16:00", 1, "2026-11-20T17:00"),
        ("2026-11-21T12:00", 0, "2026-11-23T08:00"),
    ],
)
def test_a_target_falls_into_hours_of_work(since: str, hours: int, due: str) -> None:
    assert FIVE.after(at(since), hours * HOUR) == at(due)


def test_what_never_comes_is_given_up_far_away() -> None:
    closed = frozenset(range(date(2026, 1, 1).toordinal(), date(2029, 1, 1).toordinal()))
    clock = WorkClock(hours=FIVE_DAYS, zone=MOSCOW, closed=closed)
    since = at("2026-11-16T09:00")
    assert clock.after(since, HOUR) == since + timedelta(days=DAYS_AHEAD)


def test_a_night_of_the_clock_change_is_as_long_as_it_is() -> None:
    round_the_clock = WorkClock(hours=WorkingHours(((0, 24 * 60),) * 7), zone=BERLIN)
    spring = at("2026-03-29T00:00", BERLIN), at("2026-03-30T00:00", BERLIN)
    autumn = at("2026-10-25T00:00", BERLIN), at("2026-10-26T00:00", BERLIN)
    assert round_the_clock.between(*spring) == 23 * HOUR
    assert round_the_clock.between(*autumn) == 25 * HOUR


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001  # UTC below
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)


@given(since=MOMENTS, hours=st.integers(1, 60))
def test_as_much_has_passed_at_the_target_as_was_allowed(since: datetime, hours: int) -> None:
    assert FIVE.between(since, FIVE.after(since, hours * HOUR)) == hours * HOUR


@given(st.tuples(MOMENTS, MOMENTS, MOMENTS).map(sorted))
def test_parts_add_up_to_the_whole(moments: list[datetime]) -> None:
    first, middle, last = moments
    parts = FIVE.between(first, middle) + FIVE.between(middle, last)
    assert parts == FIVE.between(first, last)


@pytest.mark.parametrize(
    "week",
    [
        ((8 * 60, 17 * 60),) * 6,
        (None,) * 7,
        ((17 * 60, 8 * 60), *(None,) * 6),
        ((0, 25 * 60), *(None,) * 6),
    ],
    ids=["six days", "never", "backwards", "past midnight"],
)
def test_hours_that_make_no_week_are_refused(week: tuple[tuple[int, int] | None, ...]) -> None:
    with pytest.raises(ValueError, match=r"\("):
        WorkingHours(week)
