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
async def loaded(
    batch: Batch, *, schools: int = 1
) -> AsyncIterator[tuple[Database, list[SchoolId]]]:
    """A database in which each of ``schools`` schools has this journal."""
    clock = SystemClock()
    with TemporaryDirectory() as folder:
        directory = Path(folder)
        database = Database.open(f"sqlite+aiosqlite:///{directory}/bench.db", clock=clock)
        try:
            await upgrade(database, copies=directory)
            numbers = [await _school(database, clock, batch, number) for number in range(schools)]
            yield database, numbers
        finally:
            await database.close()


async def _school(database: Database, clock: SystemClock, batch: Batch, number: int) -> SchoolId:
    async with database.unit_of_work() as work:
        school = await work.schools.add(
            name=f"Школа {number}", timezone="Europe/Moscow", at=clock.now()
        )
    actor = Actor(chat=ChatId(0), school=school, roles=frozenset({Role.ADMINISTRATOR}))
    imports = imports_of(database, clock)
    preview = await imports.preview(actor, [Source("bench", f"{number}", "F12", batch)])
    await imports.apply(actor, ImportId(preview.number))
    return school
