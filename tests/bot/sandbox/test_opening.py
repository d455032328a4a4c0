"""The demo begins where sending the file gives a digest."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.opening import opening_of

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("2026-11-20 13:00", "2026-11-20 13:00"),
        ("2026-11-20 15:59", "2026-11-20 15:59"),
        ("2026-11-17 08:00", "2026-11-17 08:00"),
        ("2026-11-20 16:00", "2026-11-20 13:00"),
        ("2026-11-21 10:00", "2026-11-20 13:00"),
        ("2026-11-22 23:00", "2026-11-20 13:00"),
        ("2026-11-23 12:00", "2026-11-20 13:00"),
        ("2027-01-05 12:00", "2026-12-25 13:00"),
        ("2027-07-20 12:00", "2027-05-28 13:00"),
        ("2026-09-01 12:00", "2026-05-29 13:00"),
    ],
    ids=[
        "Friday before the digest", "a minute before it", "Tuesday", "Friday at its hour",
        "Saturday", "Sunday", "Monday", "winter holidays", "summer", "the first day of a year",
    ],
)  # fmt: skip
def test_the_week_has_lessons_behind_it_and_its_digest_ahead(asked: str, begins: str) -> None:
    moment = datetime.fromisoformat(asked).replace(tzinfo=MOSCOW)

    assert opening_of(moment, MOSCOW) == datetime.fromisoformat(begins).replace(tzinfo=MOSCOW)
