"""What a person did not write here themselves: it commands nothing.

Forwarded texts, texts sent through another bot, and messages in the name of a chat (an anonymous
administrator, a linked channel) stop in this router, which stands before all others. A private
text still gets its answer, as a question would.
"""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import Message

from handlers.ports import Answer


async def answer_forwarded(message: Message, *, answer: Answer) -> None:
    await answer.reply(message, "questions/forwarded")


async def explain_anonymous(message: Message, *, answer: Answer) -> None:
    await answer.reply(message, "errors/anonymous")


async def ignore(_: Message) -> None:
    """Nothing to say in a group."""


def router() -> Router:
    routes = Router(name=__name__)
    forwarded = (F.forward_origin | F.via_bot) & F.text
    private = F.chat.type == ChatType.PRIVATE
    routes.message.register(explain_anonymous, F.sender_chat, ~F.forward_origin, Command("bind"))
    told_by_the_messenger = F.migrate_to_chat_id | F.migrate_from_chat_id
    routes.message.register(ignore, F.sender_chat, ~told_by_the_messenger)
    routes.message.register(answer_forwarded, private, forwarded)
    routes.message.register(ignore, forwarded)
    return routes
