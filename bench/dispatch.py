"""Cost of an update through inbox, dispatcher and outbox beside bare aiogram's dispatch of it.

python -m bench.dispatch

Both sides run in one process over the same routers, middlewares and database; what is compared is
what the promise «nothing lost» adds. Both answer the same update of the same person:

- bare: aiogram's own ``feed_raw_update`` over our routers, each answer sent at once;
- kept: the batch is kept in the inbox, handled by the intake, its answer goes through the outbox.

The wire answers at once and the limits are off, so neither side waits for the messenger.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession

from bot.answers import present
from bot.app import App, build
from bot.limits import Limits
from bot.middlewares import Recognition
from bot.settings import Settings
from services.clock import SystemClock
from services.outgoing import Letter
from storage.migrations.migrate import upgrade
from tests.bot.wire import Wire
from tests.faults.messenger import written

UPDATES = 400
PEOPLE = 100
ROUNDS = 5
OFF = (10_000, 0.0)


@dataclass(frozen=True, slots=True)
class Direct:
    """A unit of work whose letters leave at once: what a bot without an outbox does."""

    bot: Bot

    @property
    def outbox(self) -> "Direct":
        return self

    async def put(self, letter: Letter) -> None:
        await self.bot(present(letter))


@asynccontextmanager
async def app_in(home: Path, wire: BaseSession) -> AsyncIterator[App]:
    settings = Settings.model_validate(
        {
            "bot_token": "42:" + "T" * 35,
            "database_url": f"sqlite+aiosqlite:///{home / 'yozh.db'}",
            "data_dir": home,
        }
    )
    app = build(settings, clock=SystemClock(), session=wire)
    free = Limits(all=OFF, chat=OFF, group=OFF)
    app.throttle.limits = app.sender.limits = free
    await upgrade(app.database, copies=home)
    try:
        yield app
    finally:
        await app.bot.session.close()
        await app.database.close()


def updates(first: int) -> list[dict[str, Any]]:
    return [written(first + n, 1000 + n % PEOPLE) for n in range(UPDATES)]


async def bare(app: App) -> None:
    """Many chats at once, as aiogram's polling does it: a task an update."""
    recognition = next(
        one for one in app.dispatcher.update.outer_middleware if isinstance(one, Recognition)
    )
    direct = Direct(app.bot)

    @asynccontextmanager
    async def work() -> AsyncIterator[Direct]:
        yield direct

    kept = recognition.unit_of_work
    object.__setattr__(recognition, "unit_of_work", work)
    try:
        feed: Dispatcher = app.dispatcher
        await asyncio.gather(*(feed.feed_raw_update(app.bot, one) for one in updates(0)))
    finally:
        object.__setattr__(recognition, "unit_of_work", kept)


async def kept(app: App, wire: Wire, first: int) -> None:
    """Until every answer has left and is written down as sent."""
    sending = asyncio.ensure_future(app.sender.run())
    before = len(wire.calls)
    batch = updates(first)
    for start in range(0, UPDATES, 100):
        await app.intake.keep(batch[start : start + 100])
    while len(wire.calls) - before < UPDATES:  # noqa: ASYNC110  # the wire has no event
        await asyncio.sleep(0.002)
    app.sender.stop.set()
    await sending
    await app.sender.drain(10)
    app.sender.stop.clear()
    await app.intake.drain(10)


async def measure() -> dict[str, float]:
    wire = Wire()
    spent: dict[str, list[tuple[float, float]]] = {"bare": [], "kept": []}
    with tempfile.TemporaryDirectory() as place:
        async with app_in(Path(place), wire) as app:
            for number in range(ROUNDS + 1):
                for name, rows in spent.items():
                    begun, worked = perf_counter(), process_time()
                    if name == "bare":
                        await bare(app)
                    else:
                        await kept(app, wire, UPDATES * (number + 1))
                    rows.append((perf_counter() - begun, process_time() - worked))
    each = 1000 / UPDATES
    wall = {name: median(took for took, _ in rows[1:]) * each for name, rows in spent.items()}
    work = {name: median(took for _, took in rows[1:]) * each for name, rows in spent.items()}
    return {
        "bare_ms": round(wall["bare"], 2),
        "kept_ms": round(wall["kept"], 2),
        "ratio": round(wall["kept"] / wall["bare"], 2),
        "bare_cpu_ms": round(work["bare"], 2),
        "kept_cpu_ms": round(work["kept"], 2),
        "cpu_ratio": round(work["kept"] / work["bare"], 2),
    }


def run() -> dict[str, float]:
    return asyncio.run(measure())


if __name__ == "__main__":
    print(run())
