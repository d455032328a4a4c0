"""The way to the server is cut in the middle of a transaction, or the server dies: F27."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Dispatcher
from aiogram.types import Message
from sqlalchemy import AdaptedConnection, Connection, event

import storage.database as storage_database
from bot.digest_job import weekly_digest
from bot.figures import for_figures
from bot.intake import Intake
from bot.polling import Poller
from bot.render import Renderer
from bot.schedule import Schedule
from services.digest_schedule import JOB
from services.ids import ChatId
from services.outgoing import Letter
from services.people import People
from storage.database import Database
from tests.bot.servers import eventually
from tests.bot.wire import bot_over
from tests.conftest import FrozenClock
from tests.faults.cluster import Cluster
from tests.faults.messenger import written
from tests.faults.test_disk import Queue
from tests.filled import FRIDAY

pytestmark = pytest.mark.xdist_group("postgresql")
Record = Callable[[str, object], None]
PERSON = """
INSERT INTO people (id, school, "user", name, language, created_at)
VALUES (1, 1, 1, 'Имя', 'ru', 0)
"""
ROLE = "INSERT INTO person_roles (school, person, role, since) VALUES (1, 1, 'director', 0)"
GROUP = """
INSERT INTO bound_chats (school, chat, title, bound_at, active) VALUES (1, -100, '', 0, true)
"""
WEEK_BEFORE = f"""
INSERT INTO job_runs (job, school, period, at) VALUES ('{JOB}', 1, '2026-W46', 0)
"""  # noqa: S608  # our own name
CUT = "SELECT pg_terminate_backend($1, 5000)"


@dataclass(slots=True)
class Cuts:
    """Ends sessions of the database where ``chance`` says: before a «statement» or a «commit».

    «answer» is a commit that the server has done and whose answer is lost.
    """

    cluster: Cluster
    database: Database
    chance: Callable[[str], bool]
    made: Counter[str] = field(default_factory=Counter)

    def statement(self, connection: Connection, *_: Any) -> None:
        if self.chance("statement"):
            self._cut(connection, "statement")

    def commit(self, connection: Connection) -> None:
        for kind in ("commit", "answer"):
            if self.chance(kind):
                self._cut(connection, kind)
                return

    def _cut(self, connection: Connection, kind: str) -> None:
        """At the server, so that the driver hears of it as it would from a lost line."""
        self.made[kind] += 1
        adapted = connection.connection.dbapi_connection
        assert isinstance(adapted, AdaptedConnection)

        async def cut(driver: Any) -> None:
            if kind == "answer":
                await driver.execute("COMMIT")
            await self.cluster.ask("postgres", CUT, driver.get_server_pid())

        adapted.run_async(cut)

    @contextmanager
    def on(self) -> Iterator["Cuts"]:
        engine = self.database.writer.sync_engine
        event.listen(engine, "before_cursor_execute", self.statement)
        event.listen(engine, "commit", self.commit)
        try:
            yield self
        finally:
            event.remove(engine, "before_cursor_execute", self.statement)
            event.remove(engine, "commit", self.commit)


@pytest.fixture
async def empty(cluster: Cluster, empty_there: str, clock: FrozenClock) -> AsyncIterator[Database]:
    name = await cluster.fresh(empty_there)
    opened = Database.open(cluster.url(name), clock=clock)
    yield opened
    await opened.close()
    await cluster.ask("postgres", f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def answering(database: Database, count: int) -> AsyncIterator[Callable[[], int]]:
    """A poller over ``count`` updates each of which puts a letter; how many updates have ended."""
    queue = Queue([written(number, 1000 + number % 20) for number in range(1, count + 1)])
    bot, stop, handled = bot_over(queue), asyncio.Event(), Counter[int]()
    dispatcher = Dispatcher()

    async def take(message: Message) -> None:
        letter = Letter(
            school=None, chat=ChatId(message.chat.id), kind="help", reply_to=message.message_id
        )
        async with database.unit_of_work() as work:
            await work.outbox.put(letter)
        handled[message.message_id] += 1

    dispatcher.message.register(take)
    intake = Intake(bot=bot, dispatcher=dispatcher, database=database, stop=stop, pause=0.0)
    poller = Poller(bot=bot, keep=intake.keep, stop=stop, kinds=[])
    poller.backoff.first = poller.backoff.limit = 0.02
    running = asyncio.ensure_future(poller.run())
    try:
        yield lambda: len(handled)
    finally:
        stop.set()
        await running
        await intake.drain(5)


async def effects(database: Database) -> tuple[Counter[int], set[str]]:
    """How many letters each update made, and in which states the updates are."""
    async with database.reading() as work:
        letters = await work.connection.exec_driver_sql("SELECT reply_to FROM outbox")
        states = await work.connection.exec_driver_sql("SELECT DISTINCT state FROM inbox")
        return Counter(letters.scalars()), set(states.scalars())


async def suffered(
    cluster: Cluster, database: Database, count: int, seed: int, *kinds: str
) -> Cuts:
    """``count`` updates handled while sessions are cut."""
    chance = random.Random(seed)  # noqa: S311  # repeatable
    cuts = Cuts(cluster, database, lambda kind: kind in kinds and chance.random() < 1 / 12)
    async with answering(database, count) as handled:
        with cuts.on():
            await eventually(lambda: handled() == count, 120)
    return cuts


@pytest.mark.parametrize("count", [40, pytest.param(400, marks=pytest.mark.long)])
async def test_a_session_cut_in_a_transaction_loses_and_doubles_nothing(
    cluster: Cluster, empty: Database, record_property: Record, count: int
) -> None:
    cuts = await suffered(cluster, empty, count, 27, "statement", "commit", "answer")
    letters, states = await effects(empty)
    figures = f"updates {count}, cuts {dict(cuts.made)}, seed 27"
    record_property("figures", f"{figures}, lost 0, doubled 0")
    assert letters == Counter(range(1, count + 1))
    assert states == {"done"}
    assert set(cuts.made) == {"statement", "commit", "answer"}


async def test_without_the_question_what_became_of_a_commit_effects_double(
    cluster: Cluster, empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: an answer that is lost is taken for a commit that is not done."""
    monkeypatch.setattr(storage_database, "committed", lambda connection: connection.commit())
    cuts = await suffered(cluster, empty, 40, 27, "answer")
    letters, _ = await effects(empty)
    assert cuts.made["answer"] > 0
    assert max(letters.values()) > 1


@pytest.mark.long
async def test_a_server_that_dies_and_comes_back_loses_nothing(
    cluster: Cluster, empty: Database, record_property: Record
) -> None:
    async with answering(empty, 400) as handled:
        for least in (20, 150, 280):
            await eventually(lambda: handled() > least)  # noqa: B023  # waited for at once
            await asyncio.to_thread(cluster.stop)
            await asyncio.to_thread(cluster.start)
        await eventually(lambda: handled() == 400, 120)
    letters, states = await effects(empty)
    record_property("figures", "deaths of the server 3, updates 400, lost 0, doubled 0")
    assert letters == Counter(range(1, 401))
    assert states == {"done"}


def schedule_of(database: Database, clock: FrozenClock) -> Schedule:
    people = People(unit_of_work=database.unit_of_work, reading=database.reading, clock=clock)
    provided = for_figures(database, clock=clock, people=people, renderer=Renderer())
    job = weekly_digest(database, clock, provided["digests"])
    return Schedule(database=database, clock=clock, jobs=[job], pause=0.0)


def only(number: int) -> Callable[[str], bool]:
    """The ``number``-th statement; a commit whose answer is lost counts as one."""
    left = iter([False] * (number - 1) + [True])
    return lambda kind: kind != "commit" and next(left, False)


async def settle(cluster: Cluster, name: str) -> None:
    """A director and a bound group in the generated school, which had the digest before."""
    for statement in (PERSON, ROLE, GROUP, WEEK_BEFORE):
        await cluster.ask(name, statement)


@pytest.mark.parametrize("every", [47, pytest.param(3, marks=pytest.mark.long)])
async def test_a_digest_cut_at_a_statement_comes_once(
    cluster: Cluster, school_there: str, record_property: Record, every: int
) -> None:
    clock, cut, at = FrozenClock(FRIDAY), True, 0
    template = await cluster.fresh(school_there)
    await settle(cluster, template)
    while cut:
        at += every
        name = await cluster.fresh(template)
        database = Database.open(cluster.url(name), clock=clock)
        with Cuts(cluster, database, only(at)).on() as cuts:
            await schedule_of(database, clock).tick()
        cut = bool(cuts.made)
        await schedule_of(database, clock).tick()
        await database.close()
        letters = await cluster.ask(name, "SELECT chat, count(*) FROM outbox GROUP BY 1 ORDER BY 1")
        runs = await cluster.ask(name, "SELECT period FROM job_runs WHERE job = $1", JOB)
        assert (letters, runs) == ([(-100, 1), (1, 1)], [("2026-W46",), ("2026-W47",)]), at
        await cluster.ask("postgres", f"DROP DATABASE {name}")
    record_property("figures", f"cuts {at // every - 1}, digests a period 1")
    assert at // every > 3
