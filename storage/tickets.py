"""Tickets with their events and linked findings."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.gaps import FindingId
from services.helpdesk.tickets import (
    Draft,
    Event,
    Origin,
    Place,
    State,
    Ticket,
    TicketEvent,
    TicketNumber,
)
from services.ids import PersonId, SchoolId
from storage.schema.helpdesk import (
    ticket_events,
    ticket_files,
    ticket_findings,
    ticket_messages,
    tickets,
)
from storage.statements import insert_once


@dataclass(frozen=True, slots=True)
class StoredTickets:
    connection: AsyncConnection

    async def add(
        self, school: SchoolId, author: PersonId, draft: Draft, at: datetime
    ) -> TicketNumber:
        last = select(func.coalesce(func.max(tickets.c.number), 0)).where(
            tickets.c.school == school
        )
        row: dict[str, Any] = {
            "school": school,
            "number": last.scalar_subquery() + 1,
            "author": author,
            "category": draft.category,
            "origin": draft.origin.value,
            "state": State.NEW.value,
            "class_unit": draft.place.class_unit,
            "subject": draft.place.subject,
            "day": draft.place.day,
            "opened_at": at,
            "changed_at": at,
            "running_since": at,
            "worked": 0,
            "rating_words": "",
        }
        added = insert(tickets).values(row).returning(tickets.c.number)
        return TicketNumber((await self.connection.execute(added)).scalar_one())

    async def get(self, school: SchoolId, number: TicketNumber) -> Ticket | None:
        found = await self._select(_same(school, number))
        return found[0] if found else None

    async def save(self, ticket: Ticket, *, was: State) -> bool:
        same = _same(ticket.school, ticket.number) & (tickets.c.state == was.value)
        values = {
            "category": ticket.category,
            "state": ticket.state.value,
            "class_unit": ticket.place.class_unit,
            "subject": ticket.place.subject,
            "day": ticket.place.day,
            "changed_at": ticket.changed_at,
            "taken_by": ticket.taken_by,
            "merged_into": ticket.merged_into,
            "running_since": ticket.running_since,
            "worked": ticket.worked,
            "answered_at": ticket.answered_at,
            "answer_worked": ticket.answer_worked,
            "solved_at": ticket.solved_at,
            "closed_at": ticket.closed_at,
            "postponed_until": ticket.postponed_until,
            "rating": ticket.rating,
            "rating_words": ticket.rating_words,
        }
        done = await self.connection.execute(update(tickets).where(same).values(values))
        return done.rowcount == 1

    async def list(self, school: SchoolId, states: Collection[State]) -> Sequence[Ticket]:
        wanted = tickets.c.state.in_([state.value for state in states])
        alone = tickets.c.merged_into.is_(None)
        return await self._select((tickets.c.school == school) & wanted & alone)

    async def of_author(
        self, school: SchoolId, author: PersonId, *, limit: int
    ) -> Sequence[Ticket]:
        mine = (tickets.c.school == school) & (tickets.c.author == author)
        latest = select(tickets).where(mine).order_by(tickets.c.number.desc()).limit(limit)
        return [_ticket(row) for row in await self.connection.execute(latest)]

    async def all_of(self, school: SchoolId, author: PersonId) -> Sequence[Ticket]:
        return await self._select((tickets.c.school == school) & (tickets.c.author == author))

    async def between(self, school: SchoolId, since: datetime, until: datetime) -> Sequence[Ticket]:
        opened, closed = tickets.c.opened_at, tickets.c.closed_at
        touched = or_((opened >= since) & (opened < until), (closed >= since) & (closed < until))
        return await self._select((tickets.c.school == school) & touched)

    async def worded(self, school: SchoolId, before: datetime) -> Sequence[Ticket]:
        said = ticket_messages.c
        of = (said.school == tickets.c.school) & (said.number == tickets.c.number)
        with_file = select(ticket_files.c.message).where(ticket_files.c.message == said.id)
        worded = select(said.id).where(of, (said.text != "") | with_file.exists())
        closed = (tickets.c.state == State.CLOSED.value) & (tickets.c.closed_at < before)
        kept = worded.exists() | (tickets.c.rating_words != "")
        return await self._select((tickets.c.school == school) & closed & kept)

    async def merged(self, school: SchoolId, number: TicketNumber) -> Sequence[Ticket]:
        return await self._select((tickets.c.school == school) & (tickets.c.merged_into == number))

    async def followers(
        self, school: SchoolId, numbers: Collection[TicketNumber]
    ) -> Sequence[tuple[TicketNumber, PersonId]]:
        statement = (
            select(tickets.c.merged_into, tickets.c.author)
            .where(tickets.c.school == school, tickets.c.merged_into.in_(numbers))
            .order_by(tickets.c.number)
        )
        found = (await self.connection.execute(statement)).all()
        return [(TicketNumber(row.merged_into), PersonId(row.author)) for row in found]

    async def record(self, event: TicketEvent) -> None:
        row = {
            "school": event.school,
            "number": event.number,
            "person": event.person,
            "what": event.what.value,
            "at": event.at,
            "facts": json.dumps(dict(event.facts)),
        }
        await self.connection.execute(insert(ticket_events).values(row))

    async def events(self, school: SchoolId, number: TicketNumber) -> Sequence[TicketEvent]:
        log = ticket_events.c
        statement = (
            select(ticket_events).where(log.school == school, log.number == number).order_by(log.id)
        )
        return [_event(row) for row in await self.connection.execute(statement)]

    async def marked(
        self, school: SchoolId, what: Collection[Event]
    ) -> Collection[tuple[TicketNumber, Event]]:
        log = ticket_events.c
        statement = select(log.number, log.what).where(
            log.school == school, log.what.in_([one.value for one in what])
        )
        found = (await self.connection.execute(statement)).all()
        return {(TicketNumber(row.number), Event(row.what)) for row in found}

    async def link(self, school: SchoolId, number: TicketNumber, finding: FindingId) -> bool:
        row = {"school": school, "number": number, "finding": finding}
        statement = insert_once(ticket_findings, [row], self.connection)
        added = statement.returning(ticket_findings.c.finding)
        return (await self.connection.execute(added)).first() is not None

    async def findings(self, school: SchoolId, number: TicketNumber) -> Sequence[FindingId]:
        linked = ticket_findings.c
        statement = (
            select(linked.finding)
            .where(linked.school == school, linked.number == number)
            .order_by(linked.finding)
        )
        return [FindingId(one) for one in (await self.connection.execute(statement)).scalars()]

    async def about(
        self, school: SchoolId, author: PersonId, finding: FindingId
    ) -> Sequence[TicketNumber]:
        linked = ticket_findings.c
        of = (tickets.c.school == linked.school) & (tickets.c.number == linked.number)
        statement = (
            select(tickets.c.number)
            .join(ticket_findings, of)
            .where(linked.school == school, linked.finding == finding, tickets.c.author == author)
            .order_by(tickets.c.number.desc())
        )
        return [TicketNumber(one) for one in (await self.connection.execute(statement)).scalars()]

    async def _select(self, which: ColumnElement[bool]) -> Sequence[Ticket]:
        statement = select(tickets).where(which).order_by(tickets.c.number)
        return [_ticket(row) for row in await self.connection.execute(statement)]


def _same(school: SchoolId, number: TicketNumber) -> ColumnElement[bool]:
    return (tickets.c.school == school) & (tickets.c.number == number)


def _ticket(row: Row[Any]) -> Ticket:
    return Ticket(
        school=SchoolId(row.school),
        number=TicketNumber(row.number),
        author=PersonId(row.author),
        category=row.category,
        origin=Origin(row.origin),
        state=State(row.state),
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        place=Place(class_unit=row.class_unit, subject=row.subject, day=row.day),
        taken_by=None if row.taken_by is None else PersonId(row.taken_by),
        merged_into=None if row.merged_into is None else TicketNumber(row.merged_into),
        running_since=row.running_since,
        worked=row.worked,
        answered_at=row.answered_at,
        answer_worked=row.answer_worked,
        solved_at=row.solved_at,
        closed_at=row.closed_at,
        postponed_until=row.postponed_until,
        rating=row.rating,
        rating_words=row.rating_words,
    )


def _event(row: Row[Any]) -> TicketEvent:
    return TicketEvent(
        school=SchoolId(row.school),
        number=TicketNumber(row.number),
        person=None if row.person is None else PersonId(row.person),
        what=Event(row.what),
        at=row.at,
        facts=json.loads(row.facts),
    )
