"""Talking to the whole bot: a real dispatcher and database; the wire and the clock are fake."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageText,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import (
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    Update,
    User,
)
from argon2 import PasswordHasher
from sqlalchemy import select
from teremok import MockBot, MockCallbackQuery, MockChat, MockMessageText, MockUser

from bot.analyses import for_analyses
from bot.analysis_messages import AnalysisMessages
from bot.app import dispatcher_of
from bot.claim_messages import ClaimMessages
from bot.collaborators import for_health, for_imports, for_people
from bot.consultation import for_consultation
from bot.consultation_messages import ConsultationMessages
from bot.decision_messages import DecisionMessages
from bot.decisions import for_decisions
from bot.digest_presenting import DigestPresenter
from bot.duties import DutyMessages, duty_reminders, for_duties
from bot.figures import for_figures
from bot.forecasts import ForecastMessages
from bot.health_messages import HealthMessages
from bot.helpdesk_messages import HelpDeskMessages
from bot.importing import ImportMessages
from bot.outage_messages import OutageMessages
from bot.parcels import as_edit, reply_to
from bot.passports import for_passports
from bot.postbox import Postbox
from bot.presenting import Presenters
from bot.reminding import for_reminding, showing_of
from bot.reminding_messages import RemindingMessages
from bot.render import Renderer
from bot.topic_messages import TopicMessages
from services.clock import Clock
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from services.people import StaffMember
from storage.database import Database
from storage.fsm import StoredConversations
from storage.schema.process import outbox

RENDERER = Renderer()
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CODE = "a-code-for-the-tests"


@dataclass(frozen=True, slots=True)
class Staff:
    """The journal's staff list as a port; the journal itself is another test's matter."""

    members: list[StaffMember] = field(default_factory=list)

    async def list(self, school: SchoolId) -> list[StaffMember]:
        return self.members


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the bot did in a chat."""

    chat: int | None
    text: str
    buttons: dict[str, str]
    reply_to: int | None = None


class Conversation:
    """``tell`` and ``press`` return what the bot answered, in order."""

    def __init__(self, database: Database, clock: Clock, staff: Staff) -> None:
        self.database = database
        self.provided = for_people(database, clock=clock, staff=staff, hasher=QUICK)
        self.provided |= for_imports(
            database,
            clock=clock,
            people=self.provided["people"],
            data_dir=(database.file or Path()).parent,
            arrived=lambda: None,
        )
        self.provided |= for_health(database, clock=clock)
        self.provided |= for_consultation(database, clock=clock, renderer=RENDERER)
        self.provided |= for_passports(database, clock=clock)
        self.provided |= for_reminding(database, clock=clock)
        self.provided |= for_figures(
            database, clock=clock, people=self.provided["people"], renderer=RENDERER
        )
        self.provided |= for_decisions(
            database,
            clock=clock,
            staff=staff,
            digests=self.provided["digests"],
            renderer=RENDERER,
        )
        self.provided |= for_analyses(
            database, clock=clock, people=self.provided["people"], renderer=RENDERER
        )
        self.provided |= for_duties(database, clock=clock)
        digests = DigestPresenter(self.provided["digests"], RENDERER)
        kinds = {
            **ImportMessages(RENDERER).kinds,
            **HealthMessages(RENDERER).kinds,
            **ConsultationMessages(
                self.provided["consultation"], self.provided["people"], RENDERER
            ).kinds,
            **digests.kinds(),
            **AnalysisMessages(self.provided["analyses"], RENDERER).kinds,
            **HelpDeskMessages(self.provided["queue"], self.provided["people"], RENDERER).kinds,
            **OutageMessages(database, self.provided["people"], RENDERER).kinds,
            **RemindingMessages(
                showing_of(database, RENDERER),
                self.provided["digests"],
                self.provided["people"],
                RENDERER,
            ).kinds,
            **ClaimMessages.of(self.provided, RENDERER).kinds,
            **DutyMessages(
                duty_reminders(database, clock), self.provided["people"], RENDERER
            ).kinds,
            **TopicMessages(database, RENDERER).kinds,
            **ForecastMessages(
                database, self.provided["forecasts"], self.provided["people"], RENDERER
            ).kinds,
            **DecisionMessages(
                self.provided["decisions"].register, self.provided["people"], RENDERER
            ).kinds,
        }
        self.presenters = Presenters(database=database, renderer=RENDERER, kinds=kinds)
        states = StoredConversations(database)
        self.bot = MockBot(dispatcher_of(self.provided, RENDERER, Postbox(database), states))
        self._delivered = 0
        self._fresh = 0
        self._cards: dict[tuple[int, str], int] = {}

    async def set_up(self, owner: int = 1) -> list[Said]:
        """The first start, and the owner entering by the setup code."""
        await self.provided["setup"].prepare(CODE)
        return await self.tell(owner, f"/start {CODE}")

    async def tell(
        self, user: int, text: str, *, chat: Chat | None = None, **more: Any
    ) -> list[Said]:
        sender = MockUser(user, first_name=f"Имя{user}")
        return await self.send(written(text, sender, chat, **more))

    async def press(
        self, user: int, data: str, *, chat: Chat | None = None, message: Any = None
    ) -> list[Said]:
        sender = MockUser(user, first_name=f"Имя{user}")
        shown = message or MockMessageText("…", user=BOT, chat=chat or MockChat(user))
        return await self.send(MockCallbackQuery(data, user=sender, message=shown))

    async def send(self, event: Update | Message | CallbackQuery) -> list[Said]:
        result = await self.bot.dispatch(event)
        await self._deliver()
        start = len(self.bot.requests.all) - len(result.requests.all) - self._fresh
        return [said for call in self.bot.requests.all[start:] if (said := _said(call))]

    async def deliver(self) -> list[Said]:
        """What was written to the outbox meanwhile."""
        await self._deliver()
        start = len(self.bot.requests.all) - self._fresh
        return [said for call in self.bot.requests.all[start:] if (said := _said(call))]

    async def _deliver(self) -> None:
        """What the outbox's sender does, without its patience."""
        rows = select(outbox).where(outbox.c.id > self._delivered, outbox.c.state == "new")
        async with self.database.reading() as work:
            found = (await work.connection.execute(rows.order_by(outbox.c.id))).all()
        self._fresh = 0
        for row in found:
            letter = Letter(
                school=None if row.school is None else SchoolId(row.school),
                chat=ChatId(row.chat),
                kind=row.kind,
                view=json.loads(row.view),
                reply_to=row.reply_to,
            )
            for number, call in enumerate(await self.presenters.present(letter), 1):
                await self._put(row, call, number)
            self._delivered = row.id

    async def _put(self, row: Any, call: TelegramMethod[Any], number: int) -> None:
        """The first call of a card that the chat has is an edit of it."""
        known = self._cards.get((row.chat, row.card)) if row.card else None
        method = (
            reply_to(call, row.reply_to) if known is None else as_edit(call, str(known), number)
        )
        sent = await self.bot(method)
        self._fresh += 1
        if row.card and number == 1 and isinstance(sent, Message):
            self._cards[row.chat, row.card] = sent.message_id


BOT = User(id=42, is_bot=True, first_name="Ёж", username="test_bot")


def group(chat: int = -100) -> Chat:
    return MockChat(chat, type="supergroup", title="Администрация")


def written(text: str, sender: User | None, chat: Chat | None = None, **more: Any) -> Message:
    """A message as the messenger makes it: a command is marked by an entity."""
    entities = None
    if text.startswith("/"):
        length = len(text.split(maxsplit=1)[0])
        entities = [MessageEntity(type="bot_command", offset=0, length=length)]
    where = chat or MockChat(sender.id if sender else 0)
    return MockMessageText(text, user=sender, chat=where, entities=entities, **more)


def _said(call: TelegramMethod[Any]) -> Said | None:
    if isinstance(call, SendMessage):
        reply = call.reply_parameters.message_id if call.reply_parameters else None
        return Said(int(call.chat_id), call.text, _buttons(call.reply_markup), reply)
    if isinstance(call, EditMessageText) and call.text is not None:
        chat = int(call.chat_id) if call.chat_id is not None else None
        return Said(chat, call.text, _buttons(call.reply_markup))
    if isinstance(call, AnswerCallbackQuery) and call.text:
        return Said(None, call.text, {})
    if isinstance(call, DeleteMessage):
        return Said(int(call.chat_id), "deleted", {}, call.message_id)
    return None


def _buttons(markup: object) -> dict[str, str]:
    if not isinstance(markup, InlineKeyboardMarkup):
        return {}
    return {one.text: one.callback_data or "" for row in markup.inline_keyboard for one in row}
