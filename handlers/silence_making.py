"""/silence: which rule, of what, till when and why."""

from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers import silence_cards as cards
from handlers.ports import Answer, Say
from handlers.reminder_callbacks import (
    PlaceKind,
    SilenceDay,
    SilencePlace,
    SilencePlaces,
    SilencePress,
    SilenceRule,
    SilenceStep,
)
from handlers.typed import TYPED, Silencing
from services.access import Actor
from services.reminding.silence import Covered, SilenceUnfitError
from services.reminding.silencing import SilenceDesk

FIELDS = {
    PlaceKind.CLASS: "class_unit",
    PlaceKind.TEACHER: "staff",
    PlaceKind.SUBJECT: "subject",
}


async def ask_rule(
    press: CallbackQuery,
    *,
    actor: Actor,
    silences: SilenceDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await silences.today(actor)
    await state.set_state(Silencing.what)
    await state.set_data({})
    await answer.edit(press, "reminding/ask-rule", keyboard=cards.rules(silences.rules, say))


async def pick_rule(
    press: CallbackQuery,
    *,
    callback_data: SilenceRule,
    actor: Actor,
    silences: SilenceDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await silences.today(actor)
    rule = callback_data.rule
    if rule and rule not in silences.rules:
        raise SilenceUnfitError(why="place")
    await state.set_state(Silencing.what)
    await state.set_data({"rule": rule})
    await answer.edit(press, "reminding/ask-place", keyboard=cards.kinds(say))


async def ask_place(
    press: CallbackQuery, *, actor: Actor, silences: SilenceDesk, answer: Answer, say: Say
) -> None:
    await silences.today(actor)
    await answer.edit(press, "reminding/ask-place", keyboard=cards.kinds(say))


async def list_places(
    press: CallbackQuery,
    *,
    callback_data: SilencePlaces,
    actor: Actor,
    silences: SilenceDesk,
    answer: Answer,
    say: Say,
) -> None:
    known = await silences.places(actor)
    found = {
        PlaceKind.CLASS: known.classes,
        PlaceKind.TEACHER: known.teachers,
        PlaceKind.SUBJECT: known.subjects,
    }.get(callback_data.kind, ())
    shown = cards.places(found, callback_data, say)
    await answer.edit(press, "reminding/ask-place", keyboard=shown)


async def pick_place(
    press: CallbackQuery,
    *,
    callback_data: SilencePlace,
    actor: Actor,
    silences: SilenceDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    today = await silences.today(actor)
    data = await state.get_data()
    if "rule" not in data:
        await answer.alert(press, "questions/stale")
        return
    field = FIELDS.get(callback_data.kind)
    place = {field: callback_data.item} if field else {}
    await state.set_state(Silencing.until)
    await state.set_data({"rule": data["rule"], "place": place})
    await answer.edit(press, "reminding/ask-until", keyboard=cards.days(today, say))


async def pick_day(
    press: CallbackQuery,
    *,
    callback_data: SilenceDay,
    actor: Actor,
    silences: SilenceDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await silences.today(actor)
    data = await state.get_data()
    if "place" not in data:
        await answer.alert(press, "questions/stale")
        return
    card = await silences.plan(actor, _covered(data), callback_data.day)
    await state.set_state(Silencing.reason)
    await state.set_data({**data, "until": callback_data.day})
    await answer.edit(press, "reminding/ask-reason", keyboard=cards.reason(say), card=card)


async def take_day(
    message: Message,
    *,
    text: str,
    actor: Actor,
    silences: SilenceDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    until = await silences.read(actor, text)
    data = await state.get_data()
    if "place" not in data:
        raise SilenceUnfitError(why="place")
    card = await silences.plan(actor, _covered(data), until)
    await state.set_state(Silencing.reason)
    await state.set_data({**data, "until": until})
    await answer.reply(message, "reminding/ask-reason", keyboard=cards.reason(say), card=card)


async def take_reason(
    message: Message,
    *,
    text: str,
    actor: Actor,
    silences: SilenceDesk,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await silences.today(actor)
    data = await state.get_data()
    if "until" not in data:
        raise SilenceUnfitError(why="place")
    card = await silences.set(actor, _covered(data), data["until"], text)
    await state.clear()
    await answer.reply(message, "reminding/silence", keyboard=cards.card(card, say), card=card)


def _covered(data: dict[str, Any]) -> Covered:
    return Covered(rule=data["rule"], **data["place"])


def router() -> Router:
    routes = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    words = F.text.as_("text")
    routes.message.register(take_day, private, Silencing.until, TYPED, words)
    routes.message.register(take_reason, private, Silencing.reason, TYPED, words)
    routes.callback_query.register(ask_rule, SilencePress.filter(F.step == SilenceStep.NEW))
    routes.callback_query.register(ask_place, SilencePress.filter(F.step == SilenceStep.WHERE))
    routes.callback_query.register(pick_rule, SilenceRule.filter())
    routes.callback_query.register(list_places, SilencePlaces.filter())
    routes.callback_query.register(pick_place, SilencePlace.filter())
    routes.callback_query.register(pick_day, SilenceDay.filter())
    return routes
