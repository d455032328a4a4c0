"""Letters of the consultation that are more than their template's text."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.presenting import Calls, Present
from bot.render import Reader, Renderer
from handlers.faq_backlog import to_backlog
from handlers.ports import Say
from handlers.suggestions import decision
from services.consultation.backlog_desk import CARD
from services.consultation.desk import EntryGoneError, Questions
from services.consultation.suggesting import NEW
from services.consultation.unanswered import ANSWERED
from services.outgoing import Letter
from services.people import People, UserId


@dataclass(frozen=True, slots=True)
class ConsultationMessages:
    """``kinds`` is what ``Presenters`` asks for."""

    questions: Questions
    people: People
    renderer: Renderer

    @property
    def kinds(self) -> Mapping[str, Present]:
        return {CARD: self.backlog, NEW: self.suggestion, ANSWERED: self.answered}

    async def backlog(self, letter: Letter, reader: Reader) -> Calls:
        """With the way to the questions themselves."""
        return [self._message(letter, reader, letter.view, to_backlog(self._say(reader)))]

    async def suggestion(self, letter: Letter, reader: Reader) -> Calls:
        number = letter.view["number"]
        if not isinstance(number, int):
            raise TypeError(number)
        return [self._message(letter, reader, letter.view, decision(number, self._say(reader)))]

    async def answered(self, letter: Letter, reader: Reader) -> Calls:
        """The entry as it is now, to whoever may still read it; no call for anybody else."""
        known = await self.people.recognise(user=UserId(letter.chat), chat=letter.chat)
        if known.actor.school != letter.school:
            return []
        try:
            reply = await self.questions.entry(known.actor, str(letter.view["entry"]))
        except EntryGoneError:
            return []
        view = {
            "asked": letter.view["asked"],
            "section": reply.section,
            "entry": reply.entry,
            "grounds": reply.grounds,
        }
        return [self._message(letter, reader, view)]

    def _message(
        self,
        letter: Letter,
        reader: Reader,
        view: Mapping[str, object],
        shown: InlineKeyboardMarkup | None = None,
    ) -> SendMessage:
        voice = self.renderer.voice(reader.language, reader.zone)
        return SendMessage(
            chat_id=letter.chat,
            text=voice.render(letter.kind, **view),
            parse_mode=ParseMode.HTML,
            reply_markup=shown,
        )

    def _say(self, reader: Reader) -> Say:
        return self.renderer.voice(reader.language, reader.zone).say
