"""The PIN: asked privately where a use case needs it; the next text is taken for it."""

from contextlib import suppress

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import ExceptionTypeFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import (
    CallbackQuery,
    ErrorEvent,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from handlers.callbacks import Cancel
from handlers.keyboards import button, keyboard
from handlers.ports import Answer, Say
from handlers.typed import TYPED
from services.access import Actor
from services.pins import PinLockedError, PinNeededError, Pins


class Entering(StatesGroup):
    pin = State()


async def ask(event: ErrorEvent, *, state: FSMContext, answer: Answer, say: Say) -> None:
    """Whatever was refused for want of a PIN waits as the button that was pressed."""
    press = event.update.callback_query
    message = event.update.message
    await state.set_state(Entering.pin)
    await state.set_data({"pending": press.data if press else None})
    first = isinstance(event.exception, PinNeededError) and event.exception.facts["first"]
    cancel = keyboard([button(say("Cancel"), Cancel())])
    if press is not None:
        await answer.edit(press, PinNeededError.key, keyboard=cancel, first=first)
    elif message is not None:
        await answer.reply(message, PinNeededError.key, keyboard=cancel, first=first)


async def enter(
    message: Message,
    *,
    text: str,
    actor: Actor,
    pins: Pins,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The typed PIN leaves the chat before anything else happens."""
    with suppress(TelegramBadRequest):
        await message.delete()
    try:
        await pins.enter(actor, text)
    except PinLockedError:
        await state.clear()
        raise
    pending = (await state.get_data()).get("pending")
    await state.clear()
    await answer.reply(message, "people/pin-taken", keyboard=_onward(pending, say))


async def cancel(press: CallbackQuery, *, state: FSMContext, answer: Answer) -> None:
    await state.clear()
    await answer.edit(press, "people/cancelled")


def _onward(pending: str | None, say: Say) -> InlineKeyboardMarkup | None:
    if not pending:
        return None
    return keyboard([InlineKeyboardButton(text=say("Continue"), callback_data=pending)])


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(enter, Entering.pin, TYPED, F.text.as_("text"))
    routes.callback_query.register(cancel, Cancel.filter())
    routes.error.register(ask, ExceptionTypeFilter(PinNeededError))
    return routes
