"""A new decision: its words, owners, day and source, one step after the other; «Поручить»."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.decision_callbacks import (
    AssignPress,
    DuePick,
    NewPress,
    NewStep,
    OwnerPick,
    SourcePick,
)
from handlers.decision_draft import (
    ask_due,
    ask_owners,
    ask_source,
    ask_text,
    cancel_button,
    next_step,
    owners_of,
    people_buttons,
    source_of,
)
from handlers.decisions import show_card
from handlers.keyboards import button, keyboard
from handlers.ports import Answer, Handler, Say
from handlers.problem_draft import Showing
from handlers.typed import TYPED, NewDecision
from services.access import Actor
from services.decisions.decision import SourceKind
from services.decisions.desk import Decisions
from services.decisions.setting import Draft
from services.decisions.steps import ensure_said, source_words
from services.ids import PersonId


async def begin(
    press: CallbackQuery,
    *,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    decisions.setting.ensure(actor)
    await state.set_data({})
    await ask_text(Showing(press, answer), {}, state, say)


async def assign(
    press: CallbackQuery,
    *,
    callback_data: AssignPress,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """«Поручить»: the source is what the button stood under; a new message asks for the words."""
    decisions.setting.ensure(actor)
    kind, ref = callback_data.kind, callback_data.ref
    source = await decisions.sources.find(actor, kind, ref, callback_data.item)
    draft = {"source": [source.kind.value, source.ref, source.words]}
    await state.set_state(NewDecision.text)
    await state.set_data(draft)
    await press.answer()
    shown = keyboard([cancel_button(say)])
    await answer.post(actor.chat, "decisions/ask-text", keyboard=shown, source=source)


async def take_text(
    message: Message,
    *,
    text: str,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    decisions.setting.ensure(actor)
    draft = {**await state.get_data(), "text": ensure_said(text)}
    await next_step(Showing(message, answer), draft, actor, decisions, state, say)


async def find_owner(
    message: Message,
    *,
    text: str,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """A surname narrows the list; those chosen already stay chosen."""
    people = await decisions.setting.candidates(actor, text)
    draft = await state.get_data()
    shown = people_buttons(people, owners_of(draft), 1, say)
    await answer.reply(
        message, "decisions/owners", keyboard=shown, count=len(people), searched=True
    )


async def pick_owner(
    press: CallbackQuery,
    *,
    callback_data: OwnerPick,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """Once: an owner; twice: no owner."""
    people = await decisions.setting.candidates(actor)
    draft = await state.get_data()
    owners = owners_of(draft)
    person = callback_data.person
    owners = [one for one in owners if one != person] if person in owners else [*owners, person]
    await state.set_data({**draft, "owners": owners})
    shown = people_buttons(people, owners, callback_data.page, say)
    await answer.edit(press, "decisions/owners", keyboard=shown, count=len(people), searched=False)


async def pick_due(
    press: CallbackQuery,
    *,
    callback_data: DuePick,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    decisions.setting.ensure(actor)
    draft = {**await state.get_data(), "due": callback_data.day}
    await next_step(Showing(press, answer), draft, actor, decisions, state, say)


async def take_due(
    message: Message,
    *,
    text: str,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    decisions.setting.ensure(actor)
    draft = {**await state.get_data(), "due": await decisions.register.read_day(actor, text)}
    await next_step(Showing(message, answer), draft, actor, decisions, state, say)


async def pick_source(
    press: CallbackQuery,
    *,
    callback_data: SourcePick,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """All but an own decision are named in words."""
    decisions.setting.ensure(actor)
    kind = callback_data.kind
    draft = {**await state.get_data(), "source": [kind.value, 0, ""]}
    showing = Showing(press, answer)
    if kind is SourceKind.OWN:
        await next_step(showing, draft, actor, decisions, state, say)
        return
    await state.set_data(draft)
    await state.set_state(NewDecision.source)
    shown = keyboard([button(say("Back"), NewPress(step=NewStep.SOURCE))], [cancel_button(say)])
    await showing.show("decisions/ask-source", keyboard=shown, kind=kind.value)


async def take_source(
    message: Message,
    *,
    text: str,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    decisions.setting.ensure(actor)
    draft = await state.get_data()
    kind = source_of(draft).kind
    draft = {**draft, "source": [kind.value, 0, source_words(text)]}
    await next_step(Showing(message, answer), draft, actor, decisions, state, say)


async def go_to(
    press: CallbackQuery,
    *,
    callback_data: NewPress,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """A step of the draft again; what was said before stays."""
    decisions.setting.ensure(actor)
    draft, showing = await state.get_data(), Showing(press, answer)
    to = callback_data.step
    if to is NewStep.OWNERS:
        await ask_owners(showing, draft, actor, decisions, state, say, page=callback_data.page)
    elif to is NewStep.DUE:
        await ask_due(showing, await decisions.setting.today(actor), state, say)
    elif to is NewStep.SOURCE:
        await ask_source(showing, state, say)
    else:
        await next_step(showing, draft, actor, decisions, state, say)


async def keep(
    press: CallbackQuery,
    *,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    draft = await state.get_data()
    made = Draft(
        text=str(draft.get("text", "")),
        owners=tuple(PersonId(one) for one in owners_of(draft)),
        due=int(draft.get("due", 0)),
        source=source_of(draft),
    )
    decision = await decisions.setting.set(actor, made)
    await state.clear()
    await show_card(press, decision.number, actor, decisions, answer, say)


async def cancel(press: CallbackQuery, *, state: FSMContext, answer: Answer) -> None:
    await state.clear()
    await answer.edit(press, "decisions/cancelled")


def router() -> Router:
    routes = Router(name=__name__)
    private, text = F.chat.type == ChatType.PRIVATE, F.text.as_("text")
    drafting = StateFilter(NewDecision)
    routes.message.register(take_text, private, NewDecision.text, TYPED, text)
    routes.message.register(find_owner, private, NewDecision.owners, TYPED, text)
    routes.message.register(take_due, private, NewDecision.due, TYPED, text)
    routes.message.register(take_source, private, NewDecision.source, TYPED, text)
    routes.callback_query.register(assign, AssignPress.filter())
    routes.callback_query.register(begin, NewPress.filter(F.step == NewStep.TEXT))
    steps: dict[NewStep, Handler] = {
        NewStep.OWNERS: go_to,
        NewStep.DUE: go_to,
        NewStep.SOURCE: go_to,
        NewStep.REVIEW: go_to,
        NewStep.SET: keep,
        NewStep.CANCEL: cancel,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, drafting, NewPress.filter(F.step == step))
    routes.callback_query.register(pick_owner, drafting, OwnerPick.filter())
    routes.callback_query.register(pick_due, drafting, DuePick.filter())
    routes.callback_query.register(pick_source, drafting, SourcePick.filter())
    return routes
