"""The journal of own duties: read by the director and the administrator, kept by the latter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, NotAllowedError, demand
from services.analyses.period import month, month_name
from services.audit import AuditEntry
from services.clock import Clock
from services.duties.demanding import Asking, month_after, month_before
from services.duties.duty import CLAUSES, Duty, DutyGoneError, Entry, State
from services.duties.entering import PROOF_LIMIT, TEXT_LIMIT, fitting, period_for, worded, written
from services.duties.ports import Transactions, Work
from services.duties.proving import Proving
from services.ids import PersonId, SchoolId
from services.periods import Span
from services.schools import School


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """``loose`` are entries of clauses from which the month asks nothing.

    ``known`` is false while there is no calendar. ``late`` are duties of the month before that are
    still overdue, in the present month only. ``earlier`` and ``later`` are "" where none is kept.
    """

    school: str
    month: str
    today: int
    known: bool
    duties: Sequence[Duty]
    loose: Sequence[Entry]
    late: Sequence[Duty]
    earlier: str
    later: str

    def of(self, clause: str) -> list[Duty]:
        return [one for one in self.duties if one.demand.clause == clause]

    def written(self, clause: str) -> list[Entry]:
        return [one for one in self.loose if one.clause == clause]

    def number_of(self, state: State) -> int:
        return sum(one.state is state for one in self.duties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """An entry before it is kept; ``day`` is an ordinal."""

    clause: str
    month: str
    text: str
    day: int
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A school where its journal stands now."""

    school: School
    since: datetime
    today: int

    @property
    def now(self) -> str:
        return month_name(self.today)

    @property
    def first(self) -> str:
        return month_name(self.since.astimezone(ZoneInfo(self.school.timezone)).toordinal())


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyJournal:
    reading: Transactions
    unit_of_work: Transactions
    clock: Clock

    async def month(self, actor: Actor, name: str = "") -> MonthView:
        """The present month unless one is named; DutyGoneError before the school, and ahead."""
        school = demand(actor, Capability.DUTIES)
        async with self.reading() as work:
            placed = await self._placed(work, school)
            asked = name or placed.now
            if not placed.first <= asked <= placed.now:
                raise DutyGoneError
            return await _view(work, placed, asked)

    async def ensure_keeps(self, actor: Actor, clause: str) -> int:
        """Today, for whoever may write about the clause; DutyGoneError where there is none."""
        school, _ = _keeper(actor)
        ensure_clause(clause)
        async with self.reading() as work:
            return (await self._placed(work, school)).today

    async def read_day(self, actor: Actor, words: str) -> int:
        """A day that was typed; DutyDayError where it says none that fits."""
        school, _ = _keeper(actor)
        async with self.reading() as work:
            return written(words, (await self._placed(work, school)).today)

    async def add(self, actor: Actor, drafted: Drafted) -> Entry:
        """DutyWordsError, DutyDayError, DutyGoneError where it does not fit."""
        school, person = _keeper(actor)
        ensure_clause(drafted.clause)
        text = worded(drafted.text, TEXT_LIMIT)
        proof = worded(drafted.proof, PROOF_LIMIT, least=0)
        view = await self.month(actor, drafted.month)
        day = fitting(drafted.day, view.today)
        async with self.unit_of_work() as work:
            entry = await work.duties.add(
                Entry(
                    school=school,
                    clause=drafted.clause,
                    period=period_for(view.of(drafted.clause), day, view.month),
                    day=day,
                    text=text,
                    proof=proof,
                    person=person,
                    at=self.clock.now(),
                )
            )
            await self._note(work, actor, school, "duty entered", entry.number)
        return entry

    async def withdraw(self, actor: Actor, number: int) -> None:
        """DutyGoneError where there is no such entry any more."""
        school, person = _keeper(actor)
        async with self.unit_of_work() as work:
            if not await work.duties.withdraw(school, number, person, self.clock.now()):
                raise DutyGoneError
            await self._note(work, actor, school, "duty entry withdrawn", number)

    async def entry(self, actor: Actor, number: int) -> Entry:
        """DutyGoneError where there is none."""
        school, _ = _keeper(actor)
        async with self.reading() as work:
            known = await work.duties.entries(school)
        found = next((one for one in known if one.number == number), None)
        if found is None:
            raise DutyGoneError
        return found

    async def overdue(self, work: Work, school: SchoolId) -> list[Duty]:
        """Of the month before and of this one."""
        placed = await self._placed(work, school)
        view = await _view(work, placed, placed.now)
        return [*view.late, *(one for one in view.duties if one.state is State.OVERDUE)]

    async def _note(
        self, work: Work, actor: Actor, school: SchoolId, what: str, number: int
    ) -> None:
        entry = AuditEntry(
            school=school,
            person=actor.person,
            what=what,
            at=self.clock.now(),
            facts={"entry": number},
        )
        await work.audit.add(entry)

    async def _placed(self, work: Work, school: SchoolId) -> Placed:
        known = await work.digests.schools()
        found, since = next(pair for pair in known if pair[0].id == school)
        here = self.clock.now().astimezone(ZoneInfo(found.timezone))
        return Placed(found, since, here.date().toordinal())


def ensure_clause(clause: str) -> None:
    if clause not in CLAUSES:
        raise DutyGoneError


async def _view(work: Work, placed: Placed, name: str) -> MonthView:
    before = month_before(name)
    looks_back = name == placed.now and before >= placed.first
    first = month(before if looks_back else name).span.first
    # a week that ends on the 1st began in the month before
    span = Span(first - 6, month(name).span.last)
    studies = await work.duties.studies(placed.school.id, span)
    asking = Asking(placed.school, placed.since, studies)
    entries = await work.duties.entries(placed.school.id)
    duties = await _duties(work, placed, asking, name, entries)
    late = await _duties(work, placed, asking, before, entries) if looks_back else []
    return MonthView(
        school=placed.school.name,
        month=name,
        today=placed.today,
        known=studies is not None,
        duties=duties,
        loose=_loose(entries, duties, name),
        late=[one for one in late if one.state is State.OVERDUE],
        earlier=before if before >= placed.first else "",
        later=month_after(name) if name < placed.now else "",
    )


async def _duties(
    work: Work, placed: Placed, asking: Asking, name: str, entries: Sequence[Entry]
) -> list[Duty]:
    proving, found = Proving(placed.school.timezone, placed.today), []
    for asked in asking.demands(name):
        traces = [
            trace
            for what in CLAUSES[asked.clause].shown_by
            for trace in await work.duties.traces(placed.school.id, what, asked)
        ]
        found.append(proving.duty(asked, traces, entries))
    return found


def _loose(entries: Sequence[Entry], duties: Sequence[Duty], name: str) -> list[Entry]:
    """Of the month itself, where nothing of the kind is asked."""
    asked = {(one.demand.clause, one.demand.name) for one in duties}
    return [one for one in entries if one.period == name and (one.clause, name) not in asked]


def _keeper(actor: Actor) -> tuple[SchoolId, PersonId]:
    school = demand(actor, Capability.KEEP_DUTIES)
    if actor.person is None:
        raise NotAllowedError(capability=Capability.KEEP_DUTIES.value)
    return school, actor.person
