"""Who is writing, where, and in which language: found once for every update."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, cast

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.enums import ChatType
from aiogram.types import Chat, TelegramObject, Update, User
from aiogram.types.update import UpdateTypeLookupError

from bot.answers import Answers, Work
from bot.render import Renderer
from services.ids import ChatId
from services.people import People, Recognised, UserId

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
NOT_ACTED_ON = frozenset(
    {
        "channel_post",
        "edited_channel_post",
        "business_message",
        "edited_business_message",
        "guest_message",
    }
)
"""Kinds of updates that never do anything, whoever registers a handler for them.

An edited message commands nothing either: no handler of messages sees it, only the one that mends
what the help desk carried over.
"""


@dataclass(frozen=True, slots=True)
class Recognition(BaseMiddleware):
    """Stands on the dispatcher's updates: provides ``actor``, ``render``, ``say``, ``answer``."""

    people: People
    renderer: Renderer
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]

    async def __call__(
        self, handler: Handler, event: TelegramObject, data: dict[str, Any]
    ) -> object:
        update = cast("Update", event)
        if not _counts(update):
            return UNHANDLED
        known = await self._recognise(update, data)
        voice = self.renderer.voice(known.actor.language, known.zone)
        data.update(
            actor=known.actor,
            render=voice.render,
            say=voice.say,
            answer=Answers(voice, self.unit_of_work),
        )
        return await handler(event, data)

    async def _recognise(self, update: Update, data: dict[str, Any]) -> Recognised:
        chat: Chat | None = data.get("event_chat")
        user: User | None = data.get("event_from_user")
        anonymous = update.message is not None and update.message.sender_chat is not None
        return await self.people.recognise(
            user=UserId(user.id) if user is not None and not anonymous else None,
            chat=ChatId(chat.id if chat else user.id if user else 0),
            private=chat is None or chat.type == ChatType.PRIVATE,
        )


def _counts(update: Update) -> bool:
    """An unknown kind of update (a newer messenger) is nobody's to act on either."""
    try:
        return update.event_type not in NOT_ACTED_ON
    except UpdateTypeLookupError:
        return False
