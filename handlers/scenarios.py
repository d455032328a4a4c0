"""A scenario card: a planned change in short texts, a figure to watch, a day to look back."""

from datetime import date
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.decision_callbacks import DecisionsPage, ScenarioDay, ScenarioPress, WatchPick
from handlers.decision_cards import ACROSS, AHEAD
from handlers.decisions import show_card, tell_card
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label
from handlers.ports import Answer, Say, words
from handlers.typed import TYPED, NewScenario
from services.access import Actor
from services.decisions.desk import Decisions
from services.decisions.scenarios import INDICES, Planned
from services.decisions.steps import ensure_said

STEPS: dict[str | None, State] = {
    NewScenario.text.state: NewScenario.touches,
    NewScenario.touches.state: NewScenario.hours,
    NewScenario.hours.state: NewScenario.risks,
    NewScenario.risks.state: NewScenario.watch,
}
"""What is asked after what."""
NAMES = {
    "completeness": words("Completeness"),
    "timeliness": words("Timeliness"),
    "accumulation": words("Accumulation of marks"),
    "reliability": words("Reliability"),
}


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
    await state.set_state(NewScenario.text)
    await state.set_data({})
    await answer.edit(press, "decisions/scenario", keyboard=_cancel(say), step="text")


async def take(
    message: Message,
    *,
    text: str,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """One part after the other; then the figure, by a button."""
    decisions.setting.ensure(actor)
    now = await state.get_state()
    following = STEPS[now]
    name = str(now).rpartition(":")[2]
    await state.update_data({name: ensure_said(text)})
    await state.set_state(following)
    step = str(following.state).rpartition(":")[2]
    shown = _cancel(say)
    if following is NewScenario.watch:
        shown = await _figures(actor, decisions, say)
    await answer.reply(message, "decisions/scenario", keyboard=shown, step=step)


async def pick_watch(
    press: CallbackQuery,
    *,
    callback_data: WatchPick,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    today = await decisions.setting.today(actor)
    await state.update_data(watch=callback_data.watch)
    await state.set_state(NewScenario.due)
    picks = [
        button(f"{date.fromordinal(today + far):%d.%m}", ScenarioDay(day=today + far))
        for far in AHEAD
    ]
    cancel = button(say("Cancel"), DecisionsPage())
    shown = keyboard(*in_rows(picks, across=ACROSS), [cancel])
    await answer.edit(press, "decisions/scenario", keyboard=shown, step="due")


async def pick_day(
    press: CallbackQuery,
    *,
    callback_data: ScenarioDay,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    planned = _planned(await state.get_data(), callback_data.day)
    kept = await decisions.scenarios.keep(actor, planned)
    await state.clear()
    await show_card(press, kept.number, actor, decisions, answer, say)


async def take_day(
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
    day = await decisions.register.read_day(actor, text)
    kept = await decisions.scenarios.keep(actor, _planned(await state.get_data(), day))
    await state.clear()
    await tell_card(message, kept.number, actor, decisions, answer, say)


async def _figures(actor: Actor, decisions: Decisions, say: Say) -> InlineKeyboardMarkup:
    indices = [button(say(NAMES[one]), WatchPick(watch=one)) for one in INDICES]
    rules = [
        [button(label(f"{one.code} {one.title}: {one.findings}"), WatchPick(watch=one.code))]
        for one in await decisions.scenarios.rules(actor)
    ]
    return keyboard(*in_rows(indices, across=2), *rules, [button(say("Cancel"), DecisionsPage())])


def _planned(data: dict[str, Any], due: int) -> Planned:
    parts = ("text", "touches", "hours", "risks", "watch")
    return Planned(**{name: str(data.get(name, "")) for name in parts}, due=due)


def _cancel(say: Say) -> InlineKeyboardMarkup:
    return keyboard([button(say("Cancel"), DecisionsPage())])


def router() -> Router:
    routes = Router(name=__name__)
    private, text = F.chat.type == ChatType.PRIVATE, F.text.as_("text")
    parts = StateFilter(NewScenario.text, NewScenario.touches, NewScenario.hours, NewScenario.risks)
    routes.message.register(take, private, parts, TYPED, text)
    routes.message.register(take_day, private, NewScenario.due, TYPED, text)
    routes.callback_query.register(begin, ScenarioPress.filter())
    routes.callback_query.register(pick_watch, NewScenario.watch, WatchPick.filter())
    routes.callback_query.register(pick_day, NewScenario.due, ScenarioDay.filter())
    return routes
