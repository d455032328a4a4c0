"""What buttons of the rules' passports carry."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.callbacks import Number
from services.completeness.passport_changes import Change, Turn

Code = Annotated[str, Field(min_length=1, max_length=4)]


class FamiliesPage(CallbackData, prefix="rf"):
    """/rules: the families."""


class FileStep(StrEnum):
    EXPORT = "e"
    ASK = "a"
    APPLY = "y"


class PassportFilePress(CallbackData, prefix="rx"):
    """All passports into a file and out of one."""

    step: FileStep


class FamilyPage(CallbackData, prefix="rl"):
    """The rules of a family."""

    letter: Annotated[str, Field(min_length=1, max_length=1)]
    page: Number = 1


class RuleStep(StrEnum):
    SHOW = "s"
    SEVERITY = "w"
    CLAUSE = "c"
    NO_CLAUSE = "n"
    HISTORY = "h"


class RulePress(CallbackData, prefix="rr"):
    """A rule's card, or a page behind it."""

    step: RuleStep
    rule: Code


class ThresholdAsk(CallbackData, prefix="rt"):
    """The next number is the threshold at this place among the rule's."""

    rule: Code
    item: Number


class RuleTurn(CallbackData, prefix="rv"):
    """A change of a passport: tried first, then ``sure``; ``version`` is what it was tried on."""

    rule: Code
    turn: Turn
    item: Number = 0
    value: Number = 0
    version: Number = 0
    sure: bool = False
    today: bool = False

    @property
    def change(self) -> Change:
        return Change(self.turn, self.item, self.value)
