"""The composition root: everything is built here and nowhere else."""

import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession

from bot.backups import NightlyBackup, backups_of
from bot.collaborators import for_health, for_imports, for_people
from bot.consultation import for_consultation
from bot.digest_job import weekly_digest
from bot.digest_presenting import DigestPresenter
from bot.errors import RefusedTokenError
from bot.figures import for_figures
from bot.health import HealthServer
from bot.health_messages import HealthMessages
from bot.importing import ImportDesk, ImportMessages
from bot.intake import Intake
from bot.journal import completeness_of
from bot.limits import Limits
from bot.middlewares import Recognition
from bot.notices import Notices, follow
from bot.outbox import Sender
from bot.polling import Poller
from bot.postbox import Postbox
from bot.presenting import Presenters
from bot.render import Renderer
from bot.schedule import Schedule
from bot.settings import Settings
from bot.tasks import pause
from bot.throttle import Throttle
from bot.watch import Watchdog
from bot.webhook import Webhook, webhook_of
from bot.wire import bot_of
from handlers import routers
from services.clock import Clock, SystemClock
from services.contact import Contact
from storage.database import Database
from storage.fsm import StoredConversations
from storage.lock import only_process
from storage.migrations.migrate import upgrade
from storage.staff import StoredStaff

if TYPE_CHECKING:
    from services.people import People
    from services.setup import Setup

log = logging.getLogger(__name__)

FINISHING = 4.0
"""Seconds for updates and jobs under way once the program is told to stop."""
POSTING = 3.0
"""Seconds after that for the letters they wrote."""
HOUSEKEEPING = 3600.0
KINDS = ("message", "callback_query", "my_chat_member")


@dataclass(slots=True, kw_only=True)
class App:
    """The bot with all its parts; ``run`` lives until ``stop`` is set or a fatal refusal."""

    settings: Settings
    database: Database
    bot: Bot
    dispatcher: Dispatcher
    setup: "Setup"
    intake: Intake
    source: Poller | Webhook
    sender: Sender
    desk: ImportDesk
    schedule: Schedule
    health: HealthServer
    repeat: asyncio.Event
    throttle: Throttle
    conversations: StoredConversations
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
        self._start(self.schedule.run(self.stop))
        self._start(self.health.run())
        self._start(self._repeat())
        self._start(self._keep_house())
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

    async def _repeat(self) -> None:
        """Take up updates set aside that an administrator wants handled once more."""
        while not await self._stopped_before(self.repeat):
            self.repeat.clear()
            try:
                await self.intake.restore()
            except Exception:
                log.exception("nothing is repeated for now")

    async def _stopped_before(self, event: asyncio.Event) -> bool:
        waits = [asyncio.ensure_future(one.wait()) for one in (self.stop, event)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return self.stop.is_set()

    async def _keep_house(self) -> None:
        """Old rows go, once an hour."""
        while not await pause(self.stop, HOUSEKEEPING):
            try:
                async with self.database.aside() as work:
                    await work.inbox.prune()
                    await work.outbox.prune()
                await self.conversations.prune()
            except Exception:
                log.exception("old rows stay for now")


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


def build(settings: Settings, *, clock: Clock, session: BaseSession | None = None) -> App:
    """Everything wired, nothing started; ``session`` replaces the wire."""
    stop = asyncio.Event()
    database = Database.open(settings.database_url, clock=clock)
    renderer = Renderer()
    limits = Limits()
    bot = bot_of(settings, session)
    throttle = Throttle(limits, stop.set)
    bot.session.middleware(throttle)
    conversations = StoredConversations(database)
    collaborators = for_people(
        database, clock=clock, staff=StoredStaff(database), timezone=settings.timezone
    )
    doorbell = asyncio.Event()
    collaborators |= for_imports(
        database,
        clock=clock,
        people=collaborators["people"],
        data_dir=settings.data_dir,
        arrived=doorbell.set,
    )
    collaborators |= for_figures(
        database, clock=clock, people=collaborators["people"], renderer=renderer
    )
    repeat = asyncio.Event()
    collaborators |= for_health(database, clock=clock, again=repeat.set)
    collaborators |= for_consultation(database, clock=clock)
    letters = collaborators["digests"]
    digest = weekly_digest(database, clock, letters)
    backups = backups_of(settings, database)
    postbox = Postbox(database)
    dispatcher = dispatcher_of(collaborators, renderer, postbox, conversations)
    notices = Notices(database)
    intake = Intake(
        bot=bot,
        dispatcher=dispatcher,
        database=database,
        stop=stop,
        aside=notices.given_up,
        interrupted=notices.interrupted,
        moved=follow,
    )
    return App(
        settings=settings,
        database=database,
        bot=bot,
        dispatcher=dispatcher,
        setup=cast("Setup", collaborators["setup"]),
        intake=intake,
        # how long the messenger keeps messages is a matter of real time, whatever NOW says
        source=source_of(
            settings, bot, intake, stop, Contact(unit_of_work=database.aside, clock=SystemClock())
        ),
        sender=Sender(
            bot=bot,
            database=database,
            presenter=Presenters(
                database=database,
                renderer=renderer,
                kinds={
                    **ImportMessages(renderer).kinds,
                    **HealthMessages(renderer).kinds,
                    **DigestPresenter(letters, renderer).kinds(),
                },
            ),
            limits=limits,
            stop=stop,
            moved=follow,
            closed=notices.closed,
        ),
        desk=ImportDesk(
            receiving=collaborators["receiving"],
            database=database,
            resume=completeness_of(database, clock).resume,
            stop=stop,
            doorbell=doorbell,
        ),
        schedule=Schedule(
            database=database,
            clock=clock,
            jobs=[
                digest,
                NightlyBackup(backups, ZoneInfo(settings.timezone)),
                Watchdog(database, digest, backups=database.file is not None),
            ],
        ),
        health=HealthServer(
            database=database, limits=limits, stop=stop, listen=settings.health_listen
        ),
        repeat=repeat,
        throttle=throttle,
        conversations=conversations,
        postbox=postbox,
        stop=stop,
    )


def source_of(
    settings: Settings, bot: Bot, intake: Intake, stop: asyncio.Event, contact: Contact
) -> Poller | Webhook:
    """Where updates come from: asked for, unless an address to bring them to is set."""
    kinds = list(KINDS)
    if settings.webhook_url is None:
        return Poller(bot=bot, keep=intake.keep, stop=stop, kinds=kinds, heard=contact.heard)
    return webhook_of(settings, bot=bot, keep=intake.keep, stop=stop, kinds=kinds)


def dispatcher_of(
    collaborators: dict[str, object],
    renderer: Renderer,
    postbox: Postbox,
    conversations: StoredConversations,
) -> Dispatcher:
    dispatcher = Dispatcher(storage=conversations)
    dispatcher.workflow_data.update(collaborators)
    people = cast("People", collaborators["people"])
    dispatcher.update.outer_middleware(Recognition(people, renderer, postbox.unit_of_work))
    dispatcher.include_routers(*routers())
    return dispatcher


def run_bot(settings: Settings) -> None:
    async def live() -> None:
        await build(settings, clock=settings.clock()).run()

    asyncio.run(live())
