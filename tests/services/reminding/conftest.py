import pytest

from storage.database import Database
from tests.conftest import FrozenClock
from tests.services.reminding.stage import Stage


@pytest.fixture
def stage(database: Database, clock: FrozenClock) -> Stage:
    return Stage(database, clock)
