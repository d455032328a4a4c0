"""/people: who has access to the school, and ending it."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.callbacks import PersonRevoke, PersonView
from handlers.class_of import class_row
from handlers.keyboards import button, keyboard
from handlers.ports import Answer, Say
from handlers.roles import ROLE_NAMES
from services.access import Actor
from services.ids import PersonId
from services.people import People, Person

SHOWN = 60
"""Buttons of one message; the messenger takes no more than a hundred."""


async def show(message: Message, *, actor: Actor, people: People, answer: Answer, say: Say) -> None:
    everybody = await people.list(actor)
    shown = _list(everybody, say)
    await answer.reply(message, "people/list", keyboard=shown, count=len(everybody))


async def look(
    press: CallbackQuery,
    *,
    callback_data: PersonView,
    actor: Actor,
    people: People,
    answer: Answer,
    say: Say,
) -> None:
    everybody = await people.list(actor)
    person = next((one for one in everybody if one.id == callback_data.person), None)
    if person is None:
        shown = _list(everybody, say)
        await answer.edit(press, "people/list", keyboard=shown, count=len(everybody))
        return
    revoke = button(say("End access"), PersonRevoke(person=person.id))
    back = button(say("Back"), PersonView(person=0))
    own = [] if person.id == actor.person else [revoke]
    rows = keyboard(class_row(person, say), own, [back])
    await answer.edit(press, "people/card", keyboard=rows, person=person, roles=_roles(person, say))


async def revoke(
    press: CallbackQuery,
    *,
    callback_data: PersonRevoke,
    actor: Actor,
    people: People,
    answer: Answer,
    say: Say,
) -> None:
    chosen = PersonId(callback_data.person)
    back = button(say("Back"), PersonView(person=0))
    if callback_data.sure:
        gone = await people.revoke(actor, chosen)
        await answer.edit(press, "people/revoked", keyboard=keyboard([back]), name=gone.name)
        return
    name = next((one.name for one in await people.list(actor) if one.id == chosen), "")
    sure = button(say("Yes, end access"), PersonRevoke(person=chosen, sure=True))
    await answer.edit(press, "people/revoke", keyboard=keyboard([sure], [back]), name=name)


def _list(everybody: Sequence[Person], say: Say) -> InlineKeyboardMarkup:
    named = sorted(everybody, key=lambda person: person.name)[:SHOWN]
    return keyboard(
        *([button(f"{one.name} · {_roles(one, say)}", PersonView(person=one.id))] for one in named)
    )


def _roles(person: Person, say: Say) -> str:
    names = (say(name) for role, name in ROLE_NAMES.items() if role in person.roles)
    return ", ".join(names)


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(show, Command("people"))
    routes.callback_query.register(look, PersonView.filter())
    routes.callback_query.register(revoke, PersonRevoke.filter())
    return routes
