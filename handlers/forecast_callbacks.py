"""«Прогноз»: what its buttons carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from pydantic import Field

from handlers.keyboards import button
from handlers.ports import Say


class ForecastPress(CallbackData, prefix="fo"):
    """The forecast of the terms that run; ``class_unit`` 0 is the whole school."""

    class_unit: Annotated[int, Field(ge=0, lt=2**63)] = 0
    page: int = 1


def forecast_button(say: Say) -> InlineKeyboardButton:
    """For wherever the school's figures are shown."""
    return button(say("Forecast"), ForecastPress())
