"""Passports of the rules in people's hands, over one database: /rules."""

from typing import Any

from aiogram.types import Message

from bot.downloads import download
from bot.journal import completeness_of
from services.clock import Clock
from services.completeness.passport_changes import FILE_LIMIT, NotPassportsError
from services.completeness.passports import PassportDesk
from storage.database import Database


def for_passports(database: Database, *, clock: Clock) -> dict[str, Any]:
    """Under the names of the handlers' parameters."""
    desk = PassportDesk(
        completeness=completeness_of(database, clock),
        unit_of_work=database.unit_of_work,
        reading=database.reading,
        clock=clock,
    )
    return {"passports": desk, "passports_file": passports_file}


async def passports_file(message: Message) -> bytes:
    """What is too large for passports is not even fetched."""
    document, bot = message.document, message.bot
    if document is None or bot is None or (document.file_size or 0) > FILE_LIMIT:
        raise NotPassportsError(place="")
    return await download(bot, document.file_id, limit=FILE_LIMIT)
