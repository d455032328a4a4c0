"""Messengers on 127.0.0.1 and the bot as a process of its own."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from tests.canary import Canary

TOKEN = "42:TEST-token_for-the-emulator-only-00"  # noqa: S105  # nobody's
ROOT = Path(__file__).parents[2]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Scripted:
    """A messenger that answers every call with ``answer(method, fields)``: (status, body)."""

    answer: Callable[[str, Mapping[str, Any]], tuple[int, object]]
    calls: list[str] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append(method)
        status, body = self.answer(method, dict(await request.post()))
        if isinstance(body, str):
            return web.Response(status=status, text=body, content_type="text/html")
        return web.json_response(body, status=status)


@asynccontextmanager
async def scripted(server: Scripted) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", server.handle)
    async with listening(app) as address:
        yield address


@asynccontextmanager
async def emulator() -> AsyncIterator[tuple[LoBotApiEmulator, str]]:
    messenger = LoBotApiEmulator()
    async with listening(messenger.app()) as address:
        yield messenger, address


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _note(said: str) -> None:
    """Refused here and now: what a process logs is searched as every log of a test is."""
    bird = Canary()
    bird.look_into(said)
    assert bird.leaks == []


@dataclass(slots=True)
class Running:
    """The bot's process; ``ended`` gives the exit code and what it wrote."""

    process: Process

    async def says(self, words: str) -> str:
        """The first line of its log that has ``words``."""
        stderr = self.process.stderr
        assert stderr is not None
        async with asyncio.timeout(60):
            while line := (await stderr.readline()).decode():
                _note(line)
                if words in line:
                    return line
        raise AssertionError(words)

    async def ended(self, limit: float = 60) -> tuple[int, str, str]:
        async with asyncio.timeout(limit):
            out, err = await self.process.communicate()
        assert self.process.returncode is not None
        _note(err.decode())
        return self.process.returncode, out.decode(), err.decode()


async def eventually(fact: Callable[[], bool], limit: float = 30) -> None:
    async with asyncio.timeout(limit):
        while not fact():  # noqa: ASYNC110  # another side's state has no event
            await asyncio.sleep(0.01)


def environment(home: Path, **settings: str) -> dict[str, str]:
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG", "SEMANTIC")
        if name in os.environ
    }
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite+aiosqlite:///{home / 'yozh.db'}",
        "DATA_DIR": str(home / "data"),
        "BOT_TOKEN": TOKEN,
        "HEALTH_LISTEN": "127.0.0.1:0",
        **settings,
    }


@asynccontextmanager
async def yozh(*arguments: str, home: Path, **settings: str) -> AsyncIterator[Running]:
    """``python -m bot ...`` in an empty directory; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=home,
        env=environment(home, **settings),
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield Running(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
