"""The one home of each question that the consultation passes on.

A question that nothing in the base answers goes to the backlog: it is grouped with those like it,
and one answer serves all who asked. A person who calls the administrator wants an answer of their
own: that is a ticket, with a number at once, and not in the backlog besides.
"""

from dataclasses import dataclass

from services.clock import Clock
from services.consultation.passing import Desk, PassedOn, Work
from services.helpdesk.beginning import open_in
from services.helpdesk.settings import QUESTION
from services.helpdesk.tickets import OPEN, Draft, Origin, Said, TicketNumber
from services.ids import PersonId, SchoolId

LATEST = 5
"""Own tickets among which the same call is looked for."""


@dataclass(frozen=True, slots=True)
class PassedQuestions:
    """The port ``services.consultation.passing.Desk``."""

    clock: Clock
    backlog: Desk

    async def open_from_question(self, work: Work, question: PassedOn) -> TicketNumber | None:
        """The ticket's number; None for the backlog. A second press is no second ticket."""
        if question.person is None or not question.called:
            await self.backlog.open_from_question(work, question)
            return None
        known = await _same(work, question.school, question.person, question.text)
        if known is not None:
            return known
        draft = Draft(category=QUESTION, said=Said(text=question.text), origin=Origin.QUESTION)
        opened = await open_in(work, question.school, question.person, draft, self.clock.now())
        return opened.number


async def _same(work: Work, school: SchoolId, person: PersonId, text: str) -> TicketNumber | None:
    """The person's open ticket that began with the same question."""
    for ticket in await work.tickets.of_author(school, person, limit=LATEST):
        if ticket.origin is Origin.QUESTION and ticket.state in OPEN:
            first, *_ = await work.ticket_messages.list(school, ticket.number)
            if first.text == text.strip():
                return ticket.number
    return None
