"""From files in a chat to the journal: read, shown, applied or given back.

A file is kept on a shelf first and read aside from the chat, so that presses and questions are
answered meanwhile and a crash loses nothing. Every step asks anew whether the person may.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.access import Actor, Capability, NotAllowedError, demand
from services.clock import Clock
from services.errors import DomainError
from services.ids import ChatId, ImportId, SchoolId
from services.journal import cards
from services.journal.deliveries import Delivery, Part, Shelf
from services.journal.imports import Imports, JournalStore, Progress, StaleImportError
from services.journal.previews import Preview
from services.journal.reading import FileReading, digest, read
from services.journal.reading import Progress as ReadingProgress
from services.journal.records import ImportRecord
from services.journal.resolution import Unknown
from services.journal.sources import sources_of
from services.outgoing import Letter, Outbox
from services.people import Recognised, UserId

LIMIT = 20 * 1024 * 1024
"""Bytes: what the messenger lets a bot download, and what a reader takes."""


class ForeignFileError(NotAllowedError):
    """A journal file from somebody who does not load journals."""

    key = "errors/import-not-yours"


class TooLargeFileError(DomainError):
    """``limit`` is in megabytes."""

    key = "errors/import-too-large"


class Flow(Protocol):
    async def flow(self, school: SchoolId, number: ImportId) -> tuple[int, int]:
        """How many findings an import opened and closed."""
        ...


class Work(Protocol):
    @property
    def outbox(self) -> Outbox: ...

    @property
    def journal(self) -> JournalStore: ...

    @property
    def findings(self) -> Flow: ...


class Recognition(Protocol):
    async def recognise(self, *, user: UserId | None, chat: ChatId) -> Recognised: ...


class Hearing(Protocol):
    """Whoever is told how far the work is."""

    @property
    def reading(self) -> ReadingProgress: ...

    @property
    def writing(self) -> Progress: ...


@dataclass(frozen=True, slots=True)
class Applied:
    """``opened`` and ``closed`` count findings; ``before`` is «данные на» of what is shown else."""

    record: ImportRecord
    opened: int = 0
    closed: int = 0
    before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """``arrived`` wakes whoever calls ``take_up``."""

    imports: Imports
    shelf: Shelf
    people: Recognition
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    arrived: Callable[[], None]

    # -- files -------------------------------------------------------------------------------------

    def ensure(self, actor: Actor, size: int) -> None:
        """Before anything is downloaded: ForeignFileError or TooLargeFileError."""
        if not actor.may(Capability.IMPORT):
            raise ForeignFileError(capability=Capability.IMPORT.value)
        if size > LIMIT:
            raise TooLargeFileError(limit=LIMIT // 1024 // 1024)

    async def receive(self, actor: Actor, part: Part, content: bytes) -> None:
        self.ensure(actor, len(content))
        await self.shelf.add(part, content, self.clock.now())
        self.arrived()

    async def due(self) -> list[Delivery]:
        """What can be read now; albums whose parts are still coming wait."""
        now = self.clock.now()
        return [each for each in await self.shelf.waiting() if each.whole(now)]

    async def take_up(self, delivery: Delivery, hearing: Hearing) -> None:
        """Read it and show what it would change, or say why not."""
        known = await self.people.recognise(user=UserId(delivery.chat), chat=delivery.chat)
        if not known.actor.may(Capability.IMPORT):
            await self._refuse(delivery, ForeignFileError.key)
            return
        school = demand(known.actor, Capability.IMPORT)
        if not delivery.accepted:
            files = [(file.name, await digest(file)) for file in delivery.files]
            distinct = {sha: name for name, sha in reversed(files)}
            same = await self.imports.repeated(
                school, [(name, sha) for sha, name in distinct.items()]
            )
            if same is not None:
                await self._refuse(delivery, "imports/same", **cards.same(same))
                return
        readings = await read(delivery.files, zone=known.zone, progress=hearing.reading)
        await self._show(known.actor, school, delivery, readings, hearing)

    async def _show(
        self,
        actor: Actor,
        school: SchoolId,
        delivery: Delivery,
        readings: Sequence[FileReading],
        hearing: Hearing,
    ) -> None:
        failures = [f"{each.name}: {each.failure}" for each in readings if each.failure]
        sources = sources_of(readings)
        if not sources:
            reasons = [each.failure for each in readings] if len(readings) == 1 else failures
            await self._refuse(delivery, "imports/unreadable", reasons=reasons)
            return
        preview = await self.imports.preview(
            actor, sources, accepted=delivery.accepted, notes=failures, progress=hearing.writing
        )
        if preview.same_as_of is not None:
            await self._refuse(delivery, "imports/same", **cards.same(preview))
        elif await self.shelf.settle(delivery, school, ImportId(preview.number)):
            await self._post(delivery, "imports/preview", cards.preview(preview), edited=True)

    async def give_up(self, delivery: Delivery, incident: str) -> None:
        """Our own failure: said so, with the number under which it stands in the log."""
        await self._refuse(delivery, "imports/failed", incident=incident)

    async def _refuse(self, delivery: Delivery, kind: str, **view: object) -> None:
        if await self.shelf.discard(delivery):
            await self._post(delivery, kind, view)

    async def _post(
        self, delivery: Delivery, kind: str, view: Mapping[str, object], *, edited: bool = False
    ) -> None:
        letter = Letter(
            school=None,
            chat=delivery.chat,
            kind=kind,
            view=view,
            card=f"import:{delivery.first}" if edited else None,
            reply_to=delivery.first,
        )
        async with self.unit_of_work() as work:
            await work.outbox.put(letter)

    # -- decisions ---------------------------------------------------------------------------------

    async def staged(self, actor: Actor, number: ImportId) -> Preview:
        """A preview that still can be applied; StaleImportError for any other."""
        record = await self._record(actor, number)
        if record.state != "staged":
            raise StaleImportError
        return Preview.of_json(record.summary).numbered(record.id)

    async def remembered(self, actor: Actor, number: ImportId) -> Preview:
        """What its card said, whatever became of the import."""
        record = await self._record(actor, number)
        return Preview.of_json(record.summary).numbered(record.id)

    async def _record(self, actor: Actor, number: ImportId) -> ImportRecord:
        school = demand(actor, Capability.IMPORT)
        async with self.reading() as work:
            record = await work.journal.get_import(school, number)
        if record is None:
            raise StaleImportError
        return record

    async def accept(self, actor: Actor, number: ImportId, names: Sequence[Unknown]) -> None:
        """Add these unknown names to the school's lists: the files are read again with them."""
        await self.staged(actor, number)
        delivery = await self.shelf.reopen(number, frozenset(names))
        if delivery is None:
            raise StaleImportError
        await self._post(delivery, "imports/again", {}, edited=True)
        self.arrived()

    async def apply(self, actor: Actor, number: ImportId) -> Applied:
        record = await self.imports.apply(actor, number)
        await self.shelf.drop(number)
        async with self.reading() as work:
            opened, closed = await work.findings.flow(record.school, number)
        return Applied(record, opened, closed)

    async def cancel(self, actor: Actor, number: ImportId) -> None:
        await self.imports.cancel(actor, number)
        await self.shelf.drop(number)

    async def undo(self, actor: Actor, number: ImportId) -> Applied:
        """``before`` is None when the journal is empty again."""
        record = await self.imports.undo(actor, number)
        async with self.reading() as work:
            shown = await work.journal.current_import(record.school)
        return Applied(record, before=None if shown is None else shown.as_of)

    async def undoable(self, actor: Actor, number: ImportId) -> ImportRecord:
        """Asked before ``undo``: the import, if it is the one that the journal shows."""
        record = await self._record(actor, number)
        async with self.reading() as work:
            shown = await work.journal.current_import(record.school)
        if shown is None or shown.id != number:
            raise StaleImportError
        return record
