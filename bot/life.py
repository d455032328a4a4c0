"""The life of the bot: from the lock on its database to the last letter before the end."""

import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot, Dispatcher

from bot.errors import RefusedTokenError
from bot.health import HealthServer
from bot.importing import ImportDesk
from bot.inbox_folder import InboxFolder
from bot.intake import Intake
from bot.outbox import Sender
from bot.polling import Poller
from bot.postbox import Postbox
from bot.schedule import Schedule
from bot.settings import Settings
from bot.throttle import Throttle
from bot.upkeep import Upkeep
from bot.webhook import Webhook
from services.setup import Setup
from storage.database import Database
from storage.lock import only_process
from storage.migrations.migrate import upgrade

log = logging.getLogger(__name__)

FINISHING = 4.0
"""Seconds for updates and jobs under way once the program is told to stop."""
POSTING = 3.0
"""Seconds after that for the letters they wrote."""


@dataclass(slots=True, kw_only=True)
class App:
    """The bot with all its parts; ``run`` lives until ``stop`` is set or a fatal refusal."""

    settings: Settings
    database: Database
    bot: Bot
    dispatcher: Dispatcher
    setup: Setup
    intake: Intake
    source: Poller | Webhook
    sender: Sender
    desk: ImportDesk
    inbox: InboxFolder
    schedule: Schedule
    health: HealthServer
    upkeep: Upkeep
    throttle: Throttle
    postbox: Postbox
    stop: asyncio.Event
    finishing: float = FINISHING
    _parts: list[asyncio.Task[None]] = field(default_factory=list)

    async def run(self) -> None:
        """Raise what is fatal; everything is closed on the way out."""
        try:
            with only_process(self.database.file), _signals(self.stop):
                await self.database.check()
                await upgrade(self.database, copies=self.settings.backups)
                await self._announce_setup()
                await self._serve()
        finally:
            await self.bot.session.close()
            await self.database.close()

    async def _announce_setup(self) -> None:
        """The code of the first entrance is shown once, when nobody chose one."""
        chosen = self.settings.setup_code
        code = await self.setup.prepare(chosen.get_secret_value() if chosen else "")
        if code is not None:
            sys.stdout.write(f"Код первого входа: {code}\n")
            sys.stdout.flush()

    async def _serve(self) -> None:
        found = await self.intake.restore()
        log.info("started", extra={"unfinished": found})
        self._start(self.source.run())
        self._start(self.sender.run())
        self._start(self.desk.run())
        self._start(self.inbox.run())
        self._start(self.schedule.run(self.stop))
        self._start(self.health.run())
        self._start(self.upkeep.repeat_updates())
        self._start(self.upkeep.keep_house())
        try:
            await asyncio.wait(self._parts, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._finish()
        for part_done in self._parts:
            if not part_done.cancelled() and (error := part_done.exception()) is not None:
                raise error
        if self.throttle.refused:
            raise RefusedTokenError

    def _start(self, part: Coroutine[Any, Any, None]) -> None:
        self._parts.append(asyncio.ensure_future(part))

    async def _finish(self) -> None:
        """Within ten seconds: updates and jobs under way first, then their letters."""
        self.stop.set()
        await asyncio.gather(
            self.intake.drain(self.finishing), asyncio.wait(self._parts, timeout=self.finishing)
        )
        for part in self._parts:
            part.cancel()
        await asyncio.wait(self._parts)
        await self.postbox.drain(POSTING)
        await self.sender.drain(0.0 if self.throttle.refused else POSTING)
        log.info("stopped")


@contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
