"""How long a finding waits, by the days alone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.completeness.finding_store import Hit
from services.ids import FindingId
from services.reminding.age import SchoolDays
from services.reminding.ports import OpenFinding, StudyDays
from tests.services.completeness.book import at, day

MOSCOW = ZoneInfo("Europe/Moscow")
UNKNOWN = StudyDays({}, {}, frozenset(), frozenset(), {})


def days(*breaks: tuple[datetime, datetime], lived: StudyDays = UNKNOWN) -> SchoolDays:
    return SchoolDays(
        first=day("26.10"),
        today=day("20.11"),
        zone=MOSCOW,
        lived=lived,
        breaks=[(int(off.timestamp()), int(on.timestamp())) for off, on in breaks],
    )


def finding(seen: datetime, due: datetime | None = None, moved: int = 0) -> OpenFinding:
    hit = Hit("P4", "major", 1, 1, 0, 1, day("09.11"), 1, None, {})
    planned = due - timedelta(hours=moved) if due else None
    return OpenFinding(FindingId(1), hit, seen, due, planned)


def test_one_that_was_seen_before_its_deadline_waits_since_the_deadline() -> None:
    one = finding(at("09.11", 10, 0), at("09.11", 20, 0))
    assert days().overdue(one, 1) == at("10.11", 20, 0)


def test_one_that_was_seen_later_waits_since_then() -> None:
    one = finding(at("12.11", 9, 0), at("09.11", 20, 0))
    assert days().overdue(one, 1) == at("13.11", 9, 0)
    assert days().overdue(finding(at("12.11", 9, 0)), 1) == at("13.11", 9, 0)


def test_school_days_end_at_midnight() -> None:
    """Saturday counts where no calendar says otherwise, Sunday does not."""
    one = finding(at("09.11", 10, 0), at("13.11", 20, 0))
    assert days().overdue(one, 2) == at("17.11", 0, 0)
    assert days().overdue(one, 7) is None


def test_an_outage_counts_from_the_deadline_on_only() -> None:
    before = at("09.11", 8, 0), at("09.11", 12, 0)
    during = at("10.11", 8, 0), at("10.11", 13, 0)
    after = at("15.11", 8, 0), at("15.11", 13, 0)
    one = finding(at("09.11", 10, 0), at("10.11", 0, 0), moved=4)
    assert days(before, during, after).overdue(one, 1) == at("11.11", 5, 0)


def test_the_third_of_the_days_moves_by_the_length_of_an_outage() -> None:
    during = at("10.11", 8, 0), at("10.11", 13, 0)
    one = finding(at("09.11", 10, 0), at("09.11", 20, 0))
    assert days(during).overdue(one, 3) == at("13.11", 5, 0)


def test_a_holiday_is_no_school_day_without_a_calendar() -> None:
    """4 November is a holiday by law."""
    assert day("04.11") not in days().studied(1)
    assert not days(lived=UNKNOWN).sick(1)


def test_a_teacher_without_a_timetable_works_when_the_own_classes_do() -> None:
    lived = StudyDays({1: [day("20.11")]}, {}, frozenset(), frozenset({1, 2}), {7: frozenset({2})})
    known = days(lived=lived)
    assert not known.works(7)
    assert known.works(8)
