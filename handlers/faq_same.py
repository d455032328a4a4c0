"""/faq: a question without an answer asks what an entry answers already."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.faq_backlog import awaited, back_to, group_of, onward, wait_for
from handlers.faq_callbacks import BacklogPress, BacklogStep, SamePick
from handlers.keyboards import button, keyboard
from handlers.paging import label
from handlers.ports import Answer, Say
from handlers.typed import TYPED, Faq
from services.access import Actor
from services.consultation.entries import Entry
from services.consultation.keeping import UnansweredId
from services.consultation.unanswered import UnansweredDesk


async def offer_same(
    press: CallbackQuery,
    *,
    callback_data: BacklogPress,
    actor: Actor,
    unanswered: UnansweredDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The likest entries at once, others by words."""
    group = await group_of(callback_data, actor, unanswered)
    hits = await unanswered.likely(actor, group.lead.text)
    await wait_for(state, Faq.same, callback_data)
    shown = _same(hits, callback_data, say)
    await answer.edit(press, "faq/same", keyboard=shown, group=group, found=len(hits))


async def find_same(
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
    group = await unanswered.group(actor, number, alone=alone)
    hits = await unanswered.likely(actor, text)
    here = BacklogPress(step=BacklogStep.SAME, question=number, alone=alone)
    shown = _same(hits, here, say)
    await answer.reply(message, "faq/same", keyboard=shown, group=group, found=len(hits))


async def pick_same(
    press: CallbackQuery,
    *,
    callback_data: SamePick,
    actor: Actor,
    unanswered: UnansweredDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    done = await unanswered.same(
        actor,
        UnansweredId(callback_data.question),
        callback_data.entry,
        alone=callback_data.alone,
    )
    await state.set_state(Faq.open)
    await answer.edit(press, "faq/answered", keyboard=onward(done.entry, say), told=done.told)


def _same(hits: Sequence[Entry], here: BacklogPress, say: Say) -> InlineKeyboardMarkup:
    rows = [
        [
            button(
                label(one.question),
                SamePick(question=here.question, entry=one.id, alone=here.alone),
            )
        ]
        for one in hits
    ]
    return keyboard(*rows, [back_to(say("Cancel"), here)])


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(find_same, Faq.same, TYPED, F.text.as_("text"))
    offered = BacklogPress.filter(F.step == BacklogStep.SAME)
    routes.callback_query.register(offer_same, offered)
    routes.callback_query.register(pick_same, SamePick.filter())
    return routes
