"""/faq: questions without an answer, one answer for all who ask the same."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.faq import to_page
from handlers.faq_callbacks import BacklogPress, BacklogStep, EditPress, EditStep, FaqPage, FaqPress
from handlers.keyboards import button, keyboard
from handlers.paging import Page, label, page_of
from handlers.ports import Answer, Handler, Say
from handlers.typed import TYPED, Faq
from services.access import Actor
from services.consultation.groups import Group
from services.consultation.keeping import UnansweredId
from services.consultation.unanswered import UnansweredDesk

ALIKE = 5
"""Wordings of a group that are shown, and can each be opened by itself."""


async def list_groups(
    press: CallbackQuery,
    *,
    callback_data: FaqPress,
    actor: Actor,
    unanswered: UnansweredDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    groups = await unanswered.groups(actor)
    await state.set_state(Faq.open)
    page = page_of(groups, callback_data.number)
    await answer.edit(press, "faq/backlog", keyboard=_groups(page, say), groups=groups)


async def show(
    press: CallbackQuery,
    *,
    callback_data: BacklogPress,
    actor: Actor,
    unanswered: UnansweredDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    group = await group_of(callback_data, actor, unanswered)
    await state.set_state(Faq.open)
    shown = _group_buttons(group, say, alone=callback_data.alone)
    await answer.edit(
        press, "faq/question", keyboard=shown, group=group, wordings=group.all[:ALIKE]
    )


async def ask_answer(
    press: CallbackQuery,
    *,
    callback_data: BacklogPress,
    actor: Actor,
    unanswered: UnansweredDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    group = await group_of(callback_data, actor, unanswered)
    await wait_for(state, Faq.settling, callback_data)
    cancel = keyboard([back_to(say("Cancel"), callback_data)])
    await answer.edit(press, "faq/ask-answer", keyboard=cancel, group=group)


async def take_answer(
    message: Message,
    *,
    text: str,
    actor: Actor,
    unanswered: UnansweredDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    number, alone = await awaited(state)
    done = await unanswered.answer(actor, number, text, alone=alone)
    await state.clear()
    await answer.reply(message, "faq/answered", keyboard=onward(done.entry, say), told=done.told)


async def dismiss(
    press: CallbackQuery,
    *,
    callback_data: BacklogPress,
    actor: Actor,
    unanswered: UnansweredDesk,
    answer: Answer,
    say: Say,
) -> None:
    number = UnansweredId(callback_data.question)
    group = await unanswered.dismiss(actor, number, alone=callback_data.alone)
    again = callback_data.model_copy(update={"step": BacklogStep.REOPEN})
    shown = keyboard([button(say("Bring it back"), again)], [to_page(say("Back"), FaqPage.BACKLOG)])
    await answer.edit(press, "faq/dismissed", keyboard=shown, group=group)


async def reopen(
    press: CallbackQuery,
    *,
    callback_data: BacklogPress,
    actor: Actor,
    unanswered: UnansweredDesk,
    answer: Answer,
    say: Say,
) -> None:
    number = UnansweredId(callback_data.question)
    await unanswered.reopen(actor, number, alone=callback_data.alone)
    groups = await unanswered.groups(actor)
    shown = _groups(page_of(groups, 1), say)
    await answer.edit(press, "faq/backlog", keyboard=shown, groups=groups)


async def group_of(press: BacklogPress, actor: Actor, unanswered: UnansweredDesk) -> Group:
    return await unanswered.group(actor, UnansweredId(press.question), alone=press.alone)


async def wait_for(state: FSMContext, step: State, press: BacklogPress) -> None:
    await state.set_state(step)
    await state.set_data({"question": press.question, "alone": press.alone})


async def awaited(state: FSMContext) -> tuple[UnansweredId, bool]:
    data = await state.get_data()
    return UnansweredId(data.get("question", 0)), bool(data.get("alone"))


def to_backlog(say: Say) -> InlineKeyboardMarkup:
    """Under the card that tells of questions without an answer."""
    return keyboard([to_page(say("Questions without an answer"), FaqPage.BACKLOG)])


def _groups(page: Page[Group], say: Say) -> InlineKeyboardMarkup:
    rows = [
        [
            button(
                label(f"{one.count} · {one.lead.text}"),
                BacklogPress(step=BacklogStep.SHOW, question=one.lead.id),
            )
        ]
        for one in page.shown
    ]
    arrows = page.arrows(lambda to: FaqPress(page=FaqPage.BACKLOG, number=to))
    return keyboard(*rows, arrows, [to_page(say("Back"), FaqPage.ROOT)])


def _group_buttons(group: Group, say: Say, *, alone: bool) -> InlineKeyboardMarkup:
    """Where several ask alike, each can be opened by itself."""
    steps = (
        (say("Answer and save"), BacklogStep.ANSWER),
        (say("It is the same as…"), BacklogStep.SAME),
        (say("No answer needed"), BacklogStep.DISMISS),
    )
    rows = [
        [button(title, BacklogPress(step=step, question=group.lead.id, alone=alone))]
        for title, step in steps
    ]
    singles = [
        [
            button(
                label(say("Only: %(question)s", question=one.text)),
                BacklogPress(step=BacklogStep.SHOW, question=one.id, alone=True),
            )
        ]
        for one in (group.all[:ALIKE] if group.others else ())
    ]
    return keyboard(*rows, *singles, [to_page(say("Back"), FaqPage.BACKLOG)])


def back_to(text: str, here: BacklogPress) -> InlineKeyboardButton:
    return button(text, here.model_copy(update={"step": BacklogStep.SHOW}))


def onward(entry: str, say: Say) -> InlineKeyboardMarkup:
    return keyboard(
        [button(say("Look at the entry"), EditPress(step=EditStep.SHOW, entry=entry))],
        [to_page(say("Questions without an answer"), FaqPage.BACKLOG)],
    )


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(take_answer, Faq.settling, TYPED, F.text.as_("text"))
    routes.callback_query.register(list_groups, FaqPress.filter(F.page == FaqPage.BACKLOG))
    steps: dict[BacklogStep, Handler] = {
        BacklogStep.SHOW: show,
        BacklogStep.ANSWER: ask_answer,
        BacklogStep.DISMISS: dismiss,
        BacklogStep.REOPEN: reopen,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, BacklogPress.filter(F.step == step))
    return routes
