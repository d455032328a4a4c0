"""Letters of the help desk: rendered as the ticket is when they leave, for whoever may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.helpdesk_files import sending
from bot.presenting import Calls, Present
from bot.render import Reader, Renderer, Voice
from handlers import ticket_cards
from handlers.ticket_words import title_of
from services.access import Actor
from services.errors import DomainError
from services.helpdesk import letters
from services.helpdesk.queue import Queue, Spoken
from services.helpdesk.tickets import Event, TicketMessageId, TicketNumber
from services.outgoing import Letter
from services.people import People, UserId

PIECE = 3500
"""Characters of one message's text: what is longer goes on in the next."""
CAPTION = 950


@dataclass(frozen=True, slots=True)
class HelpDeskMessages:
    """``kinds`` is what ``Presenters`` asks for; no call is made for whoever may not read it."""

    queue: Queue
    people: People
    renderer: Renderer

    @property
    def kinds(self) -> Mapping[str, Present]:
        return dict.fromkeys(letters.KINDS, self.present)

    async def present(self, letter: Letter, reader: Reader) -> Calls:
        known = await self.people.recognise(user=UserId(letter.chat), chat=letter.chat)
        if known.actor.school != letter.school:
            return []
        voice = self.renderer.voice(reader.language, reader.zone)
        present = {
            letters.CARD: self._card,
            letters.OWN: self._own,
            letters.COPY: self._copy,
            letters.RECEIPT: self._receipt,
            letters.FAILED: self._receipt,
            letters.RATE: self._news,
            letters.NEWS: self._news,
        }.get(letter.kind, self._warning)
        try:
            return await present(letter, known.actor, voice)
        except DomainError:
            return []

    async def _card(self, letter: Letter, actor: Actor, voice: Voice) -> Calls:
        card = await self.queue.card(actor, _number(letter))
        shown = ticket_cards.buttons(card, actor, voice.say)
        return [_message(letter, voice, ticket_cards.view_of(card, voice.say), shown)]

    async def _own(self, letter: Letter, actor: Actor, voice: Voice) -> Calls:
        card = await self.queue.own(actor, _number(letter))
        shown = ticket_cards.own_buttons(card, actor, voice.say)
        return [_message(letter, voice, ticket_cards.own_view(card, voice.say), shown)]

    async def _copy(self, letter: Letter, actor: Actor, voice: Voice) -> Calls:
        spoken = await self.queue.message(actor, _message_id(letter))
        part = letter.view["part"]
        if spoken is None or not isinstance(part, int):
            return []
        said = spoken.message
        carries = part == min((one.part for one in spoken.copies), default=0)
        words = said.text if carries else ""
        if part == 0:
            first, *rest = _pieces(words)
            text = _header(voice, spoken, first)
            return [_text(letter, text), *(_plain(letter, piece) for piece in rest)]
        caption = _header(voice, spoken, _cut(words))
        return [sending(letter.chat, said.files[part - 1], caption, rings=carries)]

    async def _receipt(self, letter: Letter, actor: Actor, voice: Voice) -> Calls:
        spoken = await self.queue.message(actor, _message_id(letter))
        if spoken is None:
            return []
        view = {
            "number": spoken.message.number,
            "side": spoken.message.side.value,
            "copies": spoken.copies,
        }
        return [_message(letter, voice, view)]

    async def _news(self, letter: Letter, actor: Actor, voice: Voice) -> Calls:
        card = await self.queue.own(actor, _number(letter))
        number, what = card.ticket.number, letter.view["what"]
        shown = None
        if what == Event.SOLVED.value:
            shown = ticket_cards.solved_buttons(number, actor, voice.say)
        elif letter.kind == letters.RATE:
            shown = ticket_cards.stars(number, voice.say)
        ended = what in {Event.SOLVED.value, Event.CLOSED.value}
        view = {
            "number": number,
            "what": what,
            "merged": letter.view.get("merged"),
            "findings": card.findings if ended else [],
        }
        return [_message(letter, voice, view, shown)]

    async def _warning(self, letter: Letter, actor: Actor, voice: Voice) -> Calls:
        line = (await self.queue.card(actor, _number(letter))).line
        view = {
            **letter.view,
            "due": datetime.fromisoformat(str(letter.view["due"])),
            "category": title_of(line.category, voice.say),
        }
        shown = ticket_cards.to_ticket(line.ticket.number, voice.say)
        return [_message(letter, voice, view, shown)]


def _number(letter: Letter) -> TicketNumber:
    number = letter.view["number"]
    if not isinstance(number, int):
        raise TypeError(number)
    return TicketNumber(number)


def _message_id(letter: Letter) -> TicketMessageId:
    message = letter.view["message"]
    if not isinstance(message, int):
        raise TypeError(message)
    return TicketMessageId(message)


def _message(
    letter: Letter,
    voice: Voice,
    view: Mapping[str, Any],
    shown: InlineKeyboardMarkup | None = None,
) -> SendMessage:
    return _text(letter, voice.render(letter.kind, **view), shown)


def _text(letter: Letter, text: str, shown: InlineKeyboardMarkup | None = None) -> SendMessage:
    return SendMessage(
        chat_id=letter.chat,
        text=text,
        parse_mode=ParseMode.HTML,
        reply_markup=shown,
    )


def _plain(letter: Letter, text: str) -> SendMessage:
    return SendMessage(chat_id=letter.chat, text=text)


def _header(voice: Voice, spoken: Spoken, text: str) -> str:
    return voice.render(
        letters.COPY,
        number=spoken.message.number,
        side=spoken.message.side.value,
        name=spoken.name,
        edited=spoken.message.edited_at is not None,
        text=text,
    )


def _pieces(text: str) -> Sequence[str]:
    """At most as long as a message may be, broken between words where there are any."""
    pieces = []
    while len(text) > PIECE:
        space = text.rfind(" ", PIECE // 2, PIECE)
        end = space if space > 0 else PIECE
        pieces.append(text[:end])
        text = text[end:].lstrip()
    return [*pieces, text]


def _cut(text: str) -> str:
    return text if len(text) <= CAPTION else f"{text[: CAPTION - 1]}…"
