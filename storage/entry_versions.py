"""Every version of every entry, with who made it and when."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.consultation.entries import Audience, Entry
from services.consultation.keeping import Edit, Version
from services.ids import PersonId, SchoolId
from storage.schema.consultation import consultation_edits

edits = consultation_edits


@dataclass(frozen=True, slots=True)
class StoredVersions:
    connection: AsyncConnection

    async def of(self, school: SchoolId, entry: str) -> Sequence[Version]:
        same = (edits.c.school == school) & (edits.c.entry == entry)
        latest_first = select(edits).where(same).order_by(edits.c.number.desc())
        return [_version(row) for row in (await self.connection.execute(latest_first)).all()]

    async def latest(self, school: SchoolId) -> int:
        """Grows with every version of any entry of the school; 0 before the first."""
        last = select(func.max(edits.c.id)).where(edits.c.school == school)
        return (await self.connection.execute(last)).scalar_one() or 0

    async def add(
        self, school: SchoolId, entries: Sequence[Entry], edit: Edit, *, hidden: bool
    ) -> None:
        last = await self._numbers(school)
        rows = [
            {
                "school": school,
                "entry": entry.id,
                "number": last.get(entry.id, 0) + 1,
                "person": edit.by,
                "at": edit.at,
                "content": json.dumps(asdict(entry) | {"hidden": hidden}, ensure_ascii=False),
            }
            for entry in entries
        ]
        if rows:
            await self.connection.execute(insert(edits), rows)

    async def _numbers(self, school: SchoolId) -> dict[str, int]:
        counted = (
            select(edits.c.entry, func.max(edits.c.number))
            .where(edits.c.school == school)
            .group_by(edits.c.entry)
        )
        return {row[0]: row[1] for row in (await self.connection.execute(counted)).all()}


def _version(row: Row[Any]) -> Version:
    content = json.loads(row.content)
    hidden = content.pop("hidden")
    content |= {
        "audience": Audience(content["audience"]),
        "aliases": tuple(content["aliases"]),
        "rules": tuple(content["rules"]),
    }
    by = None if row.person is None else PersonId(row.person)
    edit = Edit(by=by, at=row.at)
    return Version(number=row.number, edit=edit, entry=Entry(**content), hidden=hidden)
