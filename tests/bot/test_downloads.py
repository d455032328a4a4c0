"""Fetching what people send: capped, told apart, and never with the token."""

from collections.abc import AsyncGenerator
from typing import Any
from unittest.mock import Mock

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError, TelegramNotFound
from aiogram.methods import GetFile
from aiogram.types import File
from aiohttp import ClientConnectionError, ClientResponseError, RequestInfo
from yarl import URL

from bot.downloads import UnavailableFileError, download
from services.journal.receiving import TooLargeFileError
from tests.bot.wire import Wire, bot_over

METHOD = GetFile(file_id="a")
ADDRESS = "https://api.telegram.org/file/bot42:TEST/documents/a.xlsx"


class Files(Wire):
    """Gives a file of ``pieces``, or fails with ``failure`` after them."""

    def __init__(
        self, answer: object = None, pieces: tuple[bytes, ...] = (), failure: Any = None
    ) -> None:
        known = File(file_id="a", file_unique_id="u", file_size=None, file_path="documents/a.xlsx")
        super().__init__(lambda _method: answer or known)
        self.pieces, self.failure = pieces, failure
        self.taken = 0

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        for piece in self.pieces:
            self.taken += 1
            yield piece
        if self.failure is not None:
            raise self.failure


def refusal(status: int) -> ClientResponseError:
    info = RequestInfo(URL(ADDRESS), "GET", Mock(), URL(ADDRESS))
    return ClientResponseError(info, (), status=status)


async def test_a_file_comes_whole() -> None:
    assert await download(bot_over(Files(pieces=(b"a", b"b"))), "a", limit=2) == b"ab"


async def test_more_than_the_limit_is_not_read_to_its_end() -> None:
    wire = Files(pieces=(b"aa", b"bb", b"cc"))
    with pytest.raises(TooLargeFileError):
        await download(bot_over(wire), "a", limit=3)
    assert wire.taken == 2


async def test_a_stated_size_over_the_limit_is_not_fetched() -> None:
    wire = Files(File(file_id="a", file_unique_id="u", file_size=9, file_path="a"), (b"a",))
    with pytest.raises(TooLargeFileError):
        await download(bot_over(wire), "a", limit=3)
    assert wire.taken == 0


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Bad Request: file is too big", TooLargeFileError),
        ("Bad Request: wrong file_id", UnavailableFileError),
    ],
)
async def test_a_refusal_of_the_messenger_is_told_apart(
    message: str, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        await download(bot_over(Files(TelegramBadRequest(METHOD, message))), "a", limit=3)


async def test_a_file_without_a_path_is_unavailable() -> None:
    wire = Files(File(file_id="a", file_unique_id="u"))
    with pytest.raises(UnavailableFileError):
        await download(bot_over(wire), "a", limit=3)


@pytest.mark.parametrize("failure", [refusal(404), TelegramNotFound(METHOD, "Not Found")])
async def test_a_file_that_is_gone_is_unavailable(failure: Exception) -> None:
    with pytest.raises(UnavailableFileError):
        await download(bot_over(Files(failure=failure)), "a", limit=3)


@pytest.mark.parametrize(
    "failure",
    [refusal(502), ClientConnectionError(ADDRESS), TimeoutError(ADDRESS), OSError(ADDRESS)],
)
async def test_a_broken_line_can_be_retried_and_tells_no_token(failure: Exception) -> None:
    with pytest.raises(TelegramNetworkError) as raised:
        await download(bot_over(Files(failure=failure)), "a", limit=3)
    assert "42:TEST" not in f"{raised.value!r}{raised.value}{raised.value.__cause__}"
