"""The help desk in conversation: teachers, two administrators, and the outbox's real sender."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import InlineKeyboardMarkup, Message, PhotoSize, Voice
from teremok import MockCallbackQuery, MockChat, MockMessageText, MockUpdate, MockUser

from bot.helpdesk import receipts_of
from bot.helpdesk_job import ReceiptKeeper, TicketDeadlines
from bot.outbox import Sender
from bot.topic_messages import topic_lost
from services.access import Role
from services.ids import SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.bot.wire import FAST
from tests.conftest import FrozenClock
from tests.handlers.conversation import BOT, Conversation, written

OWNER, SECOND, TEACHER, COLLEAGUE, DEPUTY, STRANGER = 1, 2, 5, 6, 7, 9
NAMES = {
    OWNER: ("Орлова Анна", Role.ADMINISTRATOR),
    SECOND: ("Петров Пётр", Role.ADMINISTRATOR),
    TEACHER: ("Ким Олег", Role.TEACHER),
    COLLEAGUE: ("Иванова Мария", Role.CLASS_TEACHER),
    DEPUTY: ("Завучева Вера", Role.ADMINISTRATION),
}
SCHOOL = SchoolId(1)


@dataclass(frozen=True, slots=True)
class Told:
    """One call of the bot: what it said or sent in a chat, and the message that it became."""

    chat: int | None
    text: str
    buttons: dict[str, str]
    method: TelegramMethod[Any]
    message: int | None = None

    @property
    def file(self) -> str | None:
        kinds = ("photo", "document", "voice", "video", "audio", "animation", "video_note")
        return next((found for kind in kinds if (found := getattr(self.method, kind, None))), None)

    @property
    def reply_to(self) -> int | None:
        reply = getattr(self.method, "reply_parameters", None)
        return reply.message_id if reply else None

    @property
    def edits(self) -> int | None:
        return getattr(self.method, "message_id", None)


@dataclass
class Desk:
    """``tell`` and ``press`` return everything that was said anywhere, in order."""

    talk: Conversation
    database: Database
    clock: FrozenClock
    sender: Sender = field(init=False)
    told: list[Told] = field(default_factory=list)
    refuses: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.talk.bot.session.middleware(self._listen)
        self.sender = Sender(
            bot=self.talk.bot,
            database=self.database,
            presenter=self.talk.presenters,
            limits=FAST,
            stop=asyncio.Event(),
            lost=topic_lost,
            ended=ReceiptKeeper(receipts_of(self.database, self.clock)),
            pause=0.0,
        )

    async def people(
        self, *, school: str = "Школа № 12", names: Any = None, into: SchoolId | None = None
    ) -> SchoolId:
        """Admitted to a new school, or ``into`` one that is there."""
        now = self.clock.now()
        async with self.database.unit_of_work() as work:
            made = into or await work.schools.add(name=school, timezone="Europe/Moscow", at=now)
            for user, (name, role) in (names or NAMES).items():
                newcomer = Newcomer(user=UserId(user), name=name)
                person = await work.people.admit(newcomer, school=made, staff=None, at=now)
                await work.people.give(person, role, given_by=None, at=now)
        return made

    async def tell(self, user: int, text: str, **more: Any) -> list[Told]:
        return await self.send(written(text, MockUser(user, first_name="Имя"), **more))

    async def press(self, user: int, data: str) -> list[Told]:
        shown = MockMessageText("…", user=BOT, chat=MockChat(user))
        return await self.send(MockCallbackQuery(data, user=MockUser(user), message=shown))

    async def photo(self, user: int, name: str = "a", **more: Any) -> list[Told]:
        size = PhotoSize(file_id=name, file_unique_id=f"u{name}", width=9, height=9)
        sent = written("", MockUser(user))
        fields = {"text": None, "entities": None, "photo": [size], **more}
        return await self.send(sent.model_copy(update=fields))

    async def voice(self, user: int, name: str = "v", **more: Any) -> list[Told]:
        voice = Voice(file_id=name, file_unique_id=f"u{name}", duration=3)
        sent = written("", MockUser(user))
        fields = {"text": None, "entities": None, "voice": voice, **more}
        return await self.send(sent.model_copy(update=fields))

    async def edit(self, message: Message, text: str) -> list[Told]:
        changed = message.model_copy(update={"text": text, "edit_date": 1})
        return await self.send(MockUpdate(edited_message=changed))

    async def reply(self, user: int, told: Told, text: str = "", **more: Any) -> list[Told]:
        shown = MockMessageText("…", user=BOT, chat=MockChat(user))
        shown = shown.model_copy(update={"message_id": told.message})
        return await self.tell(user, text, reply_to_message=shown, **more)

    async def send(self, event: Any) -> list[Told]:
        start = len(self.told)
        await self.talk.bot.dispatch(event)
        await self.deliver()
        return self.told[start:]

    async def deliver(self) -> None:
        """What the outbox has, until nothing is left; what the end of letters brought besides."""
        for _ in range(2):
            await self.sender.drain(60.0)

    async def tick(self) -> list[Told]:
        """The job of the clock, as the schedule runs it."""
        start = len(self.told)
        job = TicketDeadlines(self.database, receipts_of(self.database, self.clock))
        for due in await job.due(self.clock.now()):
            async with self.database.reading() as work:
                if await work.job_runs.done(job.name, due.school, due.period):
                    continue
            await job.run(due)
        await self.deliver()
        return self.told[start:]

    async def opened(self, user: int = TEACHER, text: str = "Нет списка класса") -> list[Told]:
        """A ticket by the shortest way; everything that was told at its last step."""
        await self.tell(user, "/problem")
        await self.press(user, "tc:wrong_list")
        await self.tell(user, text)
        return await self.press(user, "tp:s:-1:1")

    async def _listen(
        self,
        make_request: Callable[[Bot, TelegramMethod[Any]], Awaitable[Any]],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Any:
        chat = getattr(method, "chat_id", None)
        if (why := self.refuses.get(chat or 0)) is not None:
            kind = TelegramForbiddenError if "blocked" in why else TelegramBadRequest
            raise kind(method=method, message=why)
        answer = await make_request(bot, method)
        edited = getattr(method, "message_id", None)
        if isinstance(answer, Message) and edited:
            answer = answer.model_copy(update={"message_id": edited})
        self.told.append(_told(method, answer))
        return answer


def _told(method: TelegramMethod[Any], answer: Any) -> Told:
    markup = getattr(method, "reply_markup", None)
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
    chat = None if isinstance(method, AnswerCallbackQuery) else getattr(method, "chat_id", None)
    return Told(
        chat=None if chat is None else int(chat),
        text=getattr(method, "text", None) or getattr(method, "caption", None) or "",
        buttons={one.text: one.callback_data or "" for row in rows for one in row},
        method=method,
        message=answer.message_id if isinstance(answer, Message) else None,
    )


def to(told: list[Told], chat: int | None) -> list[Told]:
    """What was said in one chat; None are the small windows."""
    return [one for one in told if one.chat == chat and (one.text or one.file)]


def said(told: list[Told], chat: int | None, words: str) -> Told:
    """The latest in a chat with these words."""
    found = [one for one in to(told, chat) if words in one.text]
    assert found, (words, [one.text for one in told])
    return found[-1]
