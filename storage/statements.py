"""Statements that both databases have and SQLAlchemy spells apart."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Integer, Table, TextClause, bindparam, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Rows = Sequence[Mapping[str, Any]]
SMALL = 2**31


def with_numbers(words: str, given: Mapping[str, int]) -> TextClause:
    """A statement with its own of the ``given`` whole numbers.

    A server has to be told what they are; divisions and sums of small ones stay whole there.
    """
    statement = text(words)
    return statement.bindparams(
        *(
            bindparam(name, given[name], type_=Integer if abs(given[name]) < SMALL else BigInteger)
            for name in statement._bindparams  # noqa: SLF001  # they have no other name
        )
    )


def insert_once(
    table: Table, rows: Rows, connection: AsyncConnection
) -> "sqlite.Insert | postgresql.Insert":
    """INSERT that leaves a row alone where its key is already there."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  # loaded where it is used

        return postgresql.insert(table).values(list(rows)).on_conflict_do_nothing()
    return sqlite.insert(table).values(list(rows)).on_conflict_do_nothing()


def insert_each_once(
    table: Table, connection: AsyncConnection
) -> "sqlite.Insert | postgresql.Insert":
    """The same to be executed with a list of rows, all of the same columns."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  # loaded where it is used

        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def upsert(
    table: Table, rows: Rows, connection: AsyncConnection
) -> "sqlite.Insert | postgresql.Insert":
    """INSERT that overwrites the other columns where the primary key is already there."""
    keys = [column.name for column in table.primary_key]
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  # loaded where it is used

        ours = postgresql.insert(table).values(list(rows))
        new = {name: ours.excluded[name] for name in rows[0] if name not in keys}
        return ours.on_conflict_do_update(index_elements=keys, set_=new)
    statement = sqlite.insert(table).values(list(rows))
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)
