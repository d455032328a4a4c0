import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.schedule import Due, Schedule, Weekly, week_of
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from storage.database import Database
from tests.bot.servers import eventually
from tests.conftest import FrozenClock

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = Weekly(4, time(16), MOSCOW)
SCHOOL = SchoolId(1)


@dataclass(slots=True)
class Digest:
    """The smallest real job: one letter a week."""

    database: Database
    hour: Weekly = FRIDAY
    fails: int = 0
    name: str = "weekly"
    runs: list[str] = field(default_factory=list)

    async def due(self, now: datetime) -> Sequence[Due]:
        return [Due(SCHOOL, week_of(self.hour.latest(now), self.hour.zone))]

    async def run(self, due: Due) -> None:
        self.runs.append(due.period)
        async with self.database.unit_of_work() as work:
            if await work.job_runs.claim(self.name, due.school, due.period):
                await work.outbox.put(Letter(school=SCHOOL, chat=ChatId(5), kind=due.period))
            if self.fails:
                self.fails -= 1
                raise ZeroDivisionError


async def letters(database: Database) -> int:
    async with database.reading() as work:
        return sum((await work.outbox.counts()).values())


@pytest.fixture
def digest(database: Database) -> Digest:
    return Digest(database)


@pytest.fixture
def schedule(database: Database, clock: FrozenClock, digest: Digest) -> Schedule:
    return Schedule(database=database, clock=clock, jobs=[digest], pause=0.0)


async def test_a_period_runs_once_however_often_it_ticks(
    schedule: Schedule, digest: Digest, clock: FrozenClock
) -> None:
    for _ in range(5):
        await schedule.tick()
        clock.move(hours=1)
    assert digest.runs == ["2026-W47"]


async def test_every_week_has_its_own(
    schedule: Schedule, digest: Digest, clock: FrozenClock
) -> None:
    for _ in range(3):
        await schedule.tick()
        clock.move(days=7)
    assert digest.runs == ["2026-W47", "2026-W48", "2026-W49"]


@pytest.mark.parametrize("down", [timedelta(hours=1), timedelta(days=2), timedelta(weeks=3)])
async def test_what_was_missed_is_caught_up_once(
    schedule: Schedule, digest: Digest, clock: FrozenClock, down: timedelta
) -> None:
    await schedule.tick()
    clock.moment = datetime(2026, 11, 27, 12, 59, tzinfo=UTC) + down
    for _ in range(3):
        await schedule.tick()
    assert len(digest.runs) == 2


async def test_a_clock_set_back_brings_nothing_twice(
    schedule: Schedule, digest: Digest, clock: FrozenClock
) -> None:
    await schedule.tick()
    clock.move(hours=-2)
    await schedule.tick()
    clock.move(hours=2)
    await schedule.tick()
    assert digest.runs.count("2026-W47") == 1


async def test_a_new_process_sees_what_the_old_one_did(
    schedule: Schedule, database: Database, clock: FrozenClock
) -> None:
    await schedule.tick()
    again = Digest(database)
    await Schedule(database=database, clock=clock, jobs=[again]).tick()
    assert again.runs == []


async def test_a_job_that_fails_undoes_its_letter_and_is_tried_again(
    schedule: Schedule, digest: Digest, database: Database
) -> None:
    digest.fails = 1
    await schedule.tick()
    assert await letters(database) == 0
    await schedule.tick()
    assert (await letters(database), len(digest.runs)) == (1, 2)


async def test_a_job_that_fails_rests_before_it_is_tried_again(
    database: Database, clock: FrozenClock, digest: Digest
) -> None:
    digest.fails = 1
    resting = Schedule(database=database, clock=clock, jobs=[digest], pause=60.0)
    await resting.tick()
    await resting.tick()
    assert len(digest.runs) == 1


async def test_one_job_s_bug_does_not_stop_the_next(
    database: Database, clock: FrozenClock, digest: Digest
) -> None:
    broken = Digest(database, fails=9, name="broken")
    await Schedule(database=database, clock=clock, jobs=[broken, digest]).tick()
    assert digest.runs == ["2026-W47"]


async def test_a_job_that_claims_nothing_does_not_run_at_every_tick(
    database: Database, clock: FrozenClock
) -> None:
    class Forgetful(Digest):
        async def run(self, due: Due) -> None:
            self.runs.append(due.period)

    forgetful = Forgetful(database)
    schedule = Schedule(database=database, clock=clock, jobs=[forgetful])
    await schedule.tick()
    await schedule.tick()
    assert len(forgetful.runs) == 1


async def test_a_wake_up_looks_at_once(
    schedule: Schedule, digest: Digest, clock: FrozenClock
) -> None:
    stop = asyncio.Event()
    running = asyncio.ensure_future(schedule.run(stop))
    await eventually(lambda: len(digest.runs) == 1)
    clock.move(days=7)
    schedule.wake()
    await eventually(lambda: len(digest.runs) == 2)
    stop.set()
    await running


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        ("2026-11-20T15:59+03:00", "2026-11-13T16:00+03:00"),
        ("2026-11-20T16:00+03:00", "2026-11-20T16:00+03:00"),
        ("2026-11-22T00:30+03:00", "2026-11-20T16:00+03:00"),
        ("2026-11-27T15:00+03:00", "2026-11-20T16:00+03:00"),
    ],
)
def test_the_latest_hour_is_the_one_not_after_now(now: str, latest: str) -> None:
    assert FRIDAY.latest(datetime.fromisoformat(now)) == datetime.fromisoformat(latest)


def test_the_following_hour_is_a_week_later_on_the_school_s_clock() -> None:
    hour = Weekly(4, time(16), BERLIN)
    before = datetime.fromisoformat("2026-10-23T16:00+02:00")
    assert hour.following(before) == datetime.fromisoformat("2026-10-30T16:00+01:00")


def test_an_hour_that_summer_time_skips_comes_just_after() -> None:
    hour = Weekly(6, time(2, 30), BERLIN)
    night = datetime(2026, 3, 29, 12, tzinfo=UTC)
    assert hour.latest(night) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


async def test_a_week_with_two_equal_hours_runs_once(
    database: Database, clock: FrozenClock
) -> None:
    night = Digest(database, hour=Weekly(6, time(2, 30), BERLIN))
    schedule = Schedule(database=database, clock=clock, jobs=[night])
    clock.moment = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    for _ in range(9):
        await schedule.tick()
        clock.move(minutes=15)
    assert night.runs.count("2026-W43") == 1


def test_the_week_is_that_of_the_school_s_zone() -> None:
    sunday_night = datetime(2026, 11, 22, 22, tzinfo=UTC)
    assert week_of(sunday_night, ZoneInfo("UTC")) == "2026-W47"
    assert week_of(sunday_night, MOSCOW) == "2026-W48"
