"""Where questions without an answer go until the help desk stands: the backlog, and one card."""

from dataclasses import dataclass

from services.access import Role
from services.clock import Clock
from services.consultation.passing import PassedOn, Work
from services.ids import ChatId
from services.outgoing import Letter

CARD = "consultation/backlog"
SHOWN = 5
"""Questions that the card names, the most asked first."""


@dataclass(frozen=True, slots=True)
class BacklogDesk:
    """The port ``services.consultation.passing.Desk``."""

    clock: Clock

    async def open_from_question(self, work: Work, question: PassedOn) -> None:
        """A stranger's question does not make the card ring; others are told the answer later."""
        now = self.clock.now()
        number = await work.backlog.add(
            question.school, text=question.text, plain=question.plain, at=now
        )
        if question.person is not None:
            await work.backlog.remember(number, question.person, now)
            await self._show(work, question)

    async def _show(self, work: Work, question: PassedOn) -> None:
        """One card a day for each administrator, renewed in place."""
        now = self.clock.now()
        waiting = await work.backlog.waiting(question.school)
        view = {
            "total": len(waiting),
            "questions": [{"text": one.text, "count": one.count} for one in waiting[:SHOWN]],
        }
        for person in await work.people.list(question.school, now):
            if Role.ADMINISTRATOR in person.roles and person.id != question.person:
                letter = Letter(
                    school=question.school,
                    chat=ChatId(person.user),
                    kind=CARD,
                    view=view,
                    card=f"{CARD}:{now:%Y-%m-%d}",
                )
                await work.outbox.put(letter)
