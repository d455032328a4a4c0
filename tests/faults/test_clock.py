"""The clock jumps, the program sleeps, the loop stalls: each period has its digest, once."""

import asyncio
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import schedule as scheduling
from bot.digest_job import weekly_digest
from bot.figures import for_figures
from bot.render import Renderer
from bot.schedule import Due, Schedule
from services.access import Role
from services.digest_schedule import JOB
from services.ids import SchoolId
from services.people import Newcomer, People, UserId
from storage.database import Database
from tests.bot.servers import eventually
from tests.conftest import FrozenClock

Record = Callable[[str, object], None]
ZONES = ["Europe/Moscow", "Europe/Kaliningrad", "Europe/Berlin", "Asia/Kamchatka"]


async def schedule_of(database: Database, clock: FrozenClock, zone: str) -> Schedule:
    """A school with a director, since a month before anything happens."""
    before = clock.now() - timedelta(days=30)
    async with database.unit_of_work() as work:
        school = await work.schools.add(name="", timezone=zone, at=before)
        newcomer = Newcomer(user=UserId(1), name="Имя")
        person = await work.people.admit(newcomer, school=school, staff=None, at=before)
        await work.people.give(person, Role.DIRECTOR, given_by=None, at=before)
    people = People(unit_of_work=database.unit_of_work, reading=database.reading, clock=clock)
    provided = for_figures(database, clock=clock, people=people, renderer=Renderer())
    job = weekly_digest(database, clock, provided["digests"])
    return Schedule(database=database, clock=clock, jobs=[job], pause=0.0)


def ledger(database: Database) -> Counter[str]:
    with closing(sqlite3.connect(database.file or "")) as base:
        return Counter(
            period for (period,) in base.execute("SELECT period FROM job_runs WHERE job=?", [JOB])
        )


def sent_twice(database: Database) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(database.file or "")) as base:
        return base.execute(
            "SELECT chat, dedupe FROM outbox GROUP BY chat, dedupe HAVING count(*) > 1"
        ).fetchall()


@pytest.mark.parametrize("seed", range(4))
async def test_a_jumping_clock_brings_each_digest_once(
    database: Database, clock: FrozenClock, seed: int, record_property: Record
) -> None:
    """Back two hours, forward three days, small steps; every week that a look met is there."""
    chance, zone = random.Random(seed), ZONES[seed % len(ZONES)]  # noqa: S311  # repeatable
    clock.moment = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    schedule = await schedule_of(database, clock, zone)
    job = schedule.jobs[0]
    expected: set[str] = set()
    for _ in range(60):
        clock.move(hours=chance.choice([-2, -1, 0.4, 1, 3, 12, 72]))
        expected |= {due.period for due in await job.due(clock.now())}
        await schedule.tick()
    assert ledger(database) == Counter(expected)
    assert sent_twice(database) == []
    record_property("figures", f"{zone}: looks 60, periods {len(expected)}, each 1")


@pytest.mark.parametrize(
    ("moment", "periods"),
    [
        ("2026-10-24T15:59:59", 0),
        ("2026-10-30T14:59:59", 0),
        ("2026-10-30T15:00:00", 1),
    ],
)
async def test_an_hour_keeps_its_place_on_the_wall_when_summer_time_ends(
    database: Database, clock: FrozenClock, moment: str, periods: int
) -> None:
    """In Berlin 16:00 is 14:00 UTC until 24 October and 15:00 from 25 October on."""
    clock.moment = datetime(2026, 10, 23, 14, 0, tzinfo=UTC)
    schedule = await schedule_of(database, clock, "Europe/Berlin")
    await schedule.tick()
    assert clock.now().astimezone(ZoneInfo("Europe/Berlin")).hour == 16
    before = len(ledger(database))
    clock.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    await schedule.tick()
    assert (before, len(ledger(database)) - before) == (1, periods)


@pytest.mark.parametrize("down", [{"hours": 1}, {"days": 2}, {"weeks": 3}])
async def test_a_start_after_the_hour_catches_up_once(
    database: Database, clock: FrozenClock, down: dict[str, float]
) -> None:
    clock.moment = datetime(2026, 11, 20, 12, 59, tzinfo=UTC)
    schedule = await schedule_of(database, clock, "Europe/Moscow")
    await schedule.tick()
    before = ledger(database)
    clock.move(**down)
    clock.move(minutes=1)
    for _ in range(3):
        await Schedule(database=database, clock=clock, jobs=list(schedule.jobs), pause=0.0).tick()
    assert len(ledger(database) - before) == 1
    assert max(ledger(database).values()) == 1


async def test_a_school_that_changes_its_zone_gets_no_digest_twice(
    database: Database, clock: FrozenClock
) -> None:
    clock.moment = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
    schedule = await schedule_of(database, clock, "Asia/Kamchatka")
    await schedule.tick()
    async with database.unit_of_work() as work:
        school = await work.schools.get(SchoolId(1))
        await work.schools.save(type(school)(id=school.id, name="", timezone="Europe/Moscow"))
    for _ in range(30):
        clock.move(hours=1)
        await schedule.tick()
    assert set(ledger(database).values()) == {1}
    assert sent_twice(database) == []


@dataclass
class Counting:
    """Due once, at a moment that the stall covers."""

    at: datetime
    database: Database
    name: str = "counting"
    runs: list[str] = field(default_factory=list)

    async def due(self, now: datetime) -> Sequence[Due]:
        return [Due(SchoolId(1), "once")] if now >= self.at else []

    async def run(self, due: Due) -> None:
        self.runs.append(due.period)
        async with self.database.unit_of_work() as work:
            await work.job_runs.claim(self.name, due.school, due.period)


@pytest.mark.parametrize("stall", [1.5, pytest.param(5.0, marks=pytest.mark.long)])
async def test_a_stalled_loop_skips_nothing(
    database: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch, stall: float
) -> None:
    """A scheduler of jobs would drop what fell due while the loop stood still."""
    monkeypatch.setattr(scheduling, "TICK", 0.05)
    job = Counting(clock.now() + timedelta(seconds=3), database)
    schedule, stop = Schedule(database=database, clock=clock, jobs=[job]), asyncio.Event()
    running = asyncio.ensure_future(schedule.run(stop))
    await asyncio.sleep(0.1)
    clock.move(seconds=5)
    time.sleep(stall)  # noqa: ASYNC251  # that is the fault
    await eventually(lambda: bool(job.runs))
    stop.set()
    await running
    assert job.runs == ["once"]


async def test_a_ledger_that_cannot_be_read_ends_no_schedule(
    database: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk or the way to the server fails at the look; at the next one all is done."""
    job = Counting(clock.now(), database)
    schedule = Schedule(database=database, clock=clock, jobs=[job])
    done, left = Schedule.done, [OSError("no line")]

    async def failing(self: Schedule, name: str, due: Due) -> bool:
        if left:
            raise left.pop()
        return await done(self, name, due)

    monkeypatch.setattr(Schedule, "done", failing)
    await schedule.tick()
    assert job.runs == []
    await schedule.tick()
    assert job.runs == ["once"]
