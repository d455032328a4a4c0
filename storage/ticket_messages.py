"""Messages of tickets, their files, their copies in chats and what became of those."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.helpdesk.letters import copy_name, message_of, ticket_of
from services.helpdesk.ports import NewMessage, Outcome
from services.helpdesk.tickets import (
    Attachment,
    Copy,
    CopyId,
    Delivery,
    FileKind,
    Refusal,
    Side,
    Source,
    TicketMessage,
    TicketMessageId,
    TicketNumber,
)
from services.ids import ChatId, PersonId, SchoolId
from storage.schema.helpdesk import ticket_copies, ticket_files, ticket_messages
from storage.schema.process import cards, outbox
from storage.statements import insert_once

messages, files, copies = ticket_messages, ticket_files, ticket_copies
UNDERWAY = frozenset({"new", "sending"})
REFUSALS = {
    "destination off": Refusal.CLOSED_CHAT,
    "expired": Refusal.LATE,
    "nothing to send": Refusal.LEFT,
}
"""By the outbox's word for why a letter ended."""


@dataclass(frozen=True, slots=True)
class StoredTicketMessages:
    connection: AsyncConnection

    # -- messages ------------------------------------------------------------------------------

    async def add(
        self, school: SchoolId, number: TicketNumber, message: NewMessage
    ) -> TicketMessageId | None:
        source = message.source
        row = {
            "school": school,
            "number": number,
            "side": message.side.value,
            "person": message.person,
            "at": message.at,
            "text": message.text,
            "source_chat": source.chat if source else None,
            "source_message": source.message if source else None,
        }
        added = insert_once(messages, [row], self.connection).returning(messages.c.id)
        found = (await self.connection.execute(added)).scalar()
        return None if found is None else TicketMessageId(found)

    async def attach(self, message: TicketMessageId, file: Attachment) -> int | None:
        last = select(func.coalesce(func.max(files.c.part), 0)).where(files.c.message == message)
        row = {
            "message": message,
            "part": (await self.connection.execute(last)).scalar_one() + 1,
            "kind": file.kind.value,
            "file_id": file.file_id,
            "unique_id": file.unique_id,
            "album": file.album,
        }
        added = insert_once(files, [row], self.connection).returning(files.c.part)
        part: int | None = (await self.connection.execute(added)).scalar()
        return part

    async def rewrite(self, message: TicketMessageId, text: str, at: datetime) -> None:
        values = {"text": text, "edited_at": at}
        same = messages.c.id == message
        await self.connection.execute(update(messages).where(same).values(values))

    async def erase(self, school: SchoolId, number: TicketNumber) -> None:
        await self._erase((messages.c.school == school) & (messages.c.number == number))

    async def erase_words_of(self, school: SchoolId, author: PersonId) -> None:
        spoken = (messages.c.person == author) & (messages.c.side == Side.AUTHOR.value)
        await self._erase((messages.c.school == school) & spoken)

    async def _erase(self, own: ColumnElement[bool]) -> None:
        said = select(messages.c.id).where(own)
        sent = select(copies.c.card).where(copies.c.message.in_(said))
        for gone in (
            delete(cards).where(cards.c.card.in_(sent)),
            delete(copies).where(copies.c.message.in_(said)),
            delete(files).where(files.c.message.in_(said)),
        ):
            await self.connection.execute(gone)
        values = {"text": "", "source_chat": None, "source_message": None}
        await self.connection.execute(update(messages).where(own).values(values))

    async def get(self, school: SchoolId, message: TicketMessageId) -> TicketMessage | None:
        return await self._one((messages.c.school == school) & (messages.c.id == message))

    async def list(self, school: SchoolId, number: TicketNumber) -> Sequence[TicketMessage]:
        same = (messages.c.school == school) & (messages.c.number == number)
        return await self._select(same)

    async def of_source(self, school: SchoolId, source: Source) -> TicketMessage | None:
        return await self._one(
            (messages.c.school == school)
            & (messages.c.source_chat == source.chat)
            & (messages.c.source_message == source.message)
        )

    async def of_album(
        self, school: SchoolId, person: PersonId, album: str
    ) -> TicketMessage | None:
        parts = select(files.c.message).where(files.c.album == album)
        return await self._one(
            (messages.c.school == school) & (messages.c.person == person) & messages.c.id.in_(parts)
        )

    async def _one(self, which: ColumnElement[bool]) -> TicketMessage | None:
        found = await self._select(which)
        return found[0] if found else None

    async def _select(self, which: ColumnElement[bool]) -> Sequence[TicketMessage]:
        statement = (
            select(messages, files.c.kind, files.c.file_id, files.c.unique_id, files.c.album)
            .outerjoin(files, files.c.message == messages.c.id)
            .where(which)
            .order_by(messages.c.id, files.c.part)
        )
        rows = (await self.connection.execute(statement)).all()
        return [_message(list(same)) for _, same in groupby(rows, key=lambda row: row.id)]

    # -- copies --------------------------------------------------------------------------------

    async def copy(self, message: TicketMessageId, part: int, chat: ChatId) -> CopyId:
        row = {
            "message": message,
            "part": part,
            "chat": chat,
            "card": copy_name(message, part),
            "delivery": Delivery.WAITING.value,
        }
        added = insert(copies).values(row).returning(copies.c.id)
        return CopyId((await self.connection.execute(added)).scalar_one())

    async def copies(self, message: TicketMessageId) -> Sequence[Copy]:
        statement = select(copies).where(copies.c.message == message).order_by(copies.c.id)
        return [_copy(row) for row in await self.connection.execute(statement)]

    async def refer(self, school: SchoolId, source: Source) -> TicketNumber | None:
        named = select(cards.c.card).where(
            cards.c.chat == source.chat, cards.c.message == str(source.message)
        )
        for name in (await self.connection.execute(named)).scalars():
            if (ticket := ticket_of(name)) is not None and ticket[0] == school:
                return ticket[1]
            if (message := message_of(name)) is not None:
                found = await self.get(school, message)
                if found is not None:
                    return found.number
        return None

    async def ended(self) -> Sequence[Outcome]:
        statement = (
            select(copies, messages.c.school, messages.c.number, outbox.c.state, outbox.c.error)
            .join(messages, messages.c.id == copies.c.message)
            .join(outbox, (outbox.c.chat == copies.c.chat) & (outbox.c.card == copies.c.card))
            .where(copies.c.delivery == Delivery.WAITING.value)
            .order_by(copies.c.id, outbox.c.id)
        )
        rows = (await self.connection.execute(statement)).all()
        same = (list(letters) for _, letters in groupby(rows, key=lambda row: row.id))
        return [outcome for letters in same if (outcome := _outcome(letters)) is not None]

    async def settle(self, copy: CopyId, delivery: Delivery, refusal: Refusal | None) -> None:
        values = {"delivery": delivery.value, "refusal": refusal and refusal.value}
        await self.connection.execute(update(copies).where(copies.c.id == copy).values(values))


def _message(rows: Sequence[Row[Any]]) -> TicketMessage:
    row = rows[0]
    spoken = row.source_chat is not None
    return TicketMessage(
        id=TicketMessageId(row.id),
        number=TicketNumber(row.number),
        side=Side(row.side),
        person=PersonId(row.person),
        at=row.at,
        text=row.text,
        edited_at=row.edited_at,
        source=Source(ChatId(row.source_chat), row.source_message) if spoken else None,
        files=tuple(_files(rows)),
    )


def _files(rows: Iterable[Row[Any]]) -> Iterable[Attachment]:
    for row in rows:
        if row.kind is not None:
            yield Attachment(
                kind=FileKind(row.kind),
                file_id=row.file_id,
                unique_id=row.unique_id,
                album=row.album,
            )


def _copy(row: Row[Any]) -> Copy:
    return Copy(
        id=CopyId(row.id),
        message=TicketMessageId(row.message),
        part=row.part,
        chat=ChatId(row.chat),
        delivery=Delivery(row.delivery),
        refusal=None if row.refusal is None else Refusal(row.refusal),
    )


def _outcome(letters: Sequence[Row[Any]]) -> Outcome | None:
    """Of all letters that carried a copy; None while one is under way and none has arrived."""
    row = letters[-1]
    sent = any(letter.state == "sent" for letter in letters)
    if not sent and any(letter.state in UNDERWAY for letter in letters):
        return None
    return Outcome(
        copy=CopyId(row.id),
        school=SchoolId(row.school),
        number=TicketNumber(row.number),
        message=TicketMessageId(row.message),
        delivery=Delivery.DELIVERED if sent else Delivery.FAILED,
        refusal=None if sent else _refusal(row),
    )


def _refusal(letter: Row[Any]) -> Refusal:
    if letter.state == "unknown":
        return Refusal.UNCERTAIN
    return REFUSALS.get(letter.error, Refusal.MESSENGER)
