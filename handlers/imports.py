"""Loading the journal: a document is looked at, then applied, cancelled or undone by buttons."""

import asyncio
from contextlib import suppress

from aiogram import Bot, F, Router
from aiogram.enums import ChatAction, ChatType, ParseMode
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Document, Message

from handlers import doubting, importing
from handlers.callbacks import ImportPress, ImportStep, NameAdd, NameChoice, NamePick
from handlers.ports import Answer, Download, Refusals, Render, Say
from services.access import Actor, Capability, demand
from services.ids import ChatId, ImportId
from services.journal import cards
from services.journal.deliveries import Part, spoken_name
from services.journal.identifying import Identification
from services.journal.imports import StaleImportError
from services.journal.previews import Preview
from services.journal.receiving import LIMIT, Receiving

TEMPLATE_NAME = "Шаблон журнала.xlsx"
LIST_NAME = "Отказанные строки.xlsx"


async def ask(message: Message, *, actor: Actor, answer: Answer, say: Say) -> None:
    demand(actor, Capability.IMPORT)
    await answer.reply(message, "imports/ask", keyboard=doubting.of_ask(say))


async def give_template(message: Message, *, actor: Actor, render: Render) -> None:
    demand(actor, Capability.IMPORT)
    from services.journal.writers.template import blank_template  # noqa: PLC0415  # 3 MB

    content = await asyncio.to_thread(blank_template)
    file = BufferedInputFile(content, TEMPLATE_NAME)
    caption = render("imports/template")
    await message.reply_document(file, caption=caption, parse_mode=ParseMode.HTML)


async def take(
    message: Message,
    *,
    document: Document,
    actor: Actor,
    receiving: Receiving,
    download: Download,
    bot: Bot,
) -> None:
    """The answer comes when the file has been read, which may take a while."""
    receiving.ensure(actor, document.file_size or 0)
    with suppress(TelegramAPIError):
        await bot.send_chat_action(message.chat.id, ChatAction.TYPING)
    part = Part(
        chat=ChatId(message.chat.id),
        message=message.message_id,
        name=spoken_name(document.file_name or "", message.caption),
        album=message.media_group_id,
    )
    await receiving.receive(actor, part, await download(bot, document.file_id, limit=LIMIT))


async def show(
    press: CallbackQuery,
    *,
    callback_data: ImportPress,
    actor: Actor,
    receiving: Receiving,
    answer: Answer,
    say: Say,
) -> None:
    preview = await receiving.staged(actor, ImportId(callback_data.number))
    view = cards.preview(preview)
    shown = importing.of_preview(view, say, page=callback_data.page)
    await answer.edit(press, "imports/preview", keyboard=shown, **view)


async def apply(
    press: CallbackQuery,
    *,
    callback_data: ImportPress,
    actor: Actor,
    receiving: Receiving,
    answer: Answer,
    say: Say,
) -> None:
    """The preview stays to be read, without its buttons; a new message says what came of it."""
    number = ImportId(callback_data.number)
    card = await receiving.remembered(actor, number)
    try:
        applied = await receiving.apply(actor, number)
    except StaleImportError:
        await _close(press, card, answer)
        await answer.post(actor.chat, "imports/not-applied")
        return
    await _close(press, card, answer)
    await answer.post(
        actor.chat,
        "imports/applied",
        keyboard=importing.of_applied(number, say),
        applied=applied,
    )


async def cancel(
    press: CallbackQuery,
    *,
    callback_data: ImportPress,
    actor: Actor,
    receiving: Receiving,
    answer: Answer,
) -> None:
    number = ImportId(callback_data.number)
    await receiving.cancel(actor, number)
    await answer.edit(press, "imports/cancelled")


async def list_refused(
    press: CallbackQuery,
    *,
    callback_data: ImportPress,
    actor: Actor,
    receiving: Receiving,
    refusals: Refusals,
    bot: Bot,
) -> None:
    preview = await receiving.remembered(actor, ImportId(callback_data.number))
    content = await asyncio.to_thread(refusals, preview)
    await press.answer()
    await bot.send_document(actor.chat, BufferedInputFile(content, LIST_NAME))


async def add(
    press: CallbackQuery,
    *,
    callback_data: NameAdd,
    actor: Actor,
    identification: Identification,
) -> None:
    """The card says itself that it is being read again, and then what that gave."""
    index = None if callback_data.index < 0 else callback_data.index
    await identification.add(actor, ImportId(callback_data.number), index)
    await press.answer()


async def choose(
    press: CallbackQuery,
    *,
    callback_data: NameChoice,
    actor: Actor,
    identification: Identification,
    answer: Answer,
    say: Say,
) -> None:
    number, index = ImportId(callback_data.number), callback_data.index
    found = await identification.candidates(actor, number, index)
    shown = importing.of_candidates(callback_data, found.known, say)
    kind, name = found.unknown
    await answer.edit(press, "imports/candidates", keyboard=shown, kind=kind, name=name)


async def identify(
    press: CallbackQuery,
    *,
    callback_data: NamePick,
    actor: Actor,
    identification: Identification,
) -> None:
    number, index = ImportId(callback_data.number), callback_data.index
    await identification.identify(actor, number, index, callback_data.target)
    await press.answer()


async def ask_undo(
    press: CallbackQuery,
    *,
    callback_data: ImportPress,
    actor: Actor,
    receiving: Receiving,
    answer: Answer,
    say: Say,
) -> None:
    record = await receiving.undoable(actor, ImportId(callback_data.number))
    shown = importing.of_undo(record.id, say)
    await answer.edit(press, "imports/undo", keyboard=shown, record=record)


async def undo(
    press: CallbackQuery,
    *,
    callback_data: ImportPress,
    actor: Actor,
    receiving: Receiving,
    answer: Answer,
) -> None:
    undone = await receiving.undo(actor, ImportId(callback_data.number))
    await answer.edit(press, "imports/undone", undone=undone)


async def keep(
    press: CallbackQuery,
    *,
    callback_data: ImportPress,
    actor: Actor,
    receiving: Receiving,
    answer: Answer,
    say: Say,
) -> None:
    record = await receiving.undoable(actor, ImportId(callback_data.number))
    shown = importing.of_applied(record.id, say)
    await answer.edit(press, "imports/kept", keyboard=shown)


async def _close(press: CallbackQuery, card: Preview, answer: Answer) -> None:
    await answer.edit(press, "imports/preview", **cards.preview(card))


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(ask, Command("import"))
    routes.message.register(give_template, Command("template"))
    routes.message.register(take, F.document.as_("document"))
    presses = routes.callback_query
    presses.register(show, ImportPress.filter(F.step == ImportStep.SHOW))
    presses.register(apply, ImportPress.filter(F.step == ImportStep.APPLY))
    presses.register(cancel, ImportPress.filter(F.step == ImportStep.CANCEL))
    presses.register(list_refused, ImportPress.filter(F.step == ImportStep.REFUSED))
    presses.register(ask_undo, ImportPress.filter(F.step == ImportStep.UNDO))
    presses.register(undo, ImportPress.filter(F.step == ImportStep.UNDO_SURE))
    presses.register(keep, ImportPress.filter(F.step == ImportStep.KEEP))
    presses.register(add, NameAdd.filter())
    presses.register(choose, NameChoice.filter())
    presses.register(identify, NamePick.filter())
    return routes
