"""What most tests stand on: a clock that they move and a real database in a file."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.database import Database
from storage.schema import metadata
from storage.schema.views import create_views, drop_views


@dataclass(slots=True)
class FrozenClock:
    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 20, 13, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


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
