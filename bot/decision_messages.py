"""Letters about decisions: rendered as the decision is when they leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import InlineKeyboardMarkup

from bot.helpdesk_files import sending
from bot.presenting import Calls, Present
from bot.render import Reader, Renderer, Voice
from handlers import decision_cards as cards
from services.access import Actor, Capability
from services.decisions import letters
from services.decisions.decision import DecisionGoneError, DecisionNumber, State
from services.decisions.register import Card, Register, StepLine
from services.ids import SchoolId
from services.outgoing import Letter
from services.people import People, UserId


@dataclass(frozen=True, slots=True)
class DecisionMessages:
    """``kinds`` is what ``Presenters`` asks for; no call for whoever has left the school."""

    register: Register
    people: People
    renderer: Renderer

    @property
    def kinds(self) -> Mapping[str, Present]:
        return dict.fromkeys(letters.KINDS, self.present)

    async def present(self, letter: Letter, reader: Reader) -> Calls:
        actor = (await self.people.recognise(user=UserId(letter.chat), chat=letter.chat)).actor
        if actor.school != letter.school or not actor.may(Capability.OWN_DECISIONS):
            return []
        voice = self.renderer.voice(reader.language, reader.zone)
        try:
            card = await self.register.peek(actor, SchoolId(letter.school or 0), _number(letter))
        except DecisionGoneError:
            return []
        if letter.kind == letters.NEWS:
            return _news(letter, card, actor, voice)
        if letter.kind == letters.OWN:
            owns = card.mine is not None and card.decision.state is not State.WITHDRAWN
            shown = cards.own(card, voice.say) if owns else None
            return [_message(letter, voice, cards.view_of(card), shown)]
        return _warning(letter, card, voice)


def _news(letter: Letter, card: Card, actor: Actor, voice: Voice) -> Calls:
    """With the files of the step; nothing where it was taken back before this left."""
    line = next((one for one in card.steps if one.event.id == letter.view["event"]), None)
    if line is None:
        return []
    withdrawn = card.decision.state is State.WITHDRAWN
    reads = actor.may(Capability.DECISIONS) or card.mine is not None
    shown = cards.to_card(card.decision.number, voice.say) if reads and not withdrawn else None
    view = {
        "decision": card.decision,
        "line": line,
        "event": line.event,
        "name": line.name,
        "card": card,
    }
    message = _message(letter, voice, view, shown)
    return [message, *_files(letter, line)]


def _files(letter: Letter, line: StepLine) -> list[TelegramMethod[Any]]:
    return [sending(letter.chat, one, escape(line.name), rings=False) for one in line.event.files]


def _warning(letter: Letter, card: Card, voice: Voice) -> Calls:
    """Nothing where the decision ended or got another day meanwhile."""
    if card.decision.state is not State.OPEN:
        return []
    owner = letter.kind == letters.REMINDER
    number = card.decision.number
    shown = cards.own(card, voice.say) if owner else cards.to_card(number, voice.say)
    return [_message(letter, voice, cards.view_of(card), shown)]


def _message(
    letter: Letter,
    voice: Voice,
    view: Mapping[str, Any],
    shown: InlineKeyboardMarkup | None,
) -> SendMessage:
    return SendMessage(
        chat_id=letter.chat,
        text=voice.render(letter.kind, **view),
        parse_mode=ParseMode.HTML,
        reply_markup=shown,
    )


def _number(letter: Letter) -> DecisionNumber:
    number = letter.view["number"]
    if not isinstance(number, int):
        raise TypeError(number)
    return DecisionNumber(number)
