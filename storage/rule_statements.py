"""What stands around a rule's statement: the views, its scope, tables that several rules share."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from services.completeness.extent import Scope
from services.completeness.rule import Rule, Shared
from storage.schema.views import inlined
from storage.statements import with_numbers

WHOLE_SCHOOL = (
    "SELECT u.id AS class_unit, :first_day AS first, :last_day AS last "
    "FROM class_units AS u WHERE u.school = :school"
)
MADE = "tables made for rules"
"""Where a connection keeps the names of those that stand in it."""


def scoped(statement: str, scope: Scope) -> str:
    """A rule's statement behind the views it reads and the ``scope`` it narrows itself to."""
    windows = ", ".join(f"({unit}, {first}, {last})" for unit, first, last in scope.windows())
    rows = WHOLE_SCHOOL if scope.places is None else f"VALUES {windows or '(0, 0, -1)'}"
    tables = [f"scope(class_unit, first, last) AS ({rows})", *inlined(statement)]
    return f"WITH {', '.join(tables)}{statement}"


def statement_of(rule: Rule, connection: AsyncConnection) -> str:
    """The rule's own, behind the table it takes from where nobody has made that one."""
    table = rule.shared
    if table is None or table.name in _made(connection):
        return rule.statement
    return table.statement + rule.statement


@asynccontextmanager
async def sharing(
    connection: AsyncConnection,
    tables: Sequence[Shared],
    scope: Scope,
    given: Mapping[str, int],
) -> AsyncIterator[None]:
    """The tables stand in memory meanwhile; a server makes them with each statement."""
    if not tables or connection.dialect.name != "sqlite":
        yield
        return
    try:
        async with _writing_aside(connection):
            for table in tables:
                rows = f"{table.statement} SELECT * FROM {table.name}"  # noqa: S608  # our own name
                made = f"CREATE TEMP TABLE {table.name} AS {scoped(rows, scope)}"
                await connection.execute(with_numbers(made, given))
                _made(connection).add(table.name)
        yield
    finally:
        async with _writing_aside(connection):
            for name in sorted(_made(connection)):
                await connection.exec_driver_sql(f"DROP TABLE temp.{name}")
            _made(connection).clear()


@asynccontextmanager
async def _writing_aside(connection: AsyncConnection) -> AsyncIterator[None]:
    """A reader may make tables of its own; to the journal's it still writes nothing."""
    [[only]] = await connection.exec_driver_sql("PRAGMA query_only")
    await connection.exec_driver_sql("PRAGMA query_only=OFF")
    try:
        yield
    finally:
        await connection.exec_driver_sql(f"PRAGMA query_only={only}")


def _made(connection: AsyncConnection) -> set[str]:
    names: set[str] = connection.info.setdefault(MADE, set())
    return names
