"""/outage: from when, till when, what declaring does, and the word itself."""

from datetime import UTC, datetime, timedelta

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers import outage_cards as cards
from handlers.outage_callbacks import OutagePress, OutageStart, OutageStep
from handlers.outages import show_card, tell_card
from handlers.ports import Answer, Handler, Say
from handlers.typed import TYPED, OutageMoment
from services.access import Actor
from services.helpdesk.outage import OutageGoneError, OutageNumber
from services.helpdesk.outage_register import Plan
from services.helpdesk.outages import Outages


async def ask_begin(
    press: CallbackQuery,
    *,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """From when: now, with a lesson of today, or as it is typed."""
    starts = await outages.register.starts(actor)
    await state.set_state(OutageMoment.begins)
    await state.set_data({})
    shown = cards.starts(starts, say)
    await answer.edit(press, "outages/ask-begin", keyboard=shown, mends=False)


async def pick_begin(
    press: CallbackQuery,
    *,
    callback_data: OutageStart,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    minute = callback_data.minute
    begins = _moment(minute * cards.MINUTE) if minute else outages.register.this_minute()
    plan = await outages.register.plan(actor, begins, None)
    await _remember(state, plan)
    await answer.edit(press, "outages/plan", keyboard=cards.plan(say), plan=plan)


async def take_begin(
    message: Message,
    *,
    text: str,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    begins = await outages.register.read(actor, text)
    data = await state.get_data()
    if number := OutageNumber(data.get("number", 0)):
        outage = await outages.begin_at(actor, number, begins)
        await tell_card(message, outage, actor, outages, state, answer, say)
        return
    plan = await outages.register.plan(actor, begins, None)
    await _remember(state, plan)
    await answer.reply(message, "outages/plan", keyboard=cards.plan(say), plan=plan)


async def ask_end(
    press: CallbackQuery,
    *,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    plan = await _planned(state, actor, outages)
    if plan is None:
        await answer.alert(press, "questions/stale")
        return
    await state.set_state(OutageMoment.ends)
    shown = cards.cancel(cards.NEW, say)
    await answer.edit(press, "outages/ask-end", keyboard=shown, begins=plan.begins)


async def take_end(
    message: Message,
    *,
    text: str,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    ends = await outages.register.read(actor, text)
    data = await state.get_data()
    if number := OutageNumber(data.get("number", 0)):
        outage = await outages.end(actor, number, ends)
        await tell_card(message, outage, actor, outages, state, answer, say)
        return
    before = await _planned(state, actor, outages)
    if before is None:
        raise OutageGoneError(number=number)
    plan = await outages.register.plan(actor, before.begins, ends)
    await _remember(state, plan)
    await answer.reply(message, "outages/plan", keyboard=cards.plan(say), plan=plan)


async def show_plan(
    press: CallbackQuery,
    *,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    plan = await _planned(state, actor, outages)
    if plan is None:
        await answer.alert(press, "questions/stale")
        return
    await _remember(state, plan)
    await answer.edit(press, "outages/plan", keyboard=cards.plan(say), plan=plan)


async def declare(
    press: CallbackQuery,
    *,
    actor: Actor,
    outages: Outages,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    plan = await _planned(state, actor, outages)
    if plan is None:
        await answer.alert(press, "questions/stale")
        return
    outage = await outages.declare(actor, plan.begins, plan.ends)
    await state.clear()
    await show_card(press, outage.number, actor, outages, answer, say)


async def _remember(state: FSMContext, plan: Plan) -> None:
    await state.set_state(OutageMoment.planned)
    ends = plan.ends and plan.ends.isoformat()
    await state.set_data({"begins": plan.begins.isoformat(), "ends": ends})


async def _planned(state: FSMContext, actor: Actor, outages: Outages) -> Plan | None:
    """What is being declared, looked at anew; None where that was left."""
    outages.register.ensure(actor)
    data = await state.get_data()
    begins, ends = data.get("begins"), data.get("ends")
    if not begins:
        return None
    until = datetime.fromisoformat(ends) if ends else None
    return await outages.register.plan(actor, datetime.fromisoformat(begins), until)


def _moment(seconds: int) -> datetime:
    """Of a button; one that holds no moment is read as the epoch, which is too far."""
    try:
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return datetime.fromtimestamp(0, UTC)


def router() -> Router:
    routes = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    words = F.text.as_("text")
    routes.message.register(take_begin, private, OutageMoment.begins, TYPED, words)
    routes.message.register(take_end, private, OutageMoment.ends, TYPED, words)
    routes.callback_query.register(pick_begin, OutageStart.filter())
    steps: dict[OutageStep, Handler] = {
        OutageStep.NEW: ask_begin,
        OutageStep.PLAN: show_plan,
        OutageStep.ASK_END: ask_end,
        OutageStep.DECLARE: declare,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, OutagePress.filter(F.step == step))
    return routes
