"""Rows of an import that nobody sees yet, written in small transactions between other writers."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from services.ids import ImportId, SchoolId
from services.journal.relations import FOREVER, Relation, Row
from storage.journal import StoredJournal
from storage.settled import settled

_STATE = "SELECT state FROM imports WHERE school = ? AND id = ?"


class _Work(Protocol):
    @property
    def journal(self) -> StoredJournal: ...


class _Transactions(Protocol):
    def __call__(self) -> AbstractAsyncContextManager[_Work]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainAhead:
    """SQLite's way: one visit to a thread a chunk, past everything that a unit of work needs.

    The connection is in nobody's pool and is not synced by itself: the ordinary commit that moves
    the pointer syncs what was written before it.
    """

    connection: sqlite3.Connection
    turn: asyncio.Lock
    school: SchoolId
    number: ImportId

    async def write(self, relation: Relation, rows: Sequence[Row], ended: Sequence[int]) -> bool:
        async with self.turn:
            step = asyncio.to_thread(self._write, relation, rows, ended)
            return await settled(step)

    def _write(self, relation: Relation, rows: Sequence[Row], ended: Sequence[int]) -> bool:
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            state = connection.execute(_STATE, (self.school, self.number)).fetchone()
            staged: bool = state == ("staged",)
            if staged:
                self._put(relation, rows)
                self._end(relation, ended)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return staged

    def _put(self, relation: Relation, rows: Sequence[Row]) -> None:
        """School and generations are the same in every row: they stand in the text."""
        names = ("school", "born", "died", *relation.columns)
        same = (self.school, self.number, FOREVER)
        values = ", ".join([*map(str, map(int, same)), *"?" * len(relation.columns)])
        text = f"INSERT INTO {relation.name} ({', '.join(names)}) VALUES ({values})"  # noqa: S608  # our own names
        self.connection.executemany(text, rows)

    def _end(self, relation: Relation, ended: Sequence[int]) -> None:
        text = f"UPDATE {relation.name} SET died = ? WHERE row_id = ?"  # noqa: S608  # our own names
        self.connection.executemany(text, [(self.number, row_id) for row_id in ended])


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineAhead:
    """The way of every other database: a unit of work a chunk."""

    bulk: _Transactions
    school: SchoolId
    number: ImportId

    async def write(self, relation: Relation, rows: Sequence[Row], ended: Sequence[int]) -> bool:
        async with self.bulk() as work:
            if await work.journal.import_state(self.school, self.number) != "staged":
                return False
            if rows:
                await work.journal.insert(relation, self.school, rows, self.number)
            if ended:
                await work.journal.end(relation, ended, self.number)
            return True
