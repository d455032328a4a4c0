"""/status and /week: the journal at a glance, and the latest digest."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.cut_callbacks import cut_button
from handlers.forecast_callbacks import forecast_button
from handlers.keyboards import keyboard
from handlers.ports import Answer, Say
from services.access import Actor
from services.digest_letters import DigestLetters


async def status(
    message: Message, *, actor: Actor, digests: DigestLetters, answer: Answer, say: Say
) -> None:
    found = await digests.status(actor)
    keys = (
        None
        if found.digest is None
        else keyboard([cut_button(found.digest, say)], [forecast_button(say)])
    )
    await answer.reply(
        message, "digest/status", keyboard=keys, as_of=found.as_of, indices=found.indices
    )


async def week(message: Message, *, actor: Actor, digests: DigestLetters, answer: Answer) -> None:
    """The digest itself leaves by the outbox; here only its absence is said."""
    if not await digests.request(actor, reply_to=message.message_id):
        await answer.reply(message, "digest/no-data", first=None, last=None)


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(status, Command("status"))
    routes.message.register(week, Command("week"))
    return routes
