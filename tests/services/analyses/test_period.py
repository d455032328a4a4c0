"""Periods by their names, and how terms of several kinds make one period of the school."""

from datetime import UTC, date, datetime

import pytest

from services.analyses import days
from services.analyses.period import (
    ClassTerm,
    Kind,
    before,
    ensure_term,
    known_terms,
    month,
    month_name,
    named_term,
    said,
    year_before,
    year_terms,
)
from services.analyses.schedule import kind_of


def day(year: int, month_: int, day_: int) -> int:
    return date(year, month_, day_).toordinal()


def term(unit: int, kind: str, number: int, first: int, last: int, year: int = 2026) -> ClassTerm:
    return ClassTerm(unit, year, kind, number, first, last)


def a_year(year: int) -> list[ClassTerm]:
    """Two classes by quarters, one by half-years; the second class's first quarter is shorter."""
    return [
        term(1, "четверть", 1, day(year, 9, 1), day(year, 10, 25), year),
        term(2, "четверть", 1, day(year, 9, 1), day(year, 10, 18), year),
        term(1, "четверть", 2, day(year, 11, 5), day(year, 12, 28), year),
        term(2, "четверть", 2, day(year, 11, 5), day(year, 12, 28), year),
        term(3, "полугодие", 1, day(year, 9, 1), day(year, 12, 28), year),
    ]


BOTH = [*a_year(2025), *a_year(2026)]


@pytest.mark.parametrize(
    "name", ["2026", "2026-13", "2026-00", "2026-1", "0000-05", "2026-W11", ""]
)
def test_what_is_no_month_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name or None):
        month(name)


@pytest.mark.parametrize("name", ["2026-T0", "2026-T10", "T1", "2026-Y1", "2026-11", "26-T1"])
def test_what_is_no_term_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        ensure_term(name)


def test_a_month_is_all_its_days() -> None:
    february = month("2028-02")
    assert february.span == (day(2028, 2, 1), day(2028, 2, 29))
    assert month_name(february.span.last) == "2028-02"


def test_terms_are_those_of_most_classes() -> None:
    first, second, year = year_terms(BOTH, 2026)
    assert (first.name, first.span) == ("2026-T1", (day(2026, 9, 1), day(2026, 10, 25)))
    assert (second.name, second.term, second.number) == ("2026-T2", "четверть", 2)
    assert (year.kind, year.span) == (Kind.YEAR, (day(2026, 9, 1), day(2026, 12, 28)))


def test_of_two_kinds_with_as_many_classes_the_shorter_terms_win() -> None:
    one, *rest = a_year(2026)
    mixed = [one, *(each for each in rest if each.class_unit != 2)]
    assert {each.term for each in year_terms(mixed, 2026)} == {"четверть", ""}


def test_a_year_that_the_calendar_does_not_have_is_nothing() -> None:
    assert year_terms(BOTH, 2030) == []
    assert named_term(BOTH, "2030-T1") is None
    assert named_term(BOTH, "2026-T7") is None


def test_terms_of_all_years_are_known_in_order() -> None:
    names = ["2025-T1", "2025-T2", "2026-T1", "2026-T2"]
    assert [one.name for one in known_terms(BOTH)] == names


@pytest.mark.parametrize(
    ("name", "earlier", "year_ago"),
    [
        ("2026-T2", "2026-T1", "2025-T2"),
        ("2026-T1", "2025-T2", "2025-T1"),
        ("2025-T1", None, None),
        ("2026-Y", "2025-Y", None),
        ("2025-Y", None, None),
    ],
)
def test_what_a_term_is_compared_with(name: str, earlier: str | None, year_ago: str | None) -> None:
    period = named_term(BOTH, name)
    assert period is not None
    found = before(period, BOTH), year_before(period, BOTH)
    assert tuple(one and one.name for one in found) == (earlier, year_ago)


def test_what_a_month_is_compared_with() -> None:
    january = month("2027-01")
    found = before(january, []), year_before(january, [])
    assert [one and one.name for one in found] == ["2026-12", "2026-01"]
    assert year_before(month("0001-05"), []) is None


def test_a_period_says_itself() -> None:
    assert said(month("2026-11")) == ("November %(year)s", {"year": 2026})
    first, _, year = year_terms(BOTH, 2026)
    assert said(first).facts == {"year": "2026/2027", "term": ("четверть", 1)}
    assert said(year) == ("the academic year %(year)s", {"year": "2026/2027"})


@pytest.mark.parametrize(
    ("name", "kind"), [("2026-11", Kind.MONTH), ("2026-T1", Kind.TERM), ("2026-Y", Kind.YEAR)]
)
def test_a_name_tells_the_kind(name: str, kind: Kind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("now", "due", "first"),
    [
        (datetime(2026, 12, 3, 6, 59, tzinfo=UTC), datetime(2026, 11, 3, 7, tzinfo=UTC), 10),
        (datetime(2026, 12, 3, 7, 0, tzinfo=UTC), datetime(2026, 12, 3, 7, tzinfo=UTC), 11),
        (datetime(2027, 1, 2, 7, 0, tzinfo=UTC), datetime(2026, 12, 3, 7, tzinfo=UTC), 11),
        (datetime(2027, 1, 31, 7, 0, tzinfo=UTC), datetime(2027, 1, 3, 7, tzinfo=UTC), 12),
    ],
)
def test_a_month_s_draft_is_due_on_the_third_of_the_next(
    now: datetime, due: datetime, first: int
) -> None:
    assert days.month_due(now, "Europe/Moscow") == (due, date(2026, first, 1))


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (datetime(2026, 11, 20, 13, tzinfo=UTC), datetime(2026, 11, 24, 7, tzinfo=UTC)),
        (datetime(2026, 11, 2, 13, tzinfo=UTC), datetime(2026, 11, 5, 7, tzinfo=UTC)),
        (datetime(2026, 12, 30, 13, tzinfo=UTC), datetime(2027, 1, 11, 7, tzinfo=UTC)),
    ],
    ids=["over Sunday", "over a holiday", "over New Year"],
)
def test_two_working_days_pass_holidays_over(sent: datetime, due: datetime) -> None:
    assert days.reminder_due(sent, "Europe/Moscow") == due
