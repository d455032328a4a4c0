"""/status and /week: the journal at a glance, and the latest digest."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.ports import Answer
from services.access import Actor
from services.digest_letters import DigestLetters


async def status(message: Message, *, actor: Actor, digests: DigestLetters, answer: Answer) -> None:
    found = await digests.status(actor)
    await answer.reply(message, "digest/status", as_of=found.as_of, indices=found.indices)


async def week(message: Message, *, actor: Actor, digests: DigestLetters, answer: Answer) -> None:
    """The digest itself leaves by the outbox; here only its absence is said."""
    if not await digests.request(actor, reply_to=message.message_id):
        await answer.reply(message, "digest/no-data", first=None, last=None)


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.register(status, Command("status"))
    routes.message.register(week, Command("week"))
    return routes
