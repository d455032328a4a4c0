"""What the clock brings: reminders, escalation, put-off tickets, quiet ends."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.access import Role
from services.helpdesk.changing import write
from services.helpdesk.letters import ESCALATION, REMINDER
from services.helpdesk.life import change_state
from services.helpdesk.ports import Work
from services.helpdesk.posting import administrators, show
from services.helpdesk.queue import Line, lines
from services.helpdesk.tickets import Event, State, Ticket, TicketEvent, TicketNumber
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from services.people import Person

REMIND = 0.75
"""The part of the allowed time after which whoever has the ticket is reminded."""
QUIET = timedelta(days=3)
"""A solved ticket on which nobody says a word for so long is closed."""
_STEPS = (
    ("answer", REMIND, Event.ANSWER_REMINDED),
    ("answer", 1.0, Event.ANSWER_ESCALATED),
    ("solution", REMIND, Event.SOLUTION_REMINDED),
    ("solution", 1.0, Event.SOLUTION_ESCALATED),
)
_ESCALATIONS = frozenset({Event.ANSWER_ESCALATED, Event.SOLUTION_ESCALATED})


@dataclass(frozen=True, slots=True)
class Deadlines:
    """One school at one moment, inside one unit of work."""

    work: Work
    school: SchoolId
    now: datetime

    async def look(self) -> int:
        """Do what has come due; how many things were done."""
        done = await self._warn()
        done += await self._wake()
        return done + await self._close_quiet()

    # -- targets -------------------------------------------------------------------------------

    async def _warn(self) -> int:
        """Each step of each target once, and only the latest step that was reached."""
        told = await self.work.tickets.marked(self.school, [step[2] for step in _STEPS])
        done = 0
        for line in await lines(self.work, self.school, self.now):
            for name in ("answer", "solution"):
                done += await self._warn_of(line, name, told)
        return done

    async def _warn_of(
        self, line: Line, name: str, told: Collection[tuple[TicketNumber, Event]]
    ) -> int:
        target = line.targets.answer if name == "answer" else line.targets.solution
        if target is None or target.due is None:
            return 0
        number = line.ticket.number
        reached = [event for of, part, event in _STEPS if of == name and target.spent >= part]
        if not reached or (number, reached[-1]) in told:
            return 0
        for event in reached:
            if (number, event) not in told:
                await self._record(line.ticket, event)
        await self._send(line, reached[-1], name, target.due)
        return 1

    async def _send(self, line: Line, event: Event, name: str, due: datetime) -> None:
        kind = ESCALATION if event in _ESCALATIONS else REMINDER
        people = await (self._deputies() if kind == ESCALATION else self._holders(line.ticket))
        for person in people:
            letter = Letter(
                school=self.school,
                chat=ChatId(person.user),
                kind=kind,
                view={
                    "number": line.ticket.number,
                    "target": name,
                    "due": due.isoformat(),
                    "holder": line.holder,
                },
                dedupe=f"ticket:{self.school}:{line.ticket.number}:{event.value}",
            )
            await self.work.outbox.put(letter)

    async def _holders(self, ticket: Ticket) -> Collection[Person]:
        """Whoever took it; all administrators while nobody has."""
        every = await administrators(self.work, self.school, self.now)
        return [one for one in every if one.id == ticket.taken_by] or every

    async def _deputies(self) -> Collection[Person]:
        """The administration; the director where nobody else is in it."""
        every = await self.work.people.list(self.school, self.now)
        deputies = [one for one in every if Role.ADMINISTRATION in one.roles]
        return deputies or [one for one in every if Role.DIRECTOR in one.roles]

    # -- put off, left alone -------------------------------------------------------------------

    async def _wake(self) -> int:
        done = 0
        for line in await lines(self.work, self.school, self.now):
            until = line.ticket.postponed_until
            if until is None or until > self.now:
                continue
            after = replace(line.ticket, postponed_until=None, changed_at=self.now)
            await write(self.work, line.ticket, after, Event.WOKEN, by=None)
            await show(self.work, after, self.now)
            await self._remind_of_put_off(line, until)
            done += 1
        return done

    async def _remind_of_put_off(self, line: Line, until: datetime) -> None:
        for person in await self._holders(line.ticket):
            letter = Letter(
                school=self.school,
                chat=ChatId(person.user),
                kind=REMINDER,
                view={
                    "number": line.ticket.number,
                    "target": "postponed",
                    "due": until.isoformat(),
                    "holder": line.holder,
                },
                dedupe=f"ticket:{self.school}:{line.ticket.number}:{until.isoformat()}",
            )
            await self.work.outbox.put(letter)

    async def _close_quiet(self) -> int:
        done = 0
        for ticket in await self.work.tickets.list(self.school, [State.SOLVED]):
            if self.now - ticket.changed_at >= QUIET:
                await change_state(
                    self.work, ticket, ticket, State.CLOSED, Event.CLOSED, by=None, now=self.now
                )
                done += 1
        return done

    async def _record(self, ticket: Ticket, event: Event) -> None:
        told = TicketEvent(
            school=self.school, number=ticket.number, person=None, what=event, at=self.now
        )
        await self.work.tickets.record(told)
