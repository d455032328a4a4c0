"""The base of answers as its editor reads it: sections, entries, their history."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.consultation.desk import EntryGoneError
from services.consultation.entries import Entry, Section
from services.consultation.indexes import Indexes
from services.consultation.keeping import Backlog, KeptEntry, KnowledgeBase, Version
from services.consultation.suggestions import SuggestionStore
from services.ids import SchoolId
from services.people import PeopleStore

FOUND = 8
PARTS = ("question", "answer", "audience", "section", "aliases")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCount:
    """``shown`` are published entries, ``hidden`` withdrawn ones."""

    section: Section
    shown: int
    hidden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """``own`` entries are the school's, ``changed`` ones shipped and rewritten or withdrawn by it.

    ``waiting`` questions have no answer, ``suggested`` entries wait for a decision.
    """

    sections: Sequence[SectionCount]
    own: int
    changed: int
    waiting: int
    suggested: int

    @property
    def shown(self) -> int:
        return sum(one.shown for one in self.sections)

    @property
    def hidden(self) -> int:
        return sum(one.hidden for one in self.sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldVersion:
    """``who`` None is the program; ``parts`` are those that it changed (none: it is the first)."""

    version: Version
    who: str | None
    parts: Sequence[str] = ()

    @property
    def at(self) -> datetime:
        return self.version.edit.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An entry as its editor sees it; ``place`` is its place in its section, from 0."""

    kept: KeptEntry
    section: Section
    history: Sequence[ToldVersion]
    place: int

    @property
    def entry(self) -> Entry:
        return self.kept.entry

    @property
    def undoable(self) -> bool:
        """A shipped entry that nobody touched is not, nor a withdrawn one with nothing before."""
        last = self.history[0].version
        return len(self.history) > 1 or (last.edit.by is not None and not last.hidden)


class Work(Protocol):
    @property
    def knowledge(self) -> KnowledgeBase: ...

    @property
    def backlog(self) -> Backlog: ...

    @property
    def suggestions(self) -> SuggestionStore: ...

    @property
    def people(self) -> PeopleStore: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    indexes: Indexes

    async def overview(self, actor: Actor) -> Overview:
        school = demand(actor, Capability.EDIT_QUESTIONS)
        await self.indexes.first_base.bring(school)
        async with self.reading() as work:
            kept = await work.knowledge.kept(school)
            sections = await work.knowledge.sections(school)
            waiting = await work.backlog.waiting(school)
            suggested = await work.suggestions.waiting(school)
        return Overview(
            sections=[_counted(section, kept) for section in sections],
            own=sum(one.origin is None for one in kept),
            changed=sum(one.origin is not None and one.changed for one in kept),
            waiting=len(waiting),
            suggested=len(suggested),
        )

    async def sections(self, actor: Actor) -> Sequence[Section]:
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            return await work.knowledge.sections(school)

    async def section(self, actor: Actor, name: str) -> tuple[Section, Sequence[KeptEntry]]:
        """All its entries, withdrawn ones too. EntryGoneError where there is no such section."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            section = await section_named(work, school, name)
            kept = await work.knowledge.kept(school)
        return section, [one for one in kept if one.entry.section == name]

    async def find(self, actor: Actor, words: str) -> Sequence[Entry]:
        """Published entries that are like the words, the likest first."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        base = await self.indexes.of(school)
        return [base.entries[hit.id] for hit in base.search.ask(words, limit=FOUND)]

    async def card(self, actor: Actor, entry: str) -> Card:
        """EntryGoneError where there is no such entry."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            return await card_of(work, school, entry, self.clock.now())

    async def version(self, actor: Actor, entry: str, number: int) -> ToldVersion:
        """EntryGoneError where the entry has no such version."""
        for one in (await self.card(actor, entry)).history:
            if one.version.number == number:
                return one
        raise EntryGoneError


async def card_of(work: Work, school: SchoolId, entry: str, now: datetime) -> Card:
    kept = await work.knowledge.get(school, entry)
    if kept is None:
        raise EntryGoneError
    history = await _history(work, school, entry, now)
    beside = [
        one.entry.id
        for one in await work.knowledge.kept(school)
        if one.entry.section == kept.entry.section
    ]
    return Card(
        kept=kept,
        section=await section_named(work, school, kept.entry.section),
        history=history,
        place=beside.index(entry),
    )


async def _history(
    work: Work, school: SchoolId, entry: str, now: datetime
) -> Sequence[ToldVersion]:
    """The latest first; whoever has left the school is without a name."""
    names = {one.id: one.name for one in await work.people.list(school, now)}
    versions = await work.knowledge.versions(school, entry)
    before = [*versions[1:], None]
    return [
        ToldVersion(
            version=one,
            who=names.get(one.edit.by, "") if one.edit.by else None,
            parts=_parts(earlier, one) if earlier else (),
        )
        for one, earlier in zip(versions, before, strict=True)
    ]


def _parts(before: Version, after: Version) -> Sequence[str]:
    one, other = _sorted(before.entry), _sorted(after.entry)
    changed = [name for name in PARTS if getattr(one, name) != getattr(other, name)]
    if before.hidden != after.hidden:
        changed.append("withdrawn" if after.hidden else "published")
    return changed


def _sorted(entry: Entry) -> Entry:
    """The order of aliases says nothing."""
    return replace(entry, aliases=tuple(sorted(entry.aliases)))


async def section_named(work: Work, school: SchoolId, name: str) -> Section:
    for section in await work.knowledge.sections(school):
        if section.id == name:
            return section
    raise EntryGoneError


def _counted(section: Section, kept: Sequence[KeptEntry]) -> SectionCount:
    here = [one for one in kept if one.entry.section == section.id]
    hidden = sum(one.hidden for one in here)
    return SectionCount(section=section, shown=len(here) - hidden, hidden=hidden)
