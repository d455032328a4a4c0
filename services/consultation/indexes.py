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
from services.ids import SchoolId

KEPT = 8
"""Schools whose indexes stay in memory, a few megabytes each."""


class Found(Protocol):
    """``services.consultation.search.Hit``."""

    @property
    def id(self) -> str: ...

    @property
    def score(self) -> float: ...


class Searching(Protocol):
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
