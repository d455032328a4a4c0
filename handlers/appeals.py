"""What teachers say of findings, for the administrator: listed, answered, brought back."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers import appeal_cards as cards
from handlers.claim_callbacks import AnswerPick, AppealPress, AppealsPage, AppealStep
from handlers.ports import Answer, Say
from handlers.typed import TYPED, Claiming
from services.access import Actor
from services.claims.appeals import Appeals
from services.claims.claim import ClaimId, Words
from services.claims.register import Tab


async def list_all(
    press: CallbackQuery,
    *,
    callback_data: AppealsPage,
    actor: Actor,
    appeals: Appeals,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    found = await appeals.register.list(actor, callback_data.tab)
    await state.clear()
    shown = cards.list_buttons(found, callback_data.page, say)
    await answer.edit(press, "claims/list", keyboard=shown, **cards.list_view(found))


async def look(
    press: CallbackQuery,
    *,
    callback_data: AppealPress,
    actor: Actor,
    appeals: Appeals,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    claim = ClaimId(callback_data.claim)
    await _show(press, claim, callback_data.tab, actor, appeals, answer, say)
    await state.clear()


async def ask_answer(
    press: CallbackQuery,
    *,
    callback_data: AppealPress,
    actor: Actor,
    appeals: Appeals,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The next words, or a button, are the reason."""
    claim, tab = ClaimId(callback_data.claim), callback_data.tab
    card = await appeals.register.to_answer(actor, claim)
    waives = callback_data.step is AppealStep.WAIVE
    await state.set_state(Claiming.waiving if waives else Claiming.keeping)
    await state.set_data({"claim": claim, "tab": tab.value})
    shown = cards.answers(callback_data.step, claim, tab, say)
    line = card.spoken.line
    await answer.edit(press, "claims/ask-answer", keyboard=shown, line=line, waives=waives)


async def pick_answer(
    press: CallbackQuery,
    *,
    callback_data: AnswerPick,
    actor: Actor,
    appeals: Appeals,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    claim, why = ClaimId(callback_data.claim), Words(canned=callback_data.canned)
    if callback_data.step is AppealStep.WAIVE:
        await appeals.waive(actor, claim, why)
    else:
        await appeals.keep(actor, claim, why)
    await state.clear()
    await _show(press, claim, callback_data.tab, actor, appeals, answer, say)


async def take_waiver(
    message: Message,
    *,
    text: str,
    actor: Actor,
    appeals: Appeals,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    claim = ClaimId((await state.get_data()).get("claim", 0))
    await appeals.waive(actor, claim, Words(text=text))
    await _tell(message, claim, actor, appeals, state, answer, say)


async def take_refusal(
    message: Message,
    *,
    text: str,
    actor: Actor,
    appeals: Appeals,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    claim = ClaimId((await state.get_data()).get("claim", 0))
    await appeals.keep(actor, claim, Words(text=text))
    await _tell(message, claim, actor, appeals, state, answer, say)


async def ask_restore(
    press: CallbackQuery,
    *,
    callback_data: AppealPress,
    actor: Actor,
    appeals: Appeals,
    answer: Answer,
    say: Say,
) -> None:
    card = await appeals.register.card(actor, ClaimId(callback_data.claim))
    shown = cards.restoring(card.claim.id, callback_data.tab, say)
    await answer.edit(press, "claims/ask-restore", keyboard=shown, line=card.spoken.line)


async def restore(
    press: CallbackQuery,
    *,
    callback_data: AppealPress,
    actor: Actor,
    appeals: Appeals,
    answer: Answer,
    say: Say,
) -> None:
    claim = ClaimId(callback_data.claim)
    await appeals.restore(actor, claim)
    await _show(press, claim, callback_data.tab, actor, appeals, answer, say)


async def _show(
    press: CallbackQuery,
    claim: ClaimId,
    tab: Tab,
    actor: Actor,
    appeals: Appeals,
    answer: Answer,
    say: Say,
) -> None:
    card = await appeals.register.card(actor, claim)
    shown = cards.buttons(card, tab, say)
    await answer.edit(press, "claims/appeal", keyboard=shown, **cards.view_of(card, say))


async def _tell(
    message: Message,
    claim: ClaimId,
    actor: Actor,
    appeals: Appeals,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    tab = Tab((await state.get_data()).get("tab", Tab.DISPUTED.value))
    await state.clear()
    card = await appeals.register.card(actor, claim)
    shown = cards.buttons(card, tab, say)
    await answer.reply(message, "claims/appeal", keyboard=shown, **cards.view_of(card, say))


def router() -> Router:
    routes = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    words = F.text.as_("text")
    routes.message.register(take_waiver, private, Claiming.waiving, TYPED, words)
    routes.message.register(take_refusal, private, Claiming.keeping, TYPED, words)
    presses = routes.callback_query
    presses.register(list_all, AppealsPage.filter())
    presses.register(look, AppealPress.filter(F.step == AppealStep.SHOW))
    asking = {AppealStep.WAIVE, AppealStep.KEEP}
    presses.register(ask_answer, AppealPress.filter(F.step.in_(asking)))
    presses.register(ask_restore, AppealPress.filter(F.step == AppealStep.RESTORE))
    presses.register(restore, AppealPress.filter(F.step == AppealStep.RESTORE_SURE))
    presses.register(pick_answer, AnswerPick.filter(F.step.in_(asking)))
    return routes
