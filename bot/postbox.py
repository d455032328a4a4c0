"""Answers put into the outbox together: one transaction for all that are ready at one moment."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.tasks import Batch, Tasks
from services.outgoing import Letter
from storage.database import Database
from storage.inbox import Receipt, handling


class CardInPostboxError(TypeError):
    """A card replaces what waits, so it is put by a transaction of its own."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The letters of one handler's answer, and the update that they end."""

    letters: list[Letter]
    receipt: Receipt | None

    @property
    def outbox(self) -> "Parcel":
        return self

    async def put(self, letter: Letter) -> None:
        """Raise TypeError for a view that is not plain, which would spoil the others' commit."""
        json.dumps(dict(letter.view))
        if letter.card is not None:
            raise CardInPostboxError(letter.kind)
        self.letters.append(letter)


@dataclass(slots=True)
class Postbox:
    """``unit_of_work`` for a handler that changes nothing but the outbox.

    It promises what the database's own one does: the letter is on the disk when the block has
    ended, and the update has ended in the same transaction.
    """

    database: Database
    tasks: Tasks = field(default_factory=Tasks)
    _batch: Batch[Parcel] = field(init=False)

    def __post_init__(self) -> None:
        self._batch = Batch(self._write, self.tasks)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[Parcel]:
        parcel = Parcel([], handling.get())
        yield parcel
        if parcel.letters:
            await self._batch.add(parcel)

    async def _write(self, parcels: list[Parcel]) -> None:
        receipts = [one.receipt for one in parcels if one.receipt is not None]
        async with self.database.aside() as work:
            await work.outbox.put_all([letter for one in parcels for letter in one.letters])
            if receipts:
                await work.inbox.finish([receipt.row for receipt in receipts])
            work.after_commit.extend(receipt.close for receipt in receipts)

    async def drain(self, seconds: float) -> None:
        """What a handler left behind when it was cancelled is still written."""
        await self.tasks.drain(seconds)
