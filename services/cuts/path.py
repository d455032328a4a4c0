"""The way to a cut: steps from the whole school to a lesson, as short as a button holds."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from services.errors import DomainError


class CutGoneError(DomainError):
    """There is no such cut in the data that stands now."""

    key = "errors/cut-gone"


class Level(StrEnum):
    PARALLEL = "g"
    CLASS = "c"
    SUBJECT = "s"
    SUBJECT_GROUP = "m"
    TEACHER = "t"
    LESSON = "l"


class Step(NamedTuple):
    """``id`` is the identity in the journal; ``services.cuts.places`` says what else it may be."""

    level: Level
    id: int


ROUTES = (
    (Level.PARALLEL, Level.CLASS, Level.SUBJECT, Level.LESSON),
    (Level.SUBJECT_GROUP, Level.SUBJECT, Level.CLASS, Level.LESSON),
    (Level.TEACHER, Level.CLASS, Level.SUBJECT, Level.LESSON),
)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_STEP = re.compile(r"([gcsmtl])([0-9a-z]{1,7})")


@dataclass(frozen=True, slots=True)
class Cut:
    """No step is the whole school. Steps follow one of ``ROUTES``; CutGoneError otherwise."""

    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if self.levels not in {route[: len(self.steps)] for route in ROUTES}:
            raise CutGoneError

    @classmethod
    def read(cls, text: str) -> "Cut":
        """A cut as ``written``; CutGoneError where the text is none."""
        found = [_STEP.fullmatch(part) for part in text.split(".")] if text else []
        if not all(found):
            raise CutGoneError
        return cls(tuple(Step(Level(one[1]), int(one[2], 36)) for one in found if one))

    @property
    def written(self) -> str:
        """«g5.c12.s7», ids by base 36: at most 35 characters."""
        return ".".join(f"{step.level}{_short(step.id)}" for step in self.steps)

    @property
    def levels(self) -> tuple[Level, ...]:
        return tuple(step.level for step in self.steps)

    @property
    def inwards(self) -> tuple[Level, ...]:
        """What it can be cut by further."""
        depth = len(self.steps)
        return tuple(
            route[depth] for route in ROUTES if route[:depth] == self.levels and depth < len(route)
        )

    @property
    def outer(self) -> "Cut":
        """One step back."""
        return Cut(self.steps[:-1])

    @property
    def of_teacher(self) -> bool:
        return Level.TEACHER in self.levels

    @property
    def of_lesson(self) -> bool:
        return Level.LESSON in self.levels

    def at(self, level: Level, identity: int) -> "Cut":
        """One step further."""
        return Cut((*self.steps, Step(level, identity)))

    def id(self, level: Level) -> int | None:
        return next((step.id for step in self.steps if step.level is level), None)


def _short(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits
