"""The messenger's side of the wire: remembers calls, answers politely or as told."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import GetWebhookInfo, SendDocument, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import Chat, Message, WebhookInfo

from bot.limits import Limits
from bot.throttle import Throttle

Answer = Callable[[TelegramMethod[Any]], object]
FAST = Limits(all=(30, 0.0), chat=(1, 0.0), group=(20, 0.0))


@dataclass(frozen=True, slots=True)
class Call:
    method: TelegramMethod[Any]
    at: float

    @property
    def name(self) -> str:
        return self.method.__api_method__


class Wire(BaseSession):
    """``answer`` may return an exception to raise, an answer to give, or None for a polite one."""

    def __init__(self, answer: Answer = lambda _method: None) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.answer = answer
        self.now: Callable[[], float] = lambda: 0.0

    async def close(self) -> None: ...

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: Any = None) -> Any:
        self.calls.append(Call(method, self.now()))
        answer = self.answer(method)
        if isinstance(answer, BaseException):
            raise answer
        return answer if answer is not None else self._polite(method)

    def _polite(self, method: TelegramMethod[Any]) -> object:
        if isinstance(method, GetWebhookInfo):
            return WebhookInfo(url="", has_custom_certificate=False, pending_update_count=0)
        if not isinstance(method, SendMessage | SendPhoto | SendDocument):
            return True
        chat = Chat(id=int(method.chat_id), type="private")
        return Message(message_id=100 + len(self.calls), date=datetime.now(UTC), chat=chat)  # noqa: TID251

    def sent(self) -> list[str]:
        """What the texts of the messages were, edits included."""
        return [text for call in self.calls if (text := getattr(call.method, "text", None))]


def bot_over(wire: Wire, limits: Limits | None = None) -> Bot:
    bot = Bot("42:TEST", session=wire)
    wire.middleware(Throttle(limits or Limits(all=(30, 0), chat=(1, 0), group=(20, 0)), _ignore))
    return bot


def _ignore() -> None: ...
