"""One writer at a time, readers apart: the database and its transactions."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.clock import Clock
from services.ids import ImportId, SchoolId
from storage.ahead import EngineAhead, PlainAhead
from storage.commits import committed
from storage.engines import is_sqlite, open_engines, open_plain, sqlite_file
from storage.inbox import handling
from storage.settled import settled
from storage.unit_of_work import StoredWork

_TEMPORARY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")
_PASSING = ("08", "40", "53", "55P03", "57")
"""Beginnings of a server's codes: no connection, a clash, no room, a lock, told to stop."""
_ONE_WRITER = 0x59_6F_7A_68
"""The number of the lock on a server that a writing transaction holds, in every program of ours."""


class DamagedDatabaseError(Exception):
    """The file is not a database, or a page of it is broken."""


class BrokenReferencesError(Exception):
    """A remodelling would leave rows that point nowhere."""


def unavailable(error: BaseException) -> bool:
    """Whether the database could not do it now (full disk, lock, lost connection) but may later."""
    if isinstance(error, PoolTimeoutError | OSError):
        return True
    if isinstance(error, sqlite3.Error):
        return _temporary(error)
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return _temporary(error.orig)
    return error.connection_invalidated or _code(error.orig).startswith(_PASSING)


def _temporary(error: sqlite3.Error) -> bool:
    name = getattr(error, "sqlite_errorname", None) or ""
    return name.startswith(_TEMPORARY)


def _code(error: BaseException | None) -> str:
    """SQLSTATE, where there is one."""
    return getattr(error, "sqlstate", None) or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """Transactions of one database: ``unit_of_work`` to change, ``reading`` to look.

    ``letters`` rings after a commit that put something into the outbox. Nobody calls ``commit()``:
    leaving the block commits, an exception (a cancellation too) rolls back, and the next writer
    begins only when that has ended.
    """

    url: str
    writer: AsyncEngine
    reader: AsyncEngine
    clock: Clock
    letters: asyncio.Event = field(default_factory=asyncio.Event)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    def open(cls, url: str, *, clock: Clock) -> Self:
        writer, reader = open_engines(url)
        return cls(url=url, writer=writer, reader=reader, clock=clock)

    @property
    def file(self) -> Path | None:
        return sqlite_file(self.url)

    async def close(self) -> None:
        """Without this an open SQLite connection's thread would outlive the program."""
        await self.writer.dispose()
        await self.reader.dispose()

    async def check(self) -> None:
        """Raise DamagedDatabaseError unless every page can be read."""
        if not is_sqlite(self.url):
            return
        try:
            async with self.reader.connect() as connection:
                found = (await connection.execute(text("PRAGMA quick_check(1)"))).scalar()
        except DBAPIError as error:
            if unavailable(error):
                raise
            raise DamagedDatabaseError(str(error.orig)) from error
        if found != "ok":
            raise DamagedDatabaseError(str(found))

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[StoredWork]:
        """One transaction; a change made while an update is handled is noted on it in the same.

        With a letter the update has ended; without one its answer is still to come.
        """
        receipt = handling.get()
        async with self._transaction() as work:
            before = await _changes(work.connection)
            yield work
            if receipt is None or receipt.done or await _changes(work.connection) == before:
                return
            if work.posted:
                await work.inbox.finish([receipt.row])
                work.after_commit.append(receipt.close)
            elif not receipt.changed:
                await work.inbox.change(receipt.row)
                work.after_commit.append(receipt.note)

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[StoredWork]:
        """One transaction for the process's own books: it ends no update."""
        async with self._transaction() as work:
            yield work

    @asynccontextmanager
    async def bulk(self) -> AsyncIterator[StoredWork]:
        """One transaction of a long import, not synced by itself.

        The next ordinary commit syncs it, so an import is durable with the move of its pointer.
        """
        async with self._transaction(("synchronous=NORMAL", "synchronous=FULL")) as work:
            yield work

    @asynccontextmanager
    async def ahead(
        self, school: SchoolId, number: ImportId
    ) -> AsyncIterator[PlainAhead | EngineAhead]:
        """Small transactions of one staged import, each waiting its turn among the others."""
        if self.file is None:
            yield EngineAhead(bulk=self.bulk, school=school, number=number)
            return
        connection = await asyncio.to_thread(open_plain, self.file)
        try:
            yield PlainAhead(connection=connection, turn=self._turn, school=school, number=number)
        finally:
            await settled(asyncio.to_thread(connection.close))

    @asynccontextmanager
    async def remodelling(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that may rebuild tables; references are checked before it commits."""
        async with self._transaction(("foreign_keys=OFF", "foreign_keys=ON")) as work:
            yield work.connection
            if is_sqlite(self.url):
                broken = await work.connection.execute(text("PRAGMA foreign_key_check"))
                if broken.first() is not None:
                    raise BrokenReferencesError

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[StoredWork]:
        """A snapshot to read from; it waits for no writer."""
        async with self.reader.connect() as connection:
            yield StoredWork(connection, self.clock, self.letters)

    @asynccontextmanager
    async def _transaction(
        self, pragmas: tuple[str, str] | None = None
    ) -> AsyncIterator[StoredWork]:
        pragmas = pragmas if is_sqlite(self.url) else None
        async with self._turn:
            connection = self.writer.connect()
            work = StoredWork(connection, self.clock, self.letters)
            try:
                await settled(_begin(connection, pragmas and pragmas[0]))
                yield work
                await settled(_commit(work))
            finally:
                await settled(_end(connection, pragmas and pragmas[1]))


async def _begin(connection: AsyncConnection, pragma: str | None) -> None:
    await connection.start()
    if pragma is not None:
        await _tell(connection, pragma)
    await connection.begin()
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})"))


async def _commit(work: StoredWork) -> None:
    if work.connection.dialect.name == "postgresql":
        await committed(work.connection)
    else:
        await work.connection.commit()
    for step in work.after_commit:
        step()


async def _end(connection: AsyncConnection, pragma: str | None) -> None:
    if connection.sync_connection is None:
        return
    try:
        await connection.rollback()
        if not connection.invalidated:
            await _undo_failed_commit(connection)
            if pragma is not None:
                await _tell(connection, pragma)
    finally:
        await connection.close()


async def _undo_failed_commit(connection: AsyncConnection) -> None:
    """SQLite keeps a transaction open whose commit failed; SQLAlchemy takes it for ended."""
    driver = (await connection.get_raw_connection()).driver_connection
    if driver is not None and getattr(driver, "in_transaction", False):
        await driver.rollback()


async def _tell(connection: AsyncConnection, pragma: str) -> None:
    """Past SQLAlchemy, which would begin a transaction first and make the pragma void."""
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    if driver is not None:
        await (await driver.execute(f"PRAGMA {pragma}")).close()


async def _changes(connection: AsyncConnection) -> int:
    """How many rows this connection has changed so far; on a server, whether it wrote anything."""
    raw = await connection.get_raw_connection()
    changes: int | None = getattr(raw.driver_connection, "total_changes", None)
    if changes is None:
        written = await connection.execute(text("SELECT txid_current_if_assigned()"))
        return int(written.scalar() is not None)
    return changes
