"""Letters of the analyses into calls: the message with its buttons, picture, workbook, document."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import SendDocument, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import BufferedInputFile

from bot.analysis_files import Files, make_files
from bot.presenting import Present
from bot.render import Reader, Renderer, Voice
from handlers.analyses import view_of
from handlers.analysis_cards import buttons
from services.analyses.desk import ANALYSIS, CARD, DECIDED, AnalysisDesk, OpenAnalysis
from services.analyses.life import AnalysisId
from services.analyses.schedule import RECHECKED, REMINDER, left_lines
from services.outgoing import Letter

Calls = Sequence[TelegramMethod[Any]]
KEPT = 4
"""Analyses whose files stay at hand while their letters leave."""


@dataclass(frozen=True, slots=True)
class AnalysisMessages:
    """``kinds`` is what ``Presenters`` asks for; no call where the person lost the right."""

    desk: AnalysisDesk
    renderer: Renderer
    _files: dict[tuple[AnalysisId, str, int], Files] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, Present]:
        return {
            ANALYSIS: self.whole,
            CARD: self.card,
            DECIDED: self.line,
            REMINDER: self.reminder,
            RECHECKED: self.rechecked,
        }

    async def whole(self, letter: Letter, reader: Reader) -> Calls:
        opened = await self._opened(letter)
        if opened is None:
            return []
        files, name = await self._made(opened), _name(opened)
        voice = self._voice(reader)
        calls: list[TelegramMethod[Any]] = [self._message(letter, opened, voice)]
        if files.picture is not None:
            picture = BufferedInputFile(files.picture, f"{name}.png")
            calls.append(SendPhoto(chat_id=letter.chat, photo=picture))
        book = BufferedInputFile(files.book, f"analysis-{name}.xlsx")
        calls.append(SendDocument(chat_id=letter.chat, document=book))
        document = SendDocument(
            chat_id=letter.chat,
            document=BufferedInputFile(files.document, f"analysis-{name}.docx"),
            parse_mode=ParseMode.HTML,
        )
        if files.broken is not None:
            said = voice.render(files.broken.key, **files.broken.facts)
            document = document.model_copy(update={"caption": said})
        return [*calls, document]

    async def card(self, letter: Letter, reader: Reader) -> Calls:
        """The message alone, for who has the files already."""
        opened = await self._opened(letter)
        return [] if opened is None else [self._message(letter, opened, self._voice(reader))]

    async def line(self, letter: Letter, reader: Reader) -> Calls:
        opened = await self._opened(letter)
        if opened is None:
            return []
        return [_text(letter, self._voice(reader).render(letter.kind, kept=opened.kept))]

    async def reminder(self, letter: Letter, reader: Reader) -> Calls:
        """Nothing where it was decided meanwhile."""
        opened = await self._opened(letter)
        if opened is None or not opened.decides:
            return []
        voice = self._voice(reader)
        message = _text(letter, voice.render(letter.kind, kept=opened.kept))
        return [message.model_copy(update={"reply_markup": buttons(opened, voice.say)})]

    async def rechecked(self, letter: Letter, reader: Reader) -> Calls:
        opened = await self._opened(letter)
        outcome = None if opened is None else await self.desk.outcome(opened.kept.id)
        if opened is None or outcome is None:
            return []
        left = left_lines(opened.kept, outcome)
        voice = self._voice(reader)
        said = voice.render(letter.kind, kept=opened.kept, outcome=outcome, left=left)
        if not left:
            return [_text(letter, said)]
        from bot.workbooks import list_workbook  # noqa: PLC0415  # not before a file is made

        book = await asyncio.to_thread(list_workbook, "Осталось", left, outcome.as_of)
        file = BufferedInputFile(book, f"recheck-{_name(opened)}.xlsx")
        return [_text(letter, said), SendDocument(chat_id=letter.chat, document=file)]

    async def _opened(self, letter: Letter) -> OpenAnalysis | None:
        analysis = letter.view["analysis"]
        if not isinstance(analysis, int):
            raise TypeError(analysis)
        return await self.desk.to_send(letter.chat, AnalysisId(analysis))

    def _voice(self, reader: Reader) -> Voice:
        return self.renderer.voice(reader.language, reader.zone)

    @staticmethod
    def _message(letter: Letter, opened: OpenAnalysis, voice: Voice) -> SendMessage:
        message = _text(letter, voice.render("analyses/analysis", **view_of(opened)))
        return message.model_copy(update={"reply_markup": buttons(opened, voice.say)})

    async def _made(self, opened: OpenAnalysis) -> Files:
        kept, template = opened.kept, opened.template
        key = kept.id, kept.checksum, hash(template)
        files = self._files.get(key)
        if files is None:
            files = await asyncio.to_thread(
                make_files,
                kept.analysis,
                number=str(kept.number),
                version=kept.version,
                template=template,
            )
            while len(self._files) >= KEPT:
                self._files.pop(next(iter(self._files)))
            self._files[key] = files
        return files


def _name(opened: OpenAnalysis) -> str:
    return f"{opened.kept.analysis.period}-v{opened.kept.version}"


def _text(letter: Letter, text: str) -> SendMessage:
    return SendMessage(chat_id=letter.chat, text=text, parse_mode=ParseMode.HTML)
