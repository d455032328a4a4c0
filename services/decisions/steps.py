"""Who may do what with a decision, and how a step is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.access import Actor, Capability, NotAllowedError, Role, demand
from services.audit import AuditEntry
from services.decisions.decision import (
    SOURCE_LIMIT,
    TEXT_LIMIT,
    Decision,
    DecisionEvent,
    DecisionGoneError,
    DecisionNumber,
    DecisionStepError,
    DecisionWordsError,
    Event,
    Owner,
    State,
    snapshot,
)
from services.decisions.letters import show, tell
from services.decisions.ports import Work
from services.helpdesk.tickets import Said
from services.ids import PersonId, SchoolId

NOTHING = Said()


def setter(actor: Actor) -> tuple[SchoolId, PersonId]:
    """NotAllowedError for whoever may not set decisions."""
    return demand(actor, Capability.DECISIONS), _person(actor, Capability.DECISIONS)


def participant(actor: Actor) -> tuple[SchoolId, PersonId]:
    """NotAllowedError for whoever may own none."""
    return demand(actor, Capability.OWN_DECISIONS), _person(actor, Capability.OWN_DECISIONS)


def _person(actor: Actor, capability: Capability) -> PersonId:
    if actor.person is None:
        raise NotAllowedError(capability=capability.value)
    return actor.person


def may_see(actor: Actor, decision: Decision) -> bool:
    return actor.may(Capability.DECISIONS) or decision.owner(actor.person) is not None


def may_close(actor: Actor, decision: Decision) -> bool:
    """Who set it, and the director."""
    if not actor.may(Capability.DECISIONS):
        return False
    return actor.person == decision.set_by or Role.DIRECTOR in actor.roles


def ensure_closer(actor: Actor, decision: Decision) -> None:
    if not may_close(actor, decision):
        raise NotAllowedError(capability=Capability.DECISIONS.value)


def owner_of(decision: Decision, person: PersonId) -> Owner:
    """The person as an owner of an open decision; DecisionStepError where it is not so."""
    owner = decision.owner(person)
    if owner is None:
        raise DecisionStepError(why="owner")
    ensure_open(decision)
    return owner


def ensure_open(decision: Decision) -> None:
    if decision.state not in {State.OPEN, State.DONE}:
        raise DecisionStepError(why="state")


def worded(said: Said) -> Said:
    """Trimmed; DecisionWordsError where a text is longer than is kept."""
    text = said.text.strip()
    if len(text) > TEXT_LIMIT:
        raise DecisionWordsError(why="long", limit=TEXT_LIMIT)
    return replace(said, text=text)


def ensure_said(text: str, *, limit: int = TEXT_LIMIT) -> str:
    """The text without spaces around; DecisionWordsError where it is empty or too long."""
    cut = text.strip()
    if not cut:
        raise DecisionWordsError(why="empty", limit=limit)
    if len(cut) > limit:
        raise DecisionWordsError(why="long", limit=limit)
    return cut


def source_words(text: str) -> str:
    return ensure_said(" ".join(text.split()), limit=SOURCE_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of one person inside one unit of work."""

    work: Work
    actor: Actor
    now: datetime

    async def take(self, school: SchoolId, number: DecisionNumber) -> Decision:
        """The decision to change; DecisionGoneError where the actor may not see it."""
        decision = await self.work.decisions.take(school, number)
        if (
            decision is None
            or decision.state is State.WITHDRAWN
            or not may_see(self.actor, decision)
        ):
            raise DecisionGoneError(number=number)
        return decision

    async def write(
        self,
        before: Decision,
        after: Decision,
        what: Event,
        *,
        said: Said = NOTHING,
        facts: Mapping[str, Any] | None = None,
    ) -> Decision:
        """Saved with its event and an audit line; the owners' cards follow, news are told."""
        changed = replace(after, changed_at=self.now)
        await self.work.decisions.save(changed)
        event = DecisionEvent(
            number=before.number,
            person=self.actor.person,
            what=what,
            at=self.now,
            words=said.text,
            files=said.files,
            facts=facts or {},
            before=snapshot(before),
        )
        kept = await self.work.decisions.record(before.school, event)
        await self.work.audit.add(audit_entry(changed, self.actor.person, what, self.now))
        await show(self.work, changed, self.now)
        await tell(self.work, changed, kept, self.now)
        return changed


def audit_entry(
    decision: Decision, person: PersonId | None, what: Event, now: datetime
) -> AuditEntry:
    return AuditEntry(
        school=decision.school,
        person=person,
        what=f"decision {what.value.replace('_', ' ')}",
        at=now,
        facts={"decision": decision.number},
    )
