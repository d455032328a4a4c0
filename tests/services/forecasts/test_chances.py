"""The formulas of the forecast, against simulation and against what has to hold."""

from math import isclose
from random import Random

import pytest

from services.forecasts.chances import (
    Expected,
    amended,
    around,
    chance_short,
    lessons_held,
    share_of,
    summed,
)
from services.forecasts.notice import reached

TRIES = 20_000


def poisson(random: Random, mean: float) -> int:
    """By counting arrivals: another way than the formula's."""
    count, time = 0, random.expovariate(1.0)
    while time < mean:
        count += 1
        time += random.expovariate(1.0)
    return count


@pytest.mark.parametrize(
    ("have", "need", "gone", "ahead", "pace"),
    [(1, 3, 12, 6, 0.25), (0, 2, 10, 4, 0.3), (4, 5, 20, 3, 0.2), (0, 1, 0, 5, 0.4)],
)
def test_the_chance_is_that_of_the_simulated_pupil(
    have: int, need: int, gone: int, ahead: int, pace: float
) -> None:
    random = Random(7)  # noqa: S311  # a simulation
    short = 0
    for _ in range(TRIES):
        rate = random.gammavariate(have + 1, 1 / (gone + 1 / pace))
        short += have + poisson(random, rate * ahead) < need
    assert isclose(
        chance_short(have, need, gone=gone, ahead=ahead, pace=pace), short / TRIES, abs_tol=0.015
    )


def test_enough_marks_are_never_short() -> None:
    assert chance_short(3, 3, gone=10, ahead=0, pace=0.1) == 0


@pytest.mark.parametrize(
    ("have", "gone", "ahead", "pace"), [(2, 10, 0, 0.3), (0, 10, 5, 0.0), (1, 0, 5, 0.0)]
)
def test_what_nothing_can_mend_is_certain(have: int, gone: int, ahead: int, pace: float) -> None:
    assert chance_short(have, 3, gone=gone, ahead=ahead, pace=pace) == 1


def test_a_pupil_of_a_class_without_pace_goes_by_their_own() -> None:
    assert 0 < chance_short(2, 3, gone=10, ahead=5, pace=0.0) < 1


def test_more_lessons_ahead_make_it_less_likely() -> None:
    chances = [chance_short(1, 3, gone=12, ahead=ahead, pace=0.25) for ahead in range(10)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1]


def test_a_sum_of_certain_cases_has_no_bounds_apart() -> None:
    assert summed([1.0, 1.0, 0.0]) == Expected(2, 2.0, 2)
    assert summed([]) == Expected(0, 0, 0)
    low, mean, high = summed([0.5] * 100)
    assert (low, mean, high) == (41, 50.0, 59)


def test_what_teachers_make_up_for_is_taken_from_the_term_before() -> None:
    low, mean, high = amended(100.0, 150, foreseen=99.0, came=9)
    assert mean == 10.0
    assert low == 0
    assert high < 100
    assert amended(10.0, 12, foreseen=0.0, came=30).high == 12


def test_lessons_are_held_at_the_share_held_so_far() -> None:
    mean, deviation = lessons_held(10, held=18, slots=20)
    assert mean == 9.0
    assert deviation == pytest.approx(0.9487, abs=0.001)
    assert lessons_held(10, held=25, slots=20) == (10.0, 0.0)
    assert lessons_held(4, held=0, slots=0) == (4.0, 0.0)


def test_a_share_has_wilsons_bounds() -> None:
    low, mean, high = share_of(10, 100, of=1000)
    assert mean == 100
    assert (low, high) == (60, 161)
    assert share_of(0, 50, of=100) == Expected(0, 0.0, 6)
    assert share_of(50, 50, of=100).high == 100


def test_bounds_do_not_leave_what_is_possible() -> None:
    assert around(1.0, 5.0, most=3) == Expected(0, 1.0, 3)


@pytest.mark.parametrize(
    ("left", "stage"), [(15, None), (14, 14), (8, 14), (7, 7), (3, 3), (0, 3), (-1, None)]
)
def test_the_nearest_stage_that_has_come_counts(left: int, stage: int | None) -> None:
    assert reached(left) == stage
