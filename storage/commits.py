"""A commit on a server whose answer is lost: the server is asked what became of it."""

import asyncio

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

PATIENCE = 60.0
PAUSE = 0.2
"""Seconds for which the server is asked again, and between two questions."""


async def committed(connection: AsyncConnection) -> None:
    """Commit; raise unless it is done, whether its answer came or not.

    Where the server stays away the error of the commit is raised: what became of it is not known.
    """
    number = (await connection.execute(text("SELECT txid_current_if_assigned()"))).scalar()
    try:
        await connection.commit()
    except (DBAPIError, OSError):
        if number is None or not await _done(connection.engine, number):
            raise


async def _done(engine: AsyncEngine, number: int) -> bool:
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    while loop.time() < until:
        try:
            async with engine.connect() as other:
                asked = await other.execute(text("SELECT txid_status(:number)"), {"number": number})
                status = asked.scalar()
        except (DBAPIError, OSError):
            status = "in progress"
        if status != "in progress":
            return status == "committed"
        await asyncio.sleep(PAUSE)
    return False
