"""The search kept ready for each school, renewed when its base changes."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Container, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from services.consultation.base import FirstBase
from services.consultation.entries import Audience, Entry, Section
from services.consultation.keeping import KnowledgeBase
from services.consultation.verdict import CERTAIN, LEAD
from services.ids import SchoolId

KEPT = 8
"""Schools whose indexes stay in memory, a few megabytes each."""
LISTED = 10
"""Entries that a search names unless told otherwise."""


class Found(Protocol):
    """``services.consultation.search.Hit``."""

    @property
    def id(self) -> str: ...

    @property
    def score(self) -> float: ...


class Searching(Protocol):
    """A ``slow`` one takes longer than the loop may be held up."""

    @property
    def slow(self) -> bool: ...

    def ask(
        self, question: str, *, limit: int = ..., among: Container[str] | None = ...
    ) -> Sequence[Found]: ...


class Work(Protocol):
    @property
    def knowledge(self) -> KnowledgeBase: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A school's base at a revision; the sections are in their order."""

    revision: int
    sections: Sequence[Section]
    entries: dict[str, Entry]
    search: Searching

    def read_by(self, audience: Audience) -> dict[str, Entry]:
        """What this audience may see, in the base's order."""
        read = audience.reads()
        return {name: one for name, one in self.entries.items() if one.audience in read}

    async def ask(
        self, question: str, *, limit: int = LISTED, among: Container[str] | None = None
    ) -> Sequence[Found]:
        """``Searching.ask``, the loop goes on meanwhile.

        Of entries about as like the narrower audience's own goes first: a teacher who is told
        where marks are put has less use for where parents see them.
        """
        if self.search.slow:
            hits = await asyncio.to_thread(self.search.ask, question, limit=limit, among=among)
        else:
            hits = self.search.ask(question, limit=limit, among=among)
        return self._narrower_first(hits)

    def _narrower_first(self, hits: Sequence[Found]) -> Sequence[Found]:
        if not hits or hits[0].score >= CERTAIN:
            return hits
        near = [hit for hit in hits if hit.score * LEAD > hits[0].score]
        near.sort(key=lambda hit: -len(self.entries[hit.id].audience.reads()))
        return [*near, *hits[len(near) :]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexes:
    """``index`` builds the search; it runs beside the loop, which goes on meanwhile."""

    reading: Callable[[], AbstractAsyncContextManager[Work]]
    first_base: FirstBase
    index: Callable[[Sequence[Entry]], Searching]
    _bases: OrderedDict[SchoolId, Base] = field(default_factory=OrderedDict)
    _turns: dict[SchoolId, asyncio.Lock] = field(default_factory=dict)

    async def of(self, school: SchoolId) -> Base:
        """The school's base as it is now; the shipped one is brought at the first question."""
        async with self._turns.setdefault(school, asyncio.Lock()):
            known = self._bases.get(school)
            if known is None:
                await self.first_base.bring(school)
            async with self.reading() as work:
                revision = await work.knowledge.revision(school)
                if known is not None and known.revision == revision:
                    self._bases.move_to_end(school)
                    return known
                sections = await work.knowledge.sections(school)
                entries = await work.knowledge.entries(school, Audience.ADMINISTRATION)
            return await self._renew(school, revision, sections, entries)

    async def _renew(
        self,
        school: SchoolId,
        revision: int,
        sections: Sequence[Section],
        entries: Sequence[Entry],
    ) -> Base:
        search = await asyncio.to_thread(self.index, entries)
        base = Base(
            revision=revision,
            sections=sections,
            entries={one.id: one for one in entries},
            search=search,
        )
        self._bases[school] = base
        self._bases.move_to_end(school)
        while len(self._bases) > KEPT:
            self._bases.popitem(last=False)
        return base
