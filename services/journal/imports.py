"""An import from the file to the figures: previewed, staged, applied by one move, undone exactly.

Rows are written ahead in small transactions under a generation that nobody sees yet; applying moves
the school's pointer to it, undoing moves it back, so that other writers never wait for an import.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Protocol

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.errors import DomainError
from services.ids import ImportId, SchoolId
from services.journal import logged
from services.journal.assembly import Assembler, Assembly
from services.journal.breathing import breathing
from services.journal.collector import collector_resumed
from services.journal.dictionary import Additions
from services.journal.model import Batch
from services.journal.ports import JournalRows
from services.journal.previews import Preview, Remarks, preview_of
from services.journal.records import ImportRecord
from services.journal.relations import CHANGES, TERM_MARKS, Relation, Row
from services.journal.resolution import Unknown
from services.journal.snapshots import seen_by

CHUNK = 400
"""Rows a transaction: a millisecond or two that another writer may have to wait."""

UNSTAGED = ImportId(0)
"""The number of a preview that was not staged."""

NOTHING_REMARKED = Remarks()

Progress = Callable[[str, int, int], Awaitable[None]]
"""(stage, done, total); the stage is a template key."""


class JournalStore(JournalRows, Protocol):
    """Kept rows, and the imports that bore them."""

    async def generation(self, school: SchoolId) -> int: ...
    async def add_names(self, school: SchoolId, added: Additions) -> None: ...
    async def stage(self, record: ImportRecord) -> ImportId: ...
    async def get_import(self, school: SchoolId, number: ImportId) -> ImportRecord | None: ...
    async def current_import(self, school: SchoolId) -> ImportRecord | None: ...
    async def mark(self, number: ImportId, state: str, at: datetime) -> None: ...
    async def show(self, school: SchoolId, generation: int) -> None: ...
    async def sweep(self, school: SchoolId) -> None: ...
    async def drop_staged(self, school: SchoolId) -> None: ...


class ImportWork(Protocol):
    @property
    def journal(self) -> JournalStore: ...


Transactions = Callable[[], AbstractAsyncContextManager[ImportWork]]


class Ahead(Protocol):
    """Writes rows of one staged import under a generation that nobody sees yet."""

    async def write(self, relation: Relation, rows: Sequence[Row], ended: Sequence[int]) -> bool:
        """One small transaction; False, and nothing written, once the import is not staged."""
        ...


Staging = Callable[[SchoolId, ImportId], AbstractAsyncContextManager[Ahead]]


class Analysis(Protocol):
    """What looks at the journal after it changed."""

    async def after_import(self, school: SchoolId, record: ImportRecord) -> None: ...
    async def after_undo(self, school: SchoolId) -> None: ...


class StaleImportError(DomainError):
    """The preview was overtaken: another file came, or it was applied or cancelled already."""

    key = "errors/import-stale"


class NotLatestImportError(DomainError):
    """Only the latest import can be undone; the newer ones go first."""

    key = "errors/import-not-latest"


@dataclass(frozen=True, slots=True)
class Source:
    """One file, read: its bytes' fingerprint, its format and its rows."""

    name: str
    sha256: str
    format: str
    batch: Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """``unit_of_work`` changes at once, ``reading`` only looks.

    ``bulk`` announces a staged import and ``ahead`` writes its rows: neither is synced by itself.
    """

    unit_of_work: Transactions
    bulk: Transactions
    ahead: Staging
    reading: Transactions
    clock: Clock
    analysis: Analysis

    async def preview(
        self,
        actor: Actor,
        sources: Sequence[Source],
        *,
        accepted: frozenset[Unknown] = frozenset(),
        remarks: Remarks = NOTHING_REMARKED,
        progress: Progress | None = None,
    ) -> Preview:
        """What the files would change; staged, so that applying is one move."""
        school = demand(actor, Capability.IMPORT)
        if not accepted:
            files = [(source.name, source.sha256) for source in sources]
            repeated = await self.repeated(school, files)
            if repeated is not None:
                return repeated
        with collector_resumed():
            return await self._staged(actor, school, sources, accepted, remarks, progress)

    async def _staged(
        self,
        actor: Actor,
        school: SchoolId,
        sources: Sequence[Source],
        accepted: frozenset[Unknown],
        remarks: Remarks,
        progress: Progress | None,
    ) -> Preview:
        assembly = await self.assemble(school, sources, accepted)
        preview = replace(preview_of(assembly), remarks=remarks)
        now = self.clock.now()
        record = ImportRecord(
            id=UNSTAGED,
            school=school,
            parent=UNSTAGED,
            state="staged",
            fingerprint=fingerprint_of(sources, accepted),
            as_of=now,
            staged_at=now,
            by_person=actor.person,
            files=[{"name": s.name, "sha256": s.sha256, "format": s.format} for s in sources],
            summary=preview.as_json(),
            touched=touched_by(assembly),
            seen=seen_by(assembly.files),
        )
        number = await self._announce(record, assembly)
        await self._write(school, number, assembly, progress)
        return preview.numbered(number)

    async def look(
        self,
        school: SchoolId,
        sources: Sequence[Source],
        accepted: frozenset[Unknown] = frozenset(),
    ) -> Preview:
        """The same preview with nothing written (the command line without ``--apply``)."""
        return preview_of(await self.assemble(school, sources, accepted))

    async def assemble(
        self, school: SchoolId, sources: Sequence[Source], accepted: frozenset[Unknown]
    ) -> Assembly:
        async with self.reading() as work:
            assembler = Assembler(work.journal, school, accepted)
            return await assembler.assemble([(s.name, s.format, s.batch) for s in sources])

    async def repeated(self, school: SchoolId, files: Sequence[tuple[str, str]]) -> Preview | None:
        """The very files (name, sha256) that the journal shows already, which need not be read.

        Nothing would change, not even «данные на». Files with names that are still unknown are
        looked at again: the names can be added now.
        """
        async with self.reading() as work:
            current = await work.journal.current_import(school)
        if current is None:
            return None
        same = sorted(each["sha256"] for each in current.files) == sorted(sha for _, sha in files)
        if not same or current.summary["unknown"]:
            return None
        preview = Preview.of_json(current.summary)
        shown = zip((each["sha256"] for each in current.files), preview.files, strict=True)
        reports = dict(shown)
        named = [replace(reports[sha], file=name) for name, sha in files]
        return replace(preview, files=named).repeated(current.as_of)

    async def _announce(self, record: ImportRecord, assembly: Assembly) -> ImportId:
        """Keep the import and its new names; whatever was staged before is dropped."""
        async with self.bulk() as work:
            await work.journal.drop_staged(record.school)
            await work.journal.sweep(record.school)
            await work.journal.add_names(record.school, assembly.dictionary.added)
            parent = await work.journal.generation(record.school)
            return await work.journal.stage(replace(record, parent=parent))

    async def _write(
        self, school: SchoolId, number: ImportId, assembly: Assembly, progress: Progress | None
    ) -> None:
        """StaleImportError once another preview swept this one away: none of its rows may stay."""
        done = 0
        async with self.ahead(school, number) as ahead:
            for relation, rows, ended in await asyncio.to_thread(_chunks, assembly):
                if not await ahead.write(relation, rows, ended):
                    raise StaleImportError
                done += len(rows) + len(ended)
                if progress is not None:
                    await progress("writing", done, assembly.touched)

    async def apply(self, actor: Actor, number: ImportId) -> ImportRecord:
        """Show the staged import and look at what it touched; StaleImportError when overtaken."""
        school = demand(actor, Capability.IMPORT)
        async with self.unit_of_work() as work:
            record = await work.journal.get_import(school, number)
            generation = await work.journal.generation(school)
            if record is None or record.state != "staged" or record.parent != generation:
                raise StaleImportError
            await work.journal.mark(number, "applied", self.clock.now())
            await work.journal.show(school, number)
        await self.analysis.after_import(school, record)
        return record

    async def cancel(self, actor: Actor, number: ImportId) -> None:
        """Forget a staged import; nothing of it stays."""
        school = demand(actor, Capability.IMPORT)
        async with self.unit_of_work() as work:
            record = await work.journal.get_import(school, number)
            if record is None or record.state != "staged":
                raise StaleImportError
            await work.journal.mark(number, "dropped", self.clock.now())
            await work.journal.sweep(school)

    async def undo(self, actor: Actor, number: ImportId) -> ImportRecord:
        """Show the generation before this import again: rows and findings exactly as they were."""
        school = demand(actor, Capability.IMPORT)
        async with self.unit_of_work() as work:
            record = await work.journal.get_import(school, number)
            if record is None or record.state != "applied":
                raise StaleImportError
            if await work.journal.generation(school) != number:
                raise NotLatestImportError
            await work.journal.mark(number, "undone", self.clock.now())
            await work.journal.show(school, record.parent)
            await work.journal.drop_staged(school)
            await work.journal.sweep(school)
        await self.analysis.after_undo(school)
        return record


def fingerprint_of(sources: Sequence[Source], accepted: frozenset[Unknown]) -> str:
    """The same files in any order, with the same names accepted, are the same import."""
    parts = sorted(source.sha256 for source in sources)
    parts += sorted(f"{kind}:{name}" for kind, name in accepted)
    return sha256("\n".join(parts).encode()).hexdigest()


def touched_by(assembly: Assembly) -> dict[str, object]:
    """What rules must look at: the files' scopes, or everything after a change of structure."""
    places: set[tuple[int, int, int, int]] = set()
    for part in assembly.files:
        scope = part.scope
        places |= {(unit, subject, scope.first, scope.last) for unit, subject in scope.pairs}
        places |= {(row[0], row[2], 0, 0) for row in part.rows.get(TERM_MARKS, ())}
        places |= set(logged.places(part.rows.get(CHANGES, ())))
    return {
        "everything": assembly.everything,
        "places": [] if assembly.everything else sorted(places),
    }


def _chunks(assembly: Assembly) -> list[tuple[Relation, Sequence[Row], Sequence[int]]]:
    """Rows of one class together: they fall on the same pages of every index."""
    found: list[tuple[Relation, Sequence[Row], Sequence[int]]] = []
    for change in assembly.changes:
        by_class: dict[int, list[Row]] = defaultdict(list)
        for row in breathing(change.added):
            by_class[row[0]].append(row)
        added = list(chain.from_iterable(rows for _, rows in sorted(by_class.items())))
        found += [
            (change.relation, added[start : start + CHUNK], ())
            for start in range(0, len(added), CHUNK)
        ]
        found += [
            (change.relation, (), change.ended[start : start + CHUNK])
            for start in range(0, len(change.ended), CHUNK)
        ]
    return found
