"""Letters of the digest into calls: the message with its buttons, the picture, the file.

The picture and the file are made at sending from the digest as it was kept, once for all chats.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import SendDocument, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import BufferedInputFile

from bot.presenting import Present
from bot.render import Reader, Renderer
from handlers.digest_pages import Pages
from services.digest_letters import CARD, WEEK, DigestLetters
from services.digest_schedule import HOLIDAYS, NO_DATA
from services.figures import Week
from services.ids import ChatId
from services.kept_digests import DigestId, OpenDigest
from services.outgoing import Letter

Calls = Sequence[TelegramMethod[Any]]
Files = tuple[bytes | None, bytes]
KEPT = 4
"""Digests whose picture and file stay at hand while their letters leave."""


@dataclass(frozen=True, slots=True)
class DigestPresenter:
    """``kinds`` is what ``Presenters`` asks for; no call at all where the chat lost its right."""

    letters: DigestLetters
    renderer: Renderer
    _files: dict[DigestId, Files] = field(default_factory=dict)

    def kinds(self) -> dict[str, Present]:
        return {WEEK: self.week, CARD: self.card, HOLIDAYS: self.line, NO_DATA: self.line}

    async def week(self, letter: Letter, reader: Reader) -> Calls:
        opened = await self._opened(letter)
        if opened is None:
            return []
        picture, book = await self._made(opened)
        name = opened.week.period
        calls: list[TelegramMethod[Any]] = [self._message(letter, opened, reader)]
        if picture is not None:
            calls.append(
                SendPhoto(
                    chat_id=letter.chat,
                    photo=BufferedInputFile(picture, f"{name}.png"),
                    message_thread_id=opened.topic,
                )
            )
        calls.append(
            SendDocument(
                chat_id=letter.chat,
                document=BufferedInputFile(book, f"digest-{name}.xlsx"),
                message_thread_id=opened.topic,
            )
        )
        return calls

    async def card(self, letter: Letter, reader: Reader) -> Calls:
        """The message alone, for whoever has it already."""
        opened = await self._opened(letter)
        return [] if opened is None else [self._message(letter, opened, reader)]

    async def line(self, letter: Letter, reader: Reader) -> Calls:
        """What is sent instead of a digest."""
        school = letter.school
        if school is None or not await self.letters.may_receive(letter.chat, school):
            return []
        topic = await self.letters.topic(letter.chat)
        text = self.renderer.voice(reader.language, reader.zone).render(letter.kind, **letter.view)
        return [_text(letter.chat, text, topic)]

    async def _opened(self, letter: Letter) -> OpenDigest | None:
        digest = letter.view["digest"]
        if not isinstance(digest, int):
            raise TypeError(digest)
        return await self.letters.to_send(letter.chat, DigestId(digest))

    def _message(self, letter: Letter, opened: OpenDigest, reader: Reader) -> SendMessage:
        voice = self.renderer.voice(reader.language, reader.zone)
        text = voice.render("digest/week", week=opened.week, accepted=opened.accepted)
        message = _text(letter.chat, text, opened.topic)
        buttons = Pages(opened, voice.say).home_buttons()
        return message.model_copy(update={"reply_markup": buttons})

    async def _made(self, opened: OpenDigest) -> Files:
        files = self._files.get(opened.id)
        if files is None:
            files = await asyncio.to_thread(make_files, opened.week)
            while len(self._files) >= KEPT:
                self._files.pop(next(iter(self._files)))
            self._files[opened.id] = files
        return files


def make_files(week: Week) -> Files:
    """The picture (None where nothing was due in the week) and the workbook."""
    from bot.pictures import draw_heat_map  # noqa: PLC0415  # not before a picture is wanted
    from bot.workbooks import week_workbook  # noqa: PLC0415

    return None if week.heat is None else draw_heat_map(week.heat), week_workbook(week)


def _text(chat: ChatId, text: str, topic: int | None) -> SendMessage:
    return SendMessage(
        chat_id=chat,
        text=text,
        parse_mode=ParseMode.HTML,
        message_thread_id=topic,
    )
