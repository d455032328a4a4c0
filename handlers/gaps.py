"""/my: a teacher's own gaps, and why each of them is there."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.callbacks import GapsPage, GapWhy
from handlers.gap_claims import show_card
from handlers.keyboards import button, keyboard
from handlers.own_class import with_class
from handlers.ports import Answer, Say
from handlers.reminder_cards import when
from services.access import Actor
from services.claims.saying import Claims
from services.gaps import GapDesk, Told
from services.ids import FindingId
from services.own_class.desk import ClassDesk

PAGE = 8
LABEL = 55


async def show(
    message: Message,
    *,
    actor: Actor,
    gaps: GapDesk,
    own_class: ClassDesk,
    answer: Answer,
    say: Say,
) -> None:
    own = await gaps.mine(actor)
    shown = await with_class(buttons(own.told, page=1, say=say), actor, own_class, say)
    await answer.reply(message, "gaps/my", keyboard=shown, own=own)


async def turn(
    press: CallbackQuery,
    *,
    callback_data: GapsPage,
    actor: Actor,
    gaps: GapDesk,
    own_class: ClassDesk,
    answer: Answer,
    say: Say,
) -> None:
    own = await gaps.mine(actor)
    turned = buttons(own.told, page=callback_data.page, say=say)
    shown = await with_class(turned, actor, own_class, say)
    await answer.edit(press, "gaps/my", keyboard=shown, own=own)


async def explain(
    press: CallbackQuery,
    *,
    callback_data: GapWhy,
    actor: Actor,
    claims: Claims,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The finding's card; the way back to it leaves whatever was asked."""
    finding = FindingId(callback_data.finding)
    await show_card(press, finding, callback_data.page, actor, claims, answer, say)
    await state.clear()


def buttons(told: Sequence[Told], *, page: int, say: Say) -> InlineKeyboardMarkup:
    """A «why?» for each finding, eight a page."""
    pages = max(1, -(-len(told) // PAGE))
    page = min(max(1, page), pages)
    shown = told[(page - 1) * PAGE : page * PAGE]
    rows = [[button(_label(one, say), GapWhy(finding=one.finding, page=page))] for one in shown]
    steps = (("‹", page - 1), ("›", page + 1))
    turning = [button(sign, GapsPage(page=to)) for sign, to in steps if 1 <= to <= pages]
    return keyboard(*rows, turning, [when(say)])


def _label(one: Told, say: Say) -> str:
    line = one.line
    where = " ".join(part for part in (line.class_unit, line.date[:5], line.subject) if part)
    label = say("Why? %(where)s · %(rule)s", where=where, rule=line.rule)
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(show, Command("my"))
    routes.callback_query.register(turn, GapsPage.filter())
    routes.callback_query.register(explain, GapWhy.filter())
    return routes
