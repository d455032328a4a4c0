"""What the bot's own books say of a duty: one look each, counts instead of rows where many."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Executable, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.consultation.verdict import Band
from services.decisions.decision import State
from services.digest_schedule import JOB as WEEKLY
from services.duties.duty import Demand, Trace, What
from services.forecasts.notice import AHEAD
from services.ids import SchoolId
from services.journal.previews import SHEETS
from services.journal.relations import ENROLLMENTS, STAFF_FACTS
from services.kept_digests import card_of
from storage.schema.analyses import analyses
from storage.schema.consultation import consultation_edits, consultations
from storage.schema.decisions import decisions
from storage.schema.digests import digest_acknowledgements, digests
from storage.schema.helpdesk import tickets
from storage.schema.journal import imports, rule_passports
from storage.schema.people import bound_chats
from storage.schema.process import cards, job_runs
from storage.schema.queue import ticket_causes

BACKUP_JOB, WHOLE_PROCESS = "backup", 0
"""The nightly copy in the ledger: it is no school's own."""
NOON = 12
LISTS = tuple(f'%"sheet": "{SHEETS[one]}"%' for one in (ENROLLMENTS, STAFF_FACTS))
"""How an import's summary names the lists of pupils and staff that it brought."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Of one demand to one school."""

    connection: AsyncConnection
    school: SchoolId
    demand: Demand

    async def of(self, what: What) -> Sequence[Trace]:
        looks: Mapping[What, Callable[[], Awaitable[Sequence[Trace]]]] = {
            What.DIGEST: self._digest,
            What.ANALYSIS: self._analyses,
            What.LISTS: self._lists,
            What.TICKETS: self._tickets,
            What.CAUSES: self._causes,
            What.FORECAST: self._forecasts,
            What.SCENARIO: self._scenarios,
            What.PASSPORT: self._passports,
            What.CHECK: self._checks,
            What.DECISION: self._decisions,
            What.LATE_DECISION: self._late_decisions,
            What.QUESTIONS: self._questions,
            What.ANSWERS: self._answers,
            What.EDITS: self._edits,
            What.BACKUP: self._backups,
        }
        return await looks[what]()

    async def _digest(self) -> Sequence[Trace]:
        """Sent by the clock when there were figures, else shown in a bound group, else read."""
        table, name = digests.c, self.demand.name
        own = select(table.id, table.made_at).where(
            table.school == self.school, table.period == name
        )
        made = {row.id: row.made_at for row in await self.connection.execute(own)}
        if not made:
            return []
        read = select(
            func.count(digest_acknowledgements.c.person.distinct()).label("people"),
            func.min(digest_acknowledgements.c.at).label("at"),
        ).where(digest_acknowledgements.c.digest.in_(made))
        [known] = (await self.connection.execute(read)).all()
        at = await self._sent(min(made.values())) or await self._shown(made) or known.at
        if at is None:
            return []
        return [Trace(what=What.DIGEST, at=at, count=known.people, name=name)]

    async def _sent(self, made: datetime) -> datetime | None:
        """By the clock, unless the letter could not tell of any figures yet."""
        table = job_runs.c
        run = select(table.at).where(
            table.job == WEEKLY,
            table.school == self.school,
            table.period == self.demand.name,
            table.at >= made,
        )
        return cast("datetime | None", (await self.connection.execute(run)).scalar())

    async def _shown(self, made: Mapping[int, datetime]) -> datetime | None:
        """When the first of the digests that stand in a group of the school was made."""
        groups = select(bound_chats.c.chat).where(bound_chats.c.school == self.school)
        shown = select(cards.c.card).where(
            cards.c.chat.in_(groups), cards.c.card.startswith("digest:")
        )
        named = {":".join(one.split(":")[:2]) for one in (await self._scalars(shown))}
        at = [moment for number, moment in made.items() if _card(number) in named]
        return min(at, default=None)

    async def _analyses(self) -> Sequence[Trace]:
        table = analyses.c
        sent = (
            select(table.number, table.version, table.state, table.sent_at)
            .where(table.school == self.school, table.period == self.demand.name)
            .where(table.sent_at.is_not(None))
            .order_by(table.version)
        )
        return [
            Trace(
                what=What.ANALYSIS,
                at=row.sent_at,
                count=row.version,
                name=row.state,
                number=row.number,
            )
            for row in await self.connection.execute(sent)
        ]

    async def _lists(self) -> Sequence[Trace]:
        brought = or_(*(imports.c.summary.like(one) for one in LISTS))
        return await self._counted(What.LISTS, imports.c.applied_at, self._applied(), brought)

    async def _checks(self) -> Sequence[Trace]:
        looked = imports.c.analysed == 1
        return await self._counted(What.CHECK, imports.c.applied_at, self._applied(), looked)

    def _applied(self) -> ColumnElement[bool]:
        return (imports.c.school == self.school) & (imports.c.state == "applied")

    async def _tickets(self) -> Sequence[Trace]:
        return await self._counted(
            What.TICKETS, tickets.c.opened_at, tickets.c.school == self.school
        )

    async def _causes(self) -> Sequence[Trace]:
        """Of tickets opened in the period; its last change stands for the cause."""
        table = tickets.c
        named = (
            select(func.count().label("number"), func.max(table.changed_at).label("at"))
            .join(
                ticket_causes,
                (ticket_causes.c.school == table.school) & (ticket_causes.c.number == table.number),
            )
            .where(table.school == self.school, self._within(table.opened_at))
        )
        return await self._summed(What.CAUSES, named)

    async def _forecasts(self) -> Sequence[Trace]:
        own = job_runs.c.school == self.school
        return await self._counted(What.FORECAST, job_runs.c.at, job_runs.c.job == AHEAD, own)

    async def _scenarios(self) -> Sequence[Trace]:
        planned = decisions.c.scenario.is_not(None)
        standing = decisions.c.state != State.WITHDRAWN.value
        return await self._numbered(What.SCENARIO, decisions.c.set_at, planned & standing)

    async def _decisions(self) -> Sequence[Trace]:
        closed = decisions.c.state == State.CLOSED.value
        return await self._numbered(What.DECISION, decisions.c.closed_at, closed)

    async def _late_decisions(self) -> Sequence[Trace]:
        """Due in the period and still open, each at noon of its day."""
        table, span = decisions.c, self.demand.span
        owed = (
            select(table.number, table.due)
            .where(table.school == self.school, table.state == State.OPEN.value)
            .where(table.due.between(span.first, span.last))
            .order_by(table.due, table.number)
        )
        return [
            Trace(
                what=What.LATE_DECISION,
                at=self.demand.since + timedelta(days=row.due - span.first, hours=NOON),
                number=row.number,
            )
            for row in await self.connection.execute(owed)
        ]

    async def _passports(self) -> Sequence[Trace]:
        table = rule_passports.c
        changed = (
            select(table.rule, table.changed_at)
            .where(table.school == self.school, table.by_person.is_not(None))
            .where(self._within(table.changed_at))
            .order_by(table.changed_at)
        )
        rows = (await self.connection.execute(changed)).all()
        names = ", ".join(sorted({row.rule for row in rows}))
        return [_last(What.PASSPORT, [row.changed_at for row in rows], names)] if rows else []

    async def _questions(self) -> Sequence[Trace]:
        own = consultations.c.school == self.school
        return await self._counted(What.QUESTIONS, consultations.c.at, own)

    async def _answers(self) -> Sequence[Trace]:
        own = consultations.c.school == self.school
        answered = consultations.c.band != Band.PASS.value
        return await self._counted(What.ANSWERS, consultations.c.at, own, answered)

    async def _edits(self) -> Sequence[Trace]:
        table = consultation_edits.c
        own = (table.school == self.school) & table.person.is_not(None)
        return await self._counted(What.EDITS, table.at, own)

    async def _backups(self) -> Sequence[Trace]:
        own = (job_runs.c.job == BACKUP_JOB) & (job_runs.c.school == WHOLE_PROCESS)
        return await self._counted(What.BACKUP, job_runs.c.at, own)

    async def _counted(
        self, what: What, at: ColumnElement[Any], *where: ColumnElement[bool]
    ) -> Sequence[Trace]:
        """How many in the period, and the last one."""
        look = select(func.count().label("number"), func.max(at).label("at"))
        return await self._summed(what, look.where(*where, self._within(at)))

    async def _summed(self, what: What, look: Executable) -> Sequence[Trace]:
        [row] = (await self.connection.execute(look)).all()
        return [Trace(what=what, at=row.at, count=row.number)] if row.number else []

    async def _numbered(
        self, what: What, at: ColumnElement[Any], which: ColumnElement[bool]
    ) -> Sequence[Trace]:
        """The decisions that became such in the period, by number."""
        own = decisions.c.school == self.school
        look = (
            select(decisions.c.number, at.label("at"))
            .where(own, which, self._within(at))
            .order_by(decisions.c.number)
        )
        rows = (await self.connection.execute(look)).all()
        names = ", ".join(f"№ {row.number}" for row in rows)
        return [_last(what, [row.at for row in rows], names)] if rows else []

    def _within(self, at: ColumnElement[Any]) -> ColumnElement[bool]:
        return (at >= self.demand.since) & (at < self.demand.until)

    async def _scalars(self, look: Executable) -> Sequence[Any]:
        found: Sequence[Any] = (await self.connection.execute(look)).scalars().all()
        return found


def _last(what: What, moments: Sequence[datetime], names: str) -> Trace:
    return Trace(what=what, at=max(moments), count=len(moments), name=names)


def _card(number: int) -> str:
    return card_of(number)  # type: ignore[arg-type]  # an id of the table itself
