"""Every example of a rule once more, on a server of PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.conftest import FrozenClock
from tests.faults.cluster import Cluster
from tests.services.completeness import (
    test_rules_a_attendance,
    test_rules_a_entries,
    test_rules_a_load,
    test_rules_a_marks,
    test_rules_of_lessons,
    test_rules_of_marks,
)
from tests.services.completeness.book import Book

pytestmark = [pytest.mark.xdist_group("postgresql"), pytest.mark.long]

MODULES = (
    test_rules_a_attendance, test_rules_a_entries, test_rules_a_load, test_rules_a_marks,
    test_rules_of_lessons, test_rules_of_marks,
)  # fmt: skip

for module in MODULES:
    examples = {name: one for name, one in vars(module).items() if name.startswith("test_")}
    globals().update(examples)


@pytest.fixture
async def database(
    cluster: Cluster, empty_there: str, clock: FrozenClock
) -> AsyncIterator[Database]:
    name = await cluster.fresh(empty_there)
    opened = Database.open(cluster.url(name), clock=clock)
    yield opened
    await opened.close()
    await cluster.ask("postgres", f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)
