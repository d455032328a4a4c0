"""The forecast over a generated school, counted a second time from its rows."""

from collections import Counter
from datetime import date

import pytest

from bot.figures import digests_of
from services.completeness.few_marks import FEW_MARKS
from services.forecasts.forecast import Forecasts, chance_of
from services.forecasts.foreseen import Forecast, TermForecast
from services.forecasts.statements import MARKS
from storage.database import Database
from tests.conftest import FrozenClock
from tests.filled import FRIDAY, SCHOOL, generated
from tests.handlers.conversation import RENDERER

TODAY = date(2026, 11, 20).toordinal()
QUARTER_1 = date(2026, 10, 24).toordinal()


@pytest.fixture
def forecasts(full: Database, clock: FrozenClock) -> Forecasts:
    digests = digests_of(full, clock, RENDERER)
    return Forecasts(measuring=digests.measuring, reading=full.reading)


def quarter(found: Forecast) -> TermForecast:
    return next(one for one in found.terms if one.term.kind == "четверть")


def test_marks_entered_later_are_left_out_everywhere() -> None:
    assert FEW_MARKS.count("m.value IS NOT NULL") == 2
    assert MARKS.count("m.entered_at <= :moment") == 3


async def test_on_the_last_day_the_forecast_is_what_is_there(forecasts: Forecasts) -> None:
    one = quarter(await forecasts.of(SCHOOL, QUARTER_1))
    assert one.left == 0
    assert one.lacking.low == one.lacking.mean == one.lacking.high
    assert all(risk.marks < risk.least for risk in one.risks)
    assert len(one.risks) == one.lacking.mean
    assert one.ends is None


async def test_every_number_of_the_named_is_that_of_the_file(forecasts: Forecasts) -> None:
    one = quarter(await forecasts.of(SCHOOL))
    batch = generated().batch
    marks: Counter[tuple[str, str]] = Counter()
    first = date(2026, 11, 2).toordinal()
    for mark in batch.marks or []:
        known = mark.entered_at is None or mark.entered_at <= FRIDAY.timestamp()
        if mark.value is not None and known and first <= mark.day <= TODAY:
            marks[f"{mark.class_unit} №{mark.pupil}", mark.subject] += 1
    assert one.risks
    for risk in one.risks:
        assert risk.marks == marks[risk.pupil, risk.subject]
        assert 0.5 <= risk.chance <= 1


async def test_classes_add_up_to_the_school(forecasts: Forecasts) -> None:
    for one in (await forecasts.of(SCHOOL)).terms:
        assert sum(mean for _, mean in one.by_class) == pytest.approx(one.lacking.mean)
        assert one.lacking.low <= one.lacking.mean <= one.lacking.high


async def test_the_term_before_tames_the_forecast(forecasts: Forecasts) -> None:
    one = quarter(await forecasts.of(SCHOOL))
    assert one.ends is not None
    assert one.ends.mean < one.lacking.mean


async def test_courses_behind_their_plan_are_named(forecasts: Forecasts) -> None:
    one = quarter(await forecasts.of(SCHOOL))
    assert one.lags
    assert all(lag.lacks.low <= lag.lacks.mean <= lag.lacks.high for lag in one.lags)
    assert min(lag.lacks.mean for lag in one.lags) >= 2


def test_without_a_timetable_school_days_count() -> None:
    row = {"marks": 1, "least": 3, "class_marks": 50, "pupils": 25}
    days = {"days_gone": 10, "days_ahead": 5}
    by_lessons = chance_of({**row, **days, "gone": 10, "ahead": 5})
    assert chance_of({**row, **days, "gone": None, "ahead": None}) == by_lessons
    assert chance_of({**row, "days_gone": 0, "days_ahead": 5, "gone": 0, "ahead": 0}) == 1


async def test_the_day_before_the_first_school_day_has_no_terms(forecasts: Forecasts) -> None:
    found = await forecasts.of(SCHOOL, date(2026, 8, 20).toordinal())
    assert not found.terms
    assert await forecasts.running(SCHOOL, TODAY)
