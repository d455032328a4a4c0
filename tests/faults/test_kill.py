"""kill -9 at any moment loses nothing (F1, F2, F3); without our parts the same loses all (F50)."""

import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

import pytest

from tests.bot.servers import eventually
from tests.faults.killing import Killing, Outcome
from tests.faults.lives import BOT, Begin, Cradle, Started, cradle, start
from tests.faults.messenger import Messenger, Trap, serving, written

Record = Callable[[str, object], None]
UPDATES = 50
STOPS = 4
STARTED_KILLS = int(os.environ.get("FAULTS_STARTS", "12"))
"""Kills of a real start, which loads everything anew each time."""


def whole(outcome: Outcome) -> bool:
    """Every promise of F1-F3 holds."""
    broken = (
        outcome.lost
        or outcome.effects
        or outcome.excess
        or outcome.disordered
        or outcome.unfinished
    )
    return not broken and (outcome.integrity, outcome.exit_code) == ("ok", 0)


@asynccontextmanager
async def scene(home: Path, **settings: str) -> AsyncIterator[tuple[Messenger, Cradle]]:
    messenger = Messenger(batch=10)
    async with (
        serving(messenger) as address,
        cradle(home, BOT_API_URL=address, SETUP_CODE="not-shown", **settings) as place,
    ):
        yield messenger, place


def killing(messenger: Messenger, begin: Begin, home: Path, **size: int) -> Killing:
    return Killing(messenger=messenger, begin=begin, file=home / "yozh.db", **size)


async def test_a_few_kills_lose_nothing(tmp_path: Path, record_property: Record) -> None:
    async with scene(tmp_path) as (messenger, place):
        size = {"kills": 10, "updates": 120, "people": 60, "seed": 1}
        outcome = await killing(messenger, place.begin, tmp_path, **size).run()
    record_property("figures", f"{outcome}")
    assert whole(outcome), outcome


@pytest.mark.long
@pytest.mark.parametrize("seed", [2026])
async def test_hundreds_of_kills_lose_nothing(
    tmp_path: Path, record_property: Record, seed: int
) -> None:
    async with scene(tmp_path) as (messenger, place):
        size = {"kills": 200, "updates": 3000, "people": 700, "seed": seed}
        outcome = await killing(messenger, place.begin, tmp_path, **size).run()
    record_property("figures", f"{outcome}")
    assert whole(outcome), outcome


@pytest.mark.long
async def test_kills_of_the_program_as_it_is_started_lose_nothing(
    tmp_path: Path, record_property: Record
) -> None:
    messenger = Messenger(batch=10)
    async with serving(messenger) as address:

        async def begin() -> Started:
            return await start(tmp_path, BOT_API_URL=address, SETUP_CODE="not-shown")

        size = {"kills": STARTED_KILLS, "updates": 15 * STARTED_KILLS, "people": 400, "seed": 7}
        outcome = await killing(messenger, begin, tmp_path, **size).run()
    record_property("figures", f"{outcome}")
    assert whole(outcome), outcome


CONTROLS = {
    "as it is": (BOT, "", 0),
    "confirmed before it is on the disk": (BOT, "confirm first", UPDATES),
    "answers in memory": (BOT, "outbox off", UPDATES),
    "plain aiogram": ("tests.faults.spoiled:plain", None, UPDATES),
}
"""What runs, which promise is taken away from it, how many of the updates it must lose."""


async def lost_by_a_kill(messenger: Messenger, place: Cradle, call: str, spoil: str | None) -> int:
    """Killed as soon as all updates are confirmed, begun anew, and asked what it still knows."""
    arguments = () if spoil is None else (spoil,)
    messenger.posts.clear()
    messenger.confirmed = 0
    messenger.feed([written(number, 1000 + number) for number in range(1, UPDATES + 1)])
    life = await place.begin(call, *arguments)
    messenger.begin(Trap("getUpdates", 3), lambda: life.send(signal.SIGKILL))
    assert await life.ended() == -signal.SIGKILL
    assert messenger.confirmed == UPDATES

    life = await place.begin(call, *arguments)
    messenger.begin(Trap("getUpdates", 9), lambda: life.send(signal.SIGKILL))
    await life.ended()
    return UPDATES - len({post.reply_to for post in messenger.posts if post.reply_to})


async def test_without_any_of_our_parts_the_same_kill_loses_everything(
    tmp_path: Path, record_property: Record
) -> None:
    lost = {}
    async with scene(tmp_path) as (messenger, place):
        messenger.batch = 100
        for number, (name, (call, spoil, _)) in enumerate(CONTROLS.items()):
            place.home = tmp_path / f"{number}"
            place.home.mkdir()
            lost[name] = await lost_by_a_kill(messenger, place, call, spoil)
    record_property("figures", f"{lost} of {UPDATES}")
    assert lost == {name: must for name, (_, _, must) in CONTROLS.items()}


@pytest.mark.parametrize("stops", [STOPS, pytest.param(5 * STOPS, marks=pytest.mark.long)])
async def test_a_stop_under_load_ends_in_time_and_loses_nothing(
    tmp_path: Path, record_property: Record, stops: int
) -> None:
    spent = []
    async with scene(tmp_path) as (messenger, place):
        for round_ in range(stops):
            numbers = range(round_ * 40 + 1, round_ * 40 + 41)
            messenger.feed([written(number, 1000 + number) for number in numbers])
            life = await place.begin()
            messenger.begin(None, lambda: None)
            await eventually(lambda: messenger.calls["sendMessage"] > 0)
            begun = perf_counter()
            life.send(signal.SIGTERM)
            assert await life.ended() == 0
            spent.append(perf_counter() - begun)
        life = await place.begin()
        messenger.begin(None, lambda: None)
        await eventually(lambda: messenger.calls["getUpdates"] > 0)
        everybody = set(range(1, stops * 40 + 1))
        await eventually(lambda: {post.reply_to for post in messenger.posts} >= everybody, 120)
        life.send(signal.SIGTERM)
        assert await life.ended() == 0
    answered = [post.reply_to for post in messenger.posts if post.reply_to]
    p95 = sorted(spent)[len(spent) * 95 // 100 - 1]
    figures = f"stops {stops}, p95 {p95:.1f} s, slowest {max(spent):.1f} s"
    record_property("figures", f"{figures}, updates {stops * 40}, lost 0")
    assert sorted(answered) == sorted(everybody)
    assert max(spent) < 10
