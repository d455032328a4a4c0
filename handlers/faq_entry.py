"""/faq: one entry, read and changed by buttons."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers import faq_cards
from handlers.faq_callbacks import (
    AliasDrop,
    AudiencePick,
    EditPress,
    EditStep,
    SectionPick,
    VersionPick,
)
from handlers.ports import Answer, Handler, Say
from handlers.typed import Faq
from services.access import Actor
from services.consultation.editing import Editing
from services.consultation.library import Card, Library

SWITCHES = (EditStep.WITHDRAW, EditStep.PUBLISH, EditStep.UNDO)


async def show(
    press: CallbackQuery,
    *,
    callback_data: EditPress,
    actor: Actor,
    library: Library,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await library.card(actor, callback_data.entry)
    await state.set_state(Faq.open)
    await _show(press, card, answer, say, saved=False)


async def offer_audiences(
    press: CallbackQuery,
    *,
    callback_data: EditPress,
    actor: Actor,
    library: Library,
    answer: Answer,
    say: Say,
) -> None:
    card = await library.card(actor, callback_data.entry)
    shown = faq_cards.audiences(card.entry, say)
    await answer.edit(press, "faq/audience", keyboard=shown, entry=card.entry)


async def address(
    press: CallbackQuery,
    *,
    callback_data: AudiencePick,
    actor: Actor,
    editing: Editing,
    answer: Answer,
    say: Say,
) -> None:
    card = await editing.address(actor, callback_data.entry, callback_data.audience)
    await _show(press, card, answer, say, saved=True)


async def offer_sections(
    press: CallbackQuery,
    *,
    callback_data: EditPress,
    actor: Actor,
    library: Library,
    answer: Answer,
    say: Say,
) -> None:
    card = await library.card(actor, callback_data.entry)
    shown = faq_cards.places(card.entry, await library.sections(actor), say)
    await answer.edit(press, "faq/place", keyboard=shown, entry=card.entry)


async def move(
    press: CallbackQuery,
    *,
    callback_data: SectionPick,
    actor: Actor,
    editing: Editing,
    answer: Answer,
    say: Say,
) -> None:
    card = await editing.move(actor, callback_data.entry, callback_data.section)
    await _show(press, card, answer, say, saved=True)


async def list_aliases(
    press: CallbackQuery,
    *,
    callback_data: EditPress,
    actor: Actor,
    library: Library,
    state: FSMContext,
    answer: Answer,
    say: Say,
) -> None:
    card = await library.card(actor, callback_data.entry)
    await state.set_state(Faq.open)
    await answer.edit(press, "faq/aliases", keyboard=faq_cards.aliases(card, say), card=card)


async def drop_alias(
    press: CallbackQuery,
    *,
    callback_data: AliasDrop,
    actor: Actor,
    editing: Editing,
    answer: Answer,
    say: Say,
) -> None:
    card = await editing.drop_alias(
        actor, callback_data.entry, callback_data.place, callback_data.version
    )
    await answer.edit(press, "faq/aliases", keyboard=faq_cards.aliases(card, say), card=card)


async def switch(
    press: CallbackQuery,
    *,
    callback_data: EditPress,
    actor: Actor,
    editing: Editing,
    answer: Answer,
    say: Say,
) -> None:
    """Withdraw, publish, or undo the last change."""
    changes = {
        EditStep.WITHDRAW: editing.withdraw,
        EditStep.PUBLISH: editing.publish,
        EditStep.UNDO: editing.undo,
    }
    card = await changes[callback_data.step](actor, callback_data.entry)
    await _show(press, card, answer, say, saved=True)


async def tell_history(
    press: CallbackQuery,
    *,
    callback_data: EditPress,
    actor: Actor,
    library: Library,
    answer: Answer,
    say: Say,
) -> None:
    card = await library.card(actor, callback_data.entry)
    shown = card.history[: faq_cards.VERSIONS + 1]
    await answer.edit(
        press, "faq/history", keyboard=faq_cards.history(card, say), card=card, history=shown
    )


async def show_version(
    press: CallbackQuery,
    *,
    callback_data: VersionPick,
    actor: Actor,
    library: Library,
    answer: Answer,
    say: Say,
) -> None:
    told = await library.version(actor, callback_data.entry, callback_data.number)
    shown = faq_cards.version(callback_data.entry, callback_data.number, say)
    await answer.edit(press, "faq/version", keyboard=shown, told=told)


async def restore(
    press: CallbackQuery,
    *,
    callback_data: VersionPick,
    actor: Actor,
    editing: Editing,
    answer: Answer,
    say: Say,
) -> None:
    card = await editing.restore(actor, callback_data.entry, callback_data.number)
    await _show(press, card, answer, say, saved=True)


async def _show(press: CallbackQuery, card: Card, answer: Answer, say: Say, *, saved: bool) -> None:
    shown = faq_cards.card(card, say)
    await answer.edit(press, "faq/card", keyboard=shown, card=card, saved=saved)


def router() -> Router:
    routes = Router(name=__name__)
    steps: dict[EditStep, Handler] = {
        EditStep.SHOW: show,
        EditStep.AUDIENCE: offer_audiences,
        EditStep.SECTION: offer_sections,
        EditStep.ALIASES: list_aliases,
        EditStep.HISTORY: tell_history,
    }
    for step, handler in steps.items():
        routes.callback_query.register(handler, EditPress.filter(F.step == step))
    routes.callback_query.register(switch, EditPress.filter(F.step.in_(set(SWITCHES))))
    routes.callback_query.register(address, AudiencePick.filter())
    routes.callback_query.register(move, SectionPick.filter())
    routes.callback_query.register(drop_alias, AliasDrop.filter())
    routes.callback_query.register(restore, VersionPick.filter(F.back))
    routes.callback_query.register(show_version, VersionPick.filter())
    return routes
