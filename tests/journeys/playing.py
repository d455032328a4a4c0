"""``python -m bot demo`` as a process of its own, in an empty directory with hostile settings."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bot.servers import ROOT

PATIENCE = 120
"""Seconds for the school to be built on a busy machine."""


@dataclass(frozen=True, slots=True)
class Played:
    """``home`` is where it was started, ``scratch`` where its temporary files go."""

    process: Process
    home: Path
    scratch: Path

    async def building(self) -> str:
        """The first thing that it says, long before there is a page."""
        assert self.process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            return (await self.process.stderr.readline()).decode()

    async def address(self) -> str:
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            return (await self.process.stdout.readline()).decode().rstrip("\n")

    async def stopped(self, number: signal.Signals, limit: float = 15) -> tuple[int | None, str]:
        """The exit code and the rest of what it wrote, within ``limit`` seconds of the signal."""
        self.process.send_signal(number)
        async with asyncio.timeout(limit):
            out, err = await self.process.communicate()
        return self.process.returncode, out.decode() + err.decode()


@asynccontextmanager
async def playing(home: Path, *arguments: str) -> AsyncIterator[Played]:
    """A real bot's settings lie around: the demo must not touch what they name."""
    scratch = home / "scratch"
    scratch.mkdir()
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG", "SEMANTIC")
        if name in os.environ
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        *arguments,
        cwd=home,
        env={
            **kept,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(scratch),
            "BOT_TOKEN": "not a token",
            "DATABASE_URL": f"sqlite+aiosqlite:///{home / 'real.db'}",
            "DATA_DIR": str(home / "real"),
            "WEBHOOK_URL": "https://example.org/hook",
        },
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield Played(process, home, scratch)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
