"""The group where a school's queue is shown, and the topics that its tickets have there."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.helpdesk.group_cards import group_card, topic_name
from services.helpdesk.tickets import TicketNumber
from services.helpdesk.topics import QueueGroup
from services.ids import ChatId, SchoolId
from storage.schema.people import bound_chats
from storage.schema.process import cards
from storage.schema.queue import queue_groups
from storage.statements import upsert


@dataclass(frozen=True, slots=True)
class StoredQueueGroups:
    connection: AsyncConnection

    async def get(self, school: SchoolId) -> QueueGroup | None:
        bound = (bound_chats.c.chat == queue_groups.c.chat) & (
            bound_chats.c.school == queue_groups.c.school
        )
        chosen = (
            select(queue_groups.c.chat, queue_groups.c.topics, bound_chats.c.topic)
            .join(bound_chats, bound & bound_chats.c.active)
            .where(queue_groups.c.school == school)
        )
        row = (await self.connection.execute(chosen)).first()
        if row is None:
            return None
        return QueueGroup(school=school, chat=ChatId(row.chat), topics=row.topics, thread=row.topic)

    async def put(self, group: QueueGroup) -> None:
        row = {"school": group.school, "chat": group.chat, "topics": group.topics}
        await self.connection.execute(upsert(queue_groups, [row], self.connection))

    async def drop(self, school: SchoolId) -> None:
        await self.connection.execute(delete(queue_groups).where(queue_groups.c.school == school))

    async def moved(self, old: ChatId, new: ChatId) -> None:
        """A group became a supergroup: the queue goes on there, its cards are made anew."""
        same = queue_groups.c.chat == old
        await self.connection.execute(update(queue_groups).where(same).values(chat=new))

    async def topic(self, group: QueueGroup, number: TicketNumber) -> int | None:
        name = topic_name(group.school, number)
        same = (cards.c.card == name) & (cards.c.chat == group.chat)
        found = (await self.connection.execute(select(cards.c.message).where(same))).scalar()
        return int(found) if found is not None and found.isdigit() else None

    async def lose(self, group: QueueGroup, number: TicketNumber) -> None:
        names = [topic_name(group.school, number), group_card(group.school, number)]
        gone = cards.c.card.in_(names) & (cards.c.chat == group.chat)
        await self.connection.execute(delete(cards).where(gone))
