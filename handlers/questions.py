"""Plain words and everything without a handler of its own: nobody is left without an answer."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.binding import GROUPS
from handlers.commands import COMMANDS, lines
from handlers.consultation import answer_question
from handlers.ports import Answer, Say
from services.access import Actor, Capability
from services.consultation.desk import Questions


async def answer_text(
    message: Message,
    *,
    actor: Actor,
    consultation: Questions,
    answer: Answer,
    say: Say,
) -> None:
    """A plain text, or what stands under a picture, is a question."""
    await answer_question(
        message,
        message.text or message.caption or "",
        actor=actor,
        consultation=consultation,
        answer=answer,
        say=say,
    )


async def answer_command(message: Message, *, actor: Actor, answer: Answer, say: Say) -> None:
    await answer.reply(message, "questions/command", commands=lines(actor, say))


async def answer_privately(message: Message, *, answer: Answer) -> None:
    """A known command that no other router takes in a group."""
    await answer.reply(message, "questions/privately")


async def answer_other(message: Message, *, actor: Actor, answer: Answer) -> None:
    """A voice message, a sticker, a picture: said politely that it cannot be used, and what can."""
    spoken = bool(message.voice or message.video_note or message.audio)
    loads = actor.may(Capability.IMPORT) and not spoken
    await answer.reply(message, "questions/other", loads=loads, voice=spoken)


async def answer_stale(press: CallbackQuery, *, answer: Answer) -> None:
    """A button of an older version, or one whose conversation has ended."""
    await answer.alert(press, "questions/stale")


def router() -> Router:
    """The last router: it takes whatever no other one took."""
    routes = Router(name=__name__)
    private = F.chat.type == ChatType.PRIVATE
    routes.message.register(answer_command, private, F.text.startswith("/"))
    routes.message.register(
        answer_text, private, F.text | (F.caption & ~F.document & ~F.forward_origin)
    )
    routes.message.register(answer_other, private)
    names = [one.name for one in COMMANDS]
    routes.message.register(answer_privately, F.chat.type.in_(GROUPS), Command(*names))
    routes.callback_query.register(answer_stale)
    return routes
