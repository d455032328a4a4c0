"""Ready replies, their fields filled in for a ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, demand
from services.helpdesk.errors import ReplyGoneError
from services.helpdesk.ports import Transactions
from services.helpdesk.queue import Line, Queue
from services.helpdesk.settings import CannedReply
from services.helpdesk.tickets import TicketNumber

NOTHING = "-"
"""Stands for a field that the ticket has no value for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Canned:
    reading: Transactions
    queue: Queue

    async def replies(self, actor: Actor, number: TicketNumber) -> Sequence[CannedReply]:
        """In the school's order; their texts are ready to be sent."""
        school = demand(actor, Capability.ANSWER_TICKETS)
        line = (await self.queue.card(actor, number)).line
        async with self.reading() as work:
            settings = await work.helpdesk.settings(school)
            zone = ZoneInfo((await work.schools.get(school)).timezone)
        return [CannedReply(one.title, filled(one.text, line, zone)) for one in settings.replies]

    async def reply(self, actor: Actor, number: TicketNumber, place: int) -> CannedReply:
        """The one at a place of that list. ReplyGoneError where it has none (any more)."""
        replies = await self.replies(actor, number)
        if not 0 <= place < len(replies):
            raise ReplyGoneError
        return replies[place]


def filled(text: str, line: Line, zone: ZoneInfo) -> str:
    """Words in braces that are no field stay as they are."""
    ticket, due = line.ticket, line.targets.next
    fields = {
        "{номер}": str(ticket.number),
        "{класс}": ticket.place.class_unit or NOTHING,
        "{предмет}": ticket.place.subject or NOTHING,
        "{срок}": f"{due.astimezone(zone):%d.%m %H:%M}" if due else NOTHING,
    }
    for name, value in fields.items():
        text = text.replace(name, value)
    return text
