"""/silence: what is kept silent, by whom and why; a silence that is ended early."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers import silence_cards as cards
from handlers.ports import Answer, Say
from handlers.reminder_callbacks import SilencePress, SilenceStep
from services.access import Actor
from services.reminding.silence import SilenceNumber
from services.reminding.silencing import SilenceDesk


async def show(
    message: Message,
    *,
    actor: Actor,
    silences: SilenceDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    known = await silences.list(actor)
    await state.clear()
    await answer.reply(message, "reminding/root", keyboard=cards.root(known, say), known=known)


async def list_all(
    press: CallbackQuery,
    *,
    actor: Actor,
    silences: SilenceDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    known = await silences.list(actor)
    await state.clear()
    await answer.edit(press, "reminding/root", keyboard=cards.root(known, say), known=known)


async def look(
    press: CallbackQuery,
    *,
    callback_data: SilencePress,
    actor: Actor,
    silences: SilenceDesk,
    answer: Answer,
    say: Say,
) -> None:
    card = await silences.card(actor, SilenceNumber(callback_data.number))
    await answer.edit(press, "reminding/silence", keyboard=cards.card(card, say), card=card)


async def end(
    press: CallbackQuery,
    *,
    callback_data: SilencePress,
    actor: Actor,
    silences: SilenceDesk,
    answer: Answer,
    say: Say,
) -> None:
    card = await silences.end(actor, SilenceNumber(callback_data.number))
    await answer.edit(press, "reminding/silence", keyboard=cards.card(card, say), card=card)


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(show, Command("silence"))
    for step, handler in (
        (SilenceStep.LIST, list_all),
        (SilenceStep.SHOW, look),
        (SilenceStep.END, end),
    ):
        routes.callback_query.register(handler, SilencePress.filter(F.step == step))
    return routes
