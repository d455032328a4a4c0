"""Figures of the fault tests are shown at the end of a run; the server that some of them need."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.database import Database
from storage.migrations.migrate import upgrade
from tests.conftest import FrozenClock
from tests.filled import FRIDAY, generated, load

if TYPE_CHECKING:
    from tests.faults.cluster import Cluster


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, figure in report.user_properties:
                if name == "figures":
                    terminalreporter.write_line(f"{report.nodeid}: {figure}")


@pytest.fixture(scope="session")
def cluster() -> Iterator["Cluster"]:
    pytest.importorskip("asyncpg", reason="needs the driver of PostgreSQL")
    from tests.faults.cluster import programs, running  # noqa: PLC0415  # needs the driver

    found = programs()
    if found is None:
        pytest.skip("needs PostgreSQL's initdb and pg_ctl")
    with running(found) as started:
        yield started


@pytest.fixture(scope="session")
def empty_there(cluster: "Cluster") -> str:
    """The name of a server's database that was brought up and has nothing in it."""

    async def made() -> str:
        name = await cluster.fresh()
        database = Database.open(cluster.url(name), clock=FrozenClock())
        await upgrade(database, copies=cluster.place)
        await database.close()
        return name

    return asyncio.run(made())


@pytest.fixture(scope="session")
def school_there(cluster: "Cluster", empty_there: str) -> str:
    """The name of a server's database with ``generated()`` in it, as in ``filled``."""

    async def made() -> str:
        name = await cluster.fresh(empty_there)
        clock = FrozenClock(FRIDAY)
        database = Database.open(cluster.url(name), clock=clock)
        async with database.unit_of_work() as work:
            await work.schools.add(
                name="Школа № 12", timezone="Europe/Moscow", at=FRIDAY - timedelta(days=90)
            )
        await load(database, clock, generated().batch)
        await database.close()
        return name

    return asyncio.run(made())


@pytest.fixture
async def there(
    cluster: "Cluster", school_there: str, clock: FrozenClock
) -> AsyncIterator[Database]:
    """A server's database of one's own with the generated school in it."""
    name = await cluster.fresh(school_there)
    opened = Database.open(cluster.url(name), clock=clock)
    yield opened
    await opened.close()
    await cluster.ask("postgres", f"DROP DATABASE {name} WITH (FORCE)")
