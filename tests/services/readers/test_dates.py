"""Days, times and moments in all their spellings."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.journal.dates import (
    FIRST,
    LAST,
    Cell,
    Moments,
    UnreadableError,
    day,
    minutes,
    month_of,
)

NOVEMBER_20 = date(2026, 11, 20)
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    "written",
    [
        "20.11.2026",
        "20.11.26",
        "20/11/2026",
        "2026-11-20",
        "2026-11-20T00:00:00",
        "2026-11-20 00:00:00",
        "20.11.2026 г.",
        "20 ноября 2026 г.",
        "20.ноя.2026",
        " 20.11.2026 ",
        NOVEMBER_20,
        datetime(2026, 11, 20, 13, 5),  # noqa: DTZ001  # as a spreadsheet gives it
        46346.0,
        "46346",
    ],
)
def test_a_day_is_read_from_any_spelling(written: Cell) -> None:
    assert day(written) == NOVEMBER_20.toordinal()


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("12.09", "нет года"),
        ("31.02.2026", "нет в календаре"),
        ("20.13.2026", "нет в календаре"),
        ("31.08.2000", "вне"),
        ("01.09.2100", "вне"),
        (date(1999, 1, 1), "вне"),
        (12.0, "не дата"),
        (True, "не дата"),
        ("завтра", "не дата"),
        ("20.11.2026 завтра", "не дата"),
        ("20 брюмера 2026", "не месяц"),
        (time(8, 30), "не дата"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(written: Cell, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        day(written)


def test_months_are_told_by_their_stems() -> None:
    assert [month_of(word) for word in ("Март", "мая", "Май", "сен.")] == [3, 5, 5, 9]


@pytest.mark.parametrize(
    "written",
    ["8:30", "08:30", "8.30", "8-30", "08:30:00", time(8, 30), time(8, 29, 59, 942000), 0.3541667,
     timedelta(hours=8, minutes=30), datetime(1899, 12, 31, 8, 30)],  # noqa: DTZ001
)  # fmt: skip
def test_a_time_is_minutes_since_midnight(written: Cell) -> None:
    assert minutes(written) == 510


@pytest.mark.parametrize("written", ["8:75", "24:00", "утром", 5.0, True])
def test_what_is_no_time_is_refused(written: Cell) -> None:
    with pytest.raises(UnreadableError):
        minutes(written)


@pytest.mark.parametrize(
    "written",
    [
        "20.11.2026 14:31",
        "20.11.2026, 14:31",
        "20.11.2026  14:31:20",
        "20.11.26 14:31",
        "2026-11-20T14:31:00+03:00",
        "2026-11-20T11:31:00Z",
        "2026-11-20 14:31",
        "20 ноября 2026 14:31",
        datetime(2026, 11, 20, 14, 31),  # noqa: DTZ001
        datetime(2026, 11, 20, 14, 30, 59, 999000),  # noqa: DTZ001
        46346.604861111,
        "46346,604861111",
    ],
)
def test_a_moment_is_read_in_the_schools_zone(written: Cell) -> None:
    expected = datetime(2026, 11, 20, 11, 31, tzinfo=UTC)
    assert Moments(MOSCOW)(written) == int(expected.timestamp())


def test_a_moment_without_a_time_is_midnight() -> None:
    expected = int(datetime(2026, 11, 19, 21, tzinfo=UTC).timestamp())
    assert Moments(MOSCOW)("20.11.2026") == expected
    assert Moments(MOSCOW)(NOVEMBER_20) == expected


@pytest.mark.parametrize("written", ["20.11.2026 25:00", "20.11.2026 14:99", "20.11 14:31", "-"])
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(UnreadableError):
        Moments(MOSCOW)(written)


@given(
    st.lists(
        st.datetimes(
            datetime.combine(FIRST, time()),
            datetime.combine(LAST, time(23, 59)),
        ),
        max_size=8,
    ),
    st.sampled_from(["Europe/Moscow", "Asia/Vladivostok", "America/New_York", "UTC"]),
)
def test_text_and_real_moments_agree_with_the_zone(walls: list[datetime], zone: str) -> None:
    read = Moments(ZoneInfo(zone))
    for wall in walls:
        minute = wall.replace(second=0, microsecond=0)
        expected = int(minute.replace(tzinfo=ZoneInfo(zone)).timestamp())
        assert read(f"{minute:%d.%m.%Y %H:%M}") == expected
        assert read(minute) == expected
