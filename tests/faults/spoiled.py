"""What a life runs: the bot as it is, or with one of its promises taken away on purpose."""

import asyncio
import os
import sys
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardMarkup, Message

from bot import schedule
from bot.__main__ import main
from bot.answers import Answers
from bot.polling import Poller
from bot.tasks import Tasks

LATER = 1.5
"""Seconds for which something is in memory alone."""
_TASKS = Tasks()


def bot(spoil: str = "") -> None:
    """``python -m bot run``; ``spoil`` names the promise that is taken away first."""
    if spoil:
        _SPOILS[spoil]()
    sys.argv = ["yozh", "run"]
    main()


def quick() -> None:
    """``python -m bot run`` that asks twice a second what is due."""
    schedule.TICK = 0.5  # type: ignore[assignment]
    bot()


def _confirm_first() -> None:
    """The offset moves before the batch is on the disk."""

    async def once(poller: Poller) -> None:
        batch = await poller._ask()
        if batch:
            poller._confirm(batch)
            _TASKS.start(_later(poller, batch))

    async def _later(poller: Poller, batch: list[Any]) -> None:
        await asyncio.sleep(LATER)
        await poller.keep(batch)

    Poller._once = once  # type: ignore[method-assign, assignment]


def _outbox_off() -> None:
    """Answers wait in memory for their turn to be sent."""

    async def put(
        answers: Answers,
        chat: int,
        text: str,
        keyboard: InlineKeyboardMarkup | None,
        *,
        reply_to: int | None,
    ) -> None:
        del answers, keyboard
        _TASKS.start(_send(chat, text, reply_to))

    async def _send(chat: int, text: str, reply_to: int | None) -> None:
        await asyncio.sleep(LATER)
        async with own_bot() as sender:
            await sender.send_message(chat, text, reply_to_message_id=reply_to)

    Answers._put = put  # type: ignore[method-assign, assignment]


_SPOILS = {"confirm first": _confirm_first, "outbox off": _outbox_off}


def own_bot() -> Bot:
    server = TelegramAPIServer.from_base(os.environ["BOT_API_URL"])
    return Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=server))


async def plain() -> None:
    """Polling as aiogram does it by itself, and a handler that takes a moment."""
    dispatcher = Dispatcher()

    async def answer(message: Message) -> None:
        await asyncio.sleep(LATER)
        await message.reply("…")

    dispatcher.message.register(answer)
    await dispatcher.start_polling(own_bot())
