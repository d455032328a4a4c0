"""What handlers need from the composition root, named by shape."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from services.analyses.view import Analysis
from services.consultation.table import Row
from services.cuts.trend import Trend
from services.decisions.register import Line
from services.duties.duty import PrintedDuty
from services.figures import FindingLine, HeatMap
from services.helpdesk.figures import Figures
from services.helpdesk.tickets import Attachment
from services.ids import ChatId
from services.journal.previews import Preview
from services.own_class.view import ClassView

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


class DecisionFiles(Protocol):
    """What decisions are handed out as."""

    def register(self, lines: Sequence[Line], say: Say, /) -> bytes:
        """All decisions as a workbook."""
        ...

    def order(self, school: str, lines: Sequence[Line], /) -> bytes:
        """The draft of an order from decisions, as a document."""
        ...

    def order_on(self, analysis: Analysis, named: str, lines: Sequence[Line], /) -> bytes:
        """The same from an analysis named so, and from the decisions that rest on it."""
        ...

    def proof(self, chat: ChatId, file: Attachment, name: str, /) -> TelegramMethod[Any]:
        """A file of a proof sent again, with whose it is."""
        ...


class DutyFiles(Protocol):
    """The journal of own duties on paper: the school's name, the month in words, the rows."""

    def table(self, school: str, month: str, lines: Sequence[PrintedDuty], /) -> bytes:
        """As a workbook."""
        ...

    def document(self, school: str, month: str, lines: Sequence[PrintedDuty], /) -> bytes:
        """As a document to be signed."""
        ...


class FindingsBook(Protocol):
    def __call__(self, title: str, lines: Sequence[FindingLine], as_of: str, /) -> bytes:
        """A list of findings as a workbook; ``as_of`` is «ДД.ММ ЧЧ:ММ»."""
        ...


class ClassBook(Protocol):
    def __call__(self, view: ClassView, lines: Sequence[FindingLine], /) -> bytes:
        """A class teacher's own class as a workbook."""
        ...


class DrawHeat(Protocol):
    def __call__(self, heat: HeatMap, /) -> bytes:
        """A PNG."""
        ...


class DrawTrend(Protocol):
    def __call__(self, trend: Trend, /) -> bytes:
        """A PNG."""
        ...


class Refusals(Protocol):
    def __call__(self, preview: Preview, /) -> bytes:
        """The refused rows of an import as a workbook."""
        ...


def words(msgid: str) -> str:
    """Marks a label that is said later, so that it is translated."""
    return msgid
