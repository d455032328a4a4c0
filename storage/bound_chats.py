"""Bound groups and the audit, kept in the database."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.audit import AuditEntry
from services.binding import BoundChat
from services.ids import ChatId, PersonId, SchoolId
from storage.schema.people import audit, bound_chats


@dataclass(frozen=True, slots=True)
class StoredBoundChats:
    connection: AsyncConnection

    async def get(self, chat: ChatId) -> BoundChat | None:
        found = select(bound_chats).where(bound_chats.c.chat == chat, bound_chats.c.active)
        row = (await self.connection.execute(found)).first()
        return None if row is None else _bound(row)

    async def list(self, school: SchoolId) -> Sequence[BoundChat]:
        active = (
            select(bound_chats)
            .where(bound_chats.c.school == school, bound_chats.c.active)
            .order_by(bound_chats.c.id)
        )
        return [_bound(row) for row in (await self.connection.execute(active)).all()]

    async def put(self, bound: BoundChat) -> None:
        await self.connection.execute(delete(bound_chats).where(bound_chats.c.chat == bound.chat))
        row = asdict(bound) | {"active": True}
        await self.connection.execute(insert(bound_chats).values(row))

    async def drop(self, chat: ChatId) -> None:
        off = update(bound_chats).where(bound_chats.c.chat == chat).values(active=False)
        await self.connection.execute(off)


def _bound(row: Row[tuple[object, ...]]) -> BoundChat:
    return BoundChat(
        school=SchoolId(row.school),
        chat=ChatId(row.chat),
        title=row.title,
        topic=row.topic,
        bound_by=None if row.bound_by is None else PersonId(row.bound_by),
        bound_at=row.bound_at,
    )


@dataclass(frozen=True, slots=True)
class StoredAudit:
    connection: AsyncConnection

    async def add(self, entry: AuditEntry) -> None:
        row = asdict(entry) | {"facts": json.dumps(dict(entry.facts), ensure_ascii=False)}
        await self.connection.execute(insert(audit).values(row))

    async def list(self, school: SchoolId) -> Sequence[AuditEntry]:
        rows = select(audit).where(audit.c.school == school).order_by(audit.c.id)
        return [
            AuditEntry(
                school=SchoolId(row.school),
                person=None if row.person is None else PersonId(row.person),
                what=row.what,
                at=row.at,
                facts=json.loads(row.facts),
            )
            for row in (await self.connection.execute(rows)).all()
        ]
