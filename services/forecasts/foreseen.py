"""What is foreseen of a term's end, as every reader gets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from services.forecasts.chances import Expected


class Term(NamedTuple):
    """One period of some classes; ``last`` is an ordinal."""

    kind: str
    number: int
    last: int

    @property
    def day(self) -> date:
        return date.fromordinal(self.last)


@dataclass(frozen=True, slots=True)
class Risk:
    """A pupil («5А №17») who is likely to lack marks in a subject; ``chance`` is 0 to 1."""

    class_unit: int
    pupil: str
    subject: str
    marks: int
    least: int
    chance: float


@dataclass(frozen=True, slots=True)
class Lag:
    """Hours that a course is likely to lack by the term's end."""

    class_unit: int
    subject: str
    study_group: str
    lacks: Expected


@dataclass(frozen=True, slots=True)
class TermForecast:
    """``left`` days after that of the data; ``lacking`` pupils x subjects will at the present pace.

    ``ends`` is how many of them stay so, if teachers make up for it as they did in the term
    before; None where there was none.
    ``by_class`` has the mean of each class with any, the most first. Of ``totals`` period marks
    to be given ``late`` will come after the end; None where no term before shows how many do.
    """

    term: Term
    left: int
    lacking: Expected
    ends: Expected | None
    by_class: Sequence[tuple[int, float]]
    risks: Sequence[Risk]
    lags: Sequence[Lag]
    totals: int
    late: Expected | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """``as_of`` is «ДД.ММ ЧЧ:ММ»; without running terms there is nothing to foresee."""

    as_of: str = ""
    terms: Sequence[TermForecast] = ()
    classes: Mapping[int, str] = field(default_factory=dict)
