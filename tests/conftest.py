"""What most tests stand on: a clock that they move and a real database in a file."""

import logging
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.database import Database
from storage.schema import metadata
from storage.schema.views import create_views, drop_views
from tests.canary import OURS, Canary, files_of, watching


def pytest_configure() -> None:
    """What the program logs by default is logged in every test; none has a base learnt by heart.

    A language model that reads the base beside each test would take a core for a minute.
    """
    os.environ.setdefault("SEMANTIC", "off")
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


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


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
async def database(tmp_path: Path, clock: FrozenClock) -> AsyncIterator[Database]:
    opened = Database.open(f"sqlite+aiosqlite:///{tmp_path / 'yozh.db'}", clock=clock)
    async with opened.aside() as work:
        await work.connection.run_sync(metadata.create_all)
        for statement in (*drop_views(), *create_views()):
            await work.connection.exec_driver_sql(statement)
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
