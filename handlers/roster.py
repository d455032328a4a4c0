"""The OneRoster archive, under /import: it names pupils, so it is asked about first."""

from aiogram import Bot, F, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from handlers import doubting
from handlers.import_callbacks import RosterPress
from handlers.ports import Answer, Say
from services.access import Actor
from services.journal.exporting import Export

FILE_NAME = "OneRoster.zip"


async def ask(
    press: CallbackQuery, *, actor: Actor, export: Export, answer: Answer, say: Say
) -> None:
    await export.ensure(actor)
    await answer.edit(press, "imports/roster", keyboard=doubting.of_roster(say))


async def give(
    press: CallbackQuery, *, actor: Actor, export: Export, answer: Answer, bot: Bot
) -> None:
    """A second press makes a second file, and a second line in the audit."""
    content = await export.roster(actor)
    await bot.send_document(actor.chat, BufferedInputFile(content, FILE_NAME))
    await answer.edit(press, "imports/roster-given")


def router() -> Router:
    routes = Router(name=__name__)
    routes.callback_query.register(give, RosterPress.filter(F.sure))
    routes.callback_query.register(ask, RosterPress.filter())
    return routes
