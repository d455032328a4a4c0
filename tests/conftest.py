"""What most tests stand on: a clock that they move and a real database in a file."""

import gc
import logging
import os
import shutil
import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram.types import Update
from sqlalchemy import create_engine

from storage.database import Database
from storage.schema import metadata
from storage.schema.views import create_views, drop_views
from tests.canary import OURS, Canary, files_of, watching
from tests.signatures import remember_signatures

MEMORY = Path("/dev/shm")  # noqa: S108  # a disk's waits prove nothing here
"""Where there is a disk in memory, the databases of tests stand on it."""


def _interrupted(*_: object) -> None:
    """Ctrl-C; asyncio's own handler would spell out a test's whole program each time it goes."""
    raise KeyboardInterrupt


def pytest_configure() -> None:
    """What the program logs by default is logged in every test; none has a base learnt by heart.

    A language model that reads the base beside each test would take a core for a minute.
    """
    os.environ.setdefault("SEMANTIC", "off")
    if os.access(MEMORY, os.W_OK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    signal.signal(signal.SIGINT, _interrupted)
    remember_signatures()
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def pytest_collection_finish() -> None:
    """What was imported stays: the collector need not walk over it at every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@dataclass(slots=True)
class FrozenClock:
    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 20, 13, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture(autouse=True)
def canary(request: pytest.FixtureRequest) -> Iterator[Canary]:
    """No log of any test holds a token, a name or anybody's words."""
    bird = Canary()
    with watching(bird):
        yield bird
    place: Path | None = request.node.funcargs.get("tmp_path")
    for log in files_of(place) if place is not None else ():
        bird.look_into(log)
    assert bird.leaks == []


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Of aiogram's last 128 updates each keeps its bot, and so a test's whole program."""
    yield
    Update.event_type.fget.cache_clear()  # type: ignore[attr-defined]


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database in which nothing is written yet."""
    file = tmp_path_factory.mktemp("blank") / "blank.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for statement in (*drop_views(), *create_views()):
            connection.exec_driver_sql(statement)
    engine.dispose()
    return file


@pytest.fixture
async def database(blank: Path, tmp_path: Path, clock: FrozenClock) -> AsyncIterator[Database]:
    file = tmp_path / "yozh.db"
    shutil.copy(blank, file)
    opened = Database.open(f"sqlite+aiosqlite:///{file}", clock=clock)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file of a generated school; see ``tests.filled``."""
    from tests.filled import filled_file  # noqa: PLC0415  # made only for those who ask

    return filled_file(tmp_path_factory.mktemp("filled"))


@pytest.fixture
async def full(filled: Path, tmp_path: Path, clock: FrozenClock) -> AsyncIterator[Database]:
    """A database of one's own with the generated school in it."""
    file = tmp_path / "full.db"
    shutil.copy(filled, file)
    opened = Database.open(f"sqlite+aiosqlite:///{file}", clock=clock)
    yield opened
    await opened.close()
