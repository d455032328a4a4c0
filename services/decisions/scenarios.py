"""Scenario cards: what a planned change is to touch, and one figure to see what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, Protocol

from services.access import Actor
from services.decisions.days import today_in
from services.decisions.decision import (
    Decision,
    DecisionEvent,
    DecisionWordsError,
    Event,
    Scenario,
    State,
)
from services.decisions.letters import tell
from services.decisions.ports import Work
from services.decisions.setting import Draft, Setting
from services.decisions.steps import audit_entry, ensure_said, setter
from services.figures import Week
from services.ids import SchoolId
from services.kept_digests import KeptDigest

INDICES = ("completeness", "timeliness", "accumulation", "reliability")
MOST = 12
"""Rules that are offered to watch, those with the most findings."""


class Latest(Protocol):
    async def latest(self, school: SchoolId, period: str | None = None) -> KeptDigest | None:
        """The digest of the latest week with data."""
        ...


class Watched(NamedTuple):
    """A rule with its title and how many findings it has now."""

    code: str
    title: str
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A card before it is kept; ``due`` is the day on which it is compared with the facts."""

    text: str
    touches: str
    hours: str
    risks: str
    watch: str
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenarios:
    setting: Setting
    digests: Latest

    async def rules(self, actor: Actor) -> Sequence[Watched]:
        """Rules with findings in the latest week, besides which each index can be watched."""
        school, _ = setter(actor)
        kept = await self.digests.latest(school)
        if kept is None:
            return []
        found = [
            Watched(one.code, one.title, one.count)
            for one in (*kept.week.rules, *kept.week.courses)
            if one.count
        ]
        return sorted(found, key=lambda one: (-one.findings, one.code))[:MOST]

    async def keep(self, actor: Actor, planned: Planned) -> Decision:
        """Its maker owns it. DecisionWordsError where a part says nothing or too much."""
        school, person = setter(actor)
        if planned.watch not in INDICES and not planned.watch.isalnum():
            raise DecisionWordsError(why="empty", limit=0)
        kept = await self.digests.latest(school)
        scenario = Scenario(
            touches=ensure_said(planned.touches),
            hours=ensure_said(planned.hours),
            risks=ensure_said(planned.risks),
            watch=planned.watch,
            before=None if kept is None else value_of(kept.week, planned.watch),
        )
        draft = Draft(text=planned.text, owners=(person,), due=planned.due, scenario=scenario)
        return await self.setting.set(actor, draft)


def value_of(week: Week, watch: str) -> float | None:
    """An index in per cent, or how many findings a rule has; None while there is no data."""
    if watch in INDICES:
        value: float | None = getattr(week.indices, watch).value
        return value
    return sum(one.count for one in (*week.rules, *week.courses) if one.code == watch)


async def due_scenarios(
    work: Work, school: SchoolId, now: datetime
) -> Sequence[tuple[Decision, Scenario]]:
    """Cards not closed whose day has come and that were not compared yet."""
    today = today_in((await work.schools.get(school)).timezone, now)
    return [
        (one, one.scenario)
        for one in await work.decisions.list(school, {State.OPEN, State.DONE})
        if one.scenario is not None and not one.scenario.compared and one.due <= today
    ]


async def compare(work: Work, school: SchoolId, week: Week | None, now: datetime) -> int:
    """The figure as it is now beside what it was; who made the card hears of it. How many."""
    found = await due_scenarios(work, school, now)
    for one, card in found:
        after = None if week is None else value_of(week, card.watch)
        scenario = replace(card, after=after, compared=True)
        changed = replace(one, scenario=scenario, changed_at=now)
        event = DecisionEvent(number=one.number, person=None, what=Event.COMPARED, at=now)
        await work.decisions.save(changed)
        kept = await work.decisions.record(school, event)
        await work.audit.add(audit_entry(changed, None, Event.COMPARED, now))
        await tell(work, changed, kept, now)
    return len(found)
