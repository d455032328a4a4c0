"""What the process itself tells people: an update given up, a chat that refuses, a group moved."""

import json
from dataclasses import dataclass, replace

from services.alerts import Alert, school_of, tell
from services.ids import ChatId
from services.outgoing import Letter
from services.people import UserId
from storage.database import Database
from storage.inbox import Waiting
from storage.unit_of_work import StoredWork

ASIDE = "health/aside"


@dataclass(frozen=True, slots=True)
class Notices:
    database: Database

    async def given_up(self, waiting: Waiting, *, incident: str) -> None:
        """Told to whoever wrote and to the administrators, by one card an hour however many."""
        now = self.database.clock.now()
        async with self.database.aside() as work:
            await self._answer(work, waiting, "errors/given-up", incident)
            school = await school_of(work, ChatId(waiting.chat), now)
            if school is None:
                return
            alert = Alert(
                kind=ASIDE,
                key=f"aside:{incident}",
                view={"incident": incident},
                card=f"aside:{now:%Y%m%d%H}",
            )
            await tell(work, alert, school=school.id, now=now)

    async def interrupted(self, waiting: Waiting, *, incident: str) -> None:
        async with self.database.aside() as work:
            await self._answer(work, waiting, "errors/interrupted", incident)

    async def closed(self, letter: Letter, reason: str) -> None:
        """A destination refuses us: said once to the administrators of its school."""
        now = self.database.clock.now()
        async with self.database.aside() as work:
            school = await school_of(work, letter.chat, now)
            name = await _name(work, letter.chat)
            if school is None or name is None:
                return
            alert = Alert(
                kind="health/closed",
                key=f"closed:{letter.chat}:{now:%Y%m%d%H%M%S}",
                view={"name": name, "group": letter.chat < 0, "reason": reason},
            )
            await tell(work, alert, school=school.id, now=now, except_to=letter.chat)

    async def _answer(self, work: StoredWork, waiting: Waiting, kind: str, incident: str) -> None:
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
        await work.outbox.put(letter)


async def _name(work: StoredWork, chat: ChatId) -> str | None:
    """A bound group's title or a member's name; None for strangers, whom nobody writes to."""
    if chat < 0:
        bound = await work.bound_chats.get(chat)
        return None if bound is None else bound.title
    person = await work.people.of_user(UserId(chat), work.clock.now())
    return None if person is None else person.name


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
        await work.queue_groups.moved(old, new)
