"""What handlers need from the composition root, named by shape."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from aiogram import Bot
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from services.consultation.table import Row
from services.helpdesk.figures import Figures
from services.journal.previews import Preview

Handler = Callable[..., Any]
"""What a router registers; each takes what it names."""


class Render(Protocol):
    def __call__(self, template: str, /, **view: object) -> str:
        """A template's text in the reader's language."""
        ...


class Say(Protocol):
    def __call__(self, msgid: str, /, **facts: object) -> str:
        """A short label, a button's words, in the reader's language."""
        ...


class Answer(Protocol):
    """Every way of answering one update, in the reader's language."""

    async def reply(
        self,
        message: Message,
        template: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        **view: object,
    ) -> None:
        """A new message that answers ``message``; it is delivered even after a crash."""
        ...

    async def post(
        self,
        chat: int,
        template: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        **view: object,
    ) -> None:
        """A new message to a chat that asked nothing."""
        ...

    async def hand(
        self,
        message: Message,
        template: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        **view: object,
    ) -> None:
        """The same at once and past the database: for what must not be kept there."""
        ...

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
        """Show the outcome of a press where the button was, and end its waiting.

        Where that fails a new message is sent; one that is not to be ``kept`` passes the database.
        """
        ...

    async def alert(self, press: CallbackQuery, template: str, /, **view: object) -> None:
        """Answer a press by a small window that changes nothing in the chat."""
        ...


class Download(Protocol):
    async def __call__(self, bot: Bot, file_id: str, *, limit: int) -> bytes:
        """A file that a person sent, at most ``limit`` bytes of it."""
        ...


class AnswersFile(Protocol):
    async def __call__(self, message: Message, /) -> Sequence[Row]:
        """The rows of the message's document; NotABaseError or LargeBaseError."""
        ...


class Content(Protocol):
    async def __call__(self, message: Message, /) -> bytes:
        """What the message's document holds; a DomainError where it is too large for its kind."""
        ...


class AnswersBook(Protocol):
    def __call__(self, rows: Sequence[Mapping[str, str]], /) -> bytes:
        """The base of answers as a file; the rows are by ``services.consultation.table``."""
        ...


class CausesBook(Protocol):
    def __call__(self, figures: Figures, say: Say, /) -> bytes:
        """The help desk's figures as a workbook."""
        ...


class Refusals(Protocol):
    def __call__(self, preview: Preview, /) -> bytes:
        """The refused rows of an import as a workbook."""
        ...


def words(msgid: str) -> str:
    """Marks a label that is said later, so that it is translated."""
    return msgid
