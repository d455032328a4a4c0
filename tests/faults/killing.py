"""The bot killed again and again under load, and what is left of its promises afterwards."""

import asyncio
import random
import signal
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot.servers import eventually
from tests.faults.lives import Begin, Life
from tests.faults.messenger import Messenger, any_trap, written

LONGEST = 4.0
"""Seconds after the first question for updates in which a life ends even if no trap springs."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``lost`` were never answered; ``effects`` are updates whose change was made twice or not."""

    kills: int
    updates: int
    lost: int
    effects: int
    doubled: int
    """Answers that came more than once."""
    excess: int
    """Of those, more than one a crash and chat."""
    disordered: int
    unfinished: int
    integrity: str
    exit_code: int


@dataclass(slots=True, kw_only=True)
class Killing:
    """``updates`` private texts from ``people``; ``begin`` starts a life of the bot."""

    messenger: Messenger
    begin: Begin
    kills: int
    updates: int
    people: int
    seed: int
    file: Path
    fed: int = 0
    first_chat: int = 1000
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311  # repeatable

    async def run(self) -> Outcome:
        share = -(-self.updates // self.kills)
        for _ in range(self.kills):
            self._feed(min(share, self.updates - self.fed))
            await self._one_life()
        self._feed(self.updates - self.fed)
        code = await self._last_life()
        return self._outcome(code)

    def _feed(self, count: int) -> None:
        numbers = range(self.fed + 1, self.fed + count + 1)
        self.messenger.feed([written(number, self._somebody()) for number in numbers])
        self.fed += count

    def _somebody(self) -> int:
        return self.first_chat + self.chance.randrange(self.people)

    async def _one_life(self) -> None:
        """Until its trap springs, or a moment chosen by chance."""
        trap = any_trap(self.chance)
        life = await self.begin()
        self.messenger.begin(trap, lambda: life.send(signal.SIGKILL))
        ended = asyncio.ensure_future(life.ended())
        if trap is None:
            await asyncio.wait({ended}, timeout=self.chance.uniform(0, 1))
        else:
            await self._polled(ended)
            await asyncio.wait({ended}, timeout=LONGEST)
        life.send(signal.SIGKILL)
        assert await ended == -signal.SIGKILL

    async def _polled(self, ended: "asyncio.Future[int]") -> None:
        """A start takes as long as it takes."""
        await eventually(lambda: ended.done() or bool(self.messenger.calls["getUpdates"]), 120)

    async def _last_life(self) -> int:
        life: Life = await self.begin()
        self.messenger.begin(None, lambda: None)
        await eventually(lambda: len(self._answered()) >= self.updates, 60 + self.updates / 15)
        await eventually(lambda: not self.messenger.queue)
        life.send(signal.SIGTERM)
        return await life.ended()

    def _answered(self) -> set[int]:
        return {post.reply_to for post in self.messenger.posts if post.reply_to}

    def _outcome(self, code: int) -> Outcome:
        posts = [post for post in self.messenger.posts if post.reply_to]
        times = Counter(post.reply_to for post in posts)
        letters, unfinished, integrity = self._stored()
        again: Counter[tuple[int, int]] = Counter()
        seen: set[int] = set()
        order: dict[int, list[int]] = defaultdict(list)
        for post in posts:
            if post.reply_to in seen:
                again[post.life, post.chat] += 1
            else:
                order[post.chat].append(post.reply_to)
            seen.add(post.reply_to)
        every = set(range(1, self.updates + 1))
        return Outcome(
            kills=self.kills,
            updates=self.updates,
            lost=len(every - set(times)),
            effects=sum(letters[number] != 1 for number in every),
            doubled=sum(count - 1 for count in times.values()),
            excess=sum(count - 1 for count in again.values()),
            disordered=sum(answers != sorted(answers) for answers in order.values()),
            unfinished=unfinished,
            integrity=integrity,
            exit_code=code,
        )

    def _stored(self) -> tuple[Counter[int], int, str]:
        """How many letters each update made, and what was not brought to its end."""
        with closing(sqlite3.connect(self.file)) as base:
            letters = dict(base.execute("SELECT reply_to, count(*) FROM outbox GROUP BY reply_to"))
            [waiting] = base.execute("SELECT count(*) FROM inbox WHERE state != 'done'").fetchone()
            [unsent] = base.execute("SELECT count(*) FROM outbox WHERE state != 'sent'").fetchone()
            [integrity] = base.execute("PRAGMA integrity_check").fetchone()
        return Counter(letters), waiting + unsent, integrity
