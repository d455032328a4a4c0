"""When a person is reminded."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers import reminder_cards as cards
from handlers.ports import Answer, Say
from handlers.reminder_callbacks import NOT_AT_ALL, ReminderHour, ReminderPress
from services.access import Actor
from services.reminding.choosing import Hours, ReminderHours


async def ask_hour(
    press: CallbackQuery, *, actor: Actor, reminder_hours: ReminderHours, answer: Answer, say: Say
) -> None:
    known = await reminder_hours.mine(actor)
    await answer.edit(
        press, "reminding/hour", keyboard=cards.hours(known, actor, say), hour=_hour(known)
    )


async def choose_hour(
    press: CallbackQuery,
    *,
    callback_data: ReminderHour,
    actor: Actor,
    reminder_hours: ReminderHours,
    answer: Answer,
    say: Say,
) -> None:
    minutes = callback_data.minutes
    known = await reminder_hours.choose(actor, None if minutes == NOT_AT_ALL else minutes)
    await answer.edit(
        press, "reminding/hour", keyboard=cards.hours(known, actor, say), hour=_hour(known)
    )


def _hour(known: Hours) -> str:
    return "" if known.chosen is None else cards.clock(known.chosen)


def router() -> Router:
    routes = Router(name=__name__)
    routes.callback_query.register(ask_hour, ReminderPress.filter())
    routes.callback_query.register(choose_hour, ReminderHour.filter())
    return routes
