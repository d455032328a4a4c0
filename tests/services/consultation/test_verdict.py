"""When to answer, when to offer a choice, when to pass on."""

from dataclasses import dataclass

import pytest

from services.consultation.verdict import Band, band_of


@dataclass(frozen=True)
class Hit:
    score: float


@pytest.mark.parametrize(
    ("scores", "band"),
    [
        ([], Band.PASS),
        ([0.339, 0.1], Band.PASS),
        ([0.34], Band.CHOICES),
        ([0.459, 0.1], Band.CHOICES),
        ([0.46], Band.ANSWER),
        ([0.60, 0.5], Band.ANSWER),
        ([0.60, 0.55], Band.CHOICES),
        ([0.94, 0.93], Band.CHOICES),
        ([1.20, 1.19], Band.ANSWER),
    ],
)
def test_a_band_is_chosen_by_score_and_lead(scores: list[float], band: Band) -> None:
    assert band_of([Hit(score) for score in scores]) is band
