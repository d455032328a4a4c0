"""An own entry in the journal of duties: what was done, when, by what it shows; and its undoing."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers import duty_cards as cards
from handlers import duty_words
from handlers.duties import show_clause
from handlers.duty_callbacks import EntryBare, EntryClause, EntryDay, EntryUndo, NewEntry
from handlers.keyboards import keyboard
from handlers.ports import Answer, Say
from handlers.problem_draft import Showing
from handlers.typed import TYPED, DutyWords
from services.access import Actor, Capability, demand
from services.duties.entering import TEXT_LIMIT, fitting, worded
from services.duties.journal import Drafted, DutyJournal


async def choose(
    press: CallbackQuery, *, callback_data: NewEntry, actor: Actor, answer: Answer, say: Say
) -> None:
    demand(actor, Capability.KEEP_DUTIES)
    await answer.edit(press, "duties/choose", keyboard=cards.clauses(callback_data.month, say))


async def ask_text(
    press: CallbackQuery,
    *,
    callback_data: EntryClause,
    actor: Actor,
    duty_journal: DutyJournal,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    month, clause = callback_data.month, callback_data.clause
    await duty_journal.ensure_keeps(actor, clause)
    await state.set_state(DutyWords.text)
    await state.set_data({"month": month, "clause": clause})
    shown = keyboard([cards.cancel(month, clause, say)])
    title = duty_words.title(clause, say)
    await answer.edit(press, "duties/ask-text", keyboard=shown, clause=clause, title=title)


async def take_text(
    message: Message,
    *,
    text: str,
    actor: Actor,
    duty_journal: DutyJournal,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    draft = await _draft(state)
    today = await duty_journal.ensure_keeps(actor, draft.clause)
    await state.update_data(text=worded(text, TEXT_LIMIT))
    await state.set_state(DutyWords.day)
    shown = cards.days(draft.month, draft.clause, today, say)
    await answer.reply(message, "duties/ask-day", keyboard=shown)


async def take_day(
    message: Message,
    *,
    text: str,
    actor: Actor,
    duty_journal: DutyJournal,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await duty_journal.ensure_keeps(actor, (await _draft(state)).clause)
    day = await duty_journal.read_day(actor, text)
    await _ask_proof(Showing(message, answer), day, state, say)


async def pick_day(
    press: CallbackQuery,
    *,
    callback_data: EntryDay,
    actor: Actor,
    duty_journal: DutyJournal,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    clause = (await _draft(state)).clause
    day = fitting(callback_data.day, await duty_journal.ensure_keeps(actor, clause))
    await _ask_proof(Showing(press, answer), day, state, say)


async def take_proof(
    message: Message,
    *,
    text: str,
    actor: Actor,
    duty_journal: DutyJournal,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await _keep(Showing(message, answer), text, actor, duty_journal, state, say)


async def go_without(
    press: CallbackQuery,
    *,
    actor: Actor,
    duty_journal: DutyJournal,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await _keep(Showing(press, answer), "", actor, duty_journal, state, say)


async def ask_undo(
    press: CallbackQuery,
    *,
    callback_data: EntryUndo,
    actor: Actor,
    duty_journal: DutyJournal,
    answer: Answer,
    say: Say,
) -> None:
    entry = await duty_journal.entry(actor, callback_data.number)
    shown = cards.sure(callback_data.month, entry, say)
    await answer.edit(press, "duties/ask-undo", keyboard=shown, words=duty_words.entry(entry))


async def undo(
    press: CallbackQuery,
    *,
    callback_data: EntryUndo,
    actor: Actor,
    duty_journal: DutyJournal,
    answer: Answer,
    say: Say,
) -> None:
    entry = await duty_journal.entry(actor, callback_data.number)
    await duty_journal.withdraw(actor, entry.number)
    month = callback_data.month
    await show_clause(Showing(press, answer), month, entry.clause, actor, duty_journal, say)


async def _ask_proof(showing: Showing, day: int, state: FSMContext, say: Say) -> None:
    await state.update_data(day=day)
    await state.set_state(DutyWords.proof)
    draft = await _draft(state)
    shown = cards.bare(draft.month, draft.clause, say)
    await showing.show("duties/ask-proof", keyboard=shown)


async def _keep(
    showing: Showing, proof: str, actor: Actor, journal: DutyJournal, state: FSMContext, say: Say
) -> None:
    draft = replace(await _draft(state), proof=proof)
    await journal.add(actor, draft)
    await state.clear()
    await show_clause(showing, draft.month, draft.clause, actor, journal, say)


async def _draft(state: FSMContext) -> Drafted:
    """What was said so far; without a clause it fits no duty, and nothing is kept."""
    data = await state.get_data()
    return Drafted(
        clause=data.get("clause", ""),
        month=data.get("month", ""),
        text=data.get("text", ""),
        day=data.get("day", 0),
    )


def router() -> Router:
    routes = Router(name=__name__)
    private, text = F.chat.type == ChatType.PRIVATE, F.text.as_("text")
    routes.message.register(take_text, private, DutyWords.text, TYPED, text)
    routes.message.register(take_day, private, DutyWords.day, TYPED, text)
    routes.message.register(take_proof, private, DutyWords.proof, TYPED, text)
    routes.callback_query.register(choose, NewEntry.filter())
    routes.callback_query.register(ask_text, EntryClause.filter())
    routes.callback_query.register(pick_day, StateFilter(DutyWords.day), EntryDay.filter())
    routes.callback_query.register(go_without, StateFilter(DutyWords.proof), EntryBare.filter())
    routes.callback_query.register(undo, EntryUndo.filter(F.sure))
    routes.callback_query.register(ask_undo, EntryUndo.filter())
    return routes
