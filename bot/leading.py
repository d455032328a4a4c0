"""Several processes on one server's database: one works, the others stand by."""

import asyncio
from dataclasses import dataclass

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.app import App, build
from bot.settings import Settings
from storage.leadership import Leadership


@dataclass(slots=True)
class OnlyLeader(BaseRequestMiddleware):
    """Nothing leaves a process that was asleep while another took over."""

    leadership: Leadership

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            await self.leadership.confirm()
        except ConnectionRefusedError as error:
            unsent = TelegramNetworkError(method=method, message="the database is out of reach")
            raise unsent from error
        return await make_request(bot, method)


async def lead(app: App, leadership: Leadership) -> None:
    """Run the app once the database is ours; raise LostLeadershipError when it no longer is."""
    watching: asyncio.Future[None] | None = None
    try:
        if await leadership.take(app.stop):
            app.bot.session.middleware(OnlyLeader(leadership))
            watching = asyncio.ensure_future(leadership.watch(app.stop))
            watching.add_done_callback(lambda _: app.stop.set())
            await app.run()
    finally:
        if watching is not None:
            app.stop.set()
            await asyncio.wait({watching})
        await leadership.close()
    if watching is not None and (error := watching.exception()) is not None:
        raise error


def run_bot(settings: Settings) -> None:
    """The bot until it is told to stop."""

    async def live() -> None:
        app = build(settings, clock=settings.clock())
        if app.database.file is not None:
            await app.run()
        else:
            await lead(app, Leadership(database=app.database))

    asyncio.run(live())
