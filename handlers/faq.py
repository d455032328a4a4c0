"""/faq: the base of answers at a glance, its sections, a search in it, a new entry, figures."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers import faq_cards
from handlers.faq_callbacks import EditPress, EditStep, FaqPage, FaqPress, FaqSection
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import Page, label, page_of
from handlers.ports import Answer, Handler, Say
from handlers.typed import TYPED, Faq
from services.access import Actor
from services.consultation.editing import Editing
from services.consultation.entries import Entry, Section
from services.consultation.figures import ConsultationFigures
from services.consultation.keeping import KeptEntry
from services.consultation.library import Library, Overview, SectionCount


async def show(
    message: Message, *, actor: Actor, library: Library, state: FSMContext, answer: Answer, say: Say
) -> None:
    overview = await library.overview(actor)
    await state.set_state(Faq.open)
    await answer.reply(message, "faq/root", keyboard=_root(overview, say), overview=overview)


async def back_to_root(
    press: CallbackQuery,
    *,
    actor: Actor,
    library: Library,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    overview = await library.overview(actor)
    await state.set_state(Faq.open)
    await answer.edit(press, "faq/root", keyboard=_root(overview, say), overview=overview)


async def list_sections(
    press: CallbackQuery, *, actor: Actor, library: Library, answer: Answer, say: Say
) -> None:
    overview = await library.overview(actor)
    shown = _sections(overview.sections, say)
    await answer.edit(press, "faq/sections", keyboard=shown)


async def list_entries(
    press: CallbackQuery,
    *,
    callback_data: FaqSection,
    actor: Actor,
    library: Library,
    answer: Answer,
    say: Say,
) -> None:
    section, kept = await library.section(actor, callback_data.section)
    page = page_of(kept, callback_data.page)
    await answer.edit(
        press, "faq/section", keyboard=_entries(section, page, say), section=section, page=page
    )


async def ask_words(
    press: CallbackQuery,
    *,
    actor: Actor,
    library: Library,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await library.sections(actor)
    await state.set_state(Faq.words)
    await answer.edit(press, "faq/find", keyboard=leave(FaqPage.ROOT, say))


async def find(
    message: Message,
    *,
    text: str,
    actor: Actor,
    library: Library,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    hits = await library.find(actor, text)
    await state.set_state(Faq.open)
    await answer.reply(message, "faq/found", keyboard=_found(hits, say), found=len(hits))


async def ask_question(
    press: CallbackQuery,
    *,
    actor: Actor,
    library: Library,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await library.sections(actor)
    await state.set_state(Faq.new_question)
    await answer.edit(press, "faq/new-question", keyboard=leave(FaqPage.ROOT, say))


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
    question = editing.question(actor, text)
    await state.set_state(Faq.new_answer)
    await state.set_data({"question": question})
    await answer.reply(
        message, "faq/new-answer", keyboard=leave(FaqPage.ROOT, say), question=question
    )


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
    question = (await state.get_data()).get("question", "")
    made = await editing.create(actor, question, text)
    await state.clear()
    await answer.reply(
        message, "faq/card", keyboard=faq_cards.card(made, say), card=made, saved=True
    )


async def show_figures(
    press: CallbackQuery,
    *,
    actor: Actor,
    consultation_figures: ConsultationFigures,
    answer: Answer,
    say: Say,
) -> None:
    figures = await consultation_figures.show(actor)
    shown = keyboard([to_page(say("Back"), FaqPage.ROOT)])
    await answer.edit(press, "faq/figures", keyboard=shown, figures=figures)


def leave(page: FaqPage, say: Say) -> InlineKeyboardMarkup:
    return keyboard([to_page(say("Cancel"), page)])


def to_page(text: str, page: FaqPage, number: int = 1) -> InlineKeyboardButton:
    return button(text, FaqPress(page=page, number=number))


def _root(overview: Overview, say: Say) -> InlineKeyboardMarkup:
    waiting = say("Without an answer: %(count)s", count=overview.waiting)
    suggested = say("Suggested: %(count)s", count=overview.suggested)
    return keyboard(
        [to_page(waiting, FaqPage.BACKLOG)] if overview.waiting else [],
        [to_page(suggested, FaqPage.SUGGESTED)] if overview.suggested else [],
        [to_page(say("Sections"), FaqPage.SECTIONS), to_page(say("Find"), FaqPage.FIND)],
        [to_page(say("New entry"), FaqPage.NEW), to_page(say("Figures"), FaqPage.FIGURES)],
        [to_page(say("Into a table"), FaqPage.EXPORT), to_page(say("Into YAML"), FaqPage.NOTATION)],
        [to_page(say("From a file"), FaqPage.LOAD)],
    )


def _sections(counts: Sequence[SectionCount], say: Say) -> InlineKeyboardMarkup:
    rows = [
        button(f"{one.section.title} · {one.shown}", FaqSection(section=one.section.id))
        for one in counts
    ]
    return keyboard(*in_rows(rows, across=2), [to_page(say("Back"), FaqPage.ROOT)])


def _entries(section: Section, page: Page[KeptEntry], say: Say) -> InlineKeyboardMarkup:
    """A withdrawn entry is marked, and so is one of the school's own."""
    rows = [[_to_card(f"{_mark(one)}{one.entry.question}", one.entry.id)] for one in page.shown]
    arrows = page.arrows(lambda to: FaqSection(section=section.id, page=to))
    return keyboard(*rows, arrows, [to_page(say("Back"), FaqPage.SECTIONS)])


def _found(hits: Sequence[Entry], say: Say) -> InlineKeyboardMarkup:
    rows = [[_to_card(one.question, one.id)] for one in hits]
    again = to_page(say("Find"), FaqPage.FIND)
    return keyboard(*rows, [again, to_page(say("Back"), FaqPage.ROOT)])


def _to_card(text: str, entry: str) -> InlineKeyboardButton:
    return button(label(text), EditPress(step=EditStep.SHOW, entry=entry))


def _mark(kept: KeptEntry) -> str:
    if kept.hidden:
        return "○ "
    return "● " if kept.origin is None or kept.changed else ""


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(show, Command("faq"))
    routes.message.register(find, Faq.words, TYPED, F.text.as_("text"))
    routes.message.register(take_question, Faq.new_question, TYPED, F.text.as_("text"))
    routes.message.register(take_answer, Faq.new_answer, TYPED, F.text.as_("text"))
    pages: dict[FaqPage, Handler] = {
        FaqPage.ROOT: back_to_root,
        FaqPage.SECTIONS: list_sections,
        FaqPage.FIND: ask_words,
        FaqPage.NEW: ask_question,
        FaqPage.FIGURES: show_figures,
    }
    for page, handler in pages.items():
        routes.callback_query.register(handler, FaqPress.filter(F.page == page))
    routes.callback_query.register(list_entries, FaqSection.filter())
    return routes
