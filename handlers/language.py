"""/lang: the language in which the bot speaks to one person."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import LanguagePick
from handlers.keyboards import button, keyboard
from handlers.ports import Answer
from services.access import Actor
from services.people import People

LANGUAGES = {"ru": "Русский", "en": "English"}
"""Each named in itself, whatever language is spoken now."""


async def offer(message: Message, *, actor: Actor, people: People, answer: Answer) -> None:
    spoken = LANGUAGES[people.language(actor)]
    choices = [button(name, LanguagePick(language=code)) for code, name in LANGUAGES.items()]
    await answer.reply(message, "settings/language", keyboard=keyboard(choices), spoken=spoken)


async def choose(
    press: CallbackQuery,
    *,
    callback_data: LanguagePick,
    actor: Actor,
    people: People,
    answer: Answer,
) -> None:
    await people.speak(actor, callback_data.language)
    await answer.edit(press, "settings/spoken", spoken=LANGUAGES[callback_data.language])


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    routes.message.register(offer, Command("lang"))
    routes.callback_query.register(choose, LanguagePick.filter(F.language.in_(LANGUAGES)))
    return routes
