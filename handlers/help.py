"""/help: only what the person may do in this chat."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.commands import lines, show_menu
from handlers.ports import Answer, Say
from services.access import Actor


async def tell(message: Message, *, actor: Actor, answer: Answer, say: Say, bot: Bot) -> None:
    await answer.reply(message, "help/commands", actor=actor, commands=lines(actor, say))
    if not actor.in_group:
        await show_menu(bot, actor, say)


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(tell, Command("help"))
    return routes
