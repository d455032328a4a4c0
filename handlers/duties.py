"""/plan: the month's duties and how they stand, each with its proofs; the journal as a file."""

import asyncio

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers import duty_cards as cards
from handlers import duty_words
from handlers.duty_callbacks import DutyClause, DutyFile, DutyMonth, FileKind
from handlers.ports import Answer, DutyFiles, Say
from handlers.problem_draft import Showing
from services.access import Actor, Capability
from services.duties.journal import DutyJournal, ensure_clause

NAME = "Обязанности администратора журнала, {month}.{kind}"
KINDS = {FileKind.TABLE: "xlsx", FileKind.DOCUMENT: "docx"}


async def show(
    message: Message,
    *,
    actor: Actor,
    duty_journal: DutyJournal,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await show_month(Showing(message, answer), "", actor, duty_journal, say)
    await state.clear()


async def turn(
    press: CallbackQuery,
    *,
    callback_data: DutyMonth,
    actor: Actor,
    duty_journal: DutyJournal,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await show_month(Showing(press, answer), callback_data.month, actor, duty_journal, say)
    await state.clear()


async def look(
    press: CallbackQuery,
    *,
    callback_data: DutyClause,
    actor: Actor,
    duty_journal: DutyJournal,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    month, clause = callback_data.month, callback_data.clause
    await show_clause(Showing(press, answer), month, clause, actor, duty_journal, say)
    await state.clear()


async def give_file(
    press: CallbackQuery,
    *,
    callback_data: DutyFile,
    actor: Actor,
    duty_journal: DutyJournal,
    duty_files: DutyFiles,
    bot: Bot,
    say: Say,
) -> None:
    view = await duty_journal.month(actor, callback_data.month)
    lines = duty_words.lines(view.duties, view.loose, say)
    month = duty_words.month_of(view.month, say)
    made = duty_files.table if callback_data.kind is FileKind.TABLE else duty_files.document
    content = await asyncio.to_thread(made, view.school, month, lines)
    await press.answer()
    name = NAME.format(month=view.month, kind=KINDS[callback_data.kind])
    await bot.send_document(actor.chat, BufferedInputFile(content, name))


async def show_month(
    showing: Showing, month: str, actor: Actor, duty_journal: DutyJournal, say: Say
) -> None:
    view = await duty_journal.month(actor, month)
    shown = cards.month_buttons(view, say, keeps=actor.may(Capability.KEEP_DUTIES))
    await showing.show("duties/month", keyboard=shown, **cards.month_view(view, say))


async def show_clause(
    showing: Showing, month: str, clause: str, actor: Actor, duty_journal: DutyJournal, say: Say
) -> None:
    ensure_clause(clause)
    view = await duty_journal.month(actor, month)
    shown = cards.clause_buttons(view, clause, say, keeps=actor.may(Capability.KEEP_DUTIES))
    await showing.show("duties/clause", keyboard=shown, **cards.clause_view(view, clause, say))


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(show, Command("plan"))
    routes.callback_query.register(turn, DutyMonth.filter())
    routes.callback_query.register(look, DutyClause.filter())
    routes.callback_query.register(give_file, DutyFile.filter())
    return routes
