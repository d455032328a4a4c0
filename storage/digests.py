"""Digests as they were sent, and their acknowledgements."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.ids import ChatId, PersonId, SchoolId
from services.kept_digests import Acknowledgement, DigestId, KeptDigest, Shown
from services.kept_week import as_json, from_json
from services.schools import School
from storage.schema.digests import digest_acknowledgements, digests
from storage.schema.people import people, schools
from storage.schema.process import cards
from storage.schools import StoredSchools
from storage.statements import insert_once


@dataclass(frozen=True, slots=True)
class StoredDigests:
    connection: AsyncConnection

    async def get(self, digest: DigestId) -> KeptDigest | None:
        return await self._one(select(digests.c.id).where(digests.c.id == digest))

    async def known(self, school: SchoolId, period: str, state: str) -> KeptDigest | None:
        table = digests
        same = (table.c.school == school) & (table.c.period == period) & (table.c.state == state)
        return await self._one(select(table.c.id).where(same))

    async def keep(self, kept: KeptDigest, *, state: str, at: datetime) -> KeptDigest:
        row = {
            "school": kept.school,
            "period": kept.week.period,
            "state": state,
            "as_of": kept.as_of,
            "week": json.dumps(as_json(kept.week), ensure_ascii=False),
            "made_at": at,
        }
        await self.connection.execute(insert_once(digests, [row], self.connection))
        found = await self.known(kept.school, kept.week.period, state)
        return kept if found is None else found

    async def acknowledge(self, digest: DigestId, person: PersonId, at: datetime) -> None:
        """The first time counts."""
        row = {"digest": digest, "person": person, "at": at}
        await self.connection.execute(insert_once(digest_acknowledgements, [row], self.connection))

    async def acknowledged(self, digest: DigestId) -> Sequence[Acknowledgement]:
        table = digest_acknowledgements
        statement = (
            select(people.c.name, table.c.at)
            .join(people, people.c.id == table.c.person)
            .where(table.c.digest == digest)
            .order_by(table.c.at, people.c.id)
        )
        rows = (await self.connection.execute(statement)).all()
        return [Acknowledgement(name=row.name, at=row.at) for row in rows]

    async def shown(self, card: str) -> Sequence[Shown]:
        named = or_(cards.c.card == card, cards.c.card.startswith(f"{card}:", autoescape=True))
        statement = select(cards.c.card, cards.c.chat).where(named).order_by(cards.c.chat)
        rows = (await self.connection.execute(statement)).all()
        return [Shown(card=row.card, chat=ChatId(row.chat)) for row in rows]

    async def schools(self) -> Sequence[tuple[School, datetime]]:
        """Every school with the moment since which it exists."""
        statement = select(schools.c.id, schools.c.created_at).order_by(schools.c.id)
        rows = (await self.connection.execute(statement)).all()
        stored = StoredSchools(self.connection)
        return [(await stored.get(SchoolId(row.id)), row.created_at) for row in rows]

    async def _one(self, which: Select[tuple[int]]) -> KeptDigest | None:
        statement = select(digests).where(digests.c.id.in_(which))
        row = (await self.connection.execute(statement)).first()
        if row is None:
            return None
        return KeptDigest(
            id=DigestId(row.id),
            school=SchoolId(row.school),
            as_of=row.as_of,
            week=from_json(json.loads(row.week)),
        )
