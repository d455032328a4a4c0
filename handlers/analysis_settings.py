"""Under an analysis: the school's own form of the document, and the director's deputy."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.analysis_callbacks import AnalysisRoomPress, AnalysisRoomStep, DeputyPick
from handlers.analysis_cards import room, to_room
from handlers.ports import Answer, Content, Say
from handlers.typed import Analysing
from services.access import Actor
from services.analyses.settings import AnalysisRoom
from services.ids import PersonId


async def show(
    press: CallbackQuery,
    *,
    actor: Actor,
    analysis_room: AnalysisRoom,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    view = await analysis_room.show(actor)
    await state.clear()
    await answer.edit(press, "analyses/room", keyboard=room(view, say), room=view)


async def ask_form(
    press: CallbackQuery,
    *,
    actor: Actor,
    analysis_room: AnalysisRoom,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    await analysis_room.show(actor)
    await state.set_state(Analysing.form)
    await answer.edit(press, "analyses/ask-form", keyboard=to_room(say))


async def take_form(
    message: Message,
    *,
    actor: Actor,
    analysis_room: AnalysisRoom,
    analysis_form: Content,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    """The wait goes on after a form that cannot be filled."""
    await analysis_room.show(actor)
    await analysis_room.take(actor, await analysis_form(message))
    await state.clear()
    await answer.reply(message, "analyses/form-taken", keyboard=to_room(say))


async def drop_form(
    press: CallbackQuery, *, actor: Actor, analysis_room: AnalysisRoom, answer: Answer, say: Say
) -> None:
    view = await analysis_room.drop(actor)
    await answer.edit(press, "analyses/room", keyboard=room(view, say), room=view)


async def name_deputy(
    press: CallbackQuery,
    *,
    callback_data: DeputyPick,
    actor: Actor,
    analysis_room: AnalysisRoom,
    answer: Answer,
    say: Say,
) -> None:
    person = PersonId(callback_data.person) if callback_data.person else None
    view = await analysis_room.name_deputy(actor, person)
    await answer.edit(press, "analyses/room", keyboard=room(view, say), room=view)


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    waiting = StateFilter(Analysing.form)
    routes.message.register(take_form, waiting, ~F.forward_origin, F.document)
    presses = routes.callback_query
    presses.register(show, AnalysisRoomPress.filter(F.step == AnalysisRoomStep.ROOT))
    presses.register(ask_form, AnalysisRoomPress.filter(F.step == AnalysisRoomStep.FORM))
    presses.register(drop_form, AnalysisRoomPress.filter(F.step == AnalysisRoomStep.DROP))
    presses.register(name_deputy, DeputyPick.filter())
    return routes
