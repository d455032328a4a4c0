"""The cut of a digest: from the school to a lesson, the lists behind the numbers, their table."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from handlers.cut_callbacks import CutPart, CutPress
from handlers.cut_pages import CutPages, file_name
from handlers.digest_pages import Shown
from handlers.ports import Answer, FindingsBook, Handler, Say, words
from services.access import Actor, Capability
from services.cuts.desk import CutDesk
from services.cuts.path import Cut, CutGoneError, Level
from services.kept_digests import DigestId

BOOK = words("Findings of the cut")


async def open_cut(
    press: CallbackQuery,
    *,
    callback_data: CutPress,
    actor: Actor,
    cuts: CutDesk,
    answer: Answer,
    say: Say,
) -> None:
    digest, cut = where(callback_data)
    view = await cuts.open(actor, digest, cut, level_of(callback_data.item))
    await _edit(press, answer, pages(callback_data, actor, say).cut(view, callback_data))


async def open_lesson(
    press: CallbackQuery,
    *,
    callback_data: CutPress,
    actor: Actor,
    cuts: CutDesk,
    answer: Answer,
    say: Say,
) -> None:
    view = await cuts.lesson(actor, *where(callback_data))
    await _edit(press, answer, pages(callback_data, actor, say).lesson(view))


async def list_rules(
    press: CallbackQuery,
    *,
    callback_data: CutPress,
    actor: Actor,
    cuts: CutDesk,
    answer: Answer,
    say: Say,
) -> None:
    view = await cuts.open(actor, *where(callback_data))
    await _edit(press, answer, pages(callback_data, actor, say).rules(view))


async def list_findings(
    press: CallbackQuery,
    *,
    callback_data: CutPress,
    actor: Actor,
    cuts: CutDesk,
    answer: Answer,
    say: Say,
) -> None:
    listed = await cuts.findings(actor, *where(callback_data), rule=callback_data.item)
    await _edit(press, answer, pages(callback_data, actor, say).listed(listed, callback_data))


async def give_table(
    press: CallbackQuery,
    *,
    callback_data: CutPress,
    actor: Actor,
    cuts: CutDesk,
    findings_book: FindingsBook,
    bot: Bot,
    say: Say,
) -> None:
    """No pupil is named in it."""
    listed = await cuts.export(actor, *where(callback_data), rule=callback_data.item)
    title = listed.title or say(BOOK)
    content = await asyncio.to_thread(findings_book, title, listed.lines, listed.heading.as_of)
    await press.answer()
    name = f"{file_name(listed.heading, title)}.xlsx"
    topic = getattr(press.message, "message_thread_id", None)
    document = BufferedInputFile(content, name)
    await bot.send_document(actor.chat, document, message_thread_id=topic)


def where(data: CutPress) -> tuple[DigestId, Cut]:
    return DigestId(data.digest), Cut.read(data.path)


def level_of(letter: str) -> Level | None:
    """CutGoneError for what is no level."""
    try:
        return Level(letter) if letter else None
    except ValueError:
        raise CutGoneError from None


def pages(data: CutPress, actor: Actor, say: Say) -> CutPages:
    return CutPages(data.digest, say, actor.may(Capability.TEACHER_FIGURES))


async def _edit(press: CallbackQuery, answer: Answer, shown: Shown) -> None:
    await answer.edit(press, shown.template, keyboard=shown.keyboard, **shown.view)


def router() -> Router:
    routes = Router(name=__name__)
    parts: dict[CutPart, Handler] = {
        CutPart.OPEN: open_cut,
        CutPart.LESSON: open_lesson,
        CutPart.RULES: list_rules,
        CutPart.LIST: list_findings,
        CutPart.TABLE: give_table,
    }
    for part, handler in parts.items():
        routes.callback_query.register(handler, CutPress.filter(F.part == part))
    return routes
