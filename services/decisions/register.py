"""Decisions as they are looked at: lists by state, a card, the counts of a digest."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.decisions.days import today_in, written
from services.decisions.decision import (
    Decision,
    DecisionEvent,
    DecisionGoneError,
    DecisionNumber,
    OwnerState,
    SourceKind,
    State,
)
from services.decisions.life import last_step
from services.decisions.ports import DecisionStore, StaffDirectory
from services.decisions.setting import named
from services.decisions.steps import may_close, may_see, participant, setter
from services.figures import Decided
from services.ids import PersonId, SchoolId
from services.people import PeopleStore
from services.schools import Schools


class ReadingWork(Protocol):
    @property
    def decisions(self) -> DecisionStore: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def schools(self) -> Schools: ...


class Which(StrEnum):
    """A list of decisions; overdue ones are open too."""

    OPEN = "o"
    OVERDUE = "l"
    DONE = "d"
    CLOSED = "c"
    OWN = "m"


STATES: Mapping[Which, frozenset[State]] = {
    Which.OPEN: frozenset({State.OPEN}),
    Which.OVERDUE: frozenset({State.OPEN}),
    Which.DONE: frozenset({State.DONE}),
    Which.CLOSED: frozenset({State.CLOSED}),
    Which.OWN: frozenset({State.OPEN, State.DONE}),
}
ALL = frozenset({State.OPEN, State.DONE, State.CLOSED})


@dataclass(frozen=True, slots=True)
class OwnerLine:
    person: PersonId
    name: str
    state: OwnerState
    asks: int | None

    @property
    def day(self) -> date | None:
        """The day that the owner proposes."""
        return None if self.asks is None else date.fromordinal(self.asks)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that stands, with the name of who took it (``""``: the program, or somebody gone)."""

    event: DecisionEvent
    name: str

    @property
    def day(self) -> date | None:
        """The day that the step speaks of."""
        due = self.event.facts.get("due")
        return date.fromordinal(due) if due else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A decision for one reader as of ``today``.

    ``mine`` is the reader's state as an owner, ``closes`` whether they may close it, ``undoes``
    whether the last step is theirs to take back.
    """

    decision: Decision
    setter: str
    owners: Sequence[OwnerLine]
    steps: Sequence[StepLine]
    today: int
    mine: OwnerState | None
    closes: bool
    undoes: bool

    @property
    def overdue(self) -> bool:
        return self.decision.overdue(self.today)

    @property
    def late(self) -> int:
        """Days since the due day; below zero are days to go."""
        return self.today - self.decision.due

    @property
    def asked(self) -> int | None:
        """The latest day that an owner who cannot keep it proposes."""
        days = [one.asks for one in self.owners if one.asks is not None]
        return max(days) if days else None

    @property
    def proofs(self) -> int:
        return sum(len(one.event.files) for one in self.steps)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list or of the register."""

    decision: Decision
    setter: str
    owners: Sequence[OwnerLine]
    overdue: bool
    zone: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    reading: Callable[[], AbstractAsyncContextManager[ReadingWork]]
    staff: StaffDirectory
    clock: Clock

    async def counts(self, actor: Actor) -> Mapping[Which, int]:
        """How many are in each list, without a name or a word; also for a bound group."""
        school = demand(actor, Capability.SCHOOL_FIGURES)
        async with self.reading() as work:
            return await _counts(work, school, await self._today(work, school))

    async def lines(self, actor: Actor, which: Which) -> Sequence[Line]:
        """One list; OWN is for every owner, the others for those who set decisions."""
        own = which is Which.OWN
        school, person = participant(actor) if own else setter(actor)
        found = await self._lines(school, STATES[which], owner=person if own else None)
        if which is Which.OVERDUE:
            return [one for one in found if one.overdue]
        return found[::-1] if which is Which.CLOSED else found

    async def resting_on(self, actor: Actor, kind: SourceKind, words: str) -> Sequence[Line]:
        """Open decisions whose source is of this kind and named so."""
        return [
            one
            for one in await self.lines(actor, Which.OPEN)
            if (one.decision.source.kind, one.decision.source.words) == (kind, words)
        ]

    async def everything(self, actor: Actor) -> Sequence[Line]:
        """For the register as a file, by number."""
        school, _ = setter(actor)
        found = await self._lines(school, ALL)
        return sorted(found, key=lambda one: one.decision.number)

    async def school(self, actor: Actor) -> str:
        """The school's name, for documents."""
        school, _ = setter(actor)
        async with self.reading() as work:
            return (await work.schools.get(school)).name

    async def read_day(self, actor: Actor, words: str) -> int:
        """A day that was typed; DecisionDayError where it says none that fits."""
        school, _ = participant(actor)
        async with self.reading() as work:
            return written(words, await self._today(work, school))

    async def card(self, actor: Actor, number: DecisionNumber) -> Card:
        """DecisionGoneError where there is none that the actor may see."""
        school, _ = participant(actor)
        card = await self.peek(actor, school, number)
        if card.decision.state is State.WITHDRAWN or not may_see(actor, card.decision):
            raise DecisionGoneError(number=number)
        return card

    async def peek(self, actor: Actor, school: SchoolId, number: DecisionNumber) -> Card:
        """The card for a letter that was already addressed, even of a decision taken back."""
        members = await self.staff.list(school)
        async with self.reading() as work:
            decision = await work.decisions.get(school, number)
            if decision is None:
                raise DecisionGoneError(number=number)
            events = await work.decisions.events(school, number)
            people = await work.people.list(school, self.clock.now())
            today = await self._today(work, school)
        names = {one.person: one.name for one in named(people, members)}
        owner, last = decision.owner(actor.person), last_step(events)
        standing = [one for one in events if not one.undone]
        return Card(
            decision=decision,
            setter=names.get(decision.set_by, ""),
            owners=_owners(decision, names),
            steps=[StepLine(one, _name(one.person, names)) for one in standing],
            today=today,
            mine=None if owner is None else owner.state,
            closes=may_close(actor, decision),
            undoes=last is not None and last.person is not None and last.person == actor.person,
        )

    async def _lines(
        self, school: SchoolId, states: frozenset[State], *, owner: PersonId | None = None
    ) -> Sequence[Line]:
        members = await self.staff.list(school)
        async with self.reading() as work:
            found = await work.decisions.list(school, states, owner=owner)
            people = await work.people.list(school, self.clock.now())
            zone = (await work.schools.get(school)).timezone
        names = {one.person: one.name for one in named(people, members)}
        today, here = today_in(zone, self.clock.now()), ZoneInfo(zone)
        return [
            Line(one, names.get(one.set_by, ""), _owners(one, names), one.overdue(today), here)
            for one in found
        ]

    async def _today(self, work: ReadingWork, school: SchoolId) -> int:
        return today_in((await work.schools.get(school)).timezone, self.clock.now())


async def decided(
    store: DecisionStore, school: SchoolId, today: int, since: datetime, until: datetime
) -> Decided | None:
    """For a digest: open and overdue now, closed from ``since`` on; None where there are none."""
    waiting = await store.list(school, {State.OPEN, State.DONE})
    touched = await store.between(school, since, until)
    ended = [one for one in touched if one.closed_at and since <= one.closed_at < until]
    if not waiting and not ended:
        return None
    return Decided(
        open=len(waiting),
        overdue=sum(one.overdue(today) for one in waiting),
        closed=len(ended),
    )


async def _counts(work: ReadingWork, school: SchoolId, today: int) -> Mapping[Which, int]:
    found = await work.decisions.list(school, ALL)
    return {
        Which.OPEN: sum(one.state is State.OPEN for one in found),
        Which.OVERDUE: sum(one.overdue(today) for one in found),
        Which.DONE: sum(one.state is State.DONE for one in found),
        Which.CLOSED: sum(one.state is State.CLOSED for one in found),
    }


def _owners(decision: Decision, names: Mapping[PersonId, str]) -> Sequence[OwnerLine]:
    return [
        OwnerLine(one.person, names.get(one.person, ""), one.state, one.asks)
        for one in decision.owners
    ]


def _name(person: PersonId | None, names: Mapping[PersonId, str]) -> str:
    return "" if person is None else names.get(person, "")
