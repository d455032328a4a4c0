"""All rules over a school's year as SQL, against one pass over its rows and against ORM objects.

python -m bench.rules
"""

import asyncio
from datetime import datetime, timedelta
from time import process_time

from sqlalchemy import text
from sqlalchemy.orm import Session

from bench.objects.catalogue import FINDERS, found
from bench.schools import AS_OF, loaded, school_rows
from bot.journal import completeness_of
from services.completeness.extent import Scope
from services.completeness.finding_store import Hit
from services.completeness.rules import catalogue
from services.ids import SchoolId
from services.journal.relations import RELATIONS
from storage.database import Database
from storage.journal import StoredJournal

CLASSES = 25
TIMES = 3
WEEK = (AS_OF.date() - timedelta(days=6), AS_OF.date())


async def measured() -> dict[str, float]:
    """Seconds of a pass, of all rules, of a week of them; ratios to the pass and to ORM objects.

    Both sides must find the same; over objects only thirteen rules are written. Seconds are the
    processor's: the work of both is all in memory, and a neighbour on the same cores must not tell
    in the ratio.
    """
    async with loaded(school_rows(classes=CLASSES)) as (database, schools):
        school, completeness = schools[0], completeness_of(database, database.clock)
        passes, wholes, weeks, firsts = [], [], [], []
        week = Scope(first=WEEK[0].toordinal(), last=WEEK[1].toordinal())
        for _ in range(TIMES):
            passes.append(await one_pass(database))
            begun = process_time()
            await completeness.look(school, AS_OF)
            wholes.append(process_time() - begun)
            begun = process_time()
            await completeness.look(school, AS_OF, scope=week, reaching=True)
            weeks.append(process_time() - begun)
            begun = process_time()
            both = await completeness.look(school, AS_OF, only=FINDERS)
            firsts.append(process_time() - begun)
        objects, same = await over_objects(database, school, AS_OF)
    assert by_rule(same) == by_rule(both)
    whole, one = min(wholes), min(passes)
    return {
        "rules": len(catalogue()),
        "pass_s": round(one, 3),
        "all_rules_s": round(whole, 3),
        "week_s": round(min(weeks), 3),
        "all_rules_by_pass": round(whole / one, 1),
        "week_by_pass": round(min(weeks) / one, 1),
        "orm_s": round(objects, 2),
        "orm_rules": len(FINDERS),
        "orm_by_rules": round(objects / min(firsts), 1),
    }


async def one_pass(database: Database) -> float:
    """Every column of every row of the journal read once, inside SQLite."""
    begun = process_time()
    async with database.reading() as work:
        for relation in RELATIONS:
            counts = ", ".join(f"COUNT({name})" for name in relation.columns)
            await work.connection.execute(
                text(f"SELECT {counts} FROM journal_{relation.name} WHERE school = 1")  # noqa: S608
            )
    return process_time() - begun


async def over_objects(
    database: Database, school: SchoolId, as_of: datetime
) -> tuple[float, list[Hit]]:
    """Seconds of the same rules over ORM objects, loading them included, and what they find."""
    async with database.reading() as work:
        zone = await work.findings.zone(school)
        generation = await StoredJournal(work.connection).generation(school)
        begun = process_time()
        hits = await work.connection.run_sync(
            lambda connection: found(
                Session(connection), school, as_of, zone=zone, generation=generation
            )
        )
    return process_time() - begun, hits


def by_rule(hits: list[Hit]) -> dict[str, list[tuple[object, ...]]]:
    """All that a finding says, rule by rule, in an order of its own."""
    told: dict[str, list[tuple[object, ...]]] = {code: [] for code in FINDERS}
    for hit in hits:
        told[hit.rule].append((hit.identity, hit.staff, hit.severity, sorted(hit.facts.items())))
    return {code: sorted(each, key=str) for code, each in told.items()}


def run() -> dict[str, float]:
    return asyncio.run(measured())


if __name__ == "__main__":
    print(run())
