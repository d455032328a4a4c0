"""The administrator and two teachers around the base of answers."""

from dataclasses import dataclass

from storage.database import Database
from tests.handlers.conversation import Conversation, Said
from tests.handlers.steps import invite_teacher

OWNER, TEACHER, COLLEAGUE, STRANGER = 1, 5, 6, 9
KEY = "где взять ключ от спортзала"
ANSWER = "Ключ у вахтёра, под запись в журнале."


@dataclass
class Base:
    """``at`` is what the administrator sees now."""

    talk: Conversation
    database: Database
    at: Said | None = None

    async def ask(self, text: str, *, user: int = TEACHER) -> Said:
        """What the asker is answered."""
        said = [one for one in await self.talk.tell(user, text) if one.chat == user]
        return said[-1]

    async def type(self, text: str) -> Said:
        """The administrator writes; the answer is what they see then."""
        said = [one for one in await self.talk.tell(OWNER, text) if one.chat == OWNER]
        self.at = said[-1]
        return self.at

    async def press(self, *labels: str) -> Said:
        """One button after the other, by its words or their beginning."""
        for label in labels:
            self.at = (await self.pressed(label))[-1]
        assert self.at is not None
        return self.at

    async def pressed(self, label: str) -> list[Said]:
        """What became of one press, the administrator's screen last."""
        assert self.at is not None
        data = next(data for text, data in self.at.buttons.items() if text.startswith(label))
        said = await self.talk.press(OWNER, data)
        return sorted(said, key=lambda one: one.chat == OWNER)

    async def open(self, question: str) -> Said:
        """The card of an entry, found by its words."""
        await self.type("/faq")
        await self.press("Найти")
        await self.type(question)
        return await self.press(question[:30])


async def base_of(talk: Conversation, database: Database) -> Base:
    await talk.set_up()
    await talk.tell(OWNER, "Школа № 12")
    await talk.tell(TEACHER, f"/start {await invite_teacher(talk, 'Ким Олег Викторович')}")
    await talk.tell(COLLEAGUE, f"/start {await invite_teacher(talk, 'Иванова Мария Петровна')}")
    return Base(talk, database)
