"""What buttons of the cuts carry."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from pydantic import Field

from handlers.callbacks import Number
from handlers.keyboards import button
from handlers.ports import Say


class CutPart(StrEnum):
    OPEN = "o"
    LESSON = "n"
    RULES = "r"
    LIST = "l"
    TABLE = "x"
    HEAT = "h"
    TREND = "d"


class CutPress(CallbackData, prefix="cu"):
    """A part of a cut of a digest's week: ``path`` as ``services.cuts.path.Cut`` writes it.

    ``item`` is a rule's code for a list or a table (empty: all), a level's letter for OPEN.
    """

    digest: Number
    part: CutPart
    path: Annotated[str, Field(max_length=35)] = ""
    item: Annotated[str, Field(max_length=3)] = ""
    page: Annotated[int, Field(ge=1, le=999)] = 1


def cut_button(digest: int, say: Say) -> InlineKeyboardButton:
    """Under whatever shows the figures of a digest."""
    return button(say("Go deeper"), CutPress(digest=digest, part=CutPart.OPEN))
