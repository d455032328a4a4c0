"""How likely it is that something stays short of what it needs, and how far a sum may be off.

Marks come to a pupil like rare events (Poisson). Their rate is not known but for the marks so far
and the class's pace, so it has a gamma distribution, and what is still to come a negative binomial
one. Lessons are held or dropped one by one (binomial). Shares seen so far have Wilson's interval.
"""

from collections.abc import Iterable
from math import ceil, exp, floor, lgamma, log, sqrt
from typing import NamedTuple

Z = 1.645
"""Nine of ten lie within so many standard deviations."""

UNLIKE = 1.0


class Expected(NamedTuple):
    """About ``mean``; from ``low`` to ``high`` in nine cases of ten, all not below zero."""

    low: int
    mean: float
    high: int


def chance_short(have: int, need: int, *, gone: float, ahead: float, pace: float) -> float:
    """That fewer than ``need`` marks are there at the end.

    ``gone`` and ``ahead`` are lessons held and to come; ``pace`` is the class's marks a lesson and
    pupil, taken as one mark's worth of experience. Without lessons to come nothing changes.
    """
    lacking = need - have
    if lacking <= 0:
        return 0.0
    if ahead <= 0 or (have == 0 and pace <= 0):
        return 1.0
    shape = have + 1
    known = gone + (1 / pace if pace > 0 else 0.0)
    if known <= 0:
        return 1.0
    share = known / (known + ahead)
    return min(1.0, sum(_negative_binomial(count, shape, share) for count in range(lacking)))


def summed(chances: Iterable[float]) -> Expected:
    """How many of independent cases come true."""
    every = list(chances)
    mean = sum(every)
    return around(mean, sqrt(sum(one * (1 - one) for one in every)), most=len(every))


def amended(expected: float, cases: int, *, foreseen: float, came: int) -> Expected:
    """The sum of chances, as far as it came true the last time: teachers ask whom they passed by.

    Then ``foreseen`` was expected and ``came`` came. One case is added to either side, so that
    nothing is ruled out for good. That one term is like another is a weak ground: a deviation of
    ``UNLIKE`` of the number itself is added (measured, docs/forecast.md).
    """
    mean = expected * (came + 1) / (foreseen + 1)
    own = mean + mean * mean / (came + 1)
    return around(mean, sqrt(own + (UNLIKE * mean) ** 2), most=cases)


def lessons_held(ahead: int, *, held: int, slots: int) -> tuple[float, float]:
    """Mean and deviation of lessons held out of those ``ahead``, at the share held so far."""
    share = min(1.0, held / slots) if slots else 1.0
    return ahead * share, sqrt(ahead * share * (1 - share))


def share_of(hits: int, cases: int, *, of: int) -> Expected:
    """So many of ``of`` further ones, where ``hits`` of ``cases`` were (Wilson's interval)."""
    share = hits / cases
    base = 1 + Z * Z / cases
    middle = (share + Z * Z / (2 * cases)) / base
    half = Z * sqrt(share * (1 - share) / cases + Z * Z / (4 * cases * cases)) / base
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Expected(floor(low * of), share * of, ceil(high * of))


def around(mean: float, deviation: float, *, most: int | None = None) -> Expected:
    low, high = max(0, floor(mean - Z * deviation)), ceil(mean + Z * deviation)
    return Expected(low, mean, high if most is None else min(high, most))


def _negative_binomial(count: int, shape: int, share: float) -> float:
    """That exactly ``count`` come, for a whole ``shape``; ``share`` lies between 0 and 1."""
    ways = lgamma(count + shape) - lgamma(shape) - lgamma(count + 1)
    return exp(ways + shape * log(share) + count * log(1 - share))
