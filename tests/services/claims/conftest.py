"""The ground that tests of claims stand on."""

import pytest

from storage.database import Database
from tests.conftest import FrozenClock
from tests.services.claims.ground import Ground


@pytest.fixture
async def ground(database: Database, clock: FrozenClock) -> Ground:
    made = Ground(database, clock)
    await made.begin()
    return made
