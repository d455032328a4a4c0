"""A new decision: its text, owners, day and source; who may own one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.access import TABLE, Actor, Capability
from services.clock import Clock
from services.decisions.days import fitting, stage, today_in
from services.decisions.decision import (
    MOST_OWNERS,
    UNNUMBERED,
    Decision,
    DecisionEvent,
    DecisionWordsError,
    Event,
    Owner,
    Scenario,
    Source,
)
from services.decisions.letters import show
from services.decisions.ports import StaffDirectory, Transactions
from services.decisions.steps import audit_entry, ensure_said, setter
from services.ids import PersonId, SchoolId
from services.people import Person, StaffMember

OWNERS = TABLE[Capability.OWN_DECISIONS]
OWN_ACCORD = Source()


class Named(NamedTuple):
    """Somebody who may own decisions; ``name`` is that of the staff list, if it is known."""

    person: PersonId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A decision before it has a number."""

    text: str
    owners: tuple[PersonId, ...]
    due: int
    source: Source = OWN_ACCORD
    scenario: Scenario | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    unit_of_work: Transactions
    reading: Transactions
    staff: StaffDirectory
    clock: Clock

    def ensure(self, actor: Actor) -> None:
        setter(actor)

    async def candidates(self, actor: Actor, words: str = "") -> Sequence[Named]:
        """Who may own a decision, by name; those with each of the ``words`` in theirs."""
        school, _ = setter(actor)
        members = await self.staff.list(school)
        async with self.reading() as work:
            people = await work.people.list(school, self.clock.now())
        wanted = _plain(words).split()
        found = [one for one in named(people, members) if _has(one.name, wanted)]
        return sorted(found, key=lambda one: (_plain(one.name), one.person))

    async def today(self, actor: Actor) -> int:
        """The day in the school's zone."""
        school, _ = setter(actor)
        return await self._today(school)

    async def set(self, actor: Actor, draft: Draft) -> Decision:
        """Numbered and told to its owners.

        DecisionWordsError without a text or owners, or where an owner left the school meanwhile;
        DecisionDayError for a day that has gone by.
        """
        school, person = setter(actor)
        text, now = ensure_said(draft.text), self.clock.now()
        today = await self._today(school)
        due = fitting(draft.due, today)
        async with self.unit_of_work() as work:
            people = await work.people.list(school, now)
            owners = _ensure_owners(draft.owners, people)
            told = stage(due, today)
            new = Decision(
                school=school,
                number=UNNUMBERED,
                text=text,
                source=draft.source,
                set_by=person,
                set_at=now,
                changed_at=now,
                due=due,
                owners=tuple(Owner(person=one, told=told) for one in owners),
                scenario=draft.scenario,
            )
            decision = await work.decisions.add(new)
            event = DecisionEvent(number=decision.number, person=person, what=Event.SET, at=now)
            await work.decisions.record(school, event)
            await work.audit.add(audit_entry(decision, person, Event.SET, now))
            await show(work, decision, now, but=person)
        return decision

    async def _today(self, school: SchoolId) -> int:
        async with self.reading() as work:
            return today_in((await work.schools.get(school)).timezone, self.clock.now())


def named(people: Iterable[Person], members: Iterable[StaffMember]) -> list[Named]:
    """The school's people who may own decisions; the staff list knows their full names."""
    names = {one.id: one.name for one in members}
    return [
        Named(one.id, names.get(one.staff, one.name) if one.staff else one.name)
        for one in people
        if one.roles & OWNERS
    ]


def _ensure_owners(wanted: Collection[PersonId], people: Iterable[Person]) -> Sequence[PersonId]:
    """In the order they were named, each once."""
    there = {one.id for one in people if one.roles & OWNERS}
    owners = list(dict.fromkeys(wanted))
    if not owners or len(owners) > MOST_OWNERS or not there.issuperset(owners):
        raise DecisionWordsError(why="owners", limit=MOST_OWNERS)
    return owners


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _has(name: str, wanted: Sequence[str]) -> bool:
    """Whether each word begins one of the name's."""
    parts = _plain(name).split()
    return all(any(part.startswith(word) for part in parts) for word in wanted)
