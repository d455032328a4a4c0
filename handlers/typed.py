"""Where the next text is an answer: what counts as one, and leaving by giving a command."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

TYPED = F.text & ~F.text.startswith("/")
NAME = TYPED & ~F.text.contains("?")
"""A name asks nothing; a question typed in its place is answered as a question."""


class Inviting(StatesGroup):
    name = State()


class Renaming(StatesGroup):
    school = State()


async def leave(_: Message, *, state: FSMContext) -> None:
    """A command ends the wait for a name, so that a later text is not taken for one."""
    await state.clear()
    raise SkipHandler


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    waiting = StateFilter(Inviting.name, Renaming.school)
    routes.message.register(leave, waiting, F.text.startswith("/"))
    return routes
