"""All rules over a school's year as SQL, against one pass over its rows and against ORM objects.

python -m bench.rules
"""

import asyncio
from datetime import timedelta
from time import perf_counter
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session, registry

from bench.schools import AS_OF, loaded, school_rows
from bot.journal import completeness_of
from services.completeness.extent import Scope
from services.completeness.rules import catalogue
from services.journal.relations import RELATIONS
from storage.database import Database
from storage.schema.journal import relations

CLASSES = 25
TIMES = 3
WEEK = (AS_OF.date() - timedelta(days=6), AS_OF.date())


async def measured() -> dict[str, float]:
    """Seconds of a pass, of all rules, of a week of them; ratios to the pass and to ORM objects."""
    async with loaded(school_rows(classes=CLASSES)) as (database, schools):
        school, completeness = schools[0], completeness_of(database, database.clock)
        passes, wholes, weeks = [], [], []
        week = Scope(first=WEEK[0].toordinal(), last=WEEK[1].toordinal())
        for _ in range(TIMES):
            passes.append(await one_pass(database))
            begun = perf_counter()
            await completeness.look(school, AS_OF)
            wholes.append(perf_counter() - begun)
            begun = perf_counter()
            await completeness.look(school, AS_OF, scope=week)
            weeks.append(perf_counter() - begun)
        objects = await database_objects(database)
    whole, one = min(wholes), min(passes)
    return {
        "rules": len(catalogue()),
        "pass_s": round(one, 3),
        "all_rules_s": round(whole, 3),
        "week_s": round(min(weeks), 3),
        "all_rules_by_pass": round(whole / one, 1),
        "week_by_pass": round(min(weeks) / one, 1),
        "orm_s": round(objects, 2),
        "orm_by_rules": round(objects / whole, 1),
    }


async def one_pass(database: Database) -> float:
    """Every column of every row of the journal read once, inside SQLite."""
    begun = perf_counter()
    async with database.reading() as work:
        for relation in RELATIONS:
            counts = ", ".join(f"COUNT({name})" for name in relation.columns)
            await work.connection.execute(
                text(f"SELECT {counts} FROM journal_{relation.name} WHERE school = 1")  # noqa: S608
            )
    return perf_counter() - begun


class _Lesson:
    """One lesson as an object."""


class _Mark:
    """One mark as an object."""


class _Absence:
    """One absence as an object."""


async def database_objects(database: Database) -> float:
    """The floor of rules over objects: only to load what they read, and one glance at each.

    Thirteen rules would cost more: this is the least that any of them could cost.
    """
    async with database.reading() as work:
        return await work.connection.run_sync(_load_objects)


def _load_objects(connection: Any) -> float:  # noqa: ANN401  # SQLAlchemy's own synchronous side
    mapping = registry()
    for kind, name in ((_Lesson, "lessons"), (_Mark, "marks"), (_Absence, "attendance")):
        mapping.map_imperatively(kind, relations[name])
    begun = perf_counter()
    with Session(connection) as session:
        lessons: list[Any] = session.query(_Lesson).all()
        marks: list[Any] = session.query(_Mark).all()
        absences: list[Any] = session.query(_Absence).all()
        taken = {(a.pupil, a.day, a.number) for a in absences}
        bad = sum((m.pupil, m.day, m.number) in taken for m in marks if m.value)
        bad += sum(not lesson.topic for lesson in lessons)
    spent = perf_counter() - begun
    mapping.dispose()
    return spent


def run() -> dict[str, float]:
    return asyncio.run(measured())


if __name__ == "__main__":
    print(run())
