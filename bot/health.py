"""HEALTH_LISTEN: /live, /ready and /metrics for whoever looks after the machine."""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.limits import Limits
from bot.metrics import Metrics
from bot.tasks import pause
from services.health import Backup, Pulse, last_backup
from storage.database import Database

log = logging.getLogger(__name__)

ANSWER = 3.0
"""Seconds within which the database must answer."""
BEAT = 0.5
MINUTE = 120
"""Beats for which the longest lag is remembered."""


@dataclass(slots=True)
class Lag:
    """How late the event loop comes to what is planned: a blocked loop shows here."""

    beats: deque[float] = field(default_factory=lambda: deque(maxlen=MINUTE))

    async def run(self, stop: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        while True:
            planned = loop.time() + BEAT
            if await pause(stop, BEAT):
                return
            self.beats.append(max(0.0, loop.time() - planned))

    @property
    def longest(self) -> float:
        return max(self.beats, default=0.0)


@dataclass(slots=True, kw_only=True)
class HealthServer:
    """Answers on ``listen`` («host:port»); a port that is taken costs the bot nothing else."""

    database: Database
    limits: Limits
    stop: asyncio.Event
    listen: str
    lag: Lag = field(default_factory=Lag)
    metrics: Metrics = field(default_factory=Metrics)
    address: str = ""

    async def run(self) -> None:
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await self._listen(runner)
            await self.lag.run(self.stop)
        finally:
            await runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/live", self.live)
        application.router.add_get("/ready", self.ready)
        application.router.add_get("/metrics", self.figures)
        return application

    async def _listen(self, runner: web.AppRunner) -> None:
        host, _, port = self.listen.rpartition(":")
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except OSError as error:
            log.warning("no health endpoint: its address is taken", extra={"errno": error.errno})
            return
        host, number = runner.addresses[0][:2]
        self.address = f"http://{host}:{number}"
        log.info("health endpoint", extra={"address": self.address})

    async def live(self, _request: web.Request) -> web.Response:
        """The event loop turns, or there would be no answer."""
        return web.Response(text="live\n")

    async def ready(self, _request: web.Request) -> web.Response:
        """200 while the database answers; a stop ends the answers altogether."""
        if await self._look() is None:
            return web.Response(status=503, text="database\n")
        return web.Response(text="ready\n")

    async def figures(self, _request: web.Request) -> web.Response:
        found = await self._look()
        if found is None:
            return web.Response(status=503, text="database\n")
        body = self.metrics.text(*found, self.limits, self.lag.longest)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _look(self) -> tuple[Pulse, Backup | None] | None:
        try:
            async with asyncio.timeout(ANSWER), self.database.reading() as work:
                return await work.process.pulse(), await last_backup(work.process)
        except Exception as error:  # noqa: BLE001  # told as not ready
            log.warning("the database does not answer", extra={"error": type(error).__name__})
            return None
