"""A full disk, a lock held by another, torn images, broken pages, copies made meanwhile."""

import asyncio
import random
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from aiogram import Dispatcher
from sqlalchemy import text

from bot.backups import Backups
from bot.cli.refusals import explain
from bot.intake import Intake
from bot.polling import Poller
from storage.backup import make, restore
from storage.database import DamagedDatabaseError, Database
from storage.engines import LOCK_WAIT_MS
from storage.inbox import Arrival
from storage.migrations.migrate import upgrade
from tests.bot.servers import eventually
from tests.bot.wire import Wire, bot_over
from tests.conftest import FrozenClock
from tests.faults.lives import Forked, cradle
from tests.faults.messenger import written
from tests.faults.mortal import BOT

Record = Callable[[str, object], None]


def integrity(file: Path) -> str:
    with closing(sqlite3.connect(file)) as base:
        return str(base.execute("PRAGMA integrity_check").fetchone()[0])


class Queue(Wire):
    """Repeats what was not confirmed, as the messenger does."""

    def __init__(self, updates: list[dict[str, Any]]) -> None:
        super().__init__(self.reply)
        self.updates = updates
        self.offset = 0

    def reply(self, method: Any) -> object:
        if method.__api_method__ != "getUpdates":
            return None
        self.offset = max(self.offset, method.offset or 0)
        return [one for one in self.updates if one["update_id"] >= self.offset]


@asynccontextmanager
async def polled(database: Database, count: int) -> AsyncIterator[tuple[Queue, list[int]]]:
    """A poller over ``count`` updates; whose messages were handled is noted."""
    queue = Queue([written(number, number) for number in range(1, count + 1)])
    bot, stop, handled = bot_over(queue), asyncio.Event(), []
    dispatcher = Dispatcher()

    async def take(message: Any) -> None:
        handled.append(message.message_id)

    dispatcher.message.register(take)
    intake = Intake(bot=bot, dispatcher=dispatcher, database=database, stop=stop, pause=0.0)
    poller = Poller(bot=bot, keep=intake.keep, stop=stop, kinds=[])
    poller.backoff.first = poller.backoff.limit = 0.02
    running = asyncio.ensure_future(poller.run())
    try:
        yield queue, handled
    finally:
        stop.set()
        await running
        await intake.drain(5)


async def pragma(database: Database, words: str) -> int:
    async with database.aside() as work:
        return int((await work.connection.execute(text(f"PRAGMA {words}"))).scalar() or 0)


async def test_a_full_disk_confirms_nothing_and_recovers_by_itself(
    database: Database, record_property: Record
) -> None:
    pages = await pragma(database, "page_count")
    await pragma(database, f"max_page_count = {pages}")
    async with polled(database, 300) as (queue, handled):
        await eventually(lambda: len(queue.calls) > 5)
        assert (queue.offset, handled) == (0, [])
        await pragma(database, "max_page_count = 1000000")
        await eventually(lambda: len(handled) == 300)
    assert sorted(handled) == list(range(1, 301))
    assert database.file is not None
    assert integrity(database.file) == "ok"
    record_property("figures", "updates 300, lost 0, integrity ok")


@pytest.mark.parametrize(
    ("wait", "held"), [(20, 0.2), pytest.param(LOCK_WAIT_MS, 30.0, marks=pytest.mark.long)]
)
async def test_a_lock_held_by_another_program_confirms_nothing_until_it_goes(
    database: Database, record_property: Record, wait: int, held: float
) -> None:
    """The long one as it is: half a minute, and the patience that the bot has."""
    assert database.file is not None
    await pragma(database, f"busy_timeout = {wait}")
    with closing(sqlite3.connect(database.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = perf_counter()
        async with polled(database, 50) as (queue, handled):
            await asyncio.sleep(held)
            await eventually(lambda: len(queue.calls) > 5, 60)
            assert (queue.offset, handled) == (0, [])
            held = perf_counter() - begun
            other.rollback()
            await eventually(lambda: len(handled) == 50)
    record_property("figures", f"held {held:.1f} s, updates 50, lost 0")


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


async def image(life: Forked, home: Path, number: int) -> tuple[Path, int]:
    """The files as they are at one instant of the writer's life, and what it had confirmed."""
    life.send(signal.SIGSTOP)
    await eventually(lambda: state_of(life.pid) == "T")
    confirmed = int((home / "confirmed").read_bytes() or b"0")
    place = home / f"image-{number}"
    place.mkdir()
    for part in ("yozh.db", "yozh.db-wal"):
        if (home / part).exists():
            shutil.copy(home / part, place / part)
    life.send(signal.SIGCONT)
    return place, confirmed


def broken(place: Path, confirmed: int) -> bool:
    """Whether something that was confirmed is not in the image, or there is a hole in it."""
    with closing(sqlite3.connect(place / "yozh.db")) as base:
        sound = base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        count, last = base.execute("SELECT count(*), max(update_id) FROM inbox").fetchone()
    return not sound or count != last or last < confirmed


@pytest.mark.parametrize("images", [40, pytest.param(500, marks=pytest.mark.long)])
async def test_an_image_torn_at_any_instant_holds_what_was_confirmed(
    tmp_path: Path, record_property: Record, images: int
) -> None:
    chance, violations, depth = random.Random(images), 0, 0  # noqa: S311  # repeatable
    async with cradle(tmp_path, "tests.faults.mortal") as place:
        life = await place.begin("tests.faults.mortal:write", str(tmp_path / "confirmed"))
        await eventually((tmp_path / "confirmed").exists)
        await eventually(lambda: (tmp_path / "confirmed").stat().st_size > 0)
        for number in range(images):
            await asyncio.sleep(chance.uniform(0, 0.02))
            taken, confirmed = await image(life, tmp_path, number)
            violations += broken(taken, confirmed)
            depth = max(depth, confirmed)
            shutil.rmtree(taken)
        life.send(signal.SIGKILL)
        await life.ended()
    record_property("figures", f"images {images} over {depth} commits, violations {violations}")
    assert violations == 0
    assert depth > images


def test_an_image_without_its_log_is_seen_to_be_broken(tmp_path: Path) -> None:
    """The negative control: a copy of the database file alone loses what was confirmed."""
    with closing(sqlite3.connect(tmp_path / "yozh.db")) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("CREATE TABLE inbox (update_id INTEGER PRIMARY KEY)")
        base.commit()
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.executemany("INSERT INTO inbox VALUES (?)", [(1,), (2,)])
        base.commit()
        (tmp_path / "alone").mkdir()
        shutil.copy(tmp_path / "yozh.db", tmp_path / "alone")
        assert broken(tmp_path / "alone", 2)


@pytest.fixture
async def full_file(tmp_path: Path, clock: FrozenClock) -> Path:
    """A brought-up database of some hundred pages."""
    database = Database.open(f"sqlite+aiosqlite:///{tmp_path / 'yozh.db'}", clock=clock)
    await upgrade(database, copies=tmp_path)
    async with database.aside() as work:
        many = [Arrival(update_id=n, chat=n, raw=f'"{"слово " * 50}"') for n in range(600)]
        await work.inbox.take(BOT, many)
    await database.close()
    return tmp_path / "yozh.db"


async def refused(file: Path, clock: FrozenClock) -> bool:
    database = Database.open(f"sqlite+aiosqlite:///{file}", clock=clock)
    try:
        await database.check()
    except DamagedDatabaseError:
        return True
    finally:
        await database.close()
    return False


async def test_a_broken_page_is_no_silent_start(
    full_file: Path, clock: FrozenClock, record_property: Record
) -> None:
    whole = full_file.read_bytes()
    chance, size = random.Random(31), 4096  # noqa: S311  # repeatable
    pages = chance.sample(range(len(whole) // size), 40)
    silent = []
    for page in pages:
        spoiled = bytearray(whole)
        spoiled[page * size : (page + 1) * size] = chance.randbytes(size)
        full_file.write_bytes(spoiled)
        if not await refused(full_file, clock):
            silent.append(page)
    full_file.write_bytes(whole)
    assert not await refused(full_file, clock)
    record_property("figures", f"pages {len(pages)}, silent starts {len(silent)}")
    assert silent == []


def test_a_refusal_for_damage_names_the_newest_copy(full_file: Path, tmp_path: Path) -> None:
    made = make(full_file, tmp_path / "backups" / "yozh-20261120-033000.db")
    said = explain(DamagedDatabaseError("page 7"), tmp_path)
    assert said is not None
    assert str(made.file) in said


async def test_a_copy_made_while_others_write_holds_all_that_was_confirmed_before(
    full_file: Path, tmp_path: Path, clock: FrozenClock, record_property: Record
) -> None:
    database = Database.open(f"sqlite+aiosqlite:///{full_file}", clock=clock)
    stop, confirmed = asyncio.Event(), 600

    async def write() -> None:
        nonlocal confirmed
        while not stop.is_set():
            async with database.aside() as work:
                arrival = Arrival(update_id=confirmed, chat=1, raw='"x"')
                await work.inbox.take(BOT, [arrival])
            confirmed += 1

    writing = asyncio.ensure_future(write())
    backups, taken = Backups(database=database, directory=tmp_path), []
    for number in range(6):
        await eventually(lambda n=number: confirmed > 600 + 30 * n)  # type: ignore[misc]
        before = confirmed
        taken.append((await backups.make(tmp_path / f"copy-{number}"), before))
    stop.set()
    await writing
    await database.close()

    spent = []
    for made, before in taken:
        begun = perf_counter()
        put_back = restore(made.file, full_file, kept=tmp_path / "kept" / made.file.name)
        again = Database.open(f"sqlite+aiosqlite:///{full_file}", clock=clock)
        await again.check()
        assert not await upgrade(again, copies=tmp_path)
        async with again.reading() as work:
            found = await work.connection.execute(
                text("SELECT count(*), max(update_id) + 1 FROM inbox")
            )
            count, last = found.one()
        await again.close()
        spent.append(perf_counter() - begun)
        assert count == last >= before
        assert put_back.rows == made.rows
    record_property("figures", f"copies {len(taken)}, lost 0, back in {max(spent):.2f} s")
