"""Buttons of files that are asked about, of what is remembered of them, of the export."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.callbacks import Number
from services.journal.memory import Kept


class DoubtPress(CallbackData, prefix="wt"):
    """What the file is: a format, ``doubts.NO_JOURNAL``; empty is to leave it."""

    number: str
    format: str = ""


class HeaderForget(CallbackData, prefix="wf"):
    """Under a preview: its file is not to be known by this header any more."""

    header: str


class MemoryPage(CallbackData, prefix="wm"):
    page: int = 0


class MemoryStep(StrEnum):
    FORGET = "f"
    RESTORE = "r"


class MemoryPress(CallbackData, prefix="wn"):
    """One line of what is remembered; ``page`` is the one it stands on."""

    step: MemoryStep
    kept: Kept
    number: Number
    page: int = 0


class RosterPress(CallbackData, prefix="wr"):
    """The OneRoster archive: asked about first, then ``sure``."""

    sure: bool = False
