"""A teacher suggests an answer; the administrator accepts it or says why not."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers import faq_cards
from handlers.callbacks import Cancel
from handlers.faq import to_page
from handlers.faq_callbacks import FaqPage, FaqPress, SuggestPress, SuggestStep
from handlers.keyboards import button, keyboard
from handlers.paging import label, page_of
from handlers.ports import Answer, Handler, Say
from handlers.typed import TYPED, Faq
from handlers.typed import Suggesting as Waiting
from services.access import Actor
from services.consultation.library import Library
from services.consultation.suggesting import Suggesting
from services.consultation.suggestions import SuggestionId


async def ask_question(
    press: CallbackQuery,
    *,
    actor: Actor,
    suggesting: Suggesting,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    suggesting.ensure(actor)
    await state.set_state(Waiting.question)
    await answer.edit(press, "suggestions/ask-question", keyboard=_cancel(say))


async def take_question(
    message: Message,
    *,
    text: str,
    actor: Actor,
    suggesting: Suggesting,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    question = suggesting.question(actor, text)
    await state.set_state(Waiting.answer)
    await state.set_data({"question": question})
    await answer.reply(message, "suggestions/ask-answer", keyboard=_cancel(say), question=question)


async def take_answer(
    message: Message,
    *,
    text: str,
    actor: Actor,
    suggesting: Suggesting,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    question = (await state.get_data()).get("question", "")
    number = await suggesting.suggest(actor, question, text)
    await state.clear()
    recall = button(say("Take it back"), SuggestPress(step=SuggestStep.RECALL, number=number))
    await answer.reply(message, "suggestions/sent", keyboard=keyboard([recall]))


async def cancel(press: CallbackQuery, *, state: FSMContext, answer: Answer) -> None:
    await state.clear()
    await answer.edit(press, "suggestions/cancelled")


async def recall(
    press: CallbackQuery,
    *,
    callback_data: SuggestPress,
    actor: Actor,
    suggesting: Suggesting,
    answer: Answer,
) -> None:
    await suggesting.recall(actor, SuggestionId(callback_data.number))
    await answer.edit(press, "suggestions/taken-back")


async def list_waiting(
    press: CallbackQuery,
    *,
    callback_data: FaqPress,
    actor: Actor,
    suggesting: Suggesting,
    answer: Answer,
    say: Say,
) -> None:
    waiting = await suggesting.waiting(actor)
    page = page_of(waiting, callback_data.number)
    rows = [
        [button(label(one.question), SuggestPress(step=SuggestStep.LOOK, number=one.id))]
        for one in page.shown
    ]
    arrows = page.arrows(lambda to: FaqPress(page=FaqPage.SUGGESTED, number=to))
    shown = keyboard(*rows, arrows, [to_page(say("Back"), FaqPage.ROOT)])
    await answer.edit(press, "suggestions/waiting", keyboard=shown, count=len(waiting))


async def look(
    press: CallbackQuery,
    *,
    callback_data: SuggestPress,
    actor: Actor,
    suggesting: Suggesting,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    found = await suggesting.look(actor, SuggestionId(callback_data.number))
    await state.set_state(Faq.open)
    await answer.edit(
        press,
        "suggestions/new",
        keyboard=decision(found.suggestion.id, say),
        question=found.suggestion.question,
        answer=found.suggestion.answer,
        author=found.author,
    )


async def approve(
    press: CallbackQuery,
    *,
    callback_data: SuggestPress,
    actor: Actor,
    suggesting: Suggesting,
    library: Library,
    answer: Answer,
    say: Say,
) -> None:
    """It is published at once; its card is there to mend it."""
    entry = await suggesting.approve(actor, SuggestionId(callback_data.number))
    card = await library.card(actor, entry)
    await answer.edit(press, "faq/card", keyboard=faq_cards.card(card, say), card=card, saved=True)


async def ask_reason(
    press: CallbackQuery,
    *,
    callback_data: SuggestPress,
    actor: Actor,
    suggesting: Suggesting,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    found = await suggesting.look(actor, SuggestionId(callback_data.number))
    await state.set_state(Faq.refusing)
    await state.set_data({"suggestion": found.suggestion.id})
    back = callback_data.model_copy(update={"step": SuggestStep.LOOK})
    shown = keyboard([button(say("Cancel"), back)])
    await answer.edit(press, "suggestions/ask-reason", keyboard=shown, author=found.author)


async def refuse(
    message: Message,
    *,
    text: str,
    actor: Actor,
    suggesting: Suggesting,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number = (await state.get_data()).get("suggestion", 0)
    await suggesting.refuse(actor, SuggestionId(number), text)
    await state.clear()
    shown = keyboard([to_page(say("Back"), FaqPage.ROOT)])
    await answer.reply(message, "suggestions/told", keyboard=shown)


def offer(say: Say) -> InlineKeyboardButton:
    """Under the sections of the base."""
    return button(say("Suggest an answer"), SuggestPress(step=SuggestStep.NEW))


def decision(number: int, say: Say) -> InlineKeyboardMarkup:
    return keyboard(
        [
            button(say("Accept"), SuggestPress(step=SuggestStep.APPROVE, number=number)),
            button(say("Refuse"), SuggestPress(step=SuggestStep.REFUSE, number=number)),
        ]
    )


def _cancel(say: Say) -> InlineKeyboardMarkup:
    return keyboard([button(say("Cancel"), Cancel())])


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(take_question, Waiting.question, TYPED, F.text.as_("text"))
    routes.message.register(take_answer, Waiting.answer, TYPED, F.text.as_("text"))
    routes.message.register(refuse, Faq.refusing, TYPED, F.text.as_("text"))
    routes.callback_query.register(cancel, StateFilter(Waiting), Cancel.filter())
    routes.callback_query.register(list_waiting, FaqPress.filter(F.page == FaqPage.SUGGESTED))
    steps: dict[SuggestStep, Handler] = {
        SuggestStep.NEW: ask_question,
        SuggestStep.RECALL: recall,
        SuggestStep.LOOK: look,
        SuggestStep.APPROVE: approve,
        SuggestStep.REFUSE: ask_reason,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, SuggestPress.filter(F.step == step))
    return routes
