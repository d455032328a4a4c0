"""A small school and a small bot for tests of the sandbox itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder
from PIL import Image

from bot.sandbox.clock import MovableClock
from bot.sandbox.people import Persona
from bot.sandbox.session import SandboxSession
from bot.sandbox.world import World

CLERK, TEACHER, STRANGER = 101, 102, 105


class StillClock:
    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)


def clock() -> MovableClock:
    """Friday, 20 November 2026, 13:00 in Moscow."""
    return MovableClock(start=datetime(2026, 11, 20, 10, tzinfo=UTC), base=StillClock())


def school(moving: MovableClock | None = None) -> World:
    world = World(clock=moving or clock())
    world.add_persona(Persona(id=CLERK, name="Марина Орлова", role="администратор журнала"))
    world.add_persona(Persona(id=TEACHER, name="Ирина Соколова", role="учитель математики"))
    world.add_persona(Persona(id=STRANGER, name="Тимур", role="посторонний"), started=False)
    world.add_group("Администрация школы", members=[TEACHER], leaders=[CLERK])
    return world


def bot_of(world: World) -> Bot:
    properties = DefaultBotProperties(parse_mode="HTML")
    return Bot(world.token, session=SandboxSession(world), default=properties)


def picture(width: int = 320, height: int = 200) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height), "teal").save(data, "PNG")
    return data.getvalue()


async def week(message: Message) -> None:
    keys = InlineKeyboardBuilder()
    keys.button(text="Принято", callback_data="w:ok")
    keys.button(text="Нельзя", callback_data="w:no")
    keys.button(text="Долго", callback_data="w:long")
    await message.answer_photo(BufferedInputFile(picture(), "week.png"), caption="<b>Неделя</b>")
    await message.answer("Сводка <i>готова</i>", reply_markup=keys.as_markup())


async def weigh(message: Message, bot: Bot) -> None:
    assert message.document is not None
    content = await bot.download(message.document)
    assert content is not None
    await message.reply_document(
        BufferedInputFile(content.read()[::-1], "обратно.csv"), caption="Наоборот"
    )


async def answer_press(query: CallbackQuery) -> None:
    """«Долго» is left for the test to answer."""
    if query.data == "w:long":
        return
    if query.data == "w:no":
        await query.answer("Можно только директору", show_alert=True)
        return
    await query.answer("Спасибо")
    assert isinstance(query.message, Message)
    await query.message.edit_text("Сводка принята")


async def echo(message: Message) -> None:
    """The words as HTML where they are, as they stand where they are not."""
    try:
        await message.reply(message.text or "файл")
    except TelegramBadRequest:
        await message.reply(message.text or "", parse_mode=None)


def dispatcher() -> Dispatcher:
    router = Router()
    router.message.register(week, Command("week"))
    router.message.register(weigh, F.document)
    router.message.register(echo, F.text)
    router.callback_query.register(answer_press)
    built = Dispatcher()
    built.include_router(router)
    return built


@asynccontextmanager
async def running(world: World) -> AsyncIterator[Bot]:
    """The small bot, polling the sandbox by aiogram's own loop."""
    bot = bot_of(world)
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(dispatcher().start_polling(bot, handle_signals=False))
        try:
            yield bot
        finally:
            polling.cancel()
