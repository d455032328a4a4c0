"""How long a write waits while a year's journal is imported, against the same write in idleness.

python -m bench.contention

The write is the one that nothing may delay: an update kept in the inbox, synced to the disk, before
it is confirmed to the messenger. It is made every few milliseconds, while nothing else happens and
then from the first byte of the import's reading to the end of its rules.
"""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.importing import workbook
from bench.schools import opened
from bot.journal import imports_of
from services.access import Actor
from services.ids import ImportId
from services.journal.reading import SourceFile, read
from services.journal.sources import sources_of
from storage.database import Database
from storage.inbox import Arrival

PAUSE_S = 0.005
IDLE_WRITES = 600


@dataclass(slots=True)
class Writes:
    """Seconds that each write took; a lock error would end the measurement."""

    database: Database
    spent: list[float] = field(default_factory=list)
    made: int = 0

    async def one(self) -> None:
        self.made += 1
        begun = perf_counter()
        async with self.database.aside() as work:
            await work.inbox.take(1, [Arrival(update_id=self.made, chat=1, raw="{}")])
        self.spent.append(perf_counter() - begun)

    async def until(self, ended: asyncio.Event) -> None:
        while not ended.is_set():
            await self.one()
            await asyncio.sleep(PAUSE_S)

    def percentile(self, share: float) -> float:
        return sorted(self.spent)[min(int(len(self.spent) * share), len(self.spent) - 1)]


async def measured() -> dict[str, float]:
    """Milliseconds of p50 and p99 in idleness and during an import; the ratio of the p99."""
    content = workbook()
    with TemporaryDirectory() as folder:
        async with opened(Path(folder)) as (database, actor):
            idle = Writes(database)
            for _ in range(IDLE_WRITES):
                await idle.one()
                await asyncio.sleep(PAUSE_S)
            busy = Writes(database, made=IDLE_WRITES)
            ended = asyncio.Event()
            async with asyncio.TaskGroup() as group:
                group.create_task(busy.until(ended))
                await imported(database, actor, content)
                ended.set()
    return {
        "writes": len(busy.spent),
        "idle_p50_ms": round(idle.percentile(0.5) * 1000, 2),
        "idle_p99_ms": round(idle.percentile(0.99) * 1000, 2),
        "busy_p50_ms": round(busy.percentile(0.5) * 1000, 2),
        "busy_p99_ms": round(busy.percentile(0.99) * 1000, 2),
        "busy_worst_ms": round(busy.percentile(1.0) * 1000, 2),
        "p99_busy_by_idle": round(busy.percentile(0.99) / idle.percentile(0.99), 2),
    }


async def imported(database: Database, actor: Actor, content: bytes) -> None:
    imports = imports_of(database, database.clock)
    readings = await read([SourceFile("marks.xlsx", content)], zone="Europe/Moscow")
    preview = await imports.preview(actor, sources_of(readings))
    await imports.apply(actor, ImportId(preview.number))


def run() -> dict[str, float]:
    return asyncio.run(measured())


if __name__ == "__main__":
    print(run())
