"""A share in per cent as it is printed: what is not full never reads as full, nor some as none."""

from math import floor

NEAR = 1e-9
"""What computing with fractions may miss by."""


def tenths(share: float) -> float:
    """With one digit: 99.97 is 99.9 and 0.02 is 0.1; only 100 itself is 100."""
    return _kept_apart(share, round(share, 1), least=0.1)


def whole(share: float) -> int:
    """Whole per cent within 0-100, rounded down: 99.6 is 99, 0.4 is 1."""
    return int(_kept_apart(share, floor(share + NEAR), least=1))


def _kept_apart(share: float, rounded: float, *, least: float) -> float:
    if share <= NEAR:
        return 0
    if share >= 100 - NEAR:
        return 100
    return min(100 - least, max(least, rounded))
