"""What is typed about a decision: a proof, a reason, a note, a day, a surname."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers import decision_cards as cards
from handlers.decisions import tell_card
from handlers.ports import Answer, Say
from handlers.said import WORDS, said_of
from handlers.typed import TYPED, DecisionWords
from services.access import Actor
from services.decisions.decision import DecisionNumber
from services.decisions.desk import Decisions
from services.decisions.steps import worded
from services.helpdesk.tickets import Said


async def take_proof(
    message: Message,
    *,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = await _number(state)
    await decisions.life.done(actor, number, said_of(message))
    await state.clear()
    await tell_card(message, number, actor, decisions, answer, say)


async def take_note(
    message: Message,
    *,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = await _number(state)
    await decisions.life.note(actor, number, said_of(message))
    await state.clear()
    await tell_card(message, number, actor, decisions, answer, say)


async def take_reason(
    message: Message,
    *,
    text: str,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """Then the day that the owner proposes."""
    found = await decisions.register.card(actor, await _number(state))
    reason = worded(Said(text=text)).text
    number = found.decision.number
    await state.set_state(DecisionWords.asked)
    await state.set_data({"number": number, "reason": reason})
    shown = cards.days(number, found.today, say, none=True)
    await answer.reply(message, "decisions/ask-new-day", keyboard=shown, number=number)


async def take_asked(
    message: Message,
    *,
    text: str,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    data, number = await state.get_data(), await _number(state)
    day = await decisions.register.read_day(actor, text)
    await decisions.life.cannot(actor, number, Said(text=str(data.get("reason", ""))), day)
    await state.clear()
    await tell_card(message, number, actor, decisions, answer, say)


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
    number = await _number(state)
    day = await decisions.register.read_day(actor, text)
    await decisions.life.move(actor, number, day)
    await state.clear()
    await tell_card(message, number, actor, decisions, answer, say)


async def take_owner(
    message: Message,
    *,
    text: str,
    actor: Actor,
    decisions: Decisions,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """A surname: the people who have it."""
    people = await decisions.setting.candidates(actor, text)
    found = await decisions.register.card(actor, await _number(state))
    owners = {one.person for one in found.decision.active}
    free = [one for one in people if one.person not in owners]
    shown = cards.people(free, found.decision.number, 1, say)
    await answer.reply(message, "decisions/ask-owner", keyboard=shown, count=len(free))


async def _number(state: FSMContext) -> DecisionNumber:
    return DecisionNumber(int((await state.get_data()).get("number", 0)))


def router() -> Router:
    routes = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    words = F.text.as_("text")
    routes.message.register(take_proof, private, DecisionWords.proof, WORDS)
    routes.message.register(take_note, private, DecisionWords.note, WORDS)
    routes.message.register(take_reason, private, DecisionWords.reason, TYPED, words)
    routes.message.register(take_asked, private, DecisionWords.asked, TYPED, words)
    routes.message.register(take_day, private, DecisionWords.day, TYPED, words)
    routes.message.register(take_owner, private, DecisionWords.owner, TYPED, words)
    return routes
