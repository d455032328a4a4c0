"""The shipped base's way into a school: all of it at first, only the news of later versions."""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Protocol, Self

from services.clock import Clock
from services.consultation.entries import Entry, Section, first_base, first_sections
from services.consultation.keeping import KeptEntry, KnowledgeBase, News
from services.ids import SchoolId


class Work(Protocol):
    @property
    def knowledge(self) -> KnowledgeBase: ...


@dataclass(frozen=True, slots=True)
class Shipped:
    """The base that came with this version of the program."""

    sections: Sequence[Section]
    entries: Sequence[Entry]

    @classmethod
    def with_program(cls) -> Self:
        return cls(first_sections(), first_base())

    @property
    def origin(self) -> str:
        parts = [fingerprint(entry) for entry in self.entries]
        titles = [f"{one.id} {one.order} {one.title}" for one in self.sections]
        return _digest([sorted(parts), sorted(titles)])

    def news(self, kept: Sequence[KeptEntry]) -> News:
        """Nothing that the school wrote, changed or hid is ever among them."""
        known = {one.entry.id: one for one in kept}
        written = [entry for entry in self.entries if _wanted(entry, known.get(entry.id))]
        ids = {entry.id for entry in self.entries}
        withdrawn = [
            one.entry.id
            for one in kept
            if one.origin is not None and not one.changed and not one.hidden
            if one.entry.id not in ids
        ]
        return News(written, withdrawn)


def _wanted(entry: Entry, kept: KeptEntry | None) -> bool:
    if kept is None:
        return True
    ours = kept.origin is not None and not kept.changed
    return ours and (kept.hidden or kept.origin != fingerprint(entry))


def fingerprint(entry: Entry) -> str:
    """Of all that the entry says; the order of aliases and rules does not matter."""
    said = (entry.id, entry.section, entry.audience.value, entry.question, entry.answer)
    return _digest([said, sorted(entry.aliases), sorted(entry.rules)])


def changed(kept: KeptEntry) -> bool:
    """Whether the school made a shipped entry say something else; its own aliases do not count."""
    aliases = tuple(alias for alias in kept.entry.aliases if alias not in kept.own)
    return kept.hidden or fingerprint(replace(kept.entry, aliases=aliases)) != kept.origin


def _digest(parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstBase:
    """Brings the shipped base into schools: all of it at first, the news of later versions."""

    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    shipped: Shipped

    async def bring(self, school: SchoolId) -> bool:
        """Whether there was anything to bring; cheap to ask again."""
        async with self.unit_of_work() as work:
            return await self.bring_inside(work, school)

    async def bring_inside(self, work: Work, school: SchoolId) -> bool:
        if await work.knowledge.origin(school) == self.shipped.origin:
            return False
        news = self.shipped.news(await work.knowledge.kept(school))
        await work.knowledge.take(
            school,
            self.shipped.sections,
            news,
            origin=self.shipped.origin,
            at=self.clock.now(),
        )
        return True
