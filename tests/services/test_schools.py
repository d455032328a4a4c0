"""When the next digest is due."""

from datetime import UTC, datetime

import pytest

from services.ids import SchoolId
from services.schools import ZONES, DigestTime, School


def school(zone: str = "Europe/Moscow", *, weekday: int = 4, hour: int = 16) -> School:
    return School(id=SchoolId(1), name="", timezone=zone, digest=DigestTime(weekday, hour))


@pytest.mark.parametrize(
    ("now", "next_digest"),
    [
        ("2026-11-20T15:59:59+03:00", "2026-11-20T16:00:00+03:00"),
        ("2026-11-20T16:00:00+03:00", "2026-11-27T16:00:00+03:00"),
        ("2026-11-21T10:00:00+03:00", "2026-11-27T16:00:00+03:00"),
        ("2026-12-31T10:00:00+03:00", "2027-01-01T16:00:00+03:00"),
    ],
)
def test_the_next_digest_is_the_first_one_after_now(now: str, next_digest: str) -> None:
    due = school().next_digest(datetime.fromisoformat(now).astimezone(UTC))
    assert due == datetime.fromisoformat(next_digest)


def test_the_day_is_that_of_the_school_s_zone() -> None:
    friday_there = datetime(2026, 11, 19, 20, 0, tzinfo=UTC)
    due = school("Asia/Vladivostok").next_digest(friday_there)
    assert due.isoformat() == "2026-11-20T16:00:00+10:00"


def test_the_hour_stays_over_a_change_of_the_clocks() -> None:
    due = school("Europe/Berlin").next_digest(datetime(2026, 10, 24, 12, 0, tzinfo=UTC))
    assert due.isoformat() == "2026-10-30T16:00:00+01:00"


def test_the_zones_offered_are_one_hour_apart() -> None:
    winter = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
    hours = [school(zone).next_digest(winter).utcoffset() for zone in ZONES]
    assert [one and one.total_seconds() / 3600 for one in hours] == list(range(2, 13))
