"""/outage: what there was; an outage that is ended, corrected or taken back."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers import outage_cards as cards
from handlers.outage_callbacks import OutagePress, OutageStep
from handlers.ports import Answer, Handler, Say
from handlers.typed import OutageMoment
from services.access import Actor
from services.helpdesk.outage import Outage, OutageNumber
from services.helpdesk.outages import Outages


async def show(
    message: Message,
    *,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    known = await outages.register.recent(actor)
    await state.clear()
    shown = cards.root(known.outages, known.zone, say)
    await answer.reply(message, "outages/root", keyboard=shown, going_on=known.going_on)


async def list_recent(
    press: CallbackQuery,
    *,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    known = await outages.register.recent(actor)
    await state.clear()
    shown = cards.root(known.outages, known.zone, say)
    await answer.edit(press, "outages/root", keyboard=shown, going_on=known.going_on)


async def look(
    press: CallbackQuery,
    *,
    callback_data: OutagePress,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = OutageNumber(callback_data.number)
    await show_card(press, number, actor, outages, answer, say)
    await state.clear()


async def end(
    press: CallbackQuery,
    *,
    callback_data: OutagePress,
    actor: Actor,
    outages: Outages,
    answer: Answer,
    say: Say,
) -> None:
    outage = await outages.end(actor, OutageNumber(callback_data.number))
    await show_card(press, outage.number, actor, outages, answer, say)


async def mend(
    press: CallbackQuery,
    *,
    callback_data: OutagePress,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The next words are the right beginning or the right end."""
    known = await outages.register.card(actor, OutageNumber(callback_data.number))
    number = known.outage.number
    mends_end = callback_data.step is OutageStep.FIX_END
    await state.set_state(OutageMoment.ends if mends_end else OutageMoment.begins)
    await state.set_data({"number": number})
    shown = cards.cancel(number, say)
    if mends_end:
        begins = known.outage.begins
        await answer.edit(press, "outages/ask-end", keyboard=shown, begins=begins)
    else:
        await answer.edit(press, "outages/ask-begin", keyboard=shown, mends=True)


async def ask_undo(
    press: CallbackQuery,
    *,
    callback_data: OutagePress,
    actor: Actor,
    outages: Outages,
    answer: Answer,
    say: Say,
) -> None:
    known = await outages.register.card(actor, OutageNumber(callback_data.number))
    shown = cards.undo(known.outage.number, say)
    await answer.edit(press, "outages/ask-undo", keyboard=shown, card=known)


async def undo(
    press: CallbackQuery,
    *,
    callback_data: OutagePress,
    actor: Actor,
    outages: Outages,
    answer: Answer,
) -> None:
    await outages.undo(actor, OutageNumber(callback_data.number))
    await answer.edit(press, "outages/undone")


async def tell_card(
    message: Message,
    outage: Outage,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await state.clear()
    known = await outages.register.card(actor, outage.number)
    shown = cards.card(known.outage, known.now, say)
    await answer.reply(message, "outages/card", keyboard=shown, card=known)


async def show_card(
    press: CallbackQuery,
    number: OutageNumber,
    actor: Actor,
    outages: Outages,
    answer: Answer,
    say: Say,
) -> None:
    known = await outages.register.card(actor, number)
    shown = cards.card(known.outage, known.now, say)
    await answer.edit(press, "outages/card", keyboard=shown, card=known)


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(show, Command("outage"))
    steps: dict[OutageStep, Handler] = {
        OutageStep.LIST: list_recent,
        OutageStep.SHOW: look,
        OutageStep.END: end,
        OutageStep.FIX_BEGIN: mend,
        OutageStep.FIX_END: mend,
        OutageStep.UNDO: ask_undo,
        OutageStep.UNDO_SURE: undo,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, OutagePress.filter(F.step == step))
    return routes
