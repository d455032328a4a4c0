"""Made-up schools in a database of their own, for the measurements."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.journal import imports_of
from services.access import Actor, Role
from services.clock import SystemClock
from services.generator import Options, generate
from services.ids import ChatId, ImportId, SchoolId
from services.journal.imports import Source
from services.journal.model import Batch
from storage.database import Database
from storage.migrations.migrate import upgrade

YEAR_END = date(2027, 5, 31)
AS_OF = datetime(2027, 5, 31, 20, 59, tzinfo=UTC)


def school_rows(*, classes: int, seed: int = 1, until: date = YEAR_END) -> Batch:
    return generate(Options(until=until.toordinal(), seed=seed, classes=classes)).batch


@asynccontextmanager
async def opened(directory: Path) -> AsyncIterator[tuple[Database, Actor]]:
    """A new database with one school without a journal, and its administrator."""
    clock = SystemClock()
    database = Database.open(f"sqlite+aiosqlite:///{directory}/bench.db", clock=clock)
    try:
        await upgrade(database, copies=directory)
        yield database, await _administrator(database, "Школа")
    finally:
        await database.close()


@asynccontextmanager
async def loaded(
    batch: Batch, *, schools: int = 1
) -> AsyncIterator[tuple[Database, list[SchoolId]]]:
    """A database in which each of ``schools`` schools has this journal."""
    with TemporaryDirectory() as folder:
        async with opened(Path(folder)) as (database, first):
            actors = [first]
            actors += [await _administrator(database, f"Школа {n}") for n in range(1, schools)]
            for actor in actors:
                imports = imports_of(database, database.clock)
                source = Source("bench", f"{actor.school}", "F12", batch)
                preview = await imports.preview(actor, [source])
                await imports.apply(actor, ImportId(preview.number))
            yield database, [SchoolId(actor.school) for actor in actors if actor.school]


async def _administrator(database: Database, name: str) -> Actor:
    async with database.unit_of_work() as work:
        school = await work.schools.add(
            name=name, timezone="Europe/Moscow", at=database.clock.now()
        )
    return Actor(chat=ChatId(0), school=school, roles=frozenset({Role.ADMINISTRATOR}))
