"""What buttons beside the queue carry: its states, causes, figures."""

from aiogram.filters.callback_data import CallbackData

from services.helpdesk.figures import Period


class StatesPress(CallbackData, prefix="ts"):
    """/queue by states; an empty ``state`` are the counts, a named one its list."""

    state: str = ""
    page: int = 1


class CausePress(CallbackData, prefix="tx"):
    """What a ticket came of; an empty ``cause`` asks for it."""

    number: int
    cause: str = ""


class FiguresPress(CallbackData, prefix="tf"):
    """/queue report: the figures of a period, or its workbook."""

    period: Period
    book: bool = False


class PlacePress(CallbackData, prefix="tj"):
    """/queue: the groups where it may be shown."""


class PlaceChoice(CallbackData, prefix="th"):
    """/queue is shown in this bound group; 0 is in none."""

    chat: int = 0
