"""A decision from its owners' word to its end: accepted, done, put off, closed, opened again.

Each owner has a state of their own; once the last of them is done the decision waits for who set
it. Every step but those of the clock can be taken back by who took it, the last one first.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from services.access import Actor
from services.clock import Clock
from services.decisions.days import fitting, stage, today_in
from services.decisions.decision import (
    BY_ITSELF,
    Decision,
    DecisionEvent,
    DecisionNumber,
    DecisionStepError,
    DecisionWordsError,
    Event,
    Owner,
    OwnerState,
    State,
    restored,
)
from services.decisions.letters import show, tell
from services.decisions.ports import Transactions, Work
from services.decisions.setting import OWNERS
from services.decisions.steps import (
    NOTHING,
    Step,
    audit_entry,
    ensure_closer,
    ensure_open,
    owner_of,
    participant,
    setter,
    worded,
)
from services.helpdesk.tickets import Said
from services.ids import PersonId, SchoolId

_STATES = {
    Event.ACCEPTED: OwnerState.ACCEPTED,
    Event.DONE: OwnerState.DONE,
    Event.CANNOT: OwnerState.CANNOT,
}
_FROM = {
    Event.CLOSED: frozenset({State.OPEN, State.DONE}),
    Event.REOPENED: frozenset({State.DONE, State.CLOSED}),
}
_LATE = frozenset({OwnerState.CANNOT})
_ENDED = _LATE | {OwnerState.DONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLife:
    """Every step raises DecisionGoneError where the actor may not see the decision."""

    unit_of_work: Transactions
    clock: Clock

    async def accept(self, actor: Actor, number: DecisionNumber) -> Decision:
        """«Принято к исполнению»."""
        return await self._own(actor, number, Event.ACCEPTED, NOTHING)

    async def done(self, actor: Actor, number: DecisionNumber, said: Said = NOTHING) -> Decision:
        """«Сделано», with the proof that was ``said`` or shown."""
        return await self._own(actor, number, Event.DONE, said)

    async def cannot(
        self, actor: Actor, number: DecisionNumber, said: Said, asks: int | None
    ) -> Decision:
        """«Не успеваю»: a reason, and the day that the owner proposes instead."""
        if not said:
            raise DecisionWordsError(why="empty", limit=0)
        return await self._own(actor, number, Event.CANNOT, said, asks)

    async def note(self, actor: Actor, number: DecisionNumber, said: Said) -> Decision:
        """How it goes, by an owner or who follows it."""
        school, _ = participant(actor)
        if not said:
            raise DecisionWordsError(why="empty", limit=0)
        async with self.unit_of_work() as work:
            step = self._step(work, actor)
            before = await step.take(school, number)
            ensure_open(before)
            return await step.write(before, before, Event.NOTED, said=worded(said))

    async def move(self, actor: Actor, number: DecisionNumber, due: int) -> Decision:
        """Another day: what an owner asked for, or what who set it says."""
        school, _ = setter(actor)
        async with self.unit_of_work() as work:
            step = self._step(work, actor)
            before = await step.take(school, number)
            ensure_closer(actor, before)
            ensure_open(before)
            today = await self._today(work, school)
            told = stage(fitting(due, today), today)
            moved = tuple(_goes_on(replace(one, told=told), _LATE) for one in before.owners)
            after = replace(before, due=due, owners=moved)
            return await step.write(before, after, Event.DUE_MOVED, facts={"due": due})

    async def keep_due(self, actor: Actor, number: DecisionNumber) -> Decision:
        """The day stays in spite of what was asked."""
        school, _ = setter(actor)
        async with self.unit_of_work() as work:
            step = self._step(work, actor)
            before = await step.take(school, number)
            ensure_closer(actor, before)
            if all(one.state is not OwnerState.CANNOT for one in before.active):
                raise DecisionStepError(why="state")
            after = replace(before, owners=tuple(_goes_on(one, _LATE) for one in before.owners))
            return await step.write(before, after, Event.DUE_KEPT)

    async def add_owner(self, actor: Actor, number: DecisionNumber, person: PersonId) -> Decision:
        """One more owner, also in place of one who left."""
        school, _ = setter(actor)
        async with self.unit_of_work() as work:
            step = self._step(work, actor)
            before = await step.take(school, number)
            ensure_closer(actor, before)
            ensure_open(before)
            found = await work.people.get(school, person, step.now)
            if found is None or not found.roles & OWNERS or before.owner(person) is not None:
                raise DecisionStepError(why="owner")
            told = stage(before.due, await self._today(work, school))
            after = before.with_owner(Owner(person=person, told=told))
            after = replace(after, state=State.OPEN)
            return await step.write(before, after, Event.OWNER_ADDED, facts={"owner": person})

    async def close(self, actor: Actor, number: DecisionNumber) -> Decision:
        """By who set it or the director, done or not."""
        return await self._end(actor, number, Event.CLOSED)

    async def reopen(self, actor: Actor, number: DecisionNumber) -> Decision:
        """Whoever had done it goes on."""
        return await self._end(actor, number, Event.REOPENED)

    async def undo(self, actor: Actor, number: DecisionNumber) -> Decision:
        """Take back the last step, which must be one's own; of «поручено» the decision goes."""
        school, _ = participant(actor)
        async with self.unit_of_work() as work:
            step = self._step(work, actor)
            before = await step.take(school, number)
            last = last_step(await work.decisions.events(school, number))
            if last is None or last.person != actor.person:
                raise DecisionStepError(why="undo")
            if last.before is None:
                after = replace(before, state=State.WITHDRAWN, changed_at=step.now)
            else:
                after = restored(before, last.before, step.now)
            await work.decisions.mark_undone(last.id)
            await self._undone(work, step, before, after, last)
            return after

    # ------------------------------------------------------------------------------------------

    async def _undone(
        self, work: Work, step: Step, before: Decision, after: Decision, last: DecisionEvent
    ) -> None:
        """An owner whose part is taken back hears of it, though they are one no longer."""
        await work.decisions.save(after)
        event = DecisionEvent(
            number=after.number,
            person=step.actor.person,
            what=Event.UNDONE,
            at=step.now,
            facts={"what": last.what.value},
        )
        kept = await work.decisions.record(after.school, event)
        await work.audit.add(audit_entry(after, step.actor.person, Event.UNDONE, step.now))
        await show(work, before, step.now)
        await tell(work, before, kept, step.now)

    async def _own(
        self,
        actor: Actor,
        number: DecisionNumber,
        what: Event,
        said: Said,
        asks: int | None = None,
    ) -> Decision:
        school, person = participant(actor)
        async with self.unit_of_work() as work:
            step = self._step(work, actor)
            before = await step.take(school, number)
            owner = owner_of(before, person)
            changed = replace(owner, state=_STATES[what], asks=asks)
            if changed == owner and not said:
                return before
            if asks is not None:
                fitting(asks, await self._today(work, school))
            after = _settled(before.with_owner(changed))
            facts = {} if asks is None else {"due": asks}
            return await step.write(before, after, what, said=worded(said), facts=facts)

    async def _end(self, actor: Actor, number: DecisionNumber, what: Event) -> Decision:
        school, _ = setter(actor)
        async with self.unit_of_work() as work:
            step = self._step(work, actor)
            before = await step.take(school, number)
            ensure_closer(actor, before)
            if before.state not in _FROM[what]:
                raise DecisionStepError(why="state")
            after = replace(before, state=State.CLOSED, closed_at=step.now)
            if what is Event.REOPENED:
                told = stage(before.due, await self._today(work, school))
                back = tuple(_goes_on(replace(one, told=told), _ENDED) for one in before.owners)
                after = replace(before, state=State.OPEN, closed_at=None, owners=back)
            return await step.write(before, after, what)

    def _step(self, work: Work, actor: Actor) -> Step:
        return Step(work=work, actor=actor, now=self.clock.now())

    async def _today(self, work: Work, school: SchoolId) -> int:
        return today_in((await work.schools.get(school)).timezone, self.clock.now())


def last_step(events: Sequence[DecisionEvent]) -> DecisionEvent | None:
    """The latest that stands and that somebody could take back."""
    steps = [one for one in events if not one.undone and one.what not in BY_ITSELF]
    return steps[-1] if steps else None


def _goes_on(owner: Owner, states: Collection[OwnerState]) -> Owner:
    """An owner in one of the ``states`` works on it again."""
    return replace(owner, state=OwnerState.ACCEPTED, asks=None) if owner.state in states else owner


def _settled(decision: Decision) -> Decision:
    """Done once every active owner is; open again where one is not."""
    done = all(one.state is OwnerState.DONE for one in decision.active)
    return replace(decision, state=State.DONE if done else State.OPEN)
