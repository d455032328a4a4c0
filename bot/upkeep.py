"""What the running bot does for its own books, besides the updates and the letters."""

import asyncio
import logging
from dataclasses import dataclass

from bot.intake import Intake
from bot.tasks import pause
from storage.database import Database
from storage.fsm import StoredConversations

log = logging.getLogger(__name__)

HOUSEKEEPING = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """``repeat`` is set when somebody wants an update that was set aside handled once more."""

    database: Database
    conversations: StoredConversations
    intake: Intake
    repeat: asyncio.Event
    stop: asyncio.Event

    async def repeat_updates(self) -> None:
        while not await self._stopped_before(self.repeat):
            self.repeat.clear()
            try:
                await self.intake.restore()
            except Exception:
                log.exception("nothing is repeated for now")

    async def keep_house(self) -> None:
        """Old rows go, once an hour."""
        while not await pause(self.stop, HOUSEKEEPING):
            try:
                async with self.database.aside() as work:
                    await work.inbox.prune()
                    await work.outbox.prune()
                await self.conversations.prune()
            except Exception:
                log.exception("old rows stay for now")

    async def _stopped_before(self, event: asyncio.Event) -> bool:
        waits = [asyncio.ensure_future(one.wait()) for one in (self.stop, event)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return self.stop.is_set()
