"""The base of answers as schools keep it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.consultation.base import changed, fingerprint
from services.consultation.entries import Audience, Entry, Section
from services.consultation.keeping import OWN, Edit, KeptEntry, News, Version
from services.ids import SchoolId
from storage.entry_aliases import StoredAliases
from storage.entry_versions import StoredVersions
from storage.schema.consultation import (
    consultation_bases,
    consultation_entries,
    consultation_sections,
)
from storage.statements import upsert

bases, entries, sections = consultation_bases, consultation_entries, consultation_sections


@dataclass(frozen=True, slots=True)
class StoredKnowledge:
    connection: AsyncConnection

    @property
    def _aliases(self) -> StoredAliases:
        return StoredAliases(self.connection)

    @property
    def _versions(self) -> StoredVersions:
        return StoredVersions(self.connection)

    async def origin(self, school: SchoolId) -> str | None:
        taken = select(bases.c.origin).where(bases.c.school == school)
        return (await self.connection.execute(taken)).scalar_one_or_none()

    async def revision(self, school: SchoolId) -> int:
        return await self._versions.latest(school)

    async def sections(self, school: SchoolId) -> Sequence[Section]:
        ordered = select(sections).where(sections.c.school == school).order_by(sections.c.position)
        rows = (await self.connection.execute(ordered)).all()
        return [Section(id=row.id, title=row.title, order=row.position) for row in rows]

    async def entries(self, school: SchoolId, audience: Audience) -> Sequence[Entry]:
        read = [one.value for one in audience.reads()]
        rows = await self._rows(school, entries.c.audience.in_(read) & ~entries.c.hidden)
        named = await self._aliases.of(school)
        return [_kept_entry(row, named.get(row.id, ())).entry for row in rows]

    async def kept(self, school: SchoolId) -> Sequence[KeptEntry]:
        named = await self._aliases.of(school)
        rows = await self._rows(school)
        return [_kept_entry(row, named.get(row.id, ())) for row in rows]

    async def get(self, school: SchoolId, entry: str) -> KeptEntry | None:
        rows = await self._rows(school, entries.c.id == entry)
        if not rows:
            return None
        named = await self._aliases.of(school, entry)
        return _kept_entry(rows[0], named.get(entry, ()))

    async def save(
        self, school: SchoolId, entry: Entry, edit: Edit, *, hidden: bool = False
    ) -> None:
        known = await self.get(school, entry.id)
        if known is None:
            await self._insert(school, [entry], shipped=False)
        await self._aliases.set(school, entry)
        named = (await self._aliases.of(school, entry.id)).get(entry.id, ())
        own = frozenset(text for text, ours in named if ours)
        origin = _origin(known)
        kept = KeptEntry(entry=entry, own=own, origin=origin, hidden=hidden)
        flags = {"hidden": hidden, "origin": origin, "changed": changed(kept)}
        await self._update(school, entry, flags)
        await self._versions.add(school, [entry], edit, hidden=hidden)

    async def add_alias(self, school: SchoolId, entry: str, text: str, edit: Edit) -> bool:
        known = await self.get(school, entry)
        if known is None or text in known.entry.aliases:
            return False
        longer = replace(known.entry, aliases=(*known.entry.aliases, text))
        await self._aliases.set(school, longer)
        await self._versions.add(school, [longer], edit, hidden=known.hidden)
        return True

    async def versions(self, school: SchoolId, entry: str) -> Sequence[Version]:
        return await self._versions.of(school, entry)

    async def new_id(self, school: SchoolId) -> str:
        return f"{OWN}{await self.revision(school) + 1}"

    async def take(
        self,
        school: SchoolId,
        shipped: Sequence[Section],
        news: News,
        *,
        origin: str,
        at: datetime,
    ) -> None:
        program = Edit(by=None, at=at)
        rows = [
            {"school": school, "id": one.id, "title": one.title, "position": one.order}
            for one in shipped
        ]
        await self.connection.execute(upsert(sections, rows, self.connection))
        await self._write(school, news.written)
        kept = [one.entry for one in await self.kept(school)]
        written = {one.id for one in news.written}
        fresh = [one for one in kept if one.id in written]
        await self._versions.add(school, fresh, program, hidden=False)
        gone = [one for one in kept if one.id in news.withdrawn]
        withdrawn = entries.c.id.in_([one.id for one in gone])
        hidden = update(entries).where(entries.c.school == school, withdrawn).values(hidden=True)
        await self.connection.execute(hidden)
        await self._versions.add(school, gone, program, hidden=True)
        base = {"school": school, "origin": origin, "taken_at": at}
        await self.connection.execute(upsert(bases, [base], self.connection))

    async def _write(self, school: SchoolId, written: Sequence[Entry]) -> None:
        """New entries, and new texts of entries that the school left as they were."""
        known = {row.id for row in await self._rows(school)}
        await self._insert(school, [one for one in written if one.id not in known], shipped=True)
        for one in written:
            if one.id in known:
                flags = {"origin": fingerprint(one), "changed": False, "hidden": False}
                await self._update(school, one, flags)
        await self._aliases.ship(school, written)

    async def _insert(self, school: SchoolId, added: Sequence[Entry], *, shipped: bool) -> None:
        if not added:
            return
        last = select(func.max(entries.c.position)).where(entries.c.school == school)
        start = ((await self.connection.execute(last)).scalar_one() or 0) + 1
        rows = [
            {
                "school": school,
                "id": one.id,
                "position": start + at,
                "origin": fingerprint(one) if shipped else None,
                "changed": not shipped,
                "hidden": False,
            }
            | _values(one)
            for at, one in enumerate(added)
        ]
        await self.connection.execute(insert(entries), rows)

    async def _update(self, school: SchoolId, entry: Entry, flags: Mapping[str, object]) -> None:
        same = and_(entries.c.school == school, entries.c.id == entry.id)
        values = {**_values(entry), **flags}
        await self.connection.execute(update(entries).where(same).values(values))

    async def _rows(
        self, school: SchoolId, *which: ColumnElement[bool]
    ) -> Sequence[Row[tuple[Any, ...]]]:
        same = and_(sections.c.school == entries.c.school, sections.c.id == entries.c.section)
        found = (
            select(entries)
            .join(sections, same)
            .where(entries.c.school == school, *which)
            .order_by(sections.c.position, entries.c.position)
        )
        return (await self.connection.execute(found)).all()


def _origin(known: KeptEntry | None) -> str | None:
    """What the program withdrew and the school saves again is the school's own from then on."""
    if known is None or (known.hidden and not known.changed):
        return None
    return known.origin


def _values(entry: Entry) -> dict[str, object]:
    return {
        "section": entry.section,
        "audience": entry.audience.value,
        "question": entry.question,
        "answer": entry.answer,
        "rules": json.dumps(entry.rules),
    }


def _kept_entry(row: Row[tuple[Any, ...]], named: Sequence[tuple[str, bool]]) -> KeptEntry:
    entry = Entry(
        id=row.id,
        section=row.section,
        audience=Audience(row.audience),
        question=row.question,
        answer=row.answer,
        aliases=tuple(text for text, _ in named),
        rules=tuple(json.loads(row.rules)),
    )
    return KeptEntry(
        entry=entry,
        own=frozenset(text for text, ours in named if ours),
        origin=row.origin,
        changed=row.changed,
        hidden=row.hidden,
    )
