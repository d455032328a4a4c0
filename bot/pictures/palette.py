"""Colours of a share: a scale that stays readable without red and green, and in grey print.

Full is a calm pale blue, gaps go through sand to a dark brown. Lightness falls from step to step,
so the order is seen in grey too; the hue changes along blue and orange, the axis that the common
forms of colour blindness keep. The bounds 95 and 85 are those of rule T1.
"""

from dataclasses import dataclass
from typing import NamedTuple

from bot.shares import whole


class Colour(NamedTuple):
    red: int
    green: int
    blue: int


PAPER = Colour(255, 255, 255)
INK = Colour(31, 41, 55)
QUIET = Colour(91, 103, 117)
EMPTY = Colour(242, 243, 245)
HATCH = Colour(214, 218, 223)
LINE = Colour(31, 78, 121)
OCCASION = Colour(166, 76, 10)
"""A line over time, and what is marked on it: dark blue and brown differ in any eyes."""


@dataclass(frozen=True, slots=True)
class Step:
    """Shares from ``least`` (whole per cent) up to the next step have this look."""

    least: int
    fill: Colour
    text: Colour
    label: str


STEPS = (
    Step(100, Colour(234, 243, 251), INK, "100"),
    Step(95, Colour(186, 213, 241), INK, "95–99"),
    Step(85, Colour(243, 186, 104), INK, "85–94"),
    Step(70, Colour(222, 130, 40), INK, "70–84"),
    Step(50, Colour(166, 76, 10), PAPER, "50–69"),
    Step(0, Colour(98, 38, 8), PAPER, "0–49"),
)


def step(share: float) -> Step:
    """The step of the number as printed, so a colour never contradicts its number."""
    return next(one for one in STEPS if whole(share) >= one.least)
