"""Files that people send, fetched whole or not at all; the token is in no error."""

import asyncio
from contextlib import aclosing

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError, TelegramNotFound
from aiogram.methods import GetFile
from aiohttp import ClientError, ClientResponseError

from services.errors import DomainError
from services.journal.receiving import TooLargeFileError

PIECE = 65_536
MEGABYTE = 1024 * 1024
SECONDS = 90
GONE = range(400, 500)


class UnavailableFileError(DomainError):
    """The messenger does not give the file (any more)."""

    key = "errors/file-unavailable"


async def download(bot: Bot, file_id: str, *, limit: int) -> bytes:
    """Raise TooLargeFileError or UnavailableFileError; a failure of the line can be retried."""
    method = GetFile(file_id=file_id)
    try:
        file = await bot(method)
    except TelegramBadRequest as refusal:
        if "too big" in refusal.message.lower():
            raise TooLargeFileError(limit=limit // MEGABYTE) from None
        raise UnavailableFileError from None
    if file.file_path is None:
        raise UnavailableFileError
    if (file.file_size or 0) > limit:
        raise TooLargeFileError(limit=limit // MEGABYTE)
    try:
        async with asyncio.timeout(SECONDS):
            return await _content(bot, file.file_path, limit)
    except TelegramNotFound:
        raise UnavailableFileError from None
    except ClientResponseError as error:
        if error.status in GONE:
            raise UnavailableFileError from None
        raise TelegramNetworkError(method, f"download refused: {error.status}") from None
    except (ClientError, OSError) as error:  # a timeout is an OSError too
        name = type(error).__name__
        raise TelegramNetworkError(method, f"download broken: {name}") from None


async def _content(bot: Bot, path: str, limit: int) -> bytes:
    url = bot.session.api.file_url(bot.token, path)
    content = bytearray()
    stream = bot.session.stream_content(
        url, timeout=SECONDS, chunk_size=PIECE, raise_for_status=True
    )
    async with aclosing(stream) as pieces:
        async for piece in pieces:
            content += piece
            if len(content) > limit:
                raise TooLargeFileError(limit=limit // MEGABYTE)
    return bytes(content)
