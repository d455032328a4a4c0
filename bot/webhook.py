"""Updates brought by the messenger itself: kept first, acknowledged after."""

import asyncio
import hmac
import json
import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError
from aiohttp import web

from bot.arrivals import arrival
from bot.backoff import Backoff
from bot.errors import RefusedTokenError
from bot.polling import Heard, Keep
from bot.settings import Settings, SettingsError
from bot.tasks import pause

log = logging.getLogger(__name__)

LARGEST = 1024 * 1024
"""Bytes of a request; an update is far smaller."""
READING = 10.0
"""Seconds for a client to send its request."""
LOOK = 300.0
"""Seconds between two questions whether updates get through to us."""
HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def _nothing() -> None:
    return None


@dataclass(slots=True, kw_only=True)
class Webhook:
    """Listens on ``host``:``port`` for ``url``'s path until ``stop``.

    ``heard`` is called as often as the messenger says that what it had was delivered.
    """

    bot: Bot
    keep: Keep
    stop: asyncio.Event
    kinds: list[str]
    url: str
    secret: str
    host: str
    port: int
    reading: float = READING
    heard: Heard = _nothing
    look: float = LOOK
    backoff: Backoff = field(default_factory=Backoff)
    address: str = ""
    _failed: datetime | None = None

    async def run(self) -> None:
        """Raise RefusedTokenError, or SettingsError where the port cannot be had."""
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=3.0)
        await runner.setup()
        try:
            await self._listen(runner)
            await self._register()
            while not self.stop.is_set():
                await self._listen_for_signs()
                await pause(self.stop, self.look)
        finally:
            await runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=LARGEST)
        application.router.add_post(urlsplit(self.url).path or "/", self.take)
        return application

    async def _listen(self, runner: web.AppRunner) -> None:
        try:
            await web.TCPSite(runner, self.host, self.port).start()
        except OSError as error:
            message = f"Настройка WEBHOOK_LISTEN: адрес {self.host}:{self.port} занят или чужой."
            raise SettingsError(message) from error
        host, port = runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"

    async def _register(self) -> None:
        """Tell the messenger where to come, until it hears."""
        while not self.stop.is_set():
            try:
                await self.bot.set_webhook(
                    self.url, secret_token=self.secret, allowed_updates=self.kinds
                )
            except (TelegramUnauthorizedError, TelegramNotFound) as error:
                raise RefusedTokenError from error
            except (TelegramAPIError, OSError) as error:
                log.warning("webhook is not set yet", extra={"error": type(error).__name__})
                await pause(self.stop, self.backoff.next())
            else:
                return

    async def _listen_for_signs(self) -> None:
        """Nothing waits there, or nothing has failed to come since the last look."""
        try:
            found = await self.bot.get_webhook_info()
            failed, self._failed = self._failed, found.last_error_date
            if found.pending_update_count == 0 or found.last_error_date == failed:
                await self.heard()
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise RefusedTokenError from error
        except Exception as error:  # noqa: BLE001  # the messenger or the disk: looked at again
            log.warning("the messenger is not heard", extra={"error": type(error).__name__})

    async def take(self, request: web.Request) -> web.Response:
        """One update; whatever cannot be an update is acknowledged and let go."""
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self.secret.encode()):
            return web.Response(status=401)
        try:
            async with asyncio.timeout(self.reading):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408)
        update = _decoded(body)
        if arrival(update) is None:
            log.warning("no update in a request", extra={"bytes": len(body)})
            return web.Response()
        return await self._kept(update)

    async def _kept(self, update: Any) -> web.Response:  # noqa: ANN401  # as it came
        try:
            await self.keep([update])
        except Exception as error:  # noqa: BLE001  # the messenger brings it again
            log.warning("update not kept", extra={"error": type(error).__name__})
            return web.Response(status=503, headers={"Retry-After": "5"})
        return web.Response()


def _decoded(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def webhook_of(
    settings: Settings,
    *,
    bot: Bot,
    keep: Keep,
    stop: asyncio.Event,
    kinds: list[str],
    heard: Heard = _nothing,
) -> Webhook:
    """Raise SettingsError without a secret: the address alone is no protection."""
    if settings.webhook_secret is None:
        message = "Для WEBHOOK_URL нужна настройка WEBHOOK_SECRET."
        raise SettingsError(message)
    host, _, port = settings.webhook_listen.rpartition(":")
    return Webhook(
        bot=bot,
        keep=keep,
        stop=stop,
        kinds=kinds,
        heard=heard,
        url=settings.webhook_url or "",
        secret=settings.webhook_secret.get_secret_value(),
        host=host.strip("[]"),
        port=int(port),
    )
