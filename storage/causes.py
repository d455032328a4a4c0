"""What tickets came of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.helpdesk.tickets import TicketNumber
from services.ids import SchoolId
from storage.schema.queue import ticket_causes
from storage.statements import upsert


@dataclass(frozen=True, slots=True)
class StoredCauses:
    connection: AsyncConnection

    async def put(self, school: SchoolId, number: TicketNumber, cause: str) -> None:
        row = {"school": school, "number": number, "cause": cause}
        await self.connection.execute(upsert(ticket_causes, [row], self.connection))

    async def of(
        self, school: SchoolId, numbers: Collection[TicketNumber]
    ) -> Mapping[TicketNumber, str]:
        same = (ticket_causes.c.school == school) & ticket_causes.c.number.in_(numbers)
        found = select(ticket_causes.c.number, ticket_causes.c.cause).where(same)
        return {TicketNumber(row.number): row.cause for row in await self.connection.execute(found)}
