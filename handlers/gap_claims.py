"""Under a finding of /my: «исправлено», «не согласен» with a reason, and taking it back."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers import claim_cards as cards
from handlers.claim_callbacks import ClaimPress, ClaimStep, DisputePick
from handlers.ports import Answer, Say
from handlers.typed import TYPED, Claiming
from services.access import Actor
from services.claims.claim import Words
from services.claims.saying import Claims
from services.ids import FindingId


async def mend(
    press: CallbackQuery,
    *,
    callback_data: ClaimPress,
    actor: Actor,
    claims: Claims,
    answer: Answer,
    say: Say,
) -> None:
    finding = FindingId(callback_data.finding)
    if callback_data.step is ClaimStep.MENDED_DAY:
        await claims.mended_day(actor, finding)
    else:
        await claims.mended(actor, finding)
    await show_card(press, finding, callback_data.page, actor, claims, answer, say)


async def ask_reason(
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
    card = await claims.cards.free(actor, finding)
    await state.set_state(Claiming.disputing)
    await state.set_data({"finding": finding, "page": page})
    shown = cards.disputes(finding, page, say)
    await answer.edit(press, "claims/ask-dispute", keyboard=shown, line=card.reason.line)


async def pick_reason(
    press: CallbackQuery,
    *,
    callback_data: DisputePick,
    actor: Actor,
    claims: Claims,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    finding = FindingId(callback_data.finding)
    await claims.dispute(actor, finding, Words(canned=callback_data.canned))
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
    await claims.dispute(actor, finding, Words(text=text))
    await tell_card(message, finding, actor, claims, state, answer, say)


async def withdraw(
    press: CallbackQuery,
    *,
    callback_data: ClaimPress,
    actor: Actor,
    claims: Claims,
    answer: Answer,
    say: Say,
) -> None:
    finding = FindingId(callback_data.finding)
    await claims.withdraw(actor, finding)
    await show_card(press, finding, callback_data.page, actor, claims, answer, say)


async def show_card(
    press: CallbackQuery,
    finding: FindingId,
    page: int,
    actor: Actor,
    claims: Claims,
    answer: Answer,
    say: Say,
) -> None:
    card = await claims.cards.of(actor, finding)
    shown = cards.buttons(card, page, say)
    await answer.edit(press, "claims/gap", keyboard=shown, **cards.view_of(card, say))


async def tell_card(
    message: Message,
    finding: FindingId,
    actor: Actor,
    claims: Claims,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    page = (await state.get_data()).get("page", 1)
    await state.clear()
    card = await claims.cards.of(actor, finding)
    shown = cards.buttons(card, page, say)
    await answer.reply(message, "claims/gap", keyboard=shown, **cards.view_of(card, say))


def router() -> Router:
    routes = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    words = F.text.as_("text")
    routes.message.register(take_reason, private, Claiming.disputing, TYPED, words)
    presses = routes.callback_query
    whole = {ClaimStep.MENDED, ClaimStep.MENDED_DAY}
    presses.register(mend, ClaimPress.filter(F.step.in_(whole)))
    presses.register(ask_reason, ClaimPress.filter(F.step == ClaimStep.DISPUTE))
    presses.register(withdraw, ClaimPress.filter(F.step == ClaimStep.WITHDRAW))
    presses.register(pick_reason, DisputePick.filter())
    return routes
