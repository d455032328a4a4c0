"""Letters about claims: rendered as things stand when they leave, for whoever may read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.presenting import Calls, Present
from bot.render import Reader, Renderer, Voice
from handlers import appeal_cards, claim_cards
from services.access import Actor
from services.claims import letters
from services.claims.cards import GapCards
from services.claims.claim import ClaimId, Kind, State
from services.claims.register import AppealRegister, Tab
from services.errors import DomainError
from services.ids import ImportId
from services.outgoing import Letter
from services.people import People, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMessages:
    """``kinds`` is what ``Presenters`` asks for; no call for whoever lost the right."""

    people: People
    register: AppealRegister
    cards: GapCards
    renderer: Renderer

    @classmethod
    def of(cls, collaborators: Mapping[str, Any], renderer: Renderer) -> "ClaimMessages":
        """Of what handlers are given."""
        return cls(
            people=collaborators["people"],
            register=collaborators["appeals"].register,
            cards=collaborators["claims"].cards,
            renderer=renderer,
        )

    @property
    def kinds(self) -> Mapping[str, Present]:
        return dict.fromkeys(letters.KINDS, self.present)

    async def present(self, letter: Letter, reader: Reader) -> Calls:
        known = await self.people.recognise(user=UserId(letter.chat), chat=letter.chat)
        if known.actor.school != letter.school:
            return []
        voice = self.renderer.voice(reader.language, reader.zone)
        present = {letters.APPEAL: self._appeal, letters.ANSWERED: self._answered}.get(
            letter.kind, self._checked
        )
        try:
            return await present(letter, known.actor, voice)
        except DomainError:
            return []

    async def _appeal(self, letter: Letter, actor: Actor, voice: Voice) -> Calls:
        card = await self.register.card(actor, ClaimId(_number(letter, "claim")))
        tab = Tab.WAIVED if card.claim.state is State.WAIVED else Tab.DISPUTED
        shown = appeal_cards.buttons(card, tab, voice.say)
        return [_message(letter, voice, appeal_cards.view_of(card, voice.say), shown)]

    async def _answered(self, letter: Letter, actor: Actor, voice: Voice) -> Calls:
        claim, spoken = await self.cards.answered(actor, ClaimId(_number(letter, "claim")))
        view = {
            "line": spoken.line,
            "state": claim.state.value,
            "delay": claim.kind is Kind.POSTPONED,
            **claim_cards.claim_view(claim, voice.say),
        }
        stays = claim.state is not State.WAIVED and spoken.living
        shown = claim_cards.to_findings([claim.finding] if stays else [], voice.say)
        return [_message(letter, voice, view, shown)]

    async def _checked(self, letter: Letter, actor: Actor, voice: Voice) -> Calls:
        results = await self.cards.checked(actor, ImportId(_number(letter, "import")))
        left = [one.finding for one in results.stayed]
        shown = claim_cards.to_findings(left, voice.say) if left else None
        return [_message(letter, voice, {"results": results}, shown)]


def _number(letter: Letter, name: str) -> int:
    number = letter.view[name]
    if not isinstance(number, int):
        raise TypeError(number)
    return number


def _message(
    letter: Letter, voice: Voice, view: Mapping[str, Any], shown: InlineKeyboardMarkup | None
) -> SendMessage:
    return SendMessage(
        chat_id=letter.chat,
        text=voice.render(letter.kind, **view),
        parse_mode=ParseMode.HTML,
        reply_markup=shown,
    )
