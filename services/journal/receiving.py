"""From files in a chat to the journal: read, shown, applied or given back.

A file is kept on a shelf first and read aside from the chat, so that presses and questions are
answered meanwhile and a crash loses nothing. Every step asks anew whether the person may.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from services.access import Actor, Capability, NotAllowedError, demand
from services.clock import Clock
from services.errors import DomainError
from services.ids import ChatId, ImportId, SchoolId
from services.journal import cards
from services.journal.archives import opened
from services.journal.deliveries import Asked, Delivery, Part, Shelf
from services.journal.doubts import NO_JOURNAL
from services.journal.imports import Imports, JournalStore, Progress, StaleImportError
from services.journal.memory import MemoryStore, SaidHeader
from services.journal.previews import Preview
from services.journal.reading import FileReading, SourceFile, digest, read
from services.journal.reading import Progress as ReadingProgress
from services.journal.records import ImportRecord
from services.journal.resolution import Unknown
from services.journal.sources import remarks_of, sources_of
from services.journal.tidings import Folder, NoFolder, Tidings
from services.outgoing import Outbox
from services.people import PeopleStore, Recognised, UserId

LIMIT = 20 * 1024 * 1024
"""Bytes: what the messenger lets a bot download, and what a reader takes."""

NOTHING: Mapping[str, Any] = {}
REFUSED = "Файл не взят: подробности в чате администратора и в журнале работы бота."


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
    def memory(self) -> MemoryStore: ...

    @property
    def people(self) -> PeopleStore: ...

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
    folder: Folder = field(default_factory=NoFolder)

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
        """Read it and show what it would change, ask what it is, or say why not."""
        known = await self.people.recognise(user=UserId(delivery.chat), chat=delivery.chat)
        if not known.actor.may(Capability.IMPORT):
            await self._refuse(delivery, None, ForeignFileError.key)
            return
        school = demand(known.actor, Capability.IMPORT)
        async with opened(delivery.files) as files:
            if not delivery.accepted and not delivery.told:
                same = await self._same(school, files)
                if same is not None:
                    await self._refuse(delivery, school, "imports/same", cards.same(same))
                    return
            told = {**await self._remembered(school), **delivery.told}
            readings = await read(files, zone=known.zone, progress=hearing.reading, told=told)
        await self._remember(school, delivery, readings)
        if any(each.doubt for each in readings):
            await self._ask(delivery, school, readings)
        else:
            await self._show(known.actor, delivery, readings, hearing)

    async def _same(self, school: SchoolId, files: Sequence[SourceFile]) -> Preview | None:
        digests = [(file.name, await digest(file)) for file in files]
        distinct = {sha: name for name, sha in reversed(digests)}
        return await self.imports.repeated(school, [(name, sha) for sha, name in distinct.items()])

    async def _remembered(self, school: SchoolId) -> dict[str, str]:
        async with self.reading() as work:
            return {each.header: each.format for each in await work.memory.headers(school)}

    async def _remember(
        self, school: SchoolId, delivery: Delivery, readings: Sequence[FileReading]
    ) -> None:
        """An answer that could be followed holds for every later file with that header."""
        followed = [
            SaidHeader(header=each.header, format=said, file=each.name)
            for each in readings
            if (said := delivery.told.get(each.header))
            and (each.failure is None or said == NO_JOURNAL)
        ]
        if followed:
            async with self.unit_of_work() as work:
                for each in followed:
                    await work.memory.put_header(school, each, self.clock.now())

    async def _ask(
        self, delivery: Delivery, school: SchoolId, readings: Sequence[FileReading]
    ) -> None:
        """One file after the other; what the others say is shown when all are known."""
        name, doubt = next((each.name, each.doubt) for each in readings if each.doubt)
        number = await self.shelf.ask(delivery, school, Asked(name, doubt))
        if number is not None:
            view = {
                "number": number, "file": name, "formats": doubt.formats,
                "others": len(readings) - 1,
            }  # fmt: skip
            await self.folder.looked_at(delivery, {})
            await self.tidings.post(delivery, "imports/doubt", view, school=school, edited=True)

    async def _show(
        self,
        actor: Actor,
        delivery: Delivery,
        readings: Sequence[FileReading],
        hearing: Hearing,
    ) -> None:
        school = demand(actor, Capability.IMPORT)
        sources, remarks = sources_of(readings), remarks_of(readings, delivery.told)
        if not sources:
            alone = len(readings) == 1 and not delivery.of_folder
            reasons = [why if alone else f"{name}: {why}" for name, why in remarks.unread]
            view = {"reasons": reasons, "familiar": [list(each) for each in remarks.familiar]}
            await self._refuse(delivery, school, "imports/unreadable", view)
            return
        preview = await self.imports.preview(
            actor, sources, accepted=delivery.accepted, remarks=remarks, progress=hearing.writing
        )
        if preview.same_as_of is not None:
            await self._refuse(delivery, school, "imports/same", cards.same(preview))
        elif await self.shelf.settle(delivery, school, ImportId(preview.number)):
            await self.folder.looked_at(delivery, dict(remarks.unread))
            view = cards.preview(preview)
            await self.tidings.post(delivery, "imports/preview", view, school=school, edited=True)

    async def give_up(self, delivery: Delivery, incident: str) -> None:
        """Our own failure: said so, with the number under which it stands in the log."""
        await self._refuse(delivery, None, "imports/failed", {"incident": incident})

    async def _refuse(
        self,
        delivery: Delivery,
        school: SchoolId | None,
        kind: str,
        view: Mapping[str, Any] = NOTHING,
    ) -> None:
        """Nothing of it is kept."""
        if await self.shelf.discard(delivery):
            taken = kind == "imports/same"
            why = " ".join(view.get("reasons", ())) or REFUSED
            refused = {} if taken else {file.name: why for file in delivery.files}
            await self.folder.looked_at(delivery, refused)
            await self.tidings.post(delivery, kind, view, school=school)

    @property
    def tidings(self) -> Tidings:
        return Tidings(unit_of_work=self.unit_of_work, clock=self.clock)

    async def read_again(self, delivery: Delivery, school: SchoolId) -> None:
        """It lies on the shelf again, with what a person said of it."""
        await self.tidings.post(delivery, "imports/again", {}, school=school, edited=True)
        self.arrived()

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
        await self.read_again(delivery, demand(actor, Capability.IMPORT))

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
