"""What an answer of the messenger means for a letter, and the forms that a call can change into."""

import re
from enum import Enum, auto
from html import unescape
from typing import Any

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import (
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    SendAnimation,
    SendAudio,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters
from aiohttp import ClientConnectorError

from bot.errors import RefusedTokenError

CAPTIONED = SendAnimation | SendAudio | SendVideo | SendVoice
"""Sent again by the messenger's own file: only the words under it can change."""


class Verdict(Enum):
    DONE = auto()
    AGAIN = auto()
    """Refused for now; it certainly did not arrive."""
    AMBIGUOUS = auto()
    """The line went silent: it may have arrived."""
    UNREACHED = auto()
    """No line at all: it certainly did not arrive."""
    BROKEN = auto()
    """Our own code failed on it."""
    HELD = auto()
    MOVED = auto()
    CLOSED = auto()
    PLAIN = auto()
    NEW_CARD = auto()
    NEW_TOPIC = auto()
    """The topic it was for is gone from the group."""
    NEVER = auto()


_KINDS = (
    (TelegramRetryAfter, Verdict.HELD),
    (TelegramMigrateToChat, Verdict.MOVED),
    (TelegramForbiddenError, Verdict.CLOSED),
    (TelegramEntityTooLarge, Verdict.NEVER),
)
_BAD_REQUESTS = (
    ("message to edit not found", Verdict.NEW_CARD),
    ("message can't be edited", Verdict.NEW_CARD),
    ("message_id_invalid", Verdict.NEW_CARD),
    ("there is no text in the message to edit", Verdict.NEW_CARD),
    ("there is no caption in the message to edit", Verdict.NEW_CARD),
    ("message thread not found", Verdict.NEW_TOPIC),
    ("topic_id_invalid", Verdict.NEW_TOPIC),
    ("topic_deleted", Verdict.NEW_TOPIC),
    ("can't parse entities", Verdict.PLAIN),
    ("can't parse caption entities", Verdict.PLAIN),
    ("chat not found", Verdict.CLOSED),
    ("user not found", Verdict.CLOSED),
    ("peer_id_invalid", Verdict.CLOSED),
    ("group chat was deactivated", Verdict.CLOSED),
    ("user is deactivated", Verdict.CLOSED),
    ("not enough rights to send", Verdict.CLOSED),
    ("have no rights to send", Verdict.CLOSED),
    ("chat_write_forbidden", Verdict.CLOSED),
)


def judge(error: BaseException) -> Verdict:
    """What to do with the letter after ``error``."""
    for kind, verdict in _KINDS:
        if isinstance(error, kind):
            return verdict
    if isinstance(error, TelegramBadRequest):
        return _bad_request(error)
    if isinstance(error, TelegramNetworkError):
        return Verdict.UNREACHED if _never_connected(error) else Verdict.AMBIGUOUS
    theirs = isinstance(error, TelegramAPIError | ClientDecodeError | RefusedTokenError)
    return Verdict.AGAIN if theirs else Verdict.BROKEN


def _bad_request(error: TelegramAPIError) -> Verdict:
    said = error.message.lower()
    return next((verdict for words, verdict in _BAD_REQUESTS if words in said), Verdict.NEVER)


def _never_connected(error: BaseException) -> bool:
    return isinstance(error.__cause__, ClientConnectorError | ConnectionRefusedError)


def plain(method: TelegramMethod[Any]) -> TelegramMethod[Any] | None:
    """The same without tags; None for a call that is plain already or has no words."""
    field = next((one for one in ("text", "caption") if getattr(method, one, None)), None)
    if field is None or getattr(method, "parse_mode", None) is None:
        return None
    words = unescape(re.sub(r"<[^<>]*>", "", getattr(method, field)))
    return method.model_copy(update={field: words, "parse_mode": None, "entities": None})


def reply_to(method: TelegramMethod[Any], message: int | None) -> TelegramMethod[Any]:
    """The same as an answer to ``message``; it is sent even when that one is gone."""
    if message is None or "reply_parameters" not in type(method).model_fields:
        return method
    reply = ReplyParameters(message_id=message, allow_sending_without_reply=True)
    return method.model_copy(update={"reply_parameters": reply})


def as_edit(method: TelegramMethod[Any], card: str | None, number: int) -> TelegramMethod[Any]:
    """The first call of a card whose message is known: an edit of that message."""
    if card is None or number != 1 or not card.isdigit():
        return method
    markup = getattr(method, "reply_markup", None)
    where: dict[str, Any] = {
        "chat_id": getattr(method, "chat_id", None),
        "message_id": int(card),
        "reply_markup": markup if isinstance(markup, InlineKeyboardMarkup) else None,
    }
    if isinstance(method, SendMessage):
        return EditMessageText(
            text=method.text,
            parse_mode=method.parse_mode,
            **where,
        )
    if isinstance(method, SendPhoto):
        media = InputMediaPhoto(
            media=method.photo, caption=method.caption, parse_mode=method.parse_mode
        )
        return EditMessageMedia(media=media, **where)
    own_file = isinstance(method, SendDocument) and isinstance(method.document, str)
    if own_file or isinstance(method, CAPTIONED):
        words = {name: getattr(method, name) for name in ("caption", "parse_mode")}
        return EditMessageCaption(**words, **where)
    return method
