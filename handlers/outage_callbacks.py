"""What buttons of /outage carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class OutageStep(StrEnum):
    LIST = "l"
    NEW = "n"
    PLAN = "p"
    ASK_END = "e"
    DECLARE = "d"
    SHOW = "s"
    END = "x"
    FIX_BEGIN = "b"
    FIX_END = "f"
    UNDO = "u"
    UNDO_SURE = "y"


class OutagePress(CallbackData, prefix="oj"):
    """A step with an outage of the school; ``number`` 0 is the one being declared."""

    step: OutageStep
    number: int = 0


class OutageStart(CallbackData, prefix="os"):
    """From when: ``minute`` counts from the epoch, 0 is now."""

    minute: int = 0
