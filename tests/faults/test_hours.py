"""Load for long: nothing grows (F48), and nothing that people write is in a log (F47)."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.servers import TOKEN, eventually
from tests.faults.lives import Forked, cradle
from tests.faults.messenger import Messenger, serving, written

Record = Callable[[str, object], None]
CANARY = "канарейка-Сидорова"
SETUP = "secret-setup-code"
PAGE = os.sysconf("SC_PAGESIZE")
GROWTH = 8.0
"""MB that a process may gain over the load that follows its first hundreds of updates."""


def megabytes(life: Forked) -> float:
    return int(Path(f"/proc/{life.pid}/statm").read_text().split()[1]) * PAGE / 1e6


def descriptors(life: Forked) -> int:
    return len(list(Path(f"/proc/{life.pid}/fd").iterdir()))


async def answered(messenger: Messenger, count: int) -> None:
    await eventually(lambda: len({post.reply_to for post in messenger.posts}) >= count, 120)


@pytest.mark.parametrize("form", ["text", "json"])
async def test_no_log_of_a_life_holds_a_word_a_name_or_a_secret(tmp_path: Path, form: str) -> None:
    messenger = Messenger()
    async with serving(messenger) as address:
        settings = {"BOT_API_URL": address, "SETUP_CODE": SETUP, "LOG_FORMAT": form}
        async with cradle(tmp_path, **settings) as place:
            texts = [written(number, 5, f"{CANARY} {number}") for number in range(1, 4)]
            texts.append(written(4, 6, "/start wrong-code-" + SETUP))
            texts.append({"update_id": 5, "message": {"message_id": CANARY, "chat": {"id": 7}}})
            messenger.feed(texts)
            life = await place.begin()
            messenger.begin(None, lambda: None)
            await answered(messenger, 4)
            await eventually(lambda: messenger.confirmed >= 5)
            life.send(signal.SIGTERM)
            assert await life.ended() == 0
    log = (tmp_path / "log.txt").read_text()
    assert "update set aside" in log
    found = {CANARY, "канарейка", "Кто-то", TOKEN, TOKEN.partition(":")[2], SETUP}
    assert [word for word in found if word in log] == []


@pytest.mark.long
async def test_memory_and_descriptors_are_flat_under_load(
    tmp_path: Path, record_property: Record
) -> None:
    """As fast as the messenger's limit of thirty a second lets answers leave."""
    messenger, step, steps = Messenger(), 400, 8
    async with (
        serving(messenger) as address,
        cradle(tmp_path, BOT_API_URL=address, SETUP_CODE=SETUP) as place,
    ):
        life, seen = await place.begin(), []
        messenger.begin(None, lambda: None)
        for number in range(steps):
            numbers = range(number * step + 1, number * step + step + 1)
            messenger.feed([written(n, 1000 + n % 200) for n in numbers])
            await answered(messenger, step * (number + 1))
            seen.append((megabytes(life), descriptors(life)))
        life.send(signal.SIGTERM)
        assert await life.ended() == 0
    settled = seen[2:]
    grown = settled[-1][0] - settled[0][0]
    record_property("figures", f"updates {step * steps}, MB {[round(mb) for mb, _ in seen]}")
    assert grown < GROWTH
    assert max(count for _, count in settled) <= settled[0][1] + 2
