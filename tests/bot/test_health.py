"""/live, /ready and /metrics; what the watchdog and the nightly copy do on time."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession

from bot.backups import Backups, NightlyBackup
from bot.health import HealthServer, Lag
from bot.limits import Limits
from bot.schedule import Due, Schedule
from bot.watch import LATE, WHOLE_PROCESS, Watchdog
from services.access import Role
from services.contact import Contact
from services.digest_schedule import JOB
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from services.people import Newcomer, UserId
from storage.database import Database
from storage.inbox import Arrival
from storage.migrations.migrate import upgrade
from tests.bot.servers import eventually
from tests.conftest import FrozenClock

OWNER = ChatId(1)
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
async def school(database: Database, clock: FrozenClock) -> SchoolId:
    return await with_owner(database, clock)


async def with_owner(database: Database, clock: FrozenClock) -> SchoolId:
    async with database.unit_of_work() as work:
        made = await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
        owner = Newcomer(user=UserId(OWNER), name="Иванова")
        person = await work.people.admit(owner, school=made, staff=None, at=clock.now())
        await work.people.give(person, Role.ADMINISTRATOR, given_by=None, at=clock.now())
    return made


async def letters(database: Database) -> list[Letter]:
    """What waits to be sent, each leased once."""
    found = []
    async with database.aside() as work:
        while rows := await work.outbox.heads(busy=(), limit=99):
            found += await work.outbox.lease(rows)
    return [one.letter for one in found]


@asynccontextmanager
async def served(database: Database, **more: str) -> AsyncIterator[HealthServer]:
    server = HealthServer(
        database=database,
        limits=Limits(),
        stop=asyncio.Event(),
        listen=more.get("listen", "127.0.0.1:0"),
    )
    running = asyncio.ensure_future(server.run())
    await eventually(lambda: bool(server.address) or bool(more))
    try:
        yield server
    finally:
        server.stop.set()
        await running


async def asked(server: HealthServer, path: str) -> tuple[int, str]:
    async with ClientSession() as client, client.get(f"{server.address}{path}") as answer:
        return answer.status, await answer.text()


async def test_a_healthy_process_is_live_and_ready(database: Database) -> None:
    async with served(database) as server:
        assert await asked(server, "/live") == (200, "live\n")
        assert await asked(server, "/ready") == (200, "ready\n")


async def test_a_process_without_its_database_is_not_ready(
    database: Database, tmp_path: Path
) -> None:
    async with served(database) as server:
        await database.close()
        for part in tmp_path.glob("yozh.db*"):
            part.rename(part.with_name(f"gone-{part.name}"))
        assert (await asked(server, "/live"))[0] == 200
        assert (await asked(server, "/ready"))[0] == 503
        assert (await asked(server, "/metrics"))[0] == 503


async def test_the_figures_are_those_of_the_books(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    async with database.aside() as work:
        kept = await work.inbox.take(42, [Arrival(update_id=n, chat=5, raw="{}") for n in (1, 2)])
        await work.inbox.set_aside(kept[0].row, error="x")
        await work.outbox.put(Letter(school=None, chat=OWNER, kind="hello"))
        await work.job_runs.claim(JOB, school, "2026-W47")
        noted = {"at": clock.now().isoformat(), "file": "a", "size": 1, "rows": 1, "sealed": True}
        await work.process.note("backup", noted)
    clock.move(seconds=90)
    async with served(database) as server:
        server.limits.refuse(5, 0)
        _, text = await asked(server, "/metrics")
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if line[:1] not in {"#", ""})
    noted_at = clock.now().timestamp() - 90
    assert float(figures.pop("yozh_loop_lag_seconds")) >= 0
    assert {name: float(value) for name, value in figures.items()} == {
        "yozh_inbox_updates": 1,
        "yozh_inbox_age_seconds": 90,
        "yozh_inbox_aside": 1,
        "yozh_outbox_letters": 1,
        "yozh_outbox_age_seconds": 90,
        "yozh_outbox_dead": 0,
        "yozh_refusals_total": 1,
        "yozh_last_digest_timestamp_seconds": noted_at,
        "yozh_last_backup_timestamp_seconds": noted_at,
    }


async def test_a_port_that_is_taken_costs_the_endpoint_alone(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        async with served(database, listen=listen):
            await eventually(lambda: "no health endpoint: its address is taken" in caplog.messages)


async def test_a_blocked_loop_is_seen() -> None:
    lag, stop = Lag(), asyncio.Event()
    beating = asyncio.ensure_future(lag.run(stop))
    await asyncio.sleep(0)
    time.sleep(0.7)  # noqa: ASYNC251  # that is the fault
    await eventually(lambda: bool(lag.beats))
    stop.set()
    await beating
    assert 0.1 < lag.longest < 5


class Expecting:
    """A digest that is due for one period."""

    name = JOB

    def __init__(self, due: Due) -> None:
        self.expected = due
        self.asked: list[datetime] = []

    async def due(self, now: datetime) -> list[Due]:
        self.asked.append(now)
        return [self.expected]

    async def run(self, due: Due) -> None:
        raise AssertionError(due)


async def watched(database: Database, clock: FrozenClock, digest: Expecting) -> list[Letter]:
    schedule = Schedule(database=database, clock=clock, jobs=[Watchdog(database, digest)])
    await schedule.tick()
    await schedule.tick()
    return await letters(database)


async def test_a_digest_that_did_not_come_is_told_once_an_owner(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    digest = Expecting(Due(school, "2026-W47"))
    [letter] = await watched(database, clock, digest)
    clock.move(hours=1)
    again = await watched(database, clock, digest)
    assert (letter.kind, letter.chat, letter.view) == (
        "health/no-digest",
        OWNER,
        {"period": "2026-W47"},
    )
    assert again == []
    assert digest.asked == [clock.now() - LATE - timedelta(hours=1), clock.now() - LATE]


async def test_a_digest_that_came_to_all_is_no_matter(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    async with database.aside() as work:
        await work.job_runs.claim(JOB, school, "2026-W47")
    assert await watched(database, clock, Expecting(Due(school, "2026-W47"))) == []


async def test_a_chat_without_its_digest_is_told(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    async with database.aside() as work:
        await work.job_runs.claim(JOB, school, "2026-W47")
        lost = Letter(school=school, chat=ChatId(9), kind="x", dedupe=f"{JOB}:{school}:2026-W47")
        await work.outbox.put(lost)
        [posted] = await work.outbox.lease(await work.outbox.heads(busy=(), limit=9))
        await work.outbox.give_up(posted.row, state="dead", error="expired")
    [letter] = await watched(database, clock, Expecting(Due(school, "2026-W47")))
    assert (letter.kind, letter.view["chats"]) == ("health/undelivered", 1)


async def test_a_day_and_a_half_without_a_copy_is_told(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    async with database.aside() as work:
        await work.job_runs.claim(JOB, school, "2026-W47")
    clock.move(hours=37)
    [letter] = await watched(database, clock, Expecting(Due(school, "2026-W47")))
    assert (letter.kind, letter.view) == ("health/no-backup", {"last": None})


async def test_an_update_that_waits_for_long_is_told(
    database: Database, clock: FrozenClock, school: SchoolId
) -> None:
    async with database.aside() as work:
        await work.job_runs.claim(JOB, school, "2026-W47")
        await work.inbox.take(42, [Arrival(update_id=1, chat=5, raw="{}")])
    clock.move(minutes=31)
    [letter] = await watched(database, clock, Expecting(Due(school, "2026-W47")))
    assert (letter.kind, letter.view) == ("health/behind", {"since": "20.11 16:00", "count": 1})


@pytest.fixture
async def nightly(tmp_path: Path, clock: FrozenClock) -> AsyncIterator[NightlyBackup]:
    database = Database.open(f"sqlite+aiosqlite:///{tmp_path / 'real.db'}", clock=clock)
    await upgrade(database, copies=tmp_path)
    yield NightlyBackup(Backups(database=database, directory=tmp_path / "copies"), MOSCOW)
    await database.close()


async def ticked(job: NightlyBackup) -> int:
    """How many copies there are after a look at the clock."""
    database = job.backups.database
    await Schedule(database=database, clock=database.clock, jobs=[job]).tick()
    return len(list(job.backups.directory.glob("*.db")))


async def test_a_copy_is_made_each_night_and_made_up_for(
    nightly: NightlyBackup, clock: FrozenClock
) -> None:
    made = [await ticked(nightly)]
    await with_owner(nightly.backups.database, clock)
    made.append(await ticked(nightly))
    clock.move(hours=11.4)
    made.append(await ticked(nightly))
    clock.move(hours=0.2)
    made += [await ticked(nightly), await ticked(nightly)]
    clock.move(days=3)
    made.append(await ticked(nightly))
    async with nightly.backups.database.reading() as work:
        note = await work.process.noted("backup")
    assert made == [0, 0, 0, 1, 1, 2]
    assert note is not None
    assert note["at"] == clock.now().isoformat()


async def test_a_copy_that_fails_is_noted_and_tried_again(
    nightly: NightlyBackup, clock: FrozenClock
) -> None:
    await with_owner(nightly.backups.database, clock)
    clock.move(days=1)
    nightly.backups.directory.write_text("in the way")
    schedule = Schedule(database=nightly.backups.database, clock=clock, jobs=[nightly], pause=0.0)
    await schedule.tick()
    async with nightly.backups.database.reading() as work:
        note = await work.process.noted("backup")
        done = await work.job_runs.done("backup", WHOLE_PROCESS, "2026-11-21")
    nightly.backups.directory.unlink()
    await schedule.tick()
    assert (note, done) == ({"failed_at": clock.now().isoformat()}, False)
    assert len(list(nightly.backups.directory.iterdir())) == 1


@pytest.mark.parametrize(("hours", "told"), [(23.9, 0), (24.1, 1)])
async def test_more_than_a_day_of_silence_is_told_with_its_hours(
    database: Database, clock: FrozenClock, school: SchoolId, hours: float, told: int
) -> None:
    assert school

    def contact() -> Contact:
        return Contact(unit_of_work=database.aside, clock=clock)

    await contact().heard()
    clock.move(hours=hours)
    after = contact()
    await after.heard()
    await after.heard()
    found = await letters(database)
    assert len(found) == told
    if told:
        assert found[0].view == {"since": "20.11 16:00", "until": "20.11 16:06"}


async def test_a_contact_is_noted_once_a_minute(database: Database, clock: FrozenClock) -> None:
    contact = Contact(unit_of_work=database.aside, clock=clock)
    await contact.heard()
    begun = clock.now()
    clock.move(seconds=59)
    await contact.heard()
    async with database.reading() as work:
        assert await work.process.noted("heard") == {"at": begun.isoformat()}
