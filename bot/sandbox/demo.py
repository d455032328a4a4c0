"""The demo: the whole bot with a made-up school, behind the sandbox's page.

Nothing of it outlives the program: the database and the data directory are temporary.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import App, build
from bot.sandbox.cast import GROUP, Cast, cast_of
from bot.sandbox.clock import MovableClock
from bot.sandbox.hints import hints
from bot.sandbox.opening import eve, last_school_day, opening_of
from bot.sandbox.papers import papers
from bot.sandbox.prologue import SETUP_CODE, Prologue
from bot.sandbox.server import serve
from bot.sandbox.session import SandboxSession
from bot.sandbox.world import World
from bot.settings import Settings, make_directories, read
from services.clock import SystemClock
from services.generator import Options, generate
from services.periods import DAYS

CLASSES = 12
"""A school that is ready in seconds and fills a picture."""
OPENING = datetime(2026, 11, 20, 10, tzinfo=UTC)
"""A Friday, 13:00 in Moscow: three hours before the digest."""
ANY_PORT = "127.0.0.1:0"

logger = logging.getLogger(__name__)

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """``port`` is exchanged for a free one where it is busy; ``tell`` hears the page's address."""

    settings: Settings
    port: int
    seed: int
    tell: Tell

    async def run(self) -> None:
        """Live until the process is told to stop."""
        asked = self.settings.now or OPENING
        opening = opening_of(asked, self._zone)
        if opening != asked:
            logger.warning("the demo begins earlier than asked", extra={"opening": str(opening)})
        options = self._options(opening)
        school = await asyncio.to_thread(generate, options)
        known = date.fromordinal(options.until - DAYS)
        with TemporaryDirectory(prefix="yozh-demo-") as place:
            clock = MovableClock(start=eve(known, self._zone), base=SystemClock())
            cast = cast_of(school)
            world, group = world_of(cast, clock)
            settings = at(Path(place), world.token)
            app = build(settings, clock=clock, session=SandboxSession(world))
            prologue = Prologue(
                app=app,
                world=world,
                clock=clock,
                cast=cast,
                group=group,
                school=school,
                zone=self._zone,
            )
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._open(prologue, opening))
                await app.run()

    async def _open(self, prologue: Prologue, opening: datetime) -> None:
        stop = prologue.app.stop
        if not await finished(prologue.play(opening), stop):
            return
        server = await serve(
            prologue.world,
            port=self.port,
            files=papers(prologue.school, mistyped=prologue.cast.ahead.name),
            hints=hints(prologue.cast, prologue.group),
            move_clock=mover(prologue.app, prologue.clock),
            zone=self._zone,
        )
        try:
            self.tell(server.address)
            await stop.wait()
        finally:
            await server.close()

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.timezone)

    def _options(self, opening: datetime) -> Options:
        yesterday = opening.astimezone(self._zone).date() - timedelta(days=1)
        return Options(
            seed=self.seed,
            classes=CLASSES,
            until=last_school_day(yesterday).toordinal(),
            zone=self.settings.timezone,
        )


def settings_of_demo() -> Settings:
    """What the environment says of the moment, the zone and the logs; nothing is created."""
    return read(**_OWN)


def at(place: Path, token: str) -> Settings:
    """The demo's settings with its token, its database and its data in ``place``."""
    own = {
        **_OWN,
        "bot_token": token,
        "setup_code": SETUP_CODE,
        "database_url": f"sqlite+aiosqlite:///{place / 'yozh.db'}",
        "data_dir": place / "data",
        "health_listen": ANY_PORT,
    }
    settings = read(**own)
    make_directories(settings)
    return settings


OBEYED = ("now", "timezone", "log_format")
_OWN: dict[str, Any] = {
    name: field.default for name, field in Settings.model_fields.items() if name not in OBEYED
}
"""What the demo takes from nobody: a real bot's settings may stand in the same ``.env``."""


def world_of(cast: Cast, clock: MovableClock) -> tuple[World, int]:
    """The messenger with everybody in it, and its group."""
    world = World(clock=clock)
    for persona in cast.personas:
        world.add_persona(persona, started=persona is not cast.stranger)
    heads = (cast.director.persona.id, cast.deputy.persona.id)
    leader = cast.administrator.persona.id
    group = world.add_group(GROUP, members=heads, leaders=[leader], with_bot=True)
    return world, group.id


def mover(app: App, clock: MovableClock) -> Callable[[datetime], Coroutine[Any, Any, None]]:
    """Moving the clock lets what has become due happen at once."""

    async def move(moment: datetime) -> None:
        clock.move_to(moment)
        await app.schedule.tick()

    return move


async def finished(deed: Coroutine[Any, Any, None], stop: asyncio.Event) -> bool:
    """Whether ``deed`` was done before ``stop`` came; what it raises is raised."""
    doing = asyncio.ensure_future(deed)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        if not doing.done():
            doing.cancel()
            await asyncio.wait({doing})
    if doing.done() and not doing.cancelled():
        doing.result()
        return True
    return False
