"""Answers to one update: replies by way of the outbox, edits and small windows at once."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol, cast

from aiogram.enums import ParseMode
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import SendMessage
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
)
from markupsafe import Markup

from bot.render import Voice
from services.ids import ChatId
from services.outgoing import Letter, Outbox

KIND = "answer"
ALERT_LIMIT = 200
_HARMLESS = ("message is not modified", "query is too old", "query id is invalid")
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)


class Work(Protocol):
    @property
    def outbox(self) -> Outbox: ...


@dataclass(frozen=True, slots=True)
class Answers:
    """The port ``handlers.ports.Answer`` for one reader."""

    voice: Voice
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]

    async def reply(
        self,
        message: Message,
        template: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        **view: object,
    ) -> None:
        text = self.voice.render(template, **view)
        await self._put(message.chat.id, text, keyboard, reply_to=message.message_id)

    async def post(
        self,
        chat: int,
        template: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        **view: object,
    ) -> None:
        await self._put(chat, self.voice.render(template, **view), keyboard, reply_to=None)

    async def hand(
        self,
        message: Message,
        template: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        **view: object,
    ) -> None:
        await message.reply(
            self.voice.render(template, **view),
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            allow_sending_without_reply=True,
        )

    async def edit(
        self,
        press: CallbackQuery,
        template: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        kept: bool = True,
        **view: object,
    ) -> None:
        """What was done is said even when the message cannot be edited (now or any more)."""
        text = self.voice.render(template, **view)
        await _settle(press)
        shown = press.message
        if isinstance(shown, Message) and await _edited(shown, text, keyboard):
            return
        chat = shown.chat.id if shown is not None else press.from_user.id
        if kept or press.bot is None:
            await self._put(chat, text, keyboard, reply_to=None)
        else:
            await press.bot(_call(chat, text, keyboard))

    async def alert(self, press: CallbackQuery, template: str, /, **view: object) -> None:
        text = Markup(self.voice.render(template, **view)).striptags()  # noqa: S704  # tags go away
        await _settle(press, text[:ALERT_LIMIT])

    async def _put(
        self, chat: int, text: str, keyboard: InlineKeyboardMarkup | None, *, reply_to: int | None
    ) -> None:
        buttons = keyboard.model_dump(exclude_none=True)["inline_keyboard"] if keyboard else []
        letter = Letter(
            school=None,
            chat=ChatId(chat),
            kind=KIND,
            view={"text": text, "buttons": buttons},
            reply_to=reply_to,
        )
        async with self.unit_of_work() as work:
            await work.outbox.put(letter)


def present(letter: Letter) -> SendMessage:
    """The call that delivers a letter of the kind ``answer``, whose text is ready."""
    buttons = cast("Sequence[object]", letter.view["buttons"])
    keyboard = InlineKeyboardMarkup.model_validate({"inline_keyboard": buttons})
    call = _call(letter.chat, str(letter.view["text"]), keyboard if buttons else None)
    if letter.reply_to is None:
        return call
    reply = ReplyParameters(message_id=letter.reply_to, allow_sending_without_reply=True)
    return call.model_copy(update={"reply_parameters": reply})


def _call(chat: int, text: str, keyboard: InlineKeyboardMarkup | None) -> SendMessage:
    return SendMessage(
        chat_id=chat,
        text=text,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard,
    )


async def _settle(press: CallbackQuery, text: str | None = None) -> None:
    """End the waiting of a press; one that waited too long is no error, nor is a lost line."""
    try:
        await press.answer(text, show_alert=text is not None)
    except (TelegramNetworkError, TelegramRetryAfter, TelegramServerError):
        return
    except TelegramBadRequest as refusal:
        if not _is(refusal, _HARMLESS):
            raise


async def _edited(shown: Message, text: str, keyboard: InlineKeyboardMarkup | None) -> bool:
    try:
        await shown.edit_text(
            text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
        )
    except (TelegramNetworkError, TelegramRetryAfter, TelegramServerError):
        return False
    except TelegramBadRequest as refusal:
        if _is(refusal, _HARMLESS):
            return True
        if _is(refusal, _GONE):
            return False
        raise
    return True


def _is(refusal: TelegramBadRequest, phrases: Sequence[str]) -> bool:
    said = refusal.message.lower()
    return any(phrase in said for phrase in phrases)
