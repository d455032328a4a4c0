"""/problem: what it is about, what happened, where; likely answers; a number at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from handlers import problem_draft as drafts
from handlers.callbacks import DayPick, PlacePick, ProblemPick, ProblemPress, ProblemStep
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label, page_of
from handlers.ports import Answer, Handler, Say
from handlers.problem_draft import Showing
from handlers.said import WORDS, said_of
from handlers.ticket_words import place_of, title_of
from handlers.typed import Problem
from services.access import Actor
from services.consultation.entries import Entry
from services.helpdesk.opening import Opening, Subject
from services.helpdesk.settings import OTHER, Category

DAYS_ACROSS = 3


async def begin(
    message: Message,
    *,
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """A draft left half way is dropped: the command begins anew."""
    categories = await opening.categories(actor)
    await state.set_state(Problem.category)
    await state.set_data({})
    shown = category_buttons(categories, say)
    await answer.reply(message, "helpdesk/categories", keyboard=shown, warns=False)


async def take_words(
    message: Message,
    *,
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """Words and files in any order, at any step; parts of one album are answered once."""
    await opening.categories(actor)
    before = await state.get_data()
    draft = drafts.with_said(before, said_of(message))
    await state.set_data(draft)
    if drafts.same_album(before, draft):
        return
    showing = Showing(message, answer, warns=drafts.first_picture(before, draft))
    await next_step(showing, draft, actor, opening, state, say)


async def pick_category(
    press: CallbackQuery,
    *,
    callback_data: ProblemPick,
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    offered = {one.code for one in await opening.categories(actor)}
    code = callback_data.category if callback_data.category in offered else OTHER
    draft = {**await state.get_data(), "category": code}
    await state.set_data(draft)
    await next_step(Showing(press, answer), draft, actor, opening, state, say)


async def list_categories(
    press: CallbackQuery, *, actor: Actor, opening: Opening, answer: Answer, say: Say
) -> None:
    """The way back to the first step; what was written stays."""
    buttons = category_buttons(await opening.categories(actor), say)
    await answer.edit(press, "helpdesk/categories", keyboard=buttons, warns=False)


async def list_places(
    press: CallbackQuery,
    *,
    callback_data: ProblemPress,
    actor: Actor,
    opening: Opening,
    answer: Answer,
    say: Say,
) -> None:
    places = await opening.places(actor)
    if not places:
        await list_categories(press, actor=actor, opening=opening, answer=answer, say=say)
        return
    shown = _places(places, callback_data.page, say)
    await answer.edit(press, "helpdesk/places", keyboard=shown, warns=False)


async def pick_place(
    press: CallbackQuery,
    *,
    callback_data: PlacePick,
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    places = await opening.places(actor)
    chosen = places[callback_data.item] if 0 <= callback_data.item < len(places) else None
    draft = drafts.at_place(await state.get_data(), chosen)
    await state.set_data(draft)
    if chosen is None or not chosen.days:
        await _review(Showing(press, answer), draft, actor, opening, state, say)
        return
    await answer.edit(press, "helpdesk/days", keyboard=_days(chosen, say), place=chosen)


async def pick_day(
    press: CallbackQuery,
    *,
    callback_data: DayPick,
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    draft = {**await state.get_data(), "day": callback_data.day or None}
    await state.set_data(draft)
    await _review(Showing(press, answer), draft, actor, opening, state, say)


async def review(
    press: CallbackQuery,
    *,
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    draft = await state.get_data()
    await _review(Showing(press, answer), draft, actor, opening, state, say)


async def show_answer(
    press: CallbackQuery,
    *,
    callback_data: ProblemPress,
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """One of the likely answers; it may settle the matter."""
    found = await _likely(actor, opening, await state.get_data(), callback_data.item)
    helped = ProblemPress(step=ProblemStep.HELPED, item=callback_data.item)
    shown = keyboard(
        [button(say("This helped"), helped)],
        [button(say("Send to the administrator"), ProblemPress(step=ProblemStep.SEND))],
        [button(say("Back"), ProblemPress(step=ProblemStep.REVIEW))],
    )
    await answer.edit(press, "helpdesk/likely", keyboard=shown, entry=found)


async def helped(
    press: CallbackQuery,
    *,
    callback_data: ProblemPress,
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
) -> None:
    draft = await state.get_data()
    found = await _likely(actor, opening, draft, callback_data.item)
    if found is not None:
        await opening.helped(actor, drafts.text_of(draft), found.id)
    await state.clear()
    await answer.edit(press, "helpdesk/helped")


async def send(
    press: CallbackQuery,
    *,
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    answer: Answer,
) -> None:
    opened = await opening.open(actor, drafts.ticket_of(await state.get_data()))
    await state.clear()
    joined = opened.joined.value if opened.joined else ""
    await answer.edit(press, "helpdesk/sent", number=opened.number, joined=joined)


async def cancel(press: CallbackQuery, *, state: FSMContext, answer: Answer) -> None:
    await state.clear()
    await answer.edit(press, "helpdesk/cancelled")


async def mend(message: Message, *, state: FSMContext) -> None:
    """The words of a draft were edited where they stand."""
    await state.set_data(drafts.mended(await state.get_data(), said_of(message)))


# -- the steps -------------------------------------------------------------------------------------


async def next_step(
    showing: Showing,
    draft: Mapping[str, Any],
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    say: Say,
) -> None:
    """The first step that the draft still lacks."""
    if not draft.get("category"):
        buttons = category_buttons(await opening.categories(actor), say)
        await showing.show("helpdesk/categories", keyboard=buttons)
    elif not drafts.text_of(draft):
        await state.set_state(Problem.words)
        files, told = drafts.files_of(draft), draft.get("told")
        shown = _words(say, without=bool(files or told))
        await showing.show("helpdesk/ask-words", keyboard=shown, files=files, told=told)
    elif "place" not in draft and (places := await opening.places(actor)):
        await state.set_state(Problem.place)
        await showing.show("helpdesk/places", keyboard=_places(places, 1, say))
    else:
        await _review(showing, draft, actor, opening, state, say)


async def _review(
    showing: Showing,
    draft: Mapping[str, Any],
    actor: Actor,
    opening: Opening,
    state: FSMContext,
    say: Say,
) -> None:
    await state.set_state(Problem.review)
    entries = await opening.likely(actor, drafts.text_of(draft))
    known = {one.code: one for one in await opening.categories(actor)}
    code = str(draft.get("category", ""))
    category = known.get(code, Category(code=code))
    await showing.show(
        "helpdesk/review",
        keyboard=_sending(entries, say),
        category=title_of(category, say),
        place=place_of(drafts.place_of(draft)),
        text=drafts.text_of(draft),
        files=drafts.files_of(draft),
        told=draft.get("told"),
        likely=bool(entries),
    )


async def _likely(
    actor: Actor, opening: Opening, draft: Mapping[str, Any], item: int
) -> Entry | None:
    entries = await opening.likely(actor, drafts.text_of(draft))
    return entries[item] if 0 <= item < len(entries) else None


def category_buttons(categories: Sequence[Category], say: Say) -> InlineKeyboardMarkup:
    buttons = [button(title_of(one, say), ProblemPick(category=one.code)) for one in categories]
    return keyboard(*in_rows(buttons, across=2), [_cancel(say)])


def _words(say: Say, *, without: bool) -> InlineKeyboardMarkup:
    """A picture, a voice or the finding itself may say it all."""
    back = button(say("Back"), ProblemPress(step=ProblemStep.CATEGORIES))
    on = button(say("Without words"), ProblemPress(step=ProblemStep.REVIEW))
    return keyboard([on] if without else [], [back, _cancel(say)])


def _places(places: Sequence[Subject], number: int, say: Say) -> InlineKeyboardMarkup:
    page = page_of(places, number)
    rows = [
        [
            button(
                label(f"{one.class_unit} · {one.subject}"),
                PlacePick(item=places.index(one)),
            )
        ]
        for one in page.shown
    ]
    arrows = page.arrows(lambda to: ProblemPress(step=ProblemStep.PLACES, page=to))
    skip = button(say("Not about a class"), PlacePick())
    back = button(say("Back"), ProblemPress(step=ProblemStep.CATEGORIES))
    return keyboard(*rows, arrows, [skip], [back, _cancel(say)])


def _days(place: Subject, say: Say) -> InlineKeyboardMarkup:
    days = [button(f"{date.fromordinal(day):%d.%m}", DayPick(day=day)) for day in place.days]
    skip = button(say("No certain day"), DayPick())
    back = button(say("Back"), ProblemPress(step=ProblemStep.PLACES))
    return keyboard(*in_rows(days, across=DAYS_ACROSS), [skip], [back, _cancel(say)])


def _sending(entries: Sequence[Entry], say: Say) -> InlineKeyboardMarkup:
    rows = [
        [button(label(one.question), ProblemPress(step=ProblemStep.ANSWER, item=place))]
        for place, one in enumerate(entries)
    ]
    send_it = button(say("Send"), ProblemPress(step=ProblemStep.SEND))
    back = button(say("Back"), ProblemPress(step=ProblemStep.PLACES))
    return keyboard(*rows, [send_it], [back, _cancel(say)])


def _cancel(say: Say) -> InlineKeyboardButton:
    return button(say("Cancel"), ProblemPress(step=ProblemStep.CANCEL))


def router() -> Router:
    routes = Router(name=__name__)
    drafting = StateFilter(Problem)
    private = F.chat.type == ChatType.PRIVATE
    routes.message.register(begin, Command("problem"))
    routes.message.register(take_words, private, drafting, WORDS)
    routes.edited_message.register(mend, private, drafting, F.text | F.caption)
    routes.callback_query.register(pick_category, drafting, ProblemPick.filter())
    routes.callback_query.register(pick_place, drafting, PlacePick.filter())
    routes.callback_query.register(pick_day, drafting, DayPick.filter())
    steps: dict[ProblemStep, Handler] = {
        ProblemStep.CATEGORIES: list_categories,
        ProblemStep.PLACES: list_places,
        ProblemStep.REVIEW: review,
        ProblemStep.ANSWER: show_answer,
        ProblemStep.HELPED: helped,
        ProblemStep.SEND: send,
        ProblemStep.CANCEL: cancel,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, drafting, ProblemPress.filter(F.step == step))
    return routes
