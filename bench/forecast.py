"""How far the forecast of a term is from what the term ended with, on generated schools.

python -m bench.forecast

The second quarter is looked at 14, 7 and 3 days before its end, by the marks that were entered by
then; the truth is counted at its end, by all that were entered later.
"""

import asyncio
from datetime import date, timedelta

from bench.schools import AS_OF, loaded, school_rows
from bot.figures import digests_of
from bot.render import Renderer
from services.forecasts.forecast import Forecasts
from services.forecasts.foreseen import TermForecast
from services.ids import SchoolId

SEEDS = (1, 2, 3, 4, 5, 6)
CLASSES = 6
UNTIL = date(2027, 1, 20)
ENDS = date(2026, 12, 30)
DAYS = (14, 7, 3)
KIND = "четверть"


async def measured() -> dict[str, float]:
    """By days before the end, over all schools: lacking at the pace, foreseen, and in the end.

    ``off`` is the mean distance of what was foreseen from the truth, in pupils x subjects;
    ``inside`` the share of schools with the truth in the interval; ``found_pct`` how many of those
    who lacked marks in the end were among the named.
    """
    rows: dict[str, float] = {}
    seen: list[tuple[TermForecast, dict[int, TermForecast]]] = []
    for seed in SEEDS:
        async with loaded(school_rows(classes=CLASSES, seed=seed, until=UNTIL)) as (database, ids):
            digests = digests_of(database, database.clock, Renderer())
            forecasts = Forecasts(measuring=digests.measuring, reading=database.reading)
            seen.append(await _looks(forecasts, ids[0]))
    for left in DAYS:
        rows |= _figures(left, seen)
    rows["truth"] = sum(end.lacking.mean for end, _ in seen) / len(SEEDS)
    return {name: round(value, 2) for name, value in rows.items()}


async def _looks(
    forecasts: Forecasts, school: SchoolId
) -> tuple[TermForecast, dict[int, TermForecast]]:
    end = await _quarter(forecasts, school, ENDS)
    looks = {left: await _quarter(forecasts, school, ENDS - timedelta(days=left)) for left in DAYS}
    return end, looks


async def _quarter(forecasts: Forecasts, school: SchoolId, day: date) -> TermForecast:
    found = await forecasts.of(school, day.toordinal(), AS_OF)
    return next(one for one in found.terms if one.term.kind == KIND)


def _figures(
    left: int, seen: list[tuple[TermForecast, dict[int, TermForecast]]]
) -> dict[str, float]:
    pace, off, inside, found = [], [], [], []
    for end, looks in seen:
        look, truth = looks[left], end.lacking.mean
        ends = look.ends or look.lacking
        pace.append(look.lacking.mean)
        off.append(abs(ends.mean - truth))
        inside.append(ends.low <= truth <= ends.high)
        lacked = {(one.pupil, one.subject) for one in end.risks}
        named = {(one.pupil, one.subject) for one in look.risks}
        found.append(100 * len(lacked & named) / max(1, len(lacked)))
    count = len(seen)
    return {
        f"pace_{left}": sum(pace) / count,
        f"off_{left}": sum(off) / count,
        f"inside_{left}": sum(inside) / count,
        f"found_{left}_pct": sum(found) / count,
    }


def run() -> dict[str, float]:
    return asyncio.run(measured())


if __name__ == "__main__":
    print(run())
