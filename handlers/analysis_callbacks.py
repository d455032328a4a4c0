"""What buttons of the analyses carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.callbacks import Number


class AnalysisStep(StrEnum):
    SHOW = "s"
    SEND = "d"
    ACCEPT = "a"
    RETURN = "r"
    RENEW = "n"
    EARLIER = "e"
    ORDER = "o"


class AnalysisPress(CallbackData, prefix="an"):
    """Under an analysis."""

    step: AnalysisStep
    analysis: Number


class AnalysisRoomStep(StrEnum):
    ROOT = "r"
    FORM = "f"
    DROP = "d"


class AnalysisRoomPress(CallbackData, prefix="ar"):
    """The school's form of the document and the director's deputy."""

    step: AnalysisRoomStep


class DeputyPick(CallbackData, prefix="ad"):
    """Who decides while there is no director; 0 is nobody."""

    person: Number
