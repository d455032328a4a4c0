"""One process works on a server's database: the others stand by until it is gone."""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from storage.database import Database, unavailable

log = logging.getLogger(__name__)
T = TypeVar("T")

LOCK = 0x59_6F_7A_69
"""The number of the lock that the working process holds as long as its session lives."""
TERMS = "yozh_terms"
"""A sequence whose last value is the present term; ``nextval`` would skip some after a crash."""
LOOK = 1.0
"""Seconds between two looks."""
FRESH = 3.0
"""Seconds for which a look is believed."""
GRACE = 2 * FRESH
"""Seconds that a successor waits, until whoever had the lock before no longer believes it."""


class LostLeadershipError(Exception):
    """Another process has taken over: this one must end."""


@dataclass(slots=True, kw_only=True)
class Leadership:
    """The right to work on the database of a server.

    It is a lock of a session of its own, and a term that every connection of ours is opened under:
    whoever takes over ends the connections of earlier terms, and none can be opened under them.
    """

    database: Database
    look: float = LOOK
    fresh: float = FRESH
    grace: float = GRACE
    term: int = 0
    _engine: AsyncEngine | None = None
    _session: AsyncConnection | None = None
    _seen: float = 0.0

    async def take(self, stop: asyncio.Event) -> bool:
        """Stand by until the lock is free; False when told to stop before that.

        Raise what a server says that cannot be asked at the very first time.
        """
        if not await self._lock():
            log.info("another process works on the database; standing by")
            if not await self._stand_by(stop):
                return False
        await self._begin_term()
        return True

    async def _stand_by(self, stop: asyncio.Event) -> bool:
        """Whether the lock is ours; whoever had it has stopped believing so by then."""
        while not await _set_within(stop, self.look):
            with suppress(ConnectionRefusedError):
                if await self._tolerant(self._lock()):
                    return not await _set_within(stop, self.grace)
        return False

    async def watch(self, stop: asyncio.Event) -> None:
        """Until ``stop``; raise LostLeadershipError when another process has taken over."""
        while not await _set_within(stop, self.look):
            with suppress(ConnectionRefusedError):
                await self._see()

    async def confirm(self) -> None:
        """Before something that cannot be taken back: raise unless the lock is known to be ours.

        LostLeadershipError, or ConnectionRefusedError while the server cannot be asked.
        """
        if asyncio.get_running_loop().time() - self._seen > self.fresh:
            await self._see()

    async def close(self) -> None:
        await self._leave()
        if self._engine is not None:
            await self._engine.dispose()

    async def _see(self) -> None:
        begun = asyncio.get_running_loop().time()
        if not await self._alive():
            await self._tolerant(self._regain())
        self._seen = begun

    async def _tolerant(self, step: Coroutine[Any, Any, T]) -> T:
        """ConnectionRefusedError for everything that passes by itself."""
        try:
            return await step
        except (DBAPIError, OSError) as error:
            if not unavailable(error):
                raise
            await self._leave()
            raise ConnectionRefusedError from error

    async def _alive(self) -> bool:
        if self._session is None:
            return False
        with suppress(ConnectionRefusedError):
            await self._tolerant(self._session.execute(text("SELECT 1")))
            return True
        return False

    async def _regain(self) -> None:
        """The session was cut: go on under the same term, unless another has begun."""
        if not await self._lock() or self._session is None:
            raise LostLeadershipError
        last = (await self._session.execute(text(f"SELECT last_value FROM {TERMS}"))).scalar()  # noqa: S608  # ours
        if last != self.term:
            raise LostLeadershipError

    async def _lock(self) -> bool:
        """Whether the lock is ours now, in ``_session``."""
        session = self._own().connect()
        await session.start()
        try:
            taken = await session.execute(text(f"SELECT pg_try_advisory_lock({LOCK})"))
            if not taken.scalar():
                await session.close()
                return False
        except BaseException:
            await session.close()
            raise
        self._session, self._seen = session, asyncio.get_running_loop().time()
        return True

    def _own(self) -> AsyncEngine:
        """No pool: the session lives from the lock to its end."""
        if self._engine is None:
            self._engine = create_async_engine(
                self.database.url,
                poolclass=NullPool,
                isolation_level="AUTOCOMMIT",
                connect_args={"timeout": 10, "command_timeout": 10},
            )
        return self._engine

    async def _begin_term(self) -> None:
        session = self._session
        if session is None:
            raise LostLeadershipError
        await session.execute(text(f"CREATE SEQUENCE IF NOT EXISTS {TERMS}"))
        following = f"SELECT setval('{TERMS}', last_value + 1) FROM {TERMS}"  # noqa: S608  # ours
        self.term = (await session.execute(text(following))).scalar_one()
        event.listen(self.database.writer.sync_engine, "connect", self._under_our_term)
        await self.database.writer.dispose()
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND application_name LIKE :ours "
                "AND application_name <> :own"
            ),
            {"ours": f"{TERMS}-%", "own": f"{TERMS}-{self.term}"},
        )
        log.info("the database is ours", extra={"term": self.term})

    def _under_our_term(self, connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        """Named first, looked at after: a successor either ends it or is seen here."""
        cursor = connection.cursor()
        try:
            cursor.execute(f"SET application_name TO '{TERMS}-{self.term}'")
            cursor.execute(f"SELECT last_value FROM {TERMS}")  # noqa: S608  # ours
            [last] = cursor.fetchone() or [None]
            connection.commit()
        finally:
            cursor.close()
        if last != self.term:
            raise LostLeadershipError

    async def _leave(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(DBAPIError, OSError):
                await session.close()


async def _set_within(stop: asyncio.Event, seconds: float) -> bool:
    """Whether it is set before that many seconds have passed."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()
