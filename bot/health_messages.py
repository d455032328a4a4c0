"""The letters of the health desk that are more than their template's text."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage

from bot.notices import ASIDE
from bot.presenting import Calls, Present
from bot.render import Reader, Renderer
from handlers.health import to_list
from services.outgoing import Letter


@dataclass(frozen=True, slots=True)
class HealthMessages:
    renderer: Renderer

    @property
    def kinds(self) -> Mapping[str, Present]:
        return {ASIDE: self.aside}

    async def aside(self, letter: Letter, reader: Reader) -> Calls:
        """A card with the way to the list."""
        voice = self.renderer.voice(reader.language, reader.zone)
        text = voice.render(letter.kind, **letter.view)
        call = SendMessage(
            chat_id=letter.chat,
            text=text,
            parse_mode=ParseMode.HTML,
            reply_markup=to_list(voice.say),
        )
        return [call]
