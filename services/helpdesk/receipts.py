"""What became of the copies: written down, and shown under the message and on the card."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.clock import Clock
from services.helpdesk.letters import FAILED
from services.helpdesk.ports import Outcome, Transactions, Work
from services.helpdesk.posting import receipt, show
from services.helpdesk.tickets import Delivery, Side
from services.outgoing import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def collect(self) -> int:
        """Settle copies whose letters have ended; how many."""
        async with self.reading() as work:
            if not await work.ticket_messages.ended():
                return 0
        async with self.unit_of_work() as work:
            found = await work.ticket_messages.ended()
            for one in found:
                await work.ticket_messages.settle(one.copy, one.delivery, one.refusal)
            for message in {one.message: one for one in found}.values():
                await self._tell(work, message, failed=_failed(found, message))
        return len(found)

    async def _tell(self, work: Work, one: Outcome, *, failed: bool) -> None:
        """The administrator's word: its receipt and the card; a failure rings."""
        message = await work.ticket_messages.get(one.school, one.message)
        ticket = await work.tickets.get(one.school, one.number)
        if message is None or ticket is None or message.side is not Side.ADMINISTRATOR:
            return
        await receipt(work, one.school, message.id, message.source)
        await show(work, ticket, self.clock.now())
        if failed and message.source is not None:
            letter = Letter(
                school=one.school,
                chat=message.source.chat,
                kind=FAILED,
                view={"message": message.id},
                reply_to=message.source.message,
                dedupe=f"{FAILED}:{message.id}",
            )
            await work.outbox.put(letter)


def _failed(found: Sequence[Outcome], message: Outcome) -> bool:
    return any(one.message == message.message and one.delivery is Delivery.FAILED for one in found)
