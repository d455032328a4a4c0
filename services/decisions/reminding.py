"""What the clock brings: owners who left, reminders before and after the day, escalation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from services.decisions.days import ESCALATES, stage, today_in
from services.decisions.decision import (
    Decision,
    DecisionEvent,
    Event,
    Owner,
    OwnerState,
    State,
    snapshot,
)
from services.decisions.letters import ESCALATION, REMINDER, followers, show, tell
from services.decisions.ports import Work
from services.decisions.setting import OWNERS
from services.decisions.steps import audit_entry
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Letter
from services.people import Person

FIRST_HOUR, LAST_HOUR = 8, 20
"""Nobody is reminded earlier or later in the school's day."""
_WAITS = frozenset({OwnerState.ASKED, OwnerState.ACCEPTED, OwnerState.CANNOT})


@dataclass(frozen=True, slots=True)
class Reminding:
    """One school at one moment, inside one unit of work."""

    work: Work
    school: SchoolId
    now: datetime

    async def look(self) -> int:
        """Do what has come due; how many things were done."""
        zone = (await self.work.schools.get(self.school)).timezone
        people = {one.id: one for one in await self.work.people.list(self.school, self.now)}
        done = 0
        for found in await self.work.decisions.list(self.school, {State.OPEN}):
            decision = await self._without_gone(found, people)
            done += decision is not found
            if FIRST_HOUR <= self.now.astimezone(ZoneInfo(zone)).hour < LAST_HOUR:
                done += await self._remind(decision, people, today_in(zone, self.now))
        return done

    async def _without_gone(
        self, decision: Decision, people: Mapping[PersonId, Person]
    ) -> Decision:
        """Owners who left are marked; whoever set the decision hears of each."""
        for owner in decision.active:
            person = people.get(owner.person)
            if person is None or not person.roles & OWNERS:
                decision = await self._left(decision, owner)
        return decision

    async def _left(self, before: Decision, owner: Owner) -> Decision:
        after = before.with_owner(replace(owner, state=OwnerState.GONE, asks=None))
        after = replace(after, changed_at=self.now, state=_state(after))
        event = DecisionEvent(
            number=after.number,
            person=None,
            what=Event.OWNER_GONE,
            at=self.now,
            facts={"owner": owner.person},
            before=snapshot(before),
        )
        await self.work.decisions.save(after)
        kept = await self.work.decisions.record(self.school, event)
        await self.work.audit.add(audit_entry(after, None, Event.OWNER_GONE, self.now))
        await show(self.work, after, self.now)
        await tell(self.work, after, kept, self.now)
        return after

    async def _remind(
        self, decision: Decision, people: Mapping[PersonId, Person], today: int
    ) -> int:
        """Each owner once a stage, and only of the latest that was reached."""
        reached = stage(decision.due, today)
        late = [one for one in decision.active if one.told < reached]
        waiting = [one for one in late if one.state in _WAITS]
        if not late:
            return 0
        for one in late:
            decision = decision.with_owner(replace(one, told=reached))
        await self.work.decisions.save(decision)
        for one in waiting:
            await self._send(decision, people[one.person], REMINDER, reached)
        if waiting and reached == ESCALATES:
            for person in await followers(self.work, decision, self.now):
                await self._send(decision, person, ESCALATION, reached)
        return len(waiting)

    async def _send(self, decision: Decision, person: Person, kind: str, reached: int) -> None:
        letter = Letter(
            school=self.school,
            chat=ChatId(person.user),
            kind=kind,
            view={"number": decision.number},
            dedupe=f"{kind}:{self.school}:{decision.number}:{decision.due}:{reached}",
        )
        await self.work.outbox.put(letter)


def _state(decision: Decision) -> State:
    """Where all who are left have done their part it waits for who set it."""
    active = decision.active
    done = bool(active) and all(one.state is OwnerState.DONE for one in active)
    return State.DONE if done else decision.state
