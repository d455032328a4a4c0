"""Buttons under a decision: accepted, done, closed, another day, one more owner, taken back."""

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers import decision_cards as cards
from handlers.decision_callbacks import DecisionDay, DecisionOwner, DecisionPress, DecisionStep
from handlers.decisions import show_card
from handlers.ports import Answer, DecisionFiles, Handler, Say
from handlers.typed import DecisionWords
from services.access import Actor
from services.decisions.decision import DecisionNumber, State
from services.decisions.desk import Decisions
from services.decisions.life import last_step
from services.helpdesk.tickets import Said
from services.ids import PersonId

_STATES = {
    DecisionStep.DONE: DecisionWords.proof,
    DecisionStep.LATE: DecisionWords.reason,
    DecisionStep.NOTE: DecisionWords.note,
    DecisionStep.MOVE: DecisionWords.day,
}
_ASKS = {
    DecisionStep.DONE: "decisions/ask-proof",
    DecisionStep.LATE: "decisions/ask-reason",
    DecisionStep.NOTE: "decisions/ask-note",
    DecisionStep.MOVE: "decisions/ask-day",
}


async def act(
    press: CallbackQuery,
    *,
    callback_data: DecisionPress,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """A step that needs no words."""
    number = DecisionNumber(callback_data.number)
    verbs = {
        DecisionStep.ACCEPT: decisions.life.accept,
        DecisionStep.BARE: decisions.life.done,
        DecisionStep.CLOSE: decisions.life.close,
        DecisionStep.REOPEN: decisions.life.reopen,
        DecisionStep.KEEP: decisions.life.keep_due,
    }
    await verbs[callback_data.step](actor, number)
    await state.clear()
    await show_card(press, number, actor, decisions, answer, say)


async def ask_words(
    press: CallbackQuery,
    *,
    callback_data: DecisionPress,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The next words (or a photo) are the proof, the reason, the note, the day."""
    to = callback_data.step
    found = await decisions.register.card(actor, DecisionNumber(callback_data.number))
    number = found.decision.number
    await state.set_state(_STATES[to])
    await state.set_data({"number": number})
    shown = cards.cancel(number, say)
    if to is DecisionStep.DONE:
        shown = cards.proof(number, say)
    elif to is DecisionStep.MOVE:
        shown = cards.days(number, found.today, say, none=False)
    await answer.edit(press, _ASKS[to], keyboard=shown, number=number)


async def pick_day(
    press: CallbackQuery,
    *,
    callback_data: DecisionDay,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """Of an owner who gave a reason it is a proposal; else the new day itself."""
    number, day = DecisionNumber(callback_data.number), callback_data.day
    data = await state.get_data()
    if data.get("reason") and data.get("number") == number:
        said = Said(text=str(data["reason"]))
        await decisions.life.cannot(actor, number, said, day or None)
    else:
        await decisions.life.move(actor, number, day)
    await state.clear()
    await show_card(press, number, actor, decisions, answer, say)


async def offer_owners(
    press: CallbackQuery,
    *,
    callback_data: DecisionPress,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """Those who own it already are left out; a surname that is typed narrows the list."""
    found = await decisions.register.card(actor, DecisionNumber(callback_data.number))
    people = await decisions.setting.candidates(actor)
    owners = {one.person for one in found.decision.active}
    free = [one for one in people if one.person not in owners]
    await state.set_state(DecisionWords.owner)
    await state.set_data({"number": found.decision.number})
    shown = cards.people(free, found.decision.number, callback_data.page, say)
    await answer.edit(press, "decisions/ask-owner", keyboard=shown, count=len(free))


async def pick_owner(
    press: CallbackQuery,
    *,
    callback_data: DecisionOwner,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = DecisionNumber(callback_data.number)
    await decisions.life.add_owner(actor, number, PersonId(callback_data.person))
    await state.clear()
    await show_card(press, number, actor, decisions, answer, say)


async def ask_undo(
    press: CallbackQuery,
    *,
    callback_data: DecisionPress,
    actor: Actor,
    decisions: Decisions,
    answer: Answer,
    say: Say,
) -> None:
    found = await decisions.register.card(actor, DecisionNumber(callback_data.number))
    last = last_step([one.event for one in found.steps])
    what = last.what.value if last else ""
    shown = cards.sure(found.decision.number, say)
    await answer.edit(
        press, "decisions/ask-undo", keyboard=shown, number=found.decision.number, what=what
    )


async def undo(
    press: CallbackQuery,
    *,
    callback_data: DecisionPress,
    actor: Actor,
    decisions: Decisions,
    answer: Answer,
    say: Say,
) -> None:
    number = DecisionNumber(callback_data.number)
    after = await decisions.life.undo(actor, number)
    if after.state is State.WITHDRAWN:
        await answer.edit(press, "decisions/withdrawn", number=number)
    else:
        await show_card(press, number, actor, decisions, answer, say)


async def show_proofs(
    press: CallbackQuery,
    *,
    callback_data: DecisionPress,
    actor: Actor,
    decisions: Decisions,
    decision_files: DecisionFiles,
    bot: Bot,
) -> None:
    """The files again, each with whose they are."""
    found = await decisions.register.card(actor, DecisionNumber(callback_data.number))
    await press.answer()
    for line in found.steps:
        for file in line.event.files:
            await bot(decision_files.proof(actor.chat, file, line.name))


def router() -> Router:
    routes = Router(name=__name__)
    steps: dict[DecisionStep, Handler] = {
        DecisionStep.ACCEPT: act,
        DecisionStep.BARE: act,
        DecisionStep.CLOSE: act,
        DecisionStep.REOPEN: act,
        DecisionStep.KEEP: act,
        DecisionStep.DONE: ask_words,
        DecisionStep.LATE: ask_words,
        DecisionStep.NOTE: ask_words,
        DecisionStep.MOVE: ask_words,
        DecisionStep.ADD: offer_owners,
        DecisionStep.ASK_UNDO: ask_undo,
        DecisionStep.UNDO: undo,
        DecisionStep.PROOFS: show_proofs,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, DecisionPress.filter(F.step == step))
    routes.callback_query.register(pick_day, DecisionDay.filter())
    routes.callback_query.register(pick_owner, DecisionOwner.filter())
    return routes
