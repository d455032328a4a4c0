"""Lives that end themselves at a chosen statement, and one that writes until it is ended."""

import asyncio
import os
import signal
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.digest_job import weekly_digest
from bot.figures import for_figures
from bot.render import Renderer
from bot.schedule import Schedule
from services.people import People
from storage.database import Database
from storage.inbox import Arrival
from storage.migrations.migrate import upgrade
from tests.conftest import FrozenClock

BOT = 42


def die_at(statement: int) -> None:
    """The process kills itself before its ``statement``-th statement; a commit counts as one."""
    number = count(1)

    def step(*_: Any) -> None:
        if next(number) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)


async def migrate(statement: int) -> None:
    """An empty database brought up."""
    database = Database.open(os.environ["DATABASE_URL"], clock=FrozenClock())
    die_at(statement)
    await upgrade(database, copies=Path("copies"))
    await database.close()


async def digest(statement: int, moment: str) -> None:
    """One look of the schedule at ``moment``."""
    clock = FrozenClock(datetime.fromisoformat(moment))
    database = Database.open(os.environ["DATABASE_URL"], clock=clock)
    people = People(unit_of_work=database.unit_of_work, reading=database.reading, clock=clock)
    provided = for_figures(database, clock=clock, people=people, renderer=Renderer())
    job = weekly_digest(database, clock, provided["digests"])
    die_at(statement)
    await Schedule(database=database, clock=clock, jobs=[job]).tick()
    await database.close()


async def write(confirmed: str) -> None:
    """Updates kept one by one; the number of the last one on the disk stands in ``confirmed``."""
    database = Database.open(os.environ["DATABASE_URL"], clock=FrozenClock())
    await upgrade(database, copies=Path("copies"))
    told = os.open(confirmed, os.O_WRONLY | os.O_CREAT, 0o600)
    for number in count(1):
        async with database.aside() as work:
            arrival = Arrival(update_id=number, chat=number % 7, raw=f'"{"слово " * 40}{number}"')
            await work.inbox.take(BOT, [arrival])
            if number > 500:
                await work.inbox.finish([number - 500])
        os.pwrite(told, f"{number:012}".encode(), 0)
        await asyncio.sleep(0)
