"""The queue's cards in the administration's group, and their topics where the group has any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    ReopenForumTopic,
    SendMessage,
    TelegramMethod,
)

from bot.presenting import Calls, Present
from bot.render import Reader, Renderer, Voice
from handlers.ticket_words import place_of, title_of
from services.helpdesk import group_cards as cards
from services.helpdesk.settings import Category
from services.helpdesk.tickets import OPEN, State, Ticket, TicketNumber, opened_again
from services.helpdesk.topics import QueueGroup
from services.ids import SchoolId
from services.outgoing import Letter
from storage.database import Database
from storage.unit_of_work import StoredWork

LONGEST = 128
"""Characters of a topic's name (Bot API, createForumTopic)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A ticket as the group may see it."""

    group: QueueGroup
    topic: int | None
    ticket: Ticket
    category: Category
    holder: str
    again: datetime | None


@dataclass(frozen=True, slots=True)
class TopicMessages:
    """``kinds`` is what ``Presenters`` asks for; no call once the queue is shown elsewhere."""

    database: Database
    renderer: Renderer

    @property
    def kinds(self) -> Mapping[str, Present]:
        return dict.fromkeys(cards.KINDS, self.present)

    async def present(self, letter: Letter, reader: Reader) -> Calls:
        shown = await self._shown(letter)
        if shown is None:
            return []
        voice = self.renderer.voice(reader.language, reader.zone)
        if letter.kind == cards.TOPIC:
            name = _name(shown, voice)
            return [CreateForumTopic(chat_id=letter.chat, name=name)] if shown.topic is None else []
        if letter.kind == cards.CARD:
            return [_card(letter, shown, voice)]
        return _turn(letter, shown)

    async def _shown(self, letter: Letter) -> Shown | None:
        school, number = SchoolId(letter.school or 0), letter.view["number"]
        if not isinstance(number, int):
            raise TypeError(number)
        async with self.database.reading() as work:
            group = await work.queue_groups.get(school)
            ticket = await work.tickets.get(school, TicketNumber(number))
            if group is None or group.chat != letter.chat or ticket is None:
                return None
            settings = await work.helpdesk.settings(school)
            now = self.database.clock.now()
            taken = ticket.taken_by
            events = await work.tickets.events(school, ticket.number)
            holder = None if taken is None else await work.people.get(school, taken, now)
            return Shown(
                group=group,
                topic=await work.queue_groups.topic(group, ticket.number),
                ticket=ticket,
                category=settings.category(ticket.category),
                holder=holder.name if holder else "",
                again=opened_again(events) if ticket.state in OPEN else None,
            )


async def topic_lost(work: StoredWork, letter: Letter) -> None:
    """A letter of the queue did not find its topic; any other is left as it is."""
    number = letter.view.get("number")
    if letter.kind in cards.KINDS and isinstance(number, int):
        ticket = await work.tickets.get(SchoolId(letter.school or 0), TicketNumber(number))
        if ticket is not None:
            await cards.begin_anew(work, ticket)


def _turn(letter: Letter, shown: Shown) -> Sequence[TelegramMethod[Any]]:
    """The topic ends, or goes on, as the ticket does by now."""
    ended = shown.ticket.state is State.CLOSED
    if shown.topic is None or ended is not (letter.kind == cards.TOPIC_END):
        return []
    call = CloseForumTopic if ended else ReopenForumTopic
    return [call(chat_id=letter.chat, message_thread_id=shown.topic)]


def _name(shown: Shown, voice: Voice) -> str:
    parts = (title_of(shown.category, voice.say), place_of(shown.ticket.place))
    words = " · ".join(part for part in (f"№ {shown.ticket.number}", *parts) if part)
    return words[:LONGEST]


def _card(letter: Letter, shown: Shown, voice: Voice) -> SendMessage:
    text = voice.render(
        letter.kind,
        ticket=shown.ticket,
        category=title_of(shown.category, voice.say),
        place=place_of(shown.ticket.place),
        holder=shown.holder,
        again=shown.again,
    )
    return SendMessage(
        chat_id=letter.chat,
        text=text,
        parse_mode=ParseMode.HTML,
        message_thread_id=shown.topic or shown.group.thread,
    )
