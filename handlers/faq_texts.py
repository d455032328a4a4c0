"""/faq: an entry's question, answer and aliases, changed by the next text."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers import faq_cards
from handlers.faq_callbacks import EditPress, EditStep
from handlers.ports import Answer, Say
from handlers.typed import TYPED, Faq
from services.access import Actor
from services.consultation.editing import Editing
from services.consultation.library import Card, Library

ASKED = {
    EditStep.QUESTION: Faq.question,
    EditStep.ANSWER: Faq.answer,
    EditStep.ADD_ALIAS: Faq.alias,
}
"""Steps that wait for a text."""


async def ask_text(
    press: CallbackQuery,
    *,
    callback_data: EditPress,
    actor: Actor,
    library: Library,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The text as it is stands in the prompt, to be copied and changed."""
    card = await library.card(actor, callback_data.entry)
    await state.set_state(ASKED[callback_data.step])
    await state.set_data({"entry": card.entry.id})
    await answer.edit(
        press,
        "faq/ask-text",
        keyboard=faq_cards.cancel(card.entry.id, say),
        part=callback_data.step.name.lower(),
        entry=card.entry,
    )


async def take_question(
    message: Message,
    *,
    text: str,
    actor: Actor,
    editing: Editing,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await editing.ask_as(actor, await _entry(state), text)
    await _reply(message, card, state, answer, say)


async def take_answer(
    message: Message,
    *,
    text: str,
    actor: Actor,
    editing: Editing,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await editing.answer_with(actor, await _entry(state), text)
    await _reply(message, card, state, answer, say)


async def take_alias(
    message: Message,
    *,
    text: str,
    actor: Actor,
    editing: Editing,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """Several at once, one a line."""
    card = await editing.add_aliases(actor, await _entry(state), text)
    await state.set_state(Faq.open)
    await answer.reply(message, "faq/aliases", keyboard=faq_cards.aliases(card, say), card=card)


async def _entry(state: FSMContext) -> str:
    found: str = (await state.get_data()).get("entry", "")
    return found


async def _reply(message: Message, card: Card, state: FSMContext, answer: Answer, say: Say) -> None:
    await state.clear()
    shown = faq_cards.card(card, say)
    await answer.reply(message, "faq/card", keyboard=shown, card=card, saved=True)


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(take_question, Faq.question, TYPED, F.text.as_("text"))
    routes.message.register(take_answer, Faq.answer, TYPED, F.text.as_("text"))
    routes.message.register(take_alias, Faq.alias, TYPED, F.text.as_("text"))
    routes.callback_query.register(ask_text, EditPress.filter(F.step.in_(set(ASKED))))
    return routes
