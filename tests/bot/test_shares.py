"""A printed share is never rounded to full or to none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render import NBSP, Renderer
from bot.shares import tenths, whole

VOICE = Renderer().voice()


@pytest.mark.parametrize(
    ("share", "read", "cell"),
    [
        (100.0, "100,0", 100),
        (99.97, "99,9", 99),
        (99.94, "99,9", 99),
        (93.35, "93,3", 93),
        (0.4, "0,4", 1),
        (0.02, "0,1", 1),
        (0.0, "0,0", 0),
    ],
)
def test_what_is_not_full_reads_less_and_what_is_some_reads_more(
    share: float, read: str, cell: int
) -> None:
    per_cent = VOICE.environment.filters["per_cent"]
    assert (per_cent(share), whole(share)) == (f"{read}{NBSP}%", cell)


def test_an_error_of_computing_is_no_difference() -> None:
    assert (tenths(100 - 1e-12), whole(100 - 1e-12)) == (100, 100)
    assert (tenths(1e-12), whole(1e-12), whole(70 - 1e-12)) == (0, 0, 70)


@given(st.floats(0.001, 99.999))
def test_every_share_in_between_reads_as_one_in_between(share: float) -> None:
    assert 0.1 <= tenths(share) <= 99.9
    assert 1 <= whole(share) <= 99
    assert abs(tenths(share) - share) <= 0.1
