"""The journal's database for a command: brought up to the program, with a school in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.access import Actor, Role
from services.ids import ChatId
from services.schools import School

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.database import Database

NOBODY = ChatId(0)


@dataclass(frozen=True, slots=True)
class Opened:
    """``school`` is the oldest one; whoever holds the command line acts as its administrator."""

    database: "Database"
    school: School

    @property
    def actor(self) -> Actor:
        return Actor(chat=NOBODY, school=self.school.id, roles=frozenset({Role.ADMINISTRATOR}))


@asynccontextmanager
async def opened(settings: "Settings") -> AsyncIterator[Opened]:
    """Other processes may use the database at the same time, unless it has to be brought up."""
    from storage.database import Database  # noqa: PLC0415  # loaded where it is needed
    from storage.lock import only_process  # noqa: PLC0415
    from storage.migrations.migrate import head, revision, upgrade  # noqa: PLC0415

    database = Database.open(settings.database_url, clock=settings.clock())
    try:
        await database.check()
        if await revision(database) != head():
            with only_process(database.file):
                await upgrade(database, copies=settings.backups)
        yield Opened(database, await _school(database, settings.timezone))
    finally:
        await database.close()


async def _school(database: "Database", timezone: str) -> School:
    async with database.reading() as work:
        known = await work.schools.first()
    if known is not None:
        return known
    async with database.unit_of_work() as work:
        known = await work.schools.first()
        if known is not None:
            return known
        now = database.clock.now()
        return await work.schools.get(await work.schools.add(name="", timezone=timezone, at=now))
