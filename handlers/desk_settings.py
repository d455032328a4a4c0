"""The desk's settings: working hours, categories with their targets, ready replies."""

from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.callbacks import QueuePage
from handlers.desk_callbacks import (
    CategoryPress,
    CategoryStep,
    DeskPress,
    DeskStep,
    ReplyDrop,
)
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label
from handlers.ports import Answer, Handler, Say
from handlers.ticket_words import title_of
from handlers.typed import TYPED, Desk
from services.access import Actor
from services.helpdesk.arranging import Arranging
from services.helpdesk.settings import OTHER, Category
from services.helpdesk.written import hours_told


async def show(
    press: CallbackQuery,
    *,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    arranged = await arranging.show(actor)
    await state.clear()
    shown = keyboard(
        [_page(say("Working hours"), DeskStep.HOURS)],
        [_page(say("Categories and targets"), DeskStep.CATEGORIES)],
        [_page(say("Ready replies"), DeskStep.REPLIES)],
        [_page(say("How long words are kept"), DeskStep.KEEPING)],
        [button(say("To the queue"), QueuePage())],
    )
    hours = hours_told(arranged.hours)
    await answer.edit(press, "helpdesk/settings", keyboard=shown, hours=hours)


async def ask_hours(
    press: CallbackQuery,
    *,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    arranged = await arranging.show(actor)
    await state.set_state(Desk.hours)
    usual = _page(say("By the timetable"), DeskStep.USUAL)
    shown = keyboard([usual], [_page(say("Back"), DeskStep.ROOT)])
    hours = hours_told(arranged.hours)
    await answer.edit(press, "helpdesk/ask-hours", keyboard=shown, hours=hours)


async def set_hours(
    message: Message,
    *,
    text: str,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await arranging.set_hours(actor, text)
    await state.clear()
    hours = hours_told((await arranging.show(actor)).hours)
    await answer.reply(message, "helpdesk/settings", keyboard=_back(say), hours=hours)


async def usual_hours(
    press: CallbackQuery,
    *,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await arranging.usual_hours(actor)
    await state.clear()
    hours = hours_told((await arranging.show(actor)).hours)
    await answer.edit(press, "helpdesk/settings", keyboard=_back(say), hours=hours)


async def list_categories(
    press: CallbackQuery, *, actor: Actor, arranging: Arranging, answer: Answer, say: Say
) -> None:
    categories = (await arranging.show(actor)).settings.categories
    buttons = [
        button(title_of(one, say), CategoryPress(step=CategoryStep.SHOW, code=one.code))
        for one in categories
    ]
    fresh = _page(say("New category"), DeskStep.NEW_CATEGORY)
    shown = keyboard(*in_rows(buttons, across=2), [fresh], [_page(say("Back"), DeskStep.ROOT)])
    await answer.edit(press, "helpdesk/settings-categories", keyboard=shown)


async def show_category(
    press: CallbackQuery,
    *,
    callback_data: CategoryPress,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    category = await arranging.category(actor, callback_data.code)
    await state.clear()
    await answer.edit(press, "helpdesk/category", **_category(category, say))


async def change_category(
    press: CallbackQuery,
    *,
    callback_data: CategoryPress,
    actor: Actor,
    arranging: Arranging,
    answer: Answer,
    say: Say,
) -> None:
    """Its priority, or whether it is offered."""
    priority = callback_data.step is CategoryStep.PRIORITY
    change = arranging.raise_priority if priority else arranging.switch
    await change(actor, callback_data.code)
    category = await arranging.category(actor, callback_data.code)
    await answer.edit(press, "helpdesk/category", **_category(category, say))


async def ask_targets(
    press: CallbackQuery,
    *,
    callback_data: CategoryPress,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    category = await arranging.category(actor, callback_data.code)
    await state.set_state(Desk.targets)
    await state.set_data({"code": category.code})
    back = callback_data.model_copy(update={"step": CategoryStep.SHOW})
    shown = keyboard([button(say("Back"), back)])
    title = title_of(category, say)
    await answer.edit(press, "helpdesk/ask-targets", keyboard=shown, title=title)


async def set_targets(
    message: Message,
    *,
    text: str,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    code = (await state.get_data()).get("code", OTHER)
    await arranging.set_targets(actor, code, text)
    await state.clear()
    category = await arranging.category(actor, code)
    await answer.reply(message, "helpdesk/category", **_category(category, say))


async def ask_new(
    press: CallbackQuery,
    *,
    callback_data: DeskPress,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """A category's title, or a ready reply."""
    await arranging.show(actor)
    reply = callback_data.step is DeskStep.NEW_REPLY
    await state.set_state(Desk.reply if reply else Desk.category)
    back = _page(say("Back"), DeskStep.REPLIES if reply else DeskStep.CATEGORIES)
    template = "helpdesk/ask-canned" if reply else "helpdesk/ask-category"
    await answer.edit(press, template, keyboard=keyboard([back]))


async def add_category(
    message: Message,
    *,
    text: str,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    code = await arranging.add_category(actor, text)
    await state.clear()
    category = await arranging.category(actor, code)
    await answer.reply(message, "helpdesk/category", **_category(category, say))


async def list_replies(
    press: CallbackQuery,
    *,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    shown = await _replies(actor, arranging, say)
    await state.clear()
    await answer.edit(press, "helpdesk/settings-replies", keyboard=shown)


async def add_reply(
    message: Message,
    *,
    text: str,
    actor: Actor,
    arranging: Arranging,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await arranging.add_reply(actor, text)
    await state.clear()
    shown = await _replies(actor, arranging, say)
    await answer.reply(message, "helpdesk/settings-replies", keyboard=shown)


async def drop_reply(
    press: CallbackQuery,
    *,
    callback_data: ReplyDrop,
    actor: Actor,
    arranging: Arranging,
    answer: Answer,
    say: Say,
) -> None:
    """Shown whole before it goes."""
    if callback_data.sure:
        await arranging.drop_reply(actor, callback_data.place)
        shown = await _replies(actor, arranging, say)
        await answer.edit(press, "helpdesk/settings-replies", keyboard=shown)
        return
    replies = (await arranging.show(actor)).settings.replies
    texts = [one.text for place, one in enumerate(replies) if place == callback_data.place]
    sure = button(say("Take it away"), ReplyDrop(place=callback_data.place, sure=True))
    shown = keyboard([sure] if texts else [], [_page(say("Back"), DeskStep.REPLIES)])
    await answer.edit(press, "helpdesk/settings-reply", keyboard=shown, texts=texts)


async def _replies(actor: Actor, arranging: Arranging, say: Say) -> InlineKeyboardMarkup:
    replies = (await arranging.show(actor)).settings.replies
    rows = [[button(label(one.title), ReplyDrop(place=at))] for at, one in enumerate(replies)]
    fresh = _page(say("New reply"), DeskStep.NEW_REPLY)
    return keyboard(*rows, [fresh], [_page(say("Back"), DeskStep.ROOT)])


def _category(category: Category, say: Say) -> dict[str, Any]:
    def step(words: str, one: CategoryStep) -> InlineKeyboardButton:
        return button(words, CategoryPress(step=one, code=category.code))

    offered = say("Offer it") if category.hidden else say("Do not offer it")
    shown = keyboard(
        [step(say("Targets"), CategoryStep.TARGETS), step(say("Urgency"), CategoryStep.PRIORITY)],
        [step(offered, CategoryStep.SWITCH)] if category.code != OTHER else [],
        [_page(say("Back"), DeskStep.CATEGORIES)],
    )
    return {"keyboard": shown, "category": category, "title": title_of(category, say)}


def _page(words: str, step: DeskStep) -> InlineKeyboardButton:
    return button(words, DeskPress(step=step))


def _back(say: Say) -> InlineKeyboardMarkup:
    return keyboard([_page(say("Back"), DeskStep.ROOT)])


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    words = TYPED, F.text.as_("text")
    routes.message.register(set_hours, Desk.hours, *words)
    routes.message.register(set_targets, Desk.targets, *words)
    routes.message.register(add_category, Desk.category, *words)
    routes.message.register(add_reply, Desk.reply, *words)
    pages: dict[DeskStep, Handler] = {
        DeskStep.ROOT: show,
        DeskStep.HOURS: ask_hours,
        DeskStep.USUAL: usual_hours,
        DeskStep.CATEGORIES: list_categories,
        DeskStep.NEW_CATEGORY: ask_new,
        DeskStep.REPLIES: list_replies,
        DeskStep.NEW_REPLY: ask_new,
    }
    for page, handler in pages.items():
        routes.callback_query.register(handler, DeskPress.filter(F.step == page))
    steps: dict[CategoryStep, Handler] = {
        CategoryStep.SHOW: show_category,
        CategoryStep.TARGETS: ask_targets,
        CategoryStep.PRIORITY: change_category,
        CategoryStep.SWITCH: change_category,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, CategoryPress.filter(F.step == step))
    routes.callback_query.register(drop_reply, ReplyDrop.filter())
    return routes
