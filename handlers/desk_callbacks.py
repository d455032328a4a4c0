"""What the buttons of the desk's settings carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class DeskStep(StrEnum):
    ROOT = "r"
    HOURS = "h"
    USUAL = "u"
    CATEGORIES = "c"
    NEW_CATEGORY = "n"
    REPLIES = "p"
    NEW_REPLY = "w"
    KEEPING = "k"


class DeskPress(CallbackData, prefix="tz"):
    """The desk's settings: one of their pages."""

    step: DeskStep


class CategoryStep(StrEnum):
    SHOW = "s"
    TARGETS = "t"
    PRIORITY = "p"
    SWITCH = "o"


class CategoryPress(CallbackData, prefix="tg"):
    """The desk's settings: a step with a category."""

    step: CategoryStep
    code: str


class ReplyDrop(CallbackData, prefix="ty"):
    """The desk's settings: a ready reply goes, by its place; asked about first, then ``sure``."""

    place: int
    sure: bool = False


class KeepPick(CallbackData, prefix="tv"):
    """The desk's settings: for how many days words of closed tickets are kept."""

    days: int
