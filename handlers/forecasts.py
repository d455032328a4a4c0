"""«Прогноз»: what the terms that run are likely to end with, by the school and by class."""

from collections import Counter
from collections.abc import Mapping

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from handlers.forecast_callbacks import ForecastPress
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import page_of
from handlers.ports import Answer, Say
from services.access import Actor
from services.forecasts.forecast import Forecasts
from services.forecasts.foreseen import Forecast

ACROSS = 3
LINES = 15
"""Pupils on a page of a class."""
CLASSES = 24


async def school(
    press: CallbackQuery,
    *,
    actor: Actor,
    forecasts: Forecasts,
    answer: Answer,
) -> None:
    found = await forecasts.ask(actor)
    shown = school_buttons(found)
    await answer.edit(press, "forecasts/school", keyboard=shown, forecast=found)


async def one_class(
    press: CallbackQuery,
    *,
    callback_data: ForecastPress,
    actor: Actor,
    forecasts: Forecasts,
    answer: Answer,
    say: Say,
) -> None:
    """A class that has nothing to fear, or none of the school's, is an empty page."""
    found, unit = await forecasts.ask(actor), callback_data.class_unit
    risks = [one for term in found.terms for one in term.risks if one.class_unit == unit]
    lags = [one for term in found.terms for one in term.lags if one.class_unit == unit]
    page = page_of(risks, callback_data.page, size=LINES)
    arrows = page.arrows(lambda to: ForecastPress(class_unit=unit, page=to))
    await answer.edit(
        press,
        "forecasts/class",
        keyboard=keyboard(arrows, [button(say("Back"), ForecastPress())]),
        forecast=found,
        name=found.classes.get(unit, ""),
        page=page,
        lags=lags if page.number == 1 else [],
    )


def school_buttons(found: Forecast) -> InlineKeyboardMarkup:
    """Classes with somebody or something named, the most first."""
    counts = counted(found)
    named = sorted(counts, key=lambda unit: (-counts[unit], unit))[:CLASSES]
    buttons = [
        button(f"{found.classes.get(unit, '')} · {counts[unit]}", ForecastPress(class_unit=unit))
        for unit in named
    ]
    return keyboard(*in_rows(buttons, across=ACROSS))


def counted(found: Forecast) -> Mapping[int, int]:
    """By class: pupils x subjects likely to lack marks, courses likely to lag."""
    terms = found.terms
    named = Counter(one.class_unit for term in terms for one in term.risks)
    return named + Counter(one.class_unit for term in terms for one in term.lags)


def router() -> Router:
    routes = Router(name=__name__)
    routes.callback_query.register(school, ForecastPress.filter(F.class_unit == 0))
    routes.callback_query.register(one_class, ForecastPress.filter())
    return routes
