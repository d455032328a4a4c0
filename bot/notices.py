"""What the process itself tells people: an update given up, a group that moved."""

import json
from dataclasses import dataclass, replace

from services.ids import ChatId
from services.outgoing import Letter
from storage.database import Database
from storage.inbox import Waiting
from storage.unit_of_work import StoredWork


@dataclass(frozen=True, slots=True)
class Notices:
    database: Database

    async def given_up(self, waiting: Waiting, *, incident: str) -> None:
        await self._tell(waiting, "errors/given-up", incident)

    async def interrupted(self, waiting: Waiting, *, incident: str) -> None:
        await self._tell(waiting, "errors/interrupted", incident)

    async def _tell(self, waiting: Waiting, kind: str, incident: str) -> None:
        """Privately only: a group has nothing to do with it."""
        if waiting.chat <= 0:
            return
        letter = Letter(
            school=None,
            chat=ChatId(waiting.chat),
            kind=kind,
            view={"incident": incident},
            reply_to=_message(waiting),
            dedupe=f"{kind}:{incident}",
        )
        async with self.database.aside() as work:
            await work.outbox.put(letter)


def _message(waiting: Waiting) -> int | None:
    """The message that the update brought, to answer it by name."""
    try:
        message = json.loads(waiting.raw or "{}").get("message")
    except ValueError:
        return None
    number = message.get("message_id") if isinstance(message, dict) else None
    return number if isinstance(number, int) else None


async def follow(work: StoredWork, old: ChatId, new: ChatId) -> None:
    """A bound group became a supergroup: it stays bound, under its new number."""
    bound = await work.bound_chats.get(old)
    if bound is not None:
        await work.bound_chats.drop(old)
        await work.bound_chats.put(replace(bound, chat=new))
