"""What a doubtful file is, and what is remembered of files: said, shown, taken back."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers import doubting
from handlers.import_callbacks import (
    DoubtPress,
    HeaderForget,
    MemoryPage,
    MemoryPress,
    MemoryStep,
)
from handlers.ports import Answer, Say
from services.access import Actor
from services.journal.clarifying import Clarification
from services.journal.deliveries import AskedId
from services.journal.memory import Memory


async def settle(
    press: CallbackQuery,
    *,
    callback_data: DoubtPress,
    actor: Actor,
    clarification: Clarification,
) -> None:
    """The card says itself that the file is being read, and then what that gave."""
    await clarification.answer(actor, AskedId(callback_data.number), callback_data.format)
    await press.answer()


async def withdraw(
    press: CallbackQuery,
    *,
    callback_data: DoubtPress,
    actor: Actor,
    clarification: Clarification,
    answer: Answer,
) -> None:
    await clarification.withdraw(actor, AskedId(callback_data.number))
    await answer.edit(press, "imports/cancelled")


async def forget_header(
    press: CallbackQuery,
    *,
    callback_data: HeaderForget,
    actor: Actor,
    memory: Memory,
    answer: Answer,
    say: Say,
) -> None:
    """The preview stays as it is; the next file with that header is asked about."""
    forgotten = await memory.forget_header(actor, callback_data.header)
    shown = doubting.of_forgotten(forgotten, say)
    await press.answer()
    await answer.post(actor.chat, "imports/forgotten", keyboard=shown)


async def show(
    press: CallbackQuery,
    *,
    callback_data: MemoryPage,
    actor: Actor,
    memory: Memory,
    answer: Answer,
    say: Say,
) -> None:
    page = doubting.memory_page(await memory.list(actor), callback_data.page)
    shown = doubting.of_memory(page, say)
    await answer.edit(press, "imports/memory", keyboard=shown, page=page, forgotten=None)


async def forget(
    press: CallbackQuery,
    *,
    callback_data: MemoryPress,
    actor: Actor,
    memory: Memory,
    answer: Answer,
    say: Say,
) -> None:
    """The list without it, and a button that brings it back."""
    forgotten = await memory.forget(actor, callback_data.kept, callback_data.number)
    page = doubting.memory_page(await memory.list(actor), callback_data.page)
    shown = doubting.of_memory(page, say, forgotten=forgotten)
    await answer.edit(press, "imports/memory", keyboard=shown, page=page, forgotten=forgotten)


async def restore(
    press: CallbackQuery,
    *,
    callback_data: MemoryPress,
    actor: Actor,
    memory: Memory,
    answer: Answer,
    say: Say,
) -> None:
    await memory.restore(actor, callback_data.kept, callback_data.number)
    page = doubting.memory_page(await memory.list(actor), callback_data.page)
    shown = doubting.of_memory(page, say)
    await answer.edit(press, "imports/memory", keyboard=shown, page=page, forgotten=None)


def router() -> Router:
    routes = Router(name=__name__)
    presses = routes.callback_query
    presses.register(withdraw, DoubtPress.filter(F.format == ""))
    presses.register(settle, DoubtPress.filter())
    presses.register(forget_header, HeaderForget.filter())
    presses.register(show, MemoryPage.filter())
    presses.register(forget, MemoryPress.filter(F.step == MemoryStep.FORGET))
    presses.register(restore, MemoryPress.filter(F.step == MemoryStep.RESTORE))
    return routes
