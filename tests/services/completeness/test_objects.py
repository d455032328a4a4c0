"""The rules in SQL and the same rules over ORM objects say the same, finding by finding."""

from datetime import date, datetime, time

from bench.objects.catalogue import FINDERS
from bench.rules import by_rule, over_objects
from bot.journal import completeness_of
from services.generator import Options, generate
from services.ids import SchoolId
from storage.database import Database
from tests.services.completeness.book import MOSCOW, Book

UNTIL = date(2026, 11, 20)
AS_OF = datetime.combine(UNTIL, time(23, 59), MOSCOW)


async def test_objects_and_statements_find_the_same(database: Database) -> None:
    made = generate(Options(seed=81, classes=3, until=UNTIL.toordinal()))
    await Book(database).load(made.batch)
    completeness = completeness_of(database, database.clock)
    by_statements = await completeness.look(SchoolId(1), AS_OF, only=FINDERS)
    _, by_objects = await over_objects(database, SchoolId(1), AS_OF)
    assert by_rule(by_objects) == by_rule(by_statements)
    assert {hit.rule for hit in by_statements} == set(FINDERS)
