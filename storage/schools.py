"""Schools and the setup code, kept in the database."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.ids import SchoolId
from services.people import Newcomer
from services.schools import DigestTime, School
from services.setup import SetupCode
from storage.schema.people import schools, setup
from storage.statements import upsert

ONLY = 1
"""The setup code's one row."""


@dataclass(frozen=True, slots=True)
class StoredSchools:
    connection: AsyncConnection

    async def first(self) -> School | None:
        oldest = select(schools).order_by(schools.c.id).limit(1)
        row = (await self.connection.execute(oldest)).first()
        return None if row is None else _school(row)

    async def get(self, school: SchoolId) -> School:
        found = select(schools).where(schools.c.id == school)
        return _school((await self.connection.execute(found)).one())

    async def add(self, *, name: str, timezone: str, at: datetime) -> SchoolId:
        row = {"name": name, "timezone": timezone, "settings": "{}", "created_at": at}
        added = insert(schools).values(row).returning(schools.c.id)
        return SchoolId((await self.connection.execute(added)).scalar_one())

    async def save(self, school: School) -> None:
        same = schools.c.id == school.id
        kept = (await self.connection.execute(select(schools.c.settings).where(same))).scalar_one()
        settings = json.loads(kept) | {"digest": asdict(school.digest)}
        values = {
            "name": school.name,
            "timezone": school.timezone,
            "settings": json.dumps(settings, ensure_ascii=False),
        }
        await self.connection.execute(update(schools).where(same).values(values))


def _school(row: Row[tuple[object, ...]]) -> School:
    settings = json.loads(row.settings)
    digest = DigestTime(**settings.get("digest", {}))
    return School(id=SchoolId(row.id), name=row.name, timezone=row.timezone, digest=digest)


@dataclass(frozen=True, slots=True)
class StoredSetup:
    connection: AsyncConnection

    async def get(self) -> SetupCode | None:
        row = (await self.connection.execute(select(setup))).first()
        return None if row is None else SetupCode(code_hash=row.code_hash, used_at=row.used_at)

    async def put(self, code_hash: str, at: datetime) -> None:
        row = {"id": ONLY, "code_hash": code_hash, "created_at": at}
        await self.connection.execute(upsert(setup, [row], self.connection))

    async def use(self, newcomer: Newcomer, school: SchoolId, at: datetime) -> None:
        values = {"used_at": at, "used_by": newcomer.user, "school": school}
        await self.connection.execute(update(setup).where(setup.c.id == ONLY).values(values))
