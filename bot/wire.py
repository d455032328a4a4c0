"""The bot's line to the messenger, as the settings describe it."""

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)

from bot.errors import RefusedTokenError, UnreachableMessengerError
from bot.settings import Settings, SettingsError

TIMEOUT = 40.0
"""Seconds for one call; a document of a few megabytes over a slow line fits."""


def session_of(settings: Settings) -> BaseSession:
    """Raise SettingsError where the proxy's library is missing."""
    proxy = settings.bot_api_proxy.get_secret_value() if settings.bot_api_proxy else None
    server = TelegramAPIServer.from_base(settings.bot_api_url)
    try:
        return AiohttpSession(proxy=proxy, api=server, timeout=TIMEOUT)
    except RuntimeError:
        message = "Для BOT_API_PROXY нужен модуль aiohttp-socks: установите его."
        raise SettingsError(message) from None


def bot_of(settings: Settings, session: BaseSession | None = None) -> Bot:
    """No default parse mode: each call names its own.

    aiogram puts a default on the quotation of every reply as well, and a server other than the
    official one may refuse that field.
    """
    return Bot(settings.token, session=session or session_of(settings))


async def username(settings: Settings, token: str) -> str:
    """Ask the messenger once who the token belongs to."""
    del token
    bot = bot_of(settings)
    try:
        me = await bot.get_me(request_timeout=20)
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise RefusedTokenError from error
    except AiogramError as error:
        raise UnreachableMessengerError from error
    finally:
        await bot.session.close()
    return me.username or ""
