"""What is told of files that were taken up: to whoever sent them, or to all administrators."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from services.access import TABLE, Capability
from services.clock import Clock
from services.ids import ChatId, SchoolId
from services.journal.deliveries import Delivery
from services.outgoing import Letter, Outbox
from services.people import PeopleStore


class Work(Protocol):
    @property
    def outbox(self) -> Outbox: ...

    @property
    def people(self) -> PeopleStore: ...


class Folder(Protocol):
    """Where files came from that nobody sent."""

    async def looked_at(self, delivery: Delivery, refused: Mapping[str, str]) -> None:
        """Its files are on the shelf or refused (reasons by name): they need not lie there."""
        ...


class NoFolder:
    """Nothing comes but what is sent."""

    async def looked_at(self, delivery: Delivery, refused: Mapping[str, str]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidings:
    """``edited`` says that the message shows a delivery from now on, whatever becomes of it."""

    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def post(
        self,
        delivery: Delivery,
        kind: str,
        view: Mapping[str, object],
        *,
        school: SchoolId | None = None,
        edited: bool = False,
    ) -> None:
        """``school`` is needed where the files came by the folder."""
        async with self.unit_of_work() as work:
            chats = [delivery.chat]
            if delivery.of_folder and school is not None:
                chats = await self._administrators(work, school)
            for chat in chats:
                letter = Letter(
                    school=None,
                    chat=chat,
                    kind=kind,
                    view=view,
                    card=f"import:{delivery.card}" if edited else None,
                    reply_to=delivery.answers,
                )
                await work.outbox.put(letter)

    async def _administrators(self, work: Work, school: SchoolId) -> list[ChatId]:
        people = await work.people.list(school, self.clock.now())
        return [ChatId(each.user) for each in people if each.roles & TABLE[Capability.IMPORT]]
