"""Engines: how each database is opened, and what each connection is told first."""

import asyncio
import sqlite3
from contextlib import suppress
from pathlib import Path

import aiosqlite
from sqlalchemy import AdaptedConnection, Connection, Engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

LOCK_WAIT_MS = 5_000
READERS = 4
_COMMON = (f"busy_timeout={LOCK_WAIT_MS}", "foreign_keys=ON", "temp_store=MEMORY")
CHECKPOINT_PAGES = 8_000
"""32 MB of log before it is folded in: with SQLite's own 4 MB an import folds the same index pages
in over and over, which costs more than writing its rows."""
_WRITER = (
    *_COMMON,
    "journal_mode=WAL",
    "synchronous=FULL",
    f"wal_autocheckpoint={CHECKPOINT_PAGES}",
)
_READER = (*_COMMON, "query_only=ON")

_SERVER: dict[str, object] = {
    "timeout": 10,
    "command_timeout": 600,
    "server_settings": {"idle_in_transaction_session_timeout": "600000"},
}
"""Seconds, and milliseconds for the server: nobody waits for ever, nor is waited for."""


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def sqlite_file(url: str) -> Path | None:
    """The file behind the address; None for another database and for one in memory."""
    name = make_url(url).database
    return Path(name) if is_sqlite(url) and name and name != ":memory:" else None


def open_engines(url: str) -> tuple[AsyncEngine, AsyncEngine]:
    """The writer and the readers; on a server both have one pool."""
    if not is_sqlite(url):
        engine = create_async_engine(url, pool_pre_ping=True, connect_args=_SERVER)
        event.listen(engine.sync_engine, "connect", _plain_numbers)
        event.listen(engine.sync_engine, "handle_error", _lost)
        return engine, engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    writer = create_async_engine(
        url,
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,
        pool_reset_on_return=None,  # each transaction is ended by whoever began it
    )
    reader = create_async_engine(url, pool_size=READERS, max_overflow=0, pool_timeout=60)
    _prepare(writer.sync_engine, _WRITER, "BEGIN IMMEDIATE")
    _prepare(reader.sync_engine, _READER, "BEGIN")
    return writer, reader


def open_plain(file: Path) -> sqlite3.Connection:
    """A writing connection past every pool, for whoever knows when it is its turn; not synced."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    for pragma in (*_WRITER, "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def _plain_numbers(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Sums come as int or float, as from SQLite, and not as Decimal."""
    if isinstance(connection, AdaptedConnection):
        connection.run_async(
            lambda driver: driver.set_type_codec(
                "numeric", schema="pg_catalog", encoder=str, decoder=_number, format="text"
            )
        )


def _lost(failure: ExceptionContext) -> None:
    """A session that ends between two steps leaves the driver confused: it is lost, too."""
    if type(failure.original_exception).__name__ == "InternalClientError":
        failure.is_disconnect = True


def _number(written: str) -> float:
    return int(written) if written.lstrip("-").isdecimal() else float(written)


def _prepare(engine: Engine, pragmas: tuple[str, ...], begin: str) -> None:
    """The driver never begins by itself, so that BEGIN means what it says."""

    def connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "invalidate", _undo)
    event.listen(engine, "begin", begun)


def _undo(
    connection: DBAPIConnection, _entry: ConnectionPoolEntry, _error: BaseException | None
) -> None:
    """Roll back before a connection is dropped in the middle of a statement.

    Closing alone does not: while a cursor of it is alive somewhere (in the traceback of the
    cancellation, say), SQLite keeps the transaction and its lock.
    """
    if isinstance(connection, AdaptedConnection):
        with suppress(asyncio.CancelledError, sqlite3.Error, ValueError):
            connection.run_async(lambda driver: asyncio.shield(_rollback(driver)))


async def _rollback(driver: aiosqlite.Connection) -> None:
    """Not waiting for a long statement to reach its end."""
    await driver.interrupt()
    await driver.rollback()
