"""What is kept of a person, and its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Role
from services.consultation.suggestions import SuggestionState
from services.helpdesk.tickets import Side, State, TicketNumber
from services.ids import PersonId, SchoolId
from services.people import UserId
from services.privacy import Kept, OwnTicket
from storage.analyses import StoredAnalyses
from storage.claim_words import erase_words_of, said_by
from storage.decisions import StoredDecisions
from storage.duties import StoredDuties
from storage.schema.consultation import unanswered_questions as questions
from storage.schema.consultation_editing import consultation_suggestions as suggestions
from storage.schema.consultation_editing import unanswered_askers as askers
from storage.schema.helpdesk import ticket_copies, ticket_files, ticket_messages, tickets
from storage.schema.people import (
    audit,
    guesses,
    invitations,
    people,
    person_roles,
    pins,
    setup,
)
from storage.schema.process import cards, destinations, outbox
from storage.schema.reminding import reminder_hours, silences

LANGUAGE = "ru"


@dataclass(frozen=True, slots=True)
class StoredPersonal:
    connection: AsyncConnection

    async def kept(self, school: SchoolId, person: PersonId) -> Kept:
        words, answers = await self._said(school, person)
        admitted = select(people.c.created_at).where(people.c.id == person)
        held = (
            select(person_roles.c.role, person_roles.c.since)
            .where(person_roles.c.person == person, person_roles.c.until.is_(None))
            .order_by(person_roles.c.since)
        )
        asked = (
            select(questions.c.text)
            .join(askers, askers.c.question == questions.c.id)
            .where(askers.c.person == person)
            .order_by(questions.c.id)
        )
        suggested = (
            select(suggestions.c.question, suggestions.c.answer)
            .where(suggestions.c.person == person, suggestions.c.question != "")
            .order_by(suggestions.c.id)
        )
        reasons = (
            select(silences.c.reason)
            .where(silences.c.set_by == person, silences.c.reason != "")
            .order_by(silences.c.number)
        )
        own = (
            select(tickets)
            .where(tickets.c.school == school, tickets.c.author == person)
            .order_by(tickets.c.number)
        )
        return Kept(
            since=(await self.connection.execute(admitted)).scalar_one(),
            roles=[(Role(row.role), row.since) for row in await self._rows(held)],
            pin=await self._count(select(pins.c.person).where(pins.c.person == person)) > 0,
            tickets=[_ticket(row, words) for row in await self._rows(own)],
            answers=answers,
            questions=[row.text for row in await self._rows(asked)],
            suggestions=[(row.question, row.answer) for row in await self._rows(suggested)],
            decisions=await StoredDecisions(self.connection).said_by(school, person),
            duties=await StoredDuties(self.connection).said_by(school, person),
            claims=await said_by(self.connection, school, person),
            returns=await StoredAnalyses(self.connection).returned_by(school, person),
            silences=[row.reason for row in await self._rows(reasons)],
            deeds=await self._count(select(audit.c.id).where(audit.c.person == person)),
        )

    async def admissions(self, user: UserId) -> Sequence[tuple[SchoolId, PersonId]]:
        found = select(people.c.school, people.c.id).where(people.c.user == user)
        return [(SchoolId(row.school), PersonId(row.id)) for row in await self._rows(found)]

    async def erase(self, person: PersonId) -> None:
        await self._erase_questions(person)
        waiting = suggestions.c.state == SuggestionState.WAITING.value
        mine = suggestions.c.person == person
        recalled = {"state": SuggestionState.RECALLED.value}
        await self.connection.execute(update(suggestions).where(mine, waiting).values(recalled))
        bare = {"question": "", "answer": "", "words": ""}
        await self.connection.execute(update(suggestions).where(mine).values(bare))
        await StoredDecisions(self.connection).erase_words_of(person)
        await StoredAnalyses(self.connection).erase_words_of(person)
        await erase_words_of(self.connection, person)
        mute = update(silences).where(silences.c.set_by == person).values(reason="")
        await self.connection.execute(mute)
        hour = delete(reminder_hours).where(reminder_hours.c.person == person)
        await self.connection.execute(hour)
        await self.connection.execute(delete(pins).where(pins.c.person == person))
        # an account that no messenger gives: the number keeps its row apart from all others
        nobody = {"user": -person, "name": "", "staff": None, "language": LANGUAGE}
        await self.connection.execute(update(people).where(people.c.id == person).values(nobody))

    async def erase_account(self, user: UserId) -> None:
        for gone in (
            delete(cards).where(cards.c.chat == user),
            delete(destinations).where(destinations.c.chat == user),
            delete(guesses).where(guesses.c.user == user),
            delete(ticket_copies).where(ticket_copies.c.chat == user),
            delete(outbox).where(outbox.c.chat == user, outbox.c.state != "sending"),
            update(invitations).where(invitations.c.used_by == user).values(name="", used_by=None),
            update(setup).where(setup.c.used_by == user).values(used_by=None),
        ):
            await self.connection.execute(gone)

    async def _erase_questions(self, person: PersonId) -> None:
        """A question that only this person waits for goes; one that others ask too stays."""
        mine = select(askers.c.question).where(askers.c.person == person)
        others = select(askers.c.question).where(askers.c.person != person)
        alone = questions.c.id.in_(mine) & questions.c.id.not_in(others)
        found = (await self.connection.execute(select(questions.c.id).where(alone))).scalars().all()
        await self.connection.execute(delete(askers).where(askers.c.person == person))
        await self.connection.execute(delete(questions).where(questions.c.id.in_(found)))

    async def _said(
        self, school: SchoolId, person: PersonId
    ) -> tuple[Mapping[int, list[tuple[str, int]]], int]:
        """Text and number of files of each own message by ticket; how many answers to others."""
        said = ticket_messages.c
        files = (
            select(func.count())
            .where(ticket_files.c.message == said.id)
            .scalar_subquery()
            .label("files")
        )
        statement = (
            select(said.number, said.text, said.side, files)
            .where(said.school == school, said.person == person)
            .order_by(said.id)
        )
        words: dict[int, list[tuple[str, int]]] = {}
        answers = 0
        for row in await self._rows(statement):
            if row.side == Side.AUTHOR.value:
                words.setdefault(row.number, []).append((row.text, row.files))
            else:
                answers += 1
        return words, answers

    async def _rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        found: Sequence[Row[Any]] = (await self.connection.execute(statement)).all()
        return found

    async def _count(self, statement: Select[Any]) -> int:
        counted = select(func.count()).select_from(statement.subquery())
        return int((await self.connection.execute(counted)).scalar_one())


def _ticket(row: Row[Any], words: Mapping[int, list[tuple[str, int]]]) -> OwnTicket:
    said = words.get(row.number, [])
    return OwnTicket(
        number=TicketNumber(row.number),
        opened_at=row.opened_at,
        state=State(row.state),
        words=[text for text, _ in said if text],
        files=sum(count for _, count in said),
        rating=row.rating,
        rating_words=row.rating_words,
    )
