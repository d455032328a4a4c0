"""Two processes on one server's database: one works, and never two (F26)."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from aiogram.methods import SendMessage
from sqlalchemy.exc import DBAPIError

from bot.leading import OnlyLeader
from storage.database import Database, unavailable
from storage.leadership import Leadership, LostLeadershipError
from tests.bot.servers import eventually
from tests.bot.wire import Wire, bot_over
from tests.conftest import FrozenClock
from tests.faults.cluster import Cluster
from tests.faults.lives import WHOLE_BOT, Cradle, Forked, cradle
from tests.faults.messenger import Messenger, serving
from tests.faults.test_server_cuts import settle
from tests.filled import FRIDAY

pytestmark = pytest.mark.xdist_group("postgresql")
Record = Callable[[str, object], None]
LOOK, FRESH, GRACE = 0.02, 0.1, 0.2
ROUNDS = 6


@dataclass(slots=True)
class Replica:
    """A process's right to work, and its wire."""

    leadership: Leadership
    wire: Wire
    stop: asyncio.Event

    async def says(self, words: str) -> None:
        """To the messenger."""
        await bot_over(self.wire)(SendMessage(chat_id=5, text=words))

    async def writes(self) -> None:
        async with self.leadership.database.unit_of_work() as work:
            await work.process.note("a", {})


@pytest.fixture
async def two(
    cluster: Cluster, empty_there: str, clock: FrozenClock
) -> AsyncIterator[tuple[Replica, Replica]]:
    name = await cluster.fresh(empty_there)
    made = []
    for _ in range(2):
        database = Database.open(cluster.url(name), clock=clock)
        leadership = Leadership(database=database, look=LOOK, fresh=FRESH, grace=GRACE)
        wire = Wire()
        replica = Replica(leadership, wire, asyncio.Event())
        wire.middleware(OnlyLeader(leadership))
        made.append(replica)
    yield made[0], made[1]
    for replica in made:
        await replica.leadership.close()
        await replica.leadership.database.close()
    await cluster.ask("postgres", f"DROP DATABASE {name} WITH (FORCE)")


def name_of(replica: Replica) -> str:
    return str(replica.leadership.database.writer.url.database)


async def test_a_second_one_stands_by_until_the_first_is_gone(two: tuple[Replica, Replica]) -> None:
    first, second = two
    assert await first.leadership.take(first.stop)
    await first.writes()
    waiting = asyncio.ensure_future(second.leadership.take(second.stop))
    done, _ = await asyncio.wait({waiting}, timeout=0.3)
    assert not done

    await first.leadership.close()
    assert await waiting
    assert second.leadership.term == first.leadership.term + 1


async def test_one_that_stands_by_can_be_told_to_stop(two: tuple[Replica, Replica]) -> None:
    first, second = two
    assert await first.leadership.take(first.stop)
    waiting = asyncio.ensure_future(second.leadership.take(second.stop))
    second.stop.set()
    assert await waiting is False


async def test_one_that_slept_through_its_end_sends_and_writes_nothing(
    cluster: Cluster, two: tuple[Replica, Replica]
) -> None:
    """Its sessions were ended by the server, as of a machine that is gone; then it wakes up."""
    first, second = two
    assert await first.leadership.take(first.stop)
    await first.writes()
    await cluster.cut(name_of(first))
    assert await second.leadership.take(second.stop)
    await asyncio.sleep(GRACE)

    with pytest.raises(LostLeadershipError):
        await first.says("digest")
    with pytest.raises(LostLeadershipError):
        await first.writes()
    with pytest.raises(LostLeadershipError):
        await first.leadership.watch(first.stop)
    assert first.wire.calls == []
    await second.writes()
    await second.says("digest")
    assert second.wire.sent() == ["digest"]


async def test_whoever_takes_over_ends_what_the_other_had_begun(
    cluster: Cluster, two: tuple[Replica, Replica]
) -> None:
    """Only the session of the lock was lost; a transaction under way must not be committed."""
    first, second = two
    assert await first.leadership.take(first.stop)
    database = first.leadership.database
    with pytest.raises(DBAPIError) as ended:  # noqa: PT012  # at its commit
        async with database.unit_of_work() as work:
            await work.process.note("stale", {})
            await cluster.cut(name_of(first), but=f"yozh_terms-{first.leadership.term}")
            assert await second.leadership.take(second.stop)
    assert unavailable(ended.value)
    async with second.leadership.database.reading() as work:
        assert await work.process.noted("stale") is None


async def test_a_cut_session_of_the_lock_is_made_anew_under_the_same_term(
    cluster: Cluster, two: tuple[Replica, Replica]
) -> None:
    first, _ = two
    assert await first.leadership.take(first.stop)
    term = first.leadership.term
    await cluster.cut(name_of(first))
    watching = asyncio.ensure_future(first.leadership.watch(first.stop))
    await asyncio.sleep(FRESH * 3)
    await first.says("still here")
    first.stop.set()
    await watching
    assert first.leadership.term == term
    assert first.wire.sent() == ["still here"]


async def test_a_server_that_is_away_stops_the_wire_until_it_is_back(
    cluster: Cluster, two: tuple[Replica, Replica]
) -> None:
    first, _ = two
    assert await first.leadership.take(first.stop)
    await asyncio.to_thread(cluster.stop)
    try:
        await asyncio.sleep(FRESH * 2)
        with pytest.raises(Exception, match="out of reach"):
            await first.says("into the dark")
    finally:
        await asyncio.to_thread(cluster.start)
    await first.says("back")
    assert first.wire.sent() == ["back"]


async def test_without_terms_two_would_work(
    two: tuple[Replica, Replica], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a lock that is lost, and nobody who asks about it."""
    first, second = two
    monkeypatch.setattr(Leadership, "_under_our_term", lambda *_: None)
    assert await first.leadership.take(first.stop)
    await first.leadership._leave()
    first.leadership.fresh = 60
    assert await second.leadership.take(second.stop)
    for replica in two:
        await replica.writes()
        await replica.says("digest")
    assert first.wire.sent() == second.wire.sent() == ["digest"]


LOADED = (*WHOLE_BOT, "bot.leading", "asyncpg")
HOUR = FRIDAY
BEFORE = 6.0
"""Seconds before the digest's hour at which a round begins."""


@dataclass(slots=True)
class Process:
    """The bot in a process of its own, with a messenger that only it talks to."""

    place: Cradle
    messenger: Messenger
    address: str
    life: Forked | None = None

    async def begin(self, home: Path, url: str, now: datetime) -> None:
        home.mkdir(parents=True)
        self.messenger.posts.clear()
        self.messenger.begin(None, lambda: None)
        self.place.home = home
        self.place.settings = {
            "BOT_API_URL": self.address,
            "DATABASE_URL": url,
            "NOW": now.isoformat(),
            "SETUP_CODE": "not-shown",
        }
        self.life = await self.place.begin("tests.faults.spoiled:quick")

    def send(self, number: signal.Signals) -> None:
        assert self.life is not None
        self.life.send(number)

    async def ended(self) -> int:
        assert self.life is not None
        return await self.life.ended()

    async def says(self, words: str) -> None:
        log = self.place.home / "log.txt"
        await eventually(lambda: log.exists() and words in log.read_text(), 60)

    def told(self) -> Counter[int]:
        """How many digests each chat got from it."""
        return Counter(post.chat for post in self.messenger.posts if post.text)


@asynccontextmanager
async def process(place: Path) -> AsyncIterator[Process]:
    messenger = Messenger()
    async with serving(messenger) as address, cradle(place, *LOADED) as begun:
        made = Process(begun, messenger, address)
        try:
            yield made
        finally:
            if made.life is not None:
                made.send(signal.SIGKILL)


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[tuple[Process, Process]]:
    async with process(tmp_path) as first, process(tmp_path) as second:
        yield first, second


@dataclass(slots=True)
class Round:
    """Two processes at the digest's hour: the first one works, the second one stands by."""

    cluster: Cluster
    name: str
    first: Process
    second: Process
    home: Path
    begun: float = 0.0

    async def begin(self) -> None:
        url = self.cluster.url(self.name)
        self.begun = perf_counter()
        await self.first.begin(self.home / "first", url, HOUR - timedelta(seconds=BEFORE))
        await self.first.says("the database is ours")
        now = HOUR + timedelta(seconds=self.past_hour())
        await self.second.begin(self.home / "second", url, now)
        await self.second.says("standing by")

    def past_hour(self) -> float:
        return perf_counter() - self.begun - BEFORE

    async def wait(self, moment: float) -> None:
        """Until so many seconds past the hour."""
        await asyncio.sleep(max(0.0, moment - self.past_hour()))

    def told(self) -> Counter[int]:
        return self.first.told() + self.second.told()

    async def everybody_told(self) -> None:
        await eventually(lambda: set(self.told()) == {-100, 1}, 60)

    async def under_way(self) -> set[int]:
        """Chats that were told by the first one, who had no time to write it down."""
        statement = "SELECT chat FROM outbox WHERE state = 'sent' OR step > 0"
        marked = {chat for (chat,) in await self.cluster.ask(self.name, statement)}
        return set(self.first.told()) - marked


@pytest.mark.long
async def test_a_leader_paused_and_resumed_doubles_no_digest(
    cluster: Cluster,
    school_there: str,
    pair: tuple[Process, Process],
    tmp_path: Path,
    record_property: Record,
) -> None:
    """Paused at any instant of the digest, cut off as a machine that is gone, and woken up."""
    chance = random.Random(26)  # noqa: S311  # repeatable
    template = await cluster.fresh(school_there)
    await settle(cluster, template)
    doubled, under_way, by_second = 0, 0, 0
    for number in range(ROUNDS):
        name = await cluster.fresh(template)
        scene = Round(cluster, name, *pair, tmp_path / f"{number}")
        await scene.begin()
        await scene.wait(chance.uniform(0, 5))
        scene.first.send(signal.SIGSTOP)
        before, unmarked = scene.first.told(), await scene.under_way()
        await cluster.cut(name)
        await scene.second.says("the database is ours")
        await scene.everybody_told()
        scene.first.send(signal.SIGCONT)
        assert await scene.first.ended() == 1
        await scene.first.says("занял другой процесс")
        assert scene.first.told() == before
        scene.second.send(signal.SIGTERM)
        assert await scene.second.ended() == 0
        counts = scene.told()
        assert all(counts[chat] <= 2 for chat in unmarked)
        under_way += len(unmarked)
        by_second += sum(scene.second.told().values())
        doubled += sum(counts[chat] - 1 for chat in counts if chat not in unmarked)
    figures = f"pauses {ROUNDS}, seed 26, digests doubled {doubled}, by the other {by_second}"
    record_property("figures", f"{figures}, sent and not written down {under_way}")
    assert doubled == 0
    assert by_second > 0


@pytest.mark.long
async def test_a_leader_paused_whose_sessions_live_on_stays_the_leader(
    cluster: Cluster, school_there: str, pair: tuple[Process, Process], tmp_path: Path
) -> None:
    name = await cluster.fresh(school_there)
    await settle(cluster, name)
    scene = Round(cluster, name, *pair, tmp_path)
    await scene.begin()
    scene.first.send(signal.SIGSTOP)
    await scene.wait(3)
    assert scene.told() == Counter()
    scene.first.send(signal.SIGCONT)
    await scene.everybody_told()
    for one in (scene.second, scene.first):
        one.send(signal.SIGTERM)
        assert await one.ended() == 0
    assert (scene.first.told(), scene.second.told()) == (Counter({-100: 1, 1: 1}), Counter())
