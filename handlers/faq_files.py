"""/faq: the base of answers into a file and out of one."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardMarkup,
    Message,
)

from handlers.faq import leave, to_page
from handlers.faq_callbacks import BaseFilePress, BaseFileStep, FaqPage, FaqPress
from handlers.keyboards import button, keyboard
from handlers.ports import Answer, AnswersBook, AnswersFile, Say
from handlers.typed import Faq
from services.access import Actor
from services.consultation.exchange import Exchange, FileId
from services.consultation.table import NotABaseError

NAME = "Ответы Ежа"


async def export(
    press: CallbackQuery,
    *,
    callback_data: FaqPress,
    actor: Actor,
    exchange: Exchange,
    answers_book: AnswersBook,
    answers_notation: AnswersBook,
    bot: Bot,
) -> None:
    """A workbook for most, YAML for whoever keeps the answers beside other texts."""
    rows = await exchange.rows(actor)
    plain = callback_data.page is FaqPage.NOTATION
    content = await asyncio.to_thread(answers_notation if plain else answers_book, rows)
    await press.answer()
    name = f"{NAME}.{'yaml' if plain else 'xlsx'}"
    await bot.send_document(actor.chat, BufferedInputFile(content, name))


async def ask_file(
    press: CallbackQuery,
    *,
    actor: Actor,
    exchange: Exchange,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    exchange.ensure(actor)
    await state.set_state(Faq.file)
    await answer.edit(press, "faq/ask-file", keyboard=leave(FaqPage.ROOT, say))


async def take(
    message: Message,
    *,
    actor: Actor,
    exchange: Exchange,
    answers_file: AnswersFile,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """A file that is no base of answers is the journal's, unless one of answers was asked for."""
    exchange.ensure(actor)
    try:
        rows = await answers_file(message)
    except NotABaseError:
        if await state.get_state() == Faq.file.state:
            raise
        raise SkipHandler from None
    await state.set_state(Faq.open)
    preview = await exchange.stage(actor, rows)
    shown = _staged(preview.number, say, changes=bool(preview.plan.changes))
    await answer.reply(message, "faq/preview", keyboard=shown, plan=preview.plan)


async def apply(
    press: CallbackQuery,
    *,
    callback_data: BaseFilePress,
    actor: Actor,
    exchange: Exchange,
    answer: Answer,
    say: Say,
) -> None:
    number = FileId(callback_data.number)
    plan = await exchange.apply(actor, number)
    undo = button(say("Undo this file"), BaseFilePress(step=BaseFileStep.UNDO, number=number))
    shown = keyboard([undo], [to_page(say("Back"), FaqPage.ROOT)])
    await answer.edit(press, "faq/applied", keyboard=shown, plan=plan)


async def cancel(
    press: CallbackQuery,
    *,
    callback_data: BaseFilePress,
    actor: Actor,
    exchange: Exchange,
    answer: Answer,
    say: Say,
) -> None:
    await exchange.cancel(actor, FileId(callback_data.number))
    await answer.edit(press, "faq/file-cancelled", keyboard=_home(say))


async def undo(
    press: CallbackQuery,
    *,
    callback_data: BaseFilePress,
    actor: Actor,
    exchange: Exchange,
    answer: Answer,
    say: Say,
) -> None:
    undone = await exchange.undo(actor, FileId(callback_data.number))
    await answer.edit(press, "faq/file-undone", keyboard=_home(say), undone=undone)


def _staged(number: FileId, say: Say, *, changes: bool) -> InlineKeyboardMarkup:
    press = BaseFilePress(step=BaseFileStep.APPLY, number=number)
    drop = button(say("Cancel"), press.model_copy(update={"step": BaseFileStep.CANCEL}))
    return keyboard([button(say("Apply"), press), drop] if changes else [drop])


def _home(say: Say) -> InlineKeyboardMarkup:
    return keyboard([to_page(say("Back"), FaqPage.ROOT)])


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    taking = StateFilter(Faq.open, Faq.file)
    routes.message.register(take, taking, ~F.forward_origin, F.document)
    files = {FaqPage.EXPORT, FaqPage.NOTATION}
    routes.callback_query.register(export, FaqPress.filter(F.page.in_(files)))
    routes.callback_query.register(ask_file, FaqPress.filter(F.page == FaqPage.LOAD))
    steps = {BaseFileStep.APPLY: apply, BaseFileStep.CANCEL: cancel, BaseFileStep.UNDO: undo}
    for step, handler in steps.items():
        routes.callback_query.register(handler, BaseFilePress.filter(F.step == step))
    return routes
