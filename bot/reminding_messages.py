"""Reminders into calls: rendered as findings are when the letter leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage

from bot.presenting import Calls, Present
from bot.render import Reader, Renderer
from handlers import reminder_cards as cards
from services.digest_letters import DigestLetters
from services.ids import FindingId, SchoolId
from services.kept_digests import KeptDigest
from services.outgoing import Letter
from services.people import People, UserId
from services.reminding.sending import TOLD, Told
from services.reminding.settings import Level
from services.reminding.showing import Showing


@dataclass(frozen=True, slots=True)
class RemindingMessages:
    """``kinds`` is what ``Presenters`` asks for; no call where nothing is left to tell."""

    showing: Showing
    digests: DigestLetters
    people: People
    renderer: Renderer

    @property
    def kinds(self) -> Mapping[str, Present]:
        return {TOLD: self.told}

    async def told(self, letter: Letter, reader: Reader) -> Calls:
        school = SchoolId(letter.school or 0)
        actor = (await self.people.recognise(user=UserId(letter.chat), chat=letter.chat)).actor
        day, told = _read(letter.view)
        shown = await self.showing.show(actor, school, day, told)
        if shown is None:
            return []
        digest = await self._digest(school) if shown.waiting else None
        voice = self.renderer.voice(reader.language, reader.zone)
        message = SendMessage(
            chat_id=letter.chat,
            text=voice.render(letter.kind, shown=shown),
            parse_mode=ParseMode.HTML,
            reply_markup=cards.reminder(shown, digest, voice.say),
        )
        return [message]

    async def _digest(self, school: SchoolId) -> KeptDigest | None:
        """Whose pages the buttons of classes open."""
        return await self.digests.latest(school)


def _read(view: Mapping[str, object]) -> tuple[int, Told]:
    kept = cast("Mapping[str, Any]", view)
    climbed: Sequence[Any] = kept["climbed"]
    return kept["day"], Told(
        own=[FindingId(one) for one in kept["own"]],
        climbed=[(FindingId(one), Level(level)) for one, level in climbed],
        lessons=kept["lessons"],
    )
