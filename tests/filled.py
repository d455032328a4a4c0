"""A generated school in a database file: made once, copied for every test that wants it."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.journal import imports_of
from services.access import Actor, Role
from services.generator import GeneratedSchool, Options, generate
from services.ids import ChatId, ImportId, SchoolId
from services.journal.imports import Source
from services.journal.model import Batch
from storage.database import Database
from storage.schema import metadata
from storage.schema.views import create_views, drop_views
from tests.conftest import FrozenClock

SCHOOL = SchoolId(1)
UNTIL = date(2026, 11, 20)
FRIDAY = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
"""16:00 in Moscow, the digest's hour."""
ADMINISTRATOR = Actor(chat=ChatId(0), school=SCHOOL, roles=frozenset({Role.ADMINISTRATOR}))


@cache
def generated(seed: int = 3, classes: int = 3) -> GeneratedSchool:
    return generate(Options(seed=seed, classes=classes, until=UNTIL.toordinal()))


def filled_file(place: Path) -> Path:
    """A database file of ``generated()``, loaded on Friday at the digest's hour.

    Not for use inside a running loop.
    """
    file = place / "filled.db"
    asyncio.run(_fill(file))
    return file


async def _fill(file: Path) -> None:
    clock = FrozenClock(FRIDAY)
    database = Database.open(f"sqlite+aiosqlite:///{file}", clock=clock)
    async with database.aside() as work:
        await work.connection.run_sync(metadata.create_all)
        for statement in (*drop_views(), *create_views()):
            await work.connection.exec_driver_sql(statement)
    async with database.unit_of_work() as work:
        await work.schools.add(
            name="Школа № 12", timezone="Europe/Moscow", at=FRIDAY - timedelta(days=90)
        )
    await load(database, clock, generated().batch)
    await database.close()


async def load(database: Database, clock: FrozenClock, batch: Batch, name: str = "a") -> None:
    """An import from preview to findings."""
    imports = imports_of(database, clock)
    preview = await imports.preview(ADMINISTRATOR, [Source(f"{name}.xlsx", name, "F12", batch)])
    await imports.apply(ADMINISTRATOR, ImportId(preview.number))
