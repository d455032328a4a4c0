"""What stands between the bot and the wire: limits for every call, the end after a 401."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter, TelegramUnauthorizedError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.errors import RefusedTokenError
from bot.limits import Limits

TRIES = 3
posting: ContextVar[bool] = ContextVar("posting", default=False)
"""Set by the sender of letters, who sees to refusals himself."""
_HARMLESS = ("message is not modified", "query is too old", "topic_not_modified")


@dataclass(slots=True)
class Throttle(BaseRequestMiddleware):
    """Waits for a slot, remembers 429s, repeats a handler's direct call, reports a dead token."""

    limits: Limits
    dead: Callable[[], None]
    refused: bool = False

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        for _ in range(1 if posting.get() else TRIES - 1):
            try:
                return await self._once(make_request, bot, method)
            except TelegramRetryAfter:
                if posting.get() or method.__api_method__ == "getUpdates":
                    raise
        return await self._once(make_request, bot, method)

    async def _once(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        chat = chat_of(method)
        if chat is None or not is_message(method):
            await self.limits.calm(chat)
            return await self._call(make_request, bot, method)
        async with self.limits.slot(chat):
            return await self._call(make_request, bot, method)

    async def _call(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if self.refused:
            raise RefusedTokenError
        try:
            return await make_request(bot, method)
        except TelegramBadRequest as error:
            if harmless(error):
                return cast("Response[TelegramType]", True)  # noqa: FBT003
            raise
        except TelegramUnauthorizedError:
            self.refused = True
            self.dead()
            raise
        except TelegramRetryAfter as error:
            self.limits.refuse(chat_of(method), error.retry_after)
            raise


def harmless(error: TelegramBadRequest) -> bool:
    """Refusals that change nothing for anybody: it is so already, or the press is old.

    aiogram's chain of middlewares gives the bare result, and True is one of these methods' results.
    """
    said = error.message.lower()
    return any(words in said for words in _HARMLESS)


def chat_of(method: TelegramMethod[Any]) -> int | None:
    """The chat that a call is about; a public name counts as no chat."""
    chat = getattr(method, "chat_id", None)
    if isinstance(chat, str) and chat.lstrip("-").isdigit():
        return int(chat)
    return chat if isinstance(chat, int) else None


def is_message(method: TelegramMethod[Any]) -> bool:
    """Whether the call makes or changes a message, which is what the limits count."""
    name = method.__api_method__
    counted = name.startswith(("send", "edit", "copy", "forward"))
    return counted and name != "sendChatAction"
