"""Files by chance into the import: ``python -m tests.faults.fuzz SEED COUNT`` (F39).

Each file is read as the limited child reads it, only in this process, where nothing hides a crash.
Every few of those that can be read go through the import: previewed, applied or cancelled or
broken off at a statement, and undone.
"""

import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from bot.journal import imports_of
from services.errors import DomainError
from services.ids import ImportId
from services.journal.child import LENGTH, frame, serve
from services.journal.container import UnsuitableError
from services.journal.guard import check
from services.journal.imports import Imports, Source
from services.journal.reading import FileReading, _Inbox
from services.journal.resolution import Unknown
from services.journal.structure import DERIVED
from storage.database import Database
from storage.migrations.migrate import upgrade
from tests.conftest import FrozenClock
from tests.faults.odd_files import OddFiles
from tests.filled import ADMINISTRATOR, FRIDAY, SCHOOL

IMPORTED_EVERY = 30
BROKEN = 0.4
"""Share of the imports that are broken off at a statement."""


class BrokenOffError(Exception):
    """The import is ended in the middle on purpose."""


@dataclass(slots=True)
class Outcome:
    """``crashes`` and ``halves`` are descriptions, one a file; both must be empty."""

    seed: int
    files: int = 0
    read: int = 0
    refused: int = 0
    imported: int = 0
    broken: int = 0
    undone: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    crashes: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)


def read_here(name: str, content: bytes) -> FileReading:
    """What the child and its parent do with a file, without the child; it may raise anything."""
    try:
        check(content)
    except UnsuitableError as refusal:
        return FileReading(name=name, sha256="", failure=str(refusal))
    head, out = frame((name, "Europe/Moscow")), BytesIO()
    serve(BytesIO(head + content), out)
    inbox = _Inbox(name, sha256(content).hexdigest(), None)
    told = BytesIO(out.getvalue())
    while inbox.reading is None:
        (size,) = LENGTH.unpack(told.read(LENGTH.size))
        inbox.take(told.read(size))
    return inbox.reading


@dataclass(slots=True, kw_only=True)
class Fuzzing:
    database: Database
    imports: Imports
    chance: random.Random
    outcome: Outcome
    files: OddFiles
    every: int

    async def run(self, count: int) -> Outcome:
        for _ in range(count):
            kind, name, content = self.files.one()
            self.outcome.files += 1
            self.outcome.kinds[kind] = self.outcome.kinds.get(kind, 0) + 1
            try:
                await self._one(name, content)
            except Exception as error:  # noqa: BLE001  # what is looked for
                self.outcome.crashes.append(f"{kind} {name} {error!r} {content[:400]!r}")
        return self.outcome

    async def _one(self, name: str, content: bytes) -> None:
        found = read_here(name, content)
        if found.batch is None:
            assert found.failure, "no report"
            assert "\n" not in found.failure, found.failure
            self.outcome.refused += 1
            return
        self.outcome.read += 1
        if self.outcome.read % self.every == 0:
            await self._import(Source(name, found.sha256, found.format or "", found.batch))

    async def _import(self, source: Source) -> None:
        before = await self.shown()
        self.outcome.imported += 1
        try:
            with self._maybe_broken_off():
                await self._whole(source, before)
        except (BrokenOffError, DomainError):
            self.outcome.broken += 1
            await self._either(before, source)

    async def _whole(self, source: Source, before: object) -> None:
        look = await self.imports.look(SCHOOL, [source])
        accepted = frozenset(Unknown(kind, name) for kind, name, _ in look.unknown)
        preview = await self.imports.preview(ADMINISTRATOR, [source], accepted=accepted)
        if not preview.number:
            return
        await self._same(before, "a preview shows")
        if self.chance.random() < 1 / 5:
            await self.imports.cancel(ADMINISTRATOR, ImportId(preview.number))
            await self._same(before, "a cancelled import shows")
            return
        await self.imports.apply(ADMINISTRATOR, ImportId(preview.number))
        if left := await self._left_out(source, accepted):
            self.outcome.halves.append(f"{left} rows of {source.name} are left out")
        if self.chance.random() < 29 / 30:
            await self.imports.undo(ADMINISTRATOR, ImportId(preview.number))
            self.outcome.undone += 1
            await self._same(before, "an undone import shows")

    async def _either(self, before: object, source: Source) -> None:
        """Broken off: all of it is shown or nothing."""
        if await self.shown() == before:
            return
        look = await self.imports.look(SCHOOL, [source])
        accepted = frozenset(Unknown(kind, name) for kind, name, _ in look.unknown)
        if await self._left_out(source, accepted):
            self.outcome.halves.append(f"{source.name} was broken off in the middle")

    async def _left_out(self, source: Source, accepted: frozenset[Unknown]) -> int:
        """Rows of the file that the journal does not show; what is derived of them is not asked."""
        again = await self.imports.assemble(SCHOOL, [source], accepted)
        own = [each for each in again.changes if each.relation not in DERIVED]
        return sum(len(each.added) + len(each.ended) for each in own)

    async def _same(self, before: object, what: str) -> None:
        if await self.shown() != before:
            self.outcome.halves.append(what)

    @contextmanager
    def _maybe_broken_off(self) -> Iterator[None]:
        left = self.chance.randint(1, 60) if self.chance.random() < BROKEN else 0

        def step(*_: Any) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise BrokenOffError

        engine = self.database.writer.sync_engine
        event.listen(engine, "before_cursor_execute", step)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", step)

    async def shown(self) -> dict[str, tuple[int, ...]]:
        """Of each list: how many rows the school sees, and a sum that tells which."""
        found = {}
        async with self.database.reading() as work:
            generation = await work.journal.generation(SCHOOL)
            for table in self.files.tables:
                statement = text(
                    f"SELECT count(*), total(row_id) FROM {table}"  # noqa: S608  # our own names
                    " WHERE born <= :generation AND died > :generation"
                )
                rows = await work.connection.execute(statement, {"generation": generation})
                found[table] = tuple(rows.one())
        return found


async def fuzz(seed: int, count: int, every: int = IMPORTED_EVERY) -> Outcome:
    chance = random.Random(seed)  # noqa: S311  # repeatable
    memory = Path("/dev/shm")  # noqa: S108  # speed only
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        clock = FrozenClock(FRIDAY)
        database = Database.open(f"sqlite+aiosqlite:///{place}/yozh.db", clock=clock)
        await upgrade(database, copies=Path(place))
        async with database.unit_of_work() as work:
            await work.schools.add(name="", timezone="Europe/Moscow", at=FRIDAY)
        fuzzing = Fuzzing(
            database=database,
            imports=imports_of(database, clock),
            chance=chance,
            outcome=Outcome(seed),
            files=OddFiles(chance),
            every=every,
        )
        with suppress(asyncio.CancelledError):
            await fuzzing.run(count)
        await database.close()
    return fuzzing.outcome


def main() -> None:
    outcome = asyncio.run(fuzz(int(sys.argv[1]), int(sys.argv[2])))
    sys.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
