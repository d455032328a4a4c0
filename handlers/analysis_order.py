"""Under an accepted analysis: an order drafted from its decision and from what was assigned."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from handlers.analysis_callbacks import AnalysisPress, AnalysisStep
from handlers.decisions import ORDER
from handlers.ports import DecisionFiles
from services.access import Actor
from services.analyses.desk import AnalysisDesk
from services.analyses.life import AnalysisId
from services.decisions.decision import SourceKind
from services.decisions.desk import Decisions
from services.decisions.sources import analysis_words


async def give_order(
    press: CallbackQuery,
    *,
    callback_data: AnalysisPress,
    actor: Actor,
    analyses: AnalysisDesk,
    decisions: Decisions,
    decision_files: DecisionFiles,
    bot: Bot,
) -> None:
    kept = await analyses.to_order(actor, AnalysisId(callback_data.analysis))
    words = analysis_words(kept)
    lines = await decisions.register.resting_on(actor, SourceKind.ANALYSIS, words)
    content = await asyncio.to_thread(decision_files.order_on, kept.analysis, words, lines)
    await press.answer()
    await bot.send_document(actor.chat, BufferedInputFile(content, ORDER))


def router() -> Router:
    routes = Router(name=__name__)
    routes.callback_query.register(give_order, AnalysisPress.filter(F.step == AnalysisStep.ORDER))
    return routes
