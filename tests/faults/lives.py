"""Lives of the bot: processes that begin quickly and are ended by a signal."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.bot.servers import ROOT, environment

BOT = "tests.faults.spoiled:bot"
WHOLE_BOT = ("bot.app", "bot.cli.program", "tests.faults.spoiled")


class Life(Protocol):
    def send(self, number: signal.Signals) -> None: ...

    async def ended(self) -> int:
        """The exit code; minus the signal's number after a signal."""
        ...


Begin = Callable[[], Awaitable[Life]]


@dataclass(slots=True)
class Forked:
    pid: int
    answers: asyncio.StreamReader
    code: int | None = None

    def send(self, number: signal.Signals) -> None:
        if self.code is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def ended(self) -> int:
        if self.code is None:
            self.code = int(await self.answers.readline())
        return self.code


@dataclass(slots=True)
class Cradle:
    """One life at a time."""

    process: Process
    home: Path
    settings: dict[str, str]

    async def begin(self, call: str = BOT, *arguments: object) -> Forked:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        order = {
            "call": call,
            "arguments": arguments,
            "home": str(self.home),
            "log": str(self.home / "log.txt"),
            "environment": environment(self.home, **self.settings),
        }
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        await self.process.stdin.drain()
        return Forked(int(await self.process.stdout.readline()), self.process.stdout)


@asynccontextmanager
async def cradle(home: Path, *loaded: str, **settings: str) -> AsyncIterator[Cradle]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.cradle",
        *(loaded or WHOLE_BOT),
        cwd=ROOT,
        stdin=PIPE,
        stdout=PIPE,
    )
    try:
        yield Cradle(process, home, settings)
    finally:
        process.kill()
        await process.communicate()


@dataclass(slots=True)
class Started:
    """The program as anybody starts it: ``python -m bot run``."""

    process: Process

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            self.process.send_signal(number)

    async def ended(self) -> int:
        return await self.process.wait()


async def start(home: Path, *before: str, **settings: str) -> Started:
    """``before`` is what runs the program, say a tracer."""
    with (home / "log.txt").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *before,
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=home,
            env=environment(home, **settings),
            stdin=DEVNULL,
            stdout=log,
            stderr=log,
        )
    return Started(process)
