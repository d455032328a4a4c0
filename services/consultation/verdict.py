"""What is done with what the search found: answer, let the person choose, or pass on."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol


class Scored(Protocol):
    @property
    def score(self) -> float: ...


ANSWERED = 0.46
LEAD = 1.12
"""The best hit answers alone from this score on, and when it leads the next one by so much."""
CERTAIN = 0.95
"""So much is the entry's own words, whatever else is near."""
WORTH_SHOWING = 0.34
"""Below it nothing is shown: in the measurements a seventh of foreign questions get past it, and
a twentieth of the right answers does not."""
CHOICES = 3


class Band(StrEnum):
    ANSWER = "answer"
    CHOICES = "choices"
    PASS = "pass"  # noqa: S105  # a word of the outside contract


def band_of(hits: Sequence[Scored]) -> Band:
    """``hits`` are best first, as the search gives them."""
    if not hits or hits[0].score < WORTH_SHOWING:
        return Band.PASS
    best = hits[0].score
    second = hits[1].score if len(hits) > 1 else 0.0
    if best >= CERTAIN or (best >= ANSWERED and best >= LEAD * second):
        return Band.ANSWER
    return Band.CHOICES
