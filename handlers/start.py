"""/start: a stranger is told how to get in, a code lets in, whoever is in is greeted."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Cancel
from handlers.commands import lines, show_menu
from handlers.keyboards import button, keyboard
from handlers.ports import Answer, Say
from handlers.roles import ROLE_NAMES
from handlers.typed import NAME
from services.access import Actor
from services.entrance import Entrance
from services.people import Newcomer, UserId
from services.schools import SchoolSettings


class Naming(StatesGroup):
    school = State()


async def enter(
    message: Message,
    *,
    command: CommandObject,
    entrance: Entrance,
    state: FSMContext,
    answer: Answer,
    say: Say,
    bot: Bot,
) -> None:
    """The code of a link, or typed after the command; the chat's menu is the new role's."""
    newcomer = _newcomer(message)
    welcome = await entrance.enter(command.args or "", newcomer)
    await state.clear()
    if welcome.first and not welcome.school:
        await state.set_state(Naming.school)
        skip = keyboard([button(say("Skip"), Cancel())])
        await answer.reply(message, "start/owner", keyboard=skip)
    else:
        role = say(ROLE_NAMES[welcome.role])
        await answer.reply(message, "start/admitted", welcome=welcome, role=role)
    await show_menu(bot, await entrance.admitted(newcomer), say)


async def greet(message: Message, *, actor: Actor, answer: Answer, say: Say, bot: Bot) -> None:
    await answer.reply(message, "start/greeting", actor=actor, commands=lines(actor, say))
    if actor.person is not None:
        await show_menu(bot, actor, say)


async def name_school(
    message: Message,
    *,
    text: str,
    actor: Actor,
    school_settings: SchoolSettings,
    state: FSMContext,
    answer: Answer,
) -> None:
    school = await school_settings.rename(actor, text)
    await state.clear()
    await answer.reply(message, "start/named", school=school)


async def skip(press: CallbackQuery, *, state: FSMContext, answer: Answer) -> None:
    await state.clear()
    await answer.edit(press, "start/skipped")


def _newcomer(message: Message) -> Newcomer:
    """A private chat has the number of the person in it."""
    sender = message.from_user
    return Newcomer(user=UserId(message.chat.id), name=sender.full_name if sender else "")


def router() -> Router:
    routes = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    routes.message.register(enter, private, CommandStart(magic=F.args))
    routes.message.register(greet, CommandStart())
    routes.message.register(name_school, private, Naming.school, NAME, F.text.as_("text"))
    routes.callback_query.register(skip, Naming.school, Cancel.filter())
    return routes
