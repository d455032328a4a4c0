"""How the cost of all rules grows from one school to thirty in one database.

python -m bench.growth
"""

import asyncio
from datetime import UTC, date, datetime
from math import log
from time import perf_counter

from bench.schools import loaded, school_rows
from bot.journal import completeness_of

CLASSES = 6
UNTIL = date(2026, 12, 25)
AS_OF = datetime(2026, 12, 25, 20, 59, tzinfo=UTC)
SIZES = (1, 30)
TIMES = 3


async def measured() -> dict[str, float]:
    """Seconds for all schools of a database of 1 and of 30; the exponent of their growth."""
    batch = school_rows(classes=CLASSES, until=UNTIL)
    spent: dict[int, float] = {}
    for size in SIZES:
        async with loaded(batch, schools=size) as (database, schools):
            completeness = completeness_of(database, database.clock)
            tries = []
            for _ in range(TIMES):
                begun = perf_counter()
                for school in schools:
                    await completeness.look(school, AS_OF)
                tries.append(perf_counter() - begun)
            spent[size] = min(tries)
    low, high = SIZES
    return {
        **{f"schools_{size}_s": round(seconds, 3) for size, seconds in spent.items()},
        "exponent": round(log(spent[high] / spent[low]) / log(high / low), 3),
    }


def run() -> dict[str, float]:
    return asyncio.run(measured())


if __name__ == "__main__":
    print(run())
