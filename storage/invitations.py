"""Invitations, the count of wrong codes, and PINs."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Role
from services.ids import PersonId, SchoolId, StaffId
from services.invitations import Invitation
from services.people import Newcomer, UserId
from services.pins import Pin
from storage.schema.people import guesses, invitations, pins
from storage.statements import upsert


@dataclass(frozen=True, slots=True)
class StoredInvitations:
    connection: AsyncConnection

    async def add(self, invitation: Invitation) -> None:
        await self.connection.execute(insert(invitations).values(asdict(invitation)))

    async def get(self, code_hash: str) -> Invitation | None:
        found = select(invitations).where(invitations.c.code_hash == code_hash)
        row = (await self.connection.execute(found)).first()
        if row is None:
            return None
        return Invitation(
            school=SchoolId(row.school),
            code_hash=row.code_hash,
            role=Role(row.role),
            staff=None if row.staff is None else StaffId(row.staff),
            name=row.name,
            created_by=PersonId(row.created_by),
            created_at=row.created_at,
            expires_at=row.expires_at,
        )

    async def use(self, code_hash: str, newcomer: Newcomer, at: datetime) -> bool:
        unused = and_(invitations.c.code_hash == code_hash, invitations.c.used_at.is_(None))
        values = {"used_at": at, "used_by": newcomer.user}
        done = await self.connection.execute(update(invitations).where(unused).values(values))
        return done.rowcount == 1


@dataclass(frozen=True, slots=True)
class StoredGuesses:
    connection: AsyncConnection

    async def since(self, user: UserId, moment: datetime) -> tuple[int, datetime]:
        recent = select(guesses.c.since, guesses.c.count).where(
            guesses.c.user == user, guesses.c.since > moment
        )
        row = (await self.connection.execute(recent)).first()
        return (0, moment) if row is None else (row[1], row[0])

    async def add(self, user: UserId, *, at: datetime, window: timedelta) -> None:
        count, began = await self.since(user, at - window)
        row = {"user": user, "since": began if count else at, "count": count + 1}
        await self.connection.execute(upsert(guesses, [row], self.connection))


@dataclass(frozen=True, slots=True)
class StoredPins:
    connection: AsyncConnection

    async def get(self, person: PersonId) -> Pin | None:
        found = await self.connection.execute(select(pins).where(pins.c.person == person))
        row = found.mappings().first()
        return None if row is None else Pin(**row)

    async def put(self, pin: Pin) -> None:
        await self.connection.execute(upsert(pins, [asdict(pin)], self.connection))
