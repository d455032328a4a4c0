"""A solved ticket becomes knowledge: its question and answer as an entry of the base."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from services.access import Actor, Capability, demand
from services.consultation.editing import Editing
from services.consultation.entries import Entry
from services.consultation.library import Card
from services.consultation.texts import answer_of, question_of, shortened
from services.errors import DomainError
from services.helpdesk.personal import Suspicion, suspicions
from services.helpdesk.queue import Queue
from services.helpdesk.tickets import Side, TicketNumber


class NothingToKeepError(DomainError):
    """The ticket has no answer in words yet."""

    key = "errors/ticket-unanswered"


class Likely(Protocol):
    async def likely(self, actor: Actor, text: str) -> Sequence[Entry]:
        """The entries that are likest to the words, the best first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question and its answer as they would be kept, with what may name a person in them."""

    question: str
    answer: str
    suspicions: Sequence[Suspicion]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketKnowledge:
    queue: Queue
    editing: Editing
    entries: Likely

    async def draft(self, actor: Actor, number: TicketNumber) -> Pair:
        """The author's first words, and all that the administrators answered.

        NothingToKeepError where either has no words.
        """
        demand(actor, Capability.EDIT_QUESTIONS)
        card = await self.queue.card(actor, number)
        said = [one.message for one in card.messages]
        asked = next((one.text for one in said if one.side is Side.AUTHOR and one.text), "")
        answers = [one.text for one in said if one.side is Side.ADMINISTRATOR and one.text]
        if not asked or not answers:
            raise NothingToKeepError(number=card.line.ticket.number)
        return self.pair(actor, shortened(asked), "\n\n".join(dict.fromkeys(answers)))

    def pair(self, actor: Actor, question: str, answer: str) -> Pair:
        """The words as they are now; nothing is kept yet."""
        demand(actor, Capability.EDIT_QUESTIONS)
        found = dict.fromkeys([*suspicions(question), *suspicions(answer)])
        return Pair(question=question, answer=answer, suspicions=list(found))

    def asked_as(self, actor: Actor, pair: Pair, words: str) -> Pair:
        """EmptyTextError, LongTextError or NoQuestionError for words that do not fit."""
        return self.pair(actor, question_of(words), pair.answer)

    def answered_with(self, actor: Actor, pair: Pair, words: str) -> Pair:
        """EmptyTextError or LongTextError for words that do not fit."""
        return self.pair(actor, pair.question, answer_of(words))

    async def likely(self, actor: Actor, pair: Pair) -> Sequence[Entry]:
        """Entries that may say the same already."""
        return await self.entries.likely(actor, pair.question)

    async def keep(self, actor: Actor, pair: Pair) -> Card:
        """A new entry for the staff; raises as ``asked_as`` and ``answered_with`` do."""
        return await self.editing.create(actor, pair.question, pair.answer)

    async def keep_as(self, actor: Actor, pair: Pair, entry: str) -> Card:
        """The question becomes one more wording of ``entry``, whose answer stays."""
        return await self.editing.add_aliases(actor, entry, pair.question)
