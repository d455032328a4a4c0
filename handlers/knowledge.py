"""«В базу ответов»: a ticket's question and answer, edited, previewed, kept."""

from collections.abc import Mapping
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers import faq_cards, ticket_cards
from handlers.keyboards import button, keyboard
from handlers.knowledge_callbacks import KnowledgePick, KnowledgePress, KnowledgeStep
from handlers.paging import label
from handlers.ports import Answer, Handler, Say
from handlers.typed import TYPED, TicketPair
from services.access import Actor
from services.helpdesk.knowledge import Pair, TicketKnowledge
from services.helpdesk.tickets import TicketNumber

ASKED = {KnowledgeStep.QUESTION: TicketPair.question, KnowledgeStep.ANSWER: TicketPair.answer}


async def begin(
    press: CallbackQuery,
    *,
    callback_data: KnowledgePress,
    actor: Actor,
    ticket_knowledge: TicketKnowledge,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    pair = await ticket_knowledge.draft(actor, number)
    await _remember(state, number, pair)
    shown = _steps(number, pair, say)
    await answer.edit(press, "helpdesk/knowledge", keyboard=shown, pair=pair)


async def show(
    press: CallbackQuery,
    *,
    callback_data: KnowledgePress,
    actor: Actor,
    ticket_knowledge: TicketKnowledge,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    pair = await _pair(state, number, actor, ticket_knowledge)
    await _remember(state, number, pair)
    shown = _steps(number, pair, say)
    await answer.edit(press, "helpdesk/knowledge", keyboard=shown, pair=pair)


async def ask(
    press: CallbackQuery,
    *,
    callback_data: KnowledgePress,
    actor: Actor,
    ticket_knowledge: TicketKnowledge,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The next words are the question or the answer; the present ones are there to be copied."""
    number = TicketNumber(callback_data.number)
    pair = await _pair(state, number, actor, ticket_knowledge)
    await _remember(state, number, pair)
    await state.set_state(ASKED[callback_data.step])
    shown = keyboard([_step(say("Cancel"), KnowledgeStep.SHOW, number)])
    question = callback_data.step is KnowledgeStep.QUESTION
    words = pair.question if question else pair.answer
    await answer.edit(
        press, "helpdesk/knowledge-words", keyboard=shown, words=words, question=question
    )


async def take_question(
    message: Message,
    *,
    text: str,
    actor: Actor,
    ticket_knowledge: TicketKnowledge,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    data = await state.get_data()
    pair = ticket_knowledge.asked_as(actor, _kept(data, actor, ticket_knowledge), text)
    await _reply(message, _number(data), pair, state, answer, say)


async def take_answer(
    message: Message,
    *,
    text: str,
    actor: Actor,
    ticket_knowledge: TicketKnowledge,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    data = await state.get_data()
    pair = ticket_knowledge.answered_with(actor, _kept(data, actor, ticket_knowledge), text)
    await _reply(message, _number(data), pair, state, answer, say)


async def keep(
    press: CallbackQuery,
    *,
    callback_data: KnowledgePress,
    actor: Actor,
    ticket_knowledge: TicketKnowledge,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    pair = await _pair(state, number, actor, ticket_knowledge)
    card = await ticket_knowledge.keep(actor, pair)
    await state.clear()
    shown = faq_cards.card(card, say)
    await answer.edit(press, "faq/card", keyboard=shown, card=card, saved=True)


async def offer_same(
    press: CallbackQuery,
    *,
    callback_data: KnowledgePress,
    actor: Actor,
    ticket_knowledge: TicketKnowledge,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    pair = await _pair(state, number, actor, ticket_knowledge)
    await _remember(state, number, pair)
    found = await ticket_knowledge.likely(actor, pair)
    rows = [
        [button(label(one.question), KnowledgePick(number=number, entry=one.id))] for one in found
    ]
    shown = keyboard(*rows, [_step(say("Back"), KnowledgeStep.SHOW, number)])
    await answer.edit(press, "helpdesk/knowledge-same", keyboard=shown, pair=pair, found=len(found))


async def pick_same(
    press: CallbackQuery,
    *,
    callback_data: KnowledgePick,
    actor: Actor,
    ticket_knowledge: TicketKnowledge,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = TicketNumber(callback_data.number)
    pair = await _pair(state, number, actor, ticket_knowledge)
    card = await ticket_knowledge.keep_as(actor, pair, callback_data.entry)
    await state.clear()
    shown = faq_cards.card(card, say)
    await answer.edit(press, "faq/card", keyboard=shown, card=card, saved=True)


async def _reply(
    message: Message,
    number: TicketNumber,
    pair: Pair,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await _remember(state, number, pair)
    shown = _steps(number, pair, say)
    await answer.reply(message, "helpdesk/knowledge", keyboard=shown, pair=pair)


async def _remember(state: FSMContext, number: TicketNumber, pair: Pair) -> None:
    await state.set_state(TicketPair.shown)
    data = {"number": number, "question": pair.question, "answer": pair.answer}
    await state.set_data(data)


async def _pair(
    state: FSMContext, number: TicketNumber, actor: Actor, knowledge: TicketKnowledge
) -> Pair:
    """As it was edited; from the ticket anew where that was left."""
    data = await state.get_data()
    if data.get("number") == number and "question" in data:
        return _kept(data, actor, knowledge)
    return await knowledge.draft(actor, number)


def _kept(data: Mapping[str, Any], actor: Actor, knowledge: TicketKnowledge) -> Pair:
    return knowledge.pair(actor, data.get("question", ""), data.get("answer", ""))


def _number(data: Mapping[str, Any]) -> TicketNumber:
    return TicketNumber(data.get("number", 0))


def _steps(number: TicketNumber, pair: Pair, say: Say) -> InlineKeyboardMarkup:
    """Where something looks personal, the word to save says that it is not."""
    save = say("No names there, save") if pair.suspicions else say("Save as a new answer")
    return keyboard(
        [_step(save, KnowledgeStep.KEEP, number)],
        [_step(say("It is the same as…"), KnowledgeStep.SAME, number)],
        [
            _step(say("Edit the question"), KnowledgeStep.QUESTION, number),
            _step(say("Edit the answer"), KnowledgeStep.ANSWER, number),
        ],
        [ticket_cards.back_button(number, say)],
    )


def _step(text: str, step: KnowledgeStep, number: TicketNumber) -> InlineKeyboardButton:
    return button(text, KnowledgePress(step=step, number=number))


def router() -> Router:
    routes = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    words = F.text.as_("text")
    routes.message.register(take_question, private, TicketPair.question, TYPED, words)
    routes.message.register(take_answer, private, TicketPair.answer, TYPED, words)
    routes.callback_query.register(pick_same, KnowledgePick.filter())
    steps: dict[KnowledgeStep, Handler] = {
        KnowledgeStep.BEGIN: begin,
        KnowledgeStep.SHOW: show,
        KnowledgeStep.QUESTION: ask,
        KnowledgeStep.ANSWER: ask,
        KnowledgeStep.KEEP: keep,
        KnowledgeStep.SAME: offer_same,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, KnowledgePress.filter(F.step == step))
    return routes
