"""Under a finding of /my: «отсрочка», till which day and why."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers import claim_cards as cards
from handlers.claim_callbacks import ClaimPress, ClaimStep, DelayDay, DelayPick
from handlers.gap_claims import show_card, tell_card
from handlers.ports import Answer, Say
from handlers.typed import TYPED, Claiming
from services.access import Actor
from services.claims.claim import Words
from services.claims.saying import Claims
from services.ids import FindingId


async def ask_day(
    press: CallbackQuery,
    *,
    callback_data: ClaimPress,
    actor: Actor,
    claims: Claims,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    finding, page = FindingId(callback_data.finding), callback_data.page
    days = await claims.days(actor, finding)
    await state.set_state(Claiming.day)
    await state.set_data({"finding": finding, "page": page})
    shown = cards.days(days, finding, page, say)
    await answer.edit(press, "claims/ask-day", keyboard=shown, last=days.last_date)


async def pick_day(
    press: CallbackQuery,
    *,
    callback_data: DelayDay,
    actor: Actor,
    claims: Claims,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    finding, page = FindingId(callback_data.finding), callback_data.page
    until = (await claims.days(actor, finding)).ensure(callback_data.until)
    await _ask_why(state, finding, until, page)
    shown = cards.delays(finding, until, page, say)
    await answer.edit(press, "claims/ask-delay", keyboard=shown, until=cards.date_of(until))


async def take_day(
    message: Message,
    *,
    text: str,
    actor: Actor,
    claims: Claims,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    data = await state.get_data()
    finding, page = FindingId(data.get("finding", 0)), data.get("page", 1)
    until = (await claims.days(actor, finding)).read(text)
    await _ask_why(state, finding, until, page)
    shown = cards.delays(finding, until, page, say)
    await answer.reply(message, "claims/ask-delay", keyboard=shown, until=cards.date_of(until))


async def pick_reason(
    press: CallbackQuery,
    *,
    callback_data: DelayPick,
    actor: Actor,
    claims: Claims,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    finding, why = FindingId(callback_data.finding), Words(canned=callback_data.canned)
    await claims.postpone(actor, finding, callback_data.until, why)
    await state.clear()
    await show_card(press, finding, callback_data.page, actor, claims, answer, say)


async def take_reason(
    message: Message,
    *,
    text: str,
    actor: Actor,
    claims: Claims,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    data = await state.get_data()
    finding = FindingId(data.get("finding", 0))
    await claims.postpone(actor, finding, data.get("until", 0), Words(text=text))
    await tell_card(message, finding, actor, claims, state, answer, say)


async def _ask_why(state: FSMContext, finding: FindingId, until: int, page: int) -> None:
    await state.set_state(Claiming.postponing)
    await state.set_data({"finding": finding, "until": until, "page": page})


def router() -> Router:
    routes = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    words = F.text.as_("text")
    routes.message.register(take_day, private, Claiming.day, TYPED, words)
    routes.message.register(take_reason, private, Claiming.postponing, TYPED, words)
    presses = routes.callback_query
    presses.register(ask_day, ClaimPress.filter(F.step == ClaimStep.POSTPONE))
    presses.register(pick_day, DelayDay.filter())
    presses.register(pick_reason, DelayPick.filter())
    return routes
