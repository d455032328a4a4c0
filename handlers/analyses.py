"""/month and /term: an analysis on request, its way to the director and back."""

from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.analysis_callbacks import AnalysisPress, AnalysisStep
from handlers.analysis_cards import back, buttons
from handlers.ports import Answer, Handler, Say
from handlers.typed import TYPED, Analysing
from services.access import Actor
from services.analyses.desk import AnalysisDesk, OpenAnalysis
from services.analyses.life import AnalysisId
from services.analyses.period import Kind


async def month(message: Message, *, actor: Actor, analyses: AnalysisDesk, answer: Answer) -> None:
    """The analysis itself leaves by the outbox; here only its absence is said."""
    if not await analyses.request(actor, Kind.MONTH, reply_to=message.message_id):
        await answer.reply(message, "analyses/no-data")


async def term(message: Message, *, actor: Actor, analyses: AnalysisDesk, answer: Answer) -> None:
    if not await analyses.request(actor, Kind.TERM, reply_to=message.message_id):
        await answer.reply(message, "analyses/no-data")


async def show(
    press: CallbackQuery,
    *,
    callback_data: AnalysisPress,
    actor: Actor,
    analyses: AnalysisDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    opened = await analyses.open(actor, AnalysisId(callback_data.analysis))
    await state.clear()
    await _edit(press, answer, opened, say)


async def send(
    press: CallbackQuery,
    *,
    callback_data: AnalysisPress,
    actor: Actor,
    analyses: AnalysisDesk,
    answer: Answer,
    say: Say,
) -> None:
    opened = await analyses.send(actor, AnalysisId(callback_data.analysis))
    await _edit(press, answer, opened, say)


async def accept(
    press: CallbackQuery,
    *,
    callback_data: AnalysisPress,
    actor: Actor,
    analyses: AnalysisDesk,
    answer: Answer,
    say: Say,
) -> None:
    opened = await analyses.accept(actor, AnalysisId(callback_data.analysis))
    await _edit(press, answer, opened, say)


async def ask_words(
    press: CallbackQuery,
    *,
    callback_data: AnalysisPress,
    actor: Actor,
    analyses: AnalysisDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    kept = await analyses.ensure_decides(actor, AnalysisId(callback_data.analysis))
    await state.set_state(Analysing.words)
    await state.set_data({"analysis": kept.id})
    await answer.edit(press, "analyses/ask-words", keyboard=back(kept.id, say))


async def give_back(
    message: Message,
    *,
    text: str,
    actor: Actor,
    analyses: AnalysisDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    asked = (await state.get_data()).get("analysis")
    analysis = AnalysisId(asked if isinstance(asked, int) else 0)
    opened = await analyses.give_back(actor, analysis, text)
    await state.clear()
    await answer.reply(
        message, "analyses/analysis", keyboard=buttons(opened, say), **view_of(opened)
    )


async def renew(
    press: CallbackQuery, *, callback_data: AnalysisPress, actor: Actor, analyses: AnalysisDesk
) -> None:
    """Another version comes as a new message."""
    await analyses.renew(actor, AnalysisId(callback_data.analysis))
    await press.answer()


async def earlier(
    press: CallbackQuery,
    *,
    callback_data: AnalysisPress,
    actor: Actor,
    analyses: AnalysisDesk,
    answer: Answer,
) -> None:
    if await analyses.earlier(actor, AnalysisId(callback_data.analysis)):
        await press.answer()
    else:
        await answer.alert(press, "analyses/no-earlier")


def view_of(opened: OpenAnalysis) -> dict[str, Any]:
    """What the template of an analysis shows."""
    kept = opened.kept
    return {
        "analysis": kept.analysis,
        "version": kept.version,
        "stored": kept,
        "deputy": opened.deputy,
        "decides": opened.decides,
    }


async def _edit(press: CallbackQuery, answer: Answer, opened: OpenAnalysis, say: Say) -> None:
    keys = buttons(opened, say)
    await answer.edit(press, "analyses/analysis", keyboard=keys, **view_of(opened))


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(month, Command("month"))
    routes.message.register(term, Command("term"))
    private = F.chat.type == ChatType.PRIVATE
    routes.message.register(give_back, private, Analysing.words, TYPED, F.text.as_("text"))
    steps: dict[AnalysisStep, Handler] = {
        AnalysisStep.SHOW: show,
        AnalysisStep.SEND: send,
        AnalysisStep.ACCEPT: accept,
        AnalysisStep.RETURN: ask_words,
        AnalysisStep.RENEW: renew,
        AnalysisStep.EARLIER: earlier,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, AnalysisPress.filter(F.step == step))
    return routes
