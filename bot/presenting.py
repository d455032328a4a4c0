"""Letters into calls: most are a template's text, some kinds have a presenter of their own."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage, TelegramMethod

from bot import answers
from bot.render import Reader, Renderer
from services.ids import ChatId
from services.outgoing import Letter
from services.people import UserId
from storage.database import Database

Calls = Sequence[TelegramMethod[Any]]
Present = Callable[[Letter, Reader], Awaitable[Calls]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presenters:
    """``kinds`` holds the presenters of letters that are more than their template's text."""

    database: Database
    renderer: Renderer
    kinds: Mapping[str, Present] = field(default_factory=dict)

    async def present(self, letter: Letter) -> Calls:
        if letter.kind == answers.KIND:
            return [answers.present(letter)]
        reader = await self.reader(letter.chat)
        if (present := self.kinds.get(letter.kind)) is not None:
            return await present(letter, reader)
        text = self.renderer.voice(reader.language, reader.zone).render(letter.kind, **letter.view)
        return [SendMessage(chat_id=letter.chat, text=text, parse_mode=ParseMode.HTML)]

    async def reader(self, chat: ChatId) -> Reader:
        """The language and zone of whoever reads the chat; a group reads in its school's."""
        async with self.database.reading() as work:
            if chat > 0:
                person = await work.people.of_user(UserId(chat), self.database.clock.now())
                return Reader() if person is None else Reader(person.language, person.zone)
            bound = await work.bound_chats.get(chat)
            if bound is None:
                return Reader()
            school = await work.schools.get(bound.school)
        return Reader(zone=school.timezone)
