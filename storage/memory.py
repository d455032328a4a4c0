"""What the administrator said of headers and names of files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.ids import SchoolId
from services.journal.dictionary import Alias
from services.journal.memory import Kept, SaidHeader, SaidName
from storage.journal import StoredJournal
from storage.schema.journal import aliases
from storage.schema.memory import familiar_headers, said_names

TABLES: dict[Kept, Table] = {Kept.HEADER: familiar_headers, Kept.NAME: said_names}


@dataclass(frozen=True, slots=True)
class StoredMemory:
    connection: AsyncConnection

    async def headers(self, school: SchoolId) -> Sequence[SaidHeader]:
        return [
            SaidHeader(id=row.id, header=row.header, format=row.format, file=row.file)
            for row in await self._living(Kept.HEADER, school)
        ]

    async def names(self, school: SchoolId) -> Sequence[SaidName]:
        return [_name(row) for row in await self._living(Kept.NAME, school)]

    async def put_header(self, school: SchoolId, said: SaidHeader, at: datetime) -> None:
        table = familiar_headers
        same = (table.c.school == school) & (table.c.header == said.header)
        await self.connection.execute(delete(table).where(same))
        values = {"header": said.header, "format": said.format, "file": said.file}
        await self.connection.execute(insert(table).values(school=school, said_at=at, **values))

    async def put_name(self, school: SchoolId, said: SaidName, at: datetime) -> None:
        table, alias = said_names, said.alias
        same = (
            (table.c.school == school)
            & (table.c.kind == alias.kind)
            & (table.c.alias_key == alias.key)
        )
        await self.connection.execute(delete(table).where(same))
        values = {
            "kind": alias.kind, "alias_key": alias.key, "name": said.name, "target": alias.target,
        }  # fmt: skip
        await self.connection.execute(insert(table).values(school=school, said_at=at, **values))
        await StoredJournal(self.connection).put_alias(school, alias)

    async def forget(self, school: SchoolId, kept: Kept, number: int, at: datetime) -> bool:
        row = await self._turned(school, kept, number, at)
        if row is not None and kept is Kept.NAME:
            await self._drop(school, _name(row).alias)
        return row is not None

    async def restore(self, school: SchoolId, kept: Kept, number: int) -> bool:
        row = await self._turned(school, kept, number, None)
        if row is not None and kept is Kept.NAME:
            await StoredJournal(self.connection).put_alias(school, _name(row).alias)
        return row is not None

    async def _living(self, kept: Kept, school: SchoolId) -> Sequence[Row[Any]]:
        table = TABLES[kept]
        own = (table.c.school == school) & table.c.forgotten_at.is_(None)
        return (await self.connection.execute(select(table).where(own))).all()

    async def _turned(
        self, school: SchoolId, kept: Kept, number: int, at: datetime | None
    ) -> Row[Any] | None:
        """The row as it was forgotten ``at``, or came back; None where it was so already."""
        table = TABLES[kept]
        forgotten = table.c.forgotten_at
        other = forgotten.is_not(None) if at is None else forgotten.is_(None)
        own = (table.c.school == school) & (table.c.id == number) & other
        turned = update(table).where(own).values(forgotten_at=at).returning(*table.c)
        return (await self.connection.execute(turned)).first()

    async def _drop(self, school: SchoolId, alias: Alias) -> None:
        same = (
            (aliases.c.school == school)
            & (aliases.c.kind == alias.kind)
            & (aliases.c.alias_key == alias.key)
        )
        await self.connection.execute(delete(aliases).where(same))


def _name(row: Row[Any]) -> SaidName:
    return SaidName(id=row.id, kind=row.kind, name=row.name, target=row.target)
