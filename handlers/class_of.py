"""/people: which class a class teacher leads."""

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardButton

from handlers.callbacks import PersonView
from handlers.keyboards import button, in_rows, keyboard
from handlers.own_class_callbacks import ClassOf
from handlers.ports import Answer, Say
from services.access import Actor, Role
from services.ids import PersonId
from services.own_class.appointing import Appointing
from services.people import Person

ACROSS = 5
MOST = 95
"""Classes that one message has buttons for."""


async def turn(
    press: CallbackQuery,
    *,
    callback_data: ClassOf,
    actor: Actor,
    appointing: Appointing,
    answer: Answer,
    say: Say,
) -> None:
    """The classes to choose from; a press on one gives it or takes it back."""
    person = PersonId(callback_data.person)
    if callback_data.class_unit:
        shown = await appointing.turn(actor, person, callback_data.class_unit)
    else:
        shown = await appointing.offer(actor, person)
    buttons = [
        button(f"{'✓ ' if one.given else ''}{one.name}", ClassOf(person=person, class_unit=one.id))
        for one in shown.classes[:MOST]
    ]
    back = [button(say("Back"), PersonView(person=person))]
    keys = keyboard(*in_rows(buttons, across=ACROSS), back)
    await answer.edit(press, "own_class/whose", keyboard=keys, appointment=shown)


def class_row(person: Person, say: Say) -> list[InlineKeyboardButton]:
    """On the card of a class teacher; nothing on others'."""
    if Role.CLASS_TEACHER not in person.roles:
        return []
    return [button(say("Which class"), ClassOf(person=person.id))]


def router() -> Router:
    routes = Router(name=__name__)
    routes.callback_query.register(turn, ClassOf.filter())
    return routes
