"""/decisions: how many there are, their lists and cards, the register and the order as files."""

import asyncio
from collections.abc import Mapping

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers import decision_cards as cards
from handlers.decision_callbacks import DecisionFile, DecisionPress, DecisionsPage, DecisionStep
from handlers.decision_callbacks import FileKind as File
from handlers.ports import Answer, DecisionFiles, Say
from services.access import Actor, Capability
from services.decisions.decision import DecisionNumber
from services.decisions.desk import Decisions
from services.decisions.register import Which

GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
REGISTER, ORDER = "Решения.xlsx", "Проект приказа.docx"


async def count(message: Message, *, actor: Actor, decisions: Decisions, answer: Answer) -> None:
    """In a bound group: numbers only."""
    counts = await decisions.register.counts(actor)
    await answer.reply(message, "decisions/counts", counts=_named(counts))


async def show(
    message: Message,
    *,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """For those who set decisions all of them, for other staff their own."""
    own = await decisions.register.lines(actor, Which.OWN)
    await state.clear()
    if not actor.may(Capability.DECISIONS):
        shown = cards.lines(own, Which.OWN, 1, say)
        await answer.reply(message, "decisions/mine", keyboard=shown, count=len(own))
        return
    counts = await decisions.register.counts(actor)
    shown = cards.root(counts, len(own), say)
    await answer.reply(message, "decisions/root", keyboard=shown, counts=_named(counts))


async def turn(
    press: CallbackQuery,
    *,
    callback_data: DecisionsPage,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """A list, or the counts; whoever sets none has one list only."""
    own = await decisions.register.lines(actor, Which.OWN)
    await state.clear()
    which = callback_data.which
    if not actor.may(Capability.DECISIONS):
        shown = cards.lines(own, Which.OWN, callback_data.page, say)
        await answer.edit(press, "decisions/mine", keyboard=shown, count=len(own))
    elif which is None:
        counts = await decisions.register.counts(actor)
        shown = cards.root(counts, len(own), say)
        await answer.edit(press, "decisions/root", keyboard=shown, counts=_named(counts))
    else:
        found = await decisions.register.lines(actor, which)
        shown = cards.lines(found, which, callback_data.page, say)
        title = say(cards.LISTS[which])
        await answer.edit(press, "decisions/list", keyboard=shown, title=title, count=len(found))


async def look(
    press: CallbackQuery,
    *,
    callback_data: DecisionPress,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = DecisionNumber(callback_data.number)
    await show_card(press, number, actor, decisions, answer, say)
    await state.clear()


async def give_file(
    press: CallbackQuery,
    *,
    callback_data: DecisionFile,
    actor: Actor,
    decisions: Decisions,
    decision_files: DecisionFiles,
    bot: Bot,
    say: Say,
) -> None:
    """The register of all decisions; an order drafted from those that are open."""
    if callback_data.kind is File.ORDER:
        found, name = await decisions.register.lines(actor, Which.OPEN), ORDER
        content = await asyncio.to_thread(
            decision_files.order, await decisions.register.school(actor), found
        )
    else:
        found, name = await decisions.register.everything(actor), REGISTER
        content = await asyncio.to_thread(decision_files.register, found, say)
    await press.answer()
    await bot.send_document(actor.chat, BufferedInputFile(content, name))


async def show_card(
    press: CallbackQuery,
    number: DecisionNumber,
    actor: Actor,
    decisions: Decisions,
    answer: Answer,
    say: Say,
) -> None:
    found = await decisions.register.card(actor, number)
    shown = cards.card(found, say)
    await answer.edit(press, "decisions/card", keyboard=shown, **cards.view_of(found))


async def tell_card(
    message: Message,
    number: DecisionNumber,
    actor: Actor,
    decisions: Decisions,
    answer: Answer,
    say: Say,
) -> None:
    found = await decisions.register.card(actor, number)
    shown = cards.card(found, say)
    await answer.reply(message, "decisions/card", keyboard=shown, **cards.view_of(found))


def _named(counts: Mapping[Which, int]) -> dict[str, int]:
    return {which.name.lower(): number for which, number in counts.items()}


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(count, Command("decisions"), F.chat.type.in_(GROUPS))
    routes.message.register(show, Command("decisions"))
    routes.callback_query.register(turn, DecisionsPage.filter())
    routes.callback_query.register(look, DecisionPress.filter(F.step == DecisionStep.SHOW))
    routes.callback_query.register(give_file, DecisionFile.filter())
    return routes
