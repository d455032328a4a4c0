"""Other ways of asking what an entry answers: shipped ones, and those of the school."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.consultation.entries import Entry
from services.ids import SchoolId
from storage.schema.consultation import consultation_aliases
from storage.statements import insert_each_once

aliases = consultation_aliases


@dataclass(frozen=True, slots=True)
class StoredAliases:
    connection: AsyncConnection

    async def of(
        self, school: SchoolId, entry: str | None = None
    ) -> Mapping[str, Sequence[tuple[str, bool]]]:
        """By entry: the alias, and whether it is the school's own; shipped ones first."""
        living = select(aliases).where(aliases.c.school == school, ~aliases.c.dropped)
        if entry is not None:
            living = living.where(aliases.c.entry == entry)
        named: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for row in await self.connection.execute(living.order_by(aliases.c.own, aliases.c.id)):
            named[row.entry].append((row.text, row.own))
        return named

    async def set(self, school: SchoolId, entry: Entry) -> None:
        """Own ones come and go; shipped ones are only dropped, so that they can come back."""
        here, wanted = _of(school, [entry.id]), aliases.c.text.in_(entry.aliases)
        await self.connection.execute(delete(aliases).where(here, aliases.c.own, ~wanted))
        for dropped, which in ((True, ~wanted), (False, wanted)):
            moved = update(aliases).where(here, ~aliases.c.own, which).values(dropped=dropped)
            await self.connection.execute(moved)
        await self._add(school, [entry], own=True)

    async def ship(self, school: SchoolId, entries: Sequence[Entry]) -> None:
        """The shipped ones of these entries are now these; the school's own stay."""
        shipped = and_(_of(school, [one.id for one in entries]), ~aliases.c.own)
        await self.connection.execute(delete(aliases).where(shipped))
        await self._add(school, entries, own=False)

    async def _add(self, school: SchoolId, entries: Sequence[Entry], *, own: bool) -> None:
        rows = [
            {"school": school, "entry": one.id, "text": text, "own": own, "dropped": False}
            for one in entries
            for text in one.aliases
        ]
        if rows:
            await self.connection.execute(insert_each_once(aliases, self.connection), rows)


def _of(school: SchoolId, entries: Sequence[str]) -> ColumnElement[bool]:
    return and_(aliases.c.school == school, aliases.c.entry.in_(entries))
