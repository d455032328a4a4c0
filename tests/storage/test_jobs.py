from services.ids import SchoolId
from storage.database import Database

FIRST, SECOND = SchoolId(1), SchoolId(2)


async def claim(database: Database, school: SchoolId, period: str) -> bool:
    async with database.unit_of_work() as work:
        return await work.job_runs.claim("weekly", school, period)


async def test_a_period_is_claimed_once_a_school(database: Database) -> None:
    claims = [
        await claim(database, FIRST, "2026-W47"),
        await claim(database, FIRST, "2026-W47"),
        await claim(database, SECOND, "2026-W47"),
        await claim(database, FIRST, "2026-W48"),
    ]
    assert claims == [True, False, True, True]


async def test_the_ledger_says_what_was_done(database: Database) -> None:
    await claim(database, FIRST, "2026-W47")
    async with database.reading() as work:
        done = [
            await work.job_runs.done("weekly", FIRST, week) for week in ("2026-W47", "2026-W48")
        ]
    assert done == [True, False]
