"""Three generated schools with their analyses, each counted once."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.analyses import analyses_of
from bot.render import Renderer
from services.analyses.composing import Analyses
from services.analyses.period import Kind
from services.analyses.view import Analysis
from services.generator import GeneratedSchool
from storage.database import Database
from storage.schema import metadata
from storage.schema.views import create_views, drop_views
from tests.conftest import FrozenClock
from tests.filled import FRIDAY, SCHOOL, UNTIL, generated, load
from tests.services.analyses.by_hand import ByHand

RENDERER = Renderer()
SEEDS = (3, 4, 8)
PERIODS = ("2026-10", "2026-11", "2026-T1")


@dataclass(frozen=True)
class Made:
    """One analysis, and the same figures by hand."""

    analysis: Analysis
    by_hand: ByHand


async def stored(file: str, school: GeneratedSchool) -> tuple[Database, Analyses]:
    clock = FrozenClock(FRIDAY)
    database = Database.open(f"sqlite+aiosqlite:///{file}", clock=clock)
    async with database.aside() as work:
        await work.connection.run_sync(metadata.create_all)
        for statement in (*drop_views(), *create_views()):
            await work.connection.exec_driver_sql(statement)
    async with database.unit_of_work() as work:
        begun = FRIDAY - timedelta(days=90)
        await work.schools.add(name="Школа № 12", timezone="Europe/Moscow", at=begun)
    await load(database, clock, school.batch)
    return database, analyses_of(database, clock, RENDERER)


async def composed(file: str, school: GeneratedSchool) -> dict[str, Made]:
    database, analyses = await stored(file, school)
    found: dict[str, Made] = {}
    for name in PERIODS:
        kind = Kind.TERM if "T" in name else Kind.MONTH
        asked = await analyses.asked(SCHOOL, kind, name)
        assert asked is not None
        span = asked.period.span
        as_of = int(FRIDAY.timestamp())
        by_hand = ByHand(school, span.first, span.last, as_of, UNTIL.toordinal())
        found[name] = Made(await analyses.compose(asked), by_hand)
    await database.close()
    return found


@pytest.fixture(scope="session", params=SEEDS)
def every(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Made]:
    file = tmp_path_factory.mktemp("analyses") / f"{request.param}.db"
    return asyncio.run(composed(str(file), generated(request.param)))


@pytest.fixture(params=PERIODS)
def made(request: pytest.FixtureRequest, every: dict[str, Made]) -> Made:
    return every[request.param]


@pytest.fixture
def term(every: dict[str, Made]) -> Made:
    return every["2026-T1"]
