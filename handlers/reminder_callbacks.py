"""What buttons of reminders and of /silence carry."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.callbacks import Day, Number
from services.completeness.rule import Severity
from services.reminding.settings import Level

NOT_AT_ALL = -1
Minutes = Annotated[int, Field(ge=NOT_AT_ALL, lt=24 * 60)]


class ReminderPress(CallbackData, prefix="rw"):
    """When to remind."""


class ReminderHour(CallbackData, prefix="rh"):
    """Minutes of the day; -1 is never."""

    minutes: Minutes


class SilenceStep(StrEnum):
    LIST = "l"
    NEW = "n"
    WHERE = "w"
    UNTIL = "u"
    SHOW = "s"
    END = "e"
    RULES = "r"
    QUIET = "q"
    LESSONS = "d"
    LADDER = "a"


class SilencePress(CallbackData, prefix="sq"):
    """/silence: a step; ``number`` is a silence of the school, 0 is the one being made."""

    step: SilenceStep
    number: Number = 0


class SilenceRule(CallbackData, prefix="sr"):
    """Which rule is silenced; an empty one is all."""

    rule: Annotated[str, Field(max_length=8)] = ""


class PlaceKind(StrEnum):
    SCHOOL = "s"
    CLASS = "c"
    TEACHER = "t"
    SUBJECT = "u"


class SilencePlaces(CallbackData, prefix="sv"):
    """A page of what a silence may be of."""

    kind: PlaceKind
    page: int = 1


class SilencePlace(CallbackData, prefix="sp"):
    """What a silence is of."""

    kind: PlaceKind
    item: Number = 0


class SilenceDay(CallbackData, prefix="su"):
    """The last day of a silence, an ordinal."""

    day: Day


class QuietPick(CallbackData, prefix="rq"):
    """From when till when nobody is written to, in minutes of the day."""

    since: Minutes
    until: Minutes


class LessonsPick(CallbackData, prefix="rj"):
    """When today's lessons are told of; 0 is never."""

    minutes: Minutes


class LadderPick(CallbackData, prefix="ra"):
    """A step of the ladder: chosen first, then its ``days`` (-1: not chosen yet)."""

    severity: Severity
    level: Level
    days: Annotated[int, Field(ge=-1, le=99)] = -1
