"""The sandbox's page in a real browser, with a real bot behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.types import BotCommand
from playwright.async_api import Browser, expect

from bot.sandbox.live import Hint, ReadyFile
from bot.sandbox.server import Server, serve
from bot.sandbox.world import World
from tests.bot.sandbox.browser import DESKTOP, PHONE, browser, in_browser, opened
from tests.bot.sandbox.stage import CLERK, TEACHER, clock, picture, running, school
from tests.journeys.page_person import Person

pytestmark = in_browser
__all__ = ["browser"]
GROUP = "Администрация школы"


@dataclass(frozen=True, slots=True)
class Scene:
    world: World
    bot: Bot
    server: Server
    person: Person


@asynccontextmanager
async def scene(
    chromium: Browser, *, size: tuple[int, int] = DESKTOP, dark: bool = False
) -> AsyncIterator[Scene]:
    moving = clock()
    world = school(moving)

    async def move(moment: datetime) -> None:
        moving.move_to(moment)

    async def journal() -> bytes:
        return b"12345" * 1000

    server = await serve(
        world,
        port=0,
        files=[ReadyFile(name="Журнал за неделю.xlsx", about="25 классов", content=journal)],
        hints=[Hint(text="Станьте учителем", persona=TEACHER)],
        move_clock=move,
        zone=ZoneInfo("Europe/Moscow"),
    )
    window = opened(chromium, server.address, size=size, dark=dark)
    async with running(world) as bot, window as page:
        yield Scene(world, bot, server, Person(page))
        await server.close()


async def test_a_text_is_answered_and_html_in_it_stays_text(browser: Browser) -> None:
    evil = "<img src=x onerror=alert(1)><script>document.title='взлом'</script>"
    async with scene(browser) as show:
        await show.person.say(evil)
        answer = await show.person.sees("onerror")
        await expect(answer.locator(".cited")).to_be_visible()
        await expect(show.person.page.locator("#log .words img, #log script")).to_have_count(0)
        await expect(show.person.page).to_have_title("Ёж — песочница")
        await expect(show.person.message(evil)).to_be_visible()


async def test_buttons_show_that_they_wait_and_messages_change_in_place(browser: Browser) -> None:
    async with scene(browser) as show:
        page = show.person.page
        await show.person.say("/week")
        photo = show.person.message("Неделя").locator(".photo img")
        await expect(photo).to_be_visible()
        assert await photo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
        await photo.click()
        await expect(page.locator("#picture img")).to_be_visible()
        await page.keyboard.press("Escape")
        await show.person.press("Нельзя")
        await expect(page.locator("#alert")).to_contain_text("Можно только директору")
        await page.get_by_role("button", name="Понятно").click()
        count = await page.locator(".message").count()
        await show.person.press("Принято")
        await expect(page.locator(".toast")).to_have_text("Спасибо")
        await show.person.sees("Сводка принята")
        await expect(page.locator(".message")).to_have_count(count)
        await expect(page.locator(".key")).to_have_count(0)


async def test_a_pressed_button_waits_for_its_answer(browser: Browser) -> None:
    async with scene(browser) as show:
        await show.person.say("/week")
        key = show.person.page.locator(".key", has_text="Долго")
        await show.person.press("Долго")
        await expect(key).to_have_attribute("aria-busy", "true")
        (query,) = show.world.presses
        await show.bot.answer_callback_query(query, text="Дождались")
        await expect(key).to_have_attribute("aria-busy", "false")
        await expect(show.person.page.locator(".toast")).to_have_text("Дождались")


async def test_files_go_both_ways(browser: Browser, tmp_path: Path) -> None:
    source = tmp_path / "Журнал 5А.csv"
    source.write_bytes(b"123")
    async with scene(browser) as show:
        await show.person.attach(source)
        await show.person.sees("Журнал 5А.csv")
        await show.person.sees("Наоборот")
        saved = await show.person.download("обратно.csv", to=tmp_path)
        await show.person.send_ready("Журнал за неделю.xlsx")
        await expect(await show.person.sees("Журнал за неделю.xlsx")).to_contain_text("5 КБ")
    assert saved.read_bytes() == b"321"


async def test_each_persona_has_own_chats_and_unread(browser: Browser) -> None:
    async with scene(browser) as show:
        page = show.person.page
        await show.bot.send_message(TEACHER, "Вас ждут 3 урока")
        await expect(page.locator("#personas [data-persona='102'] .badge")).to_have_text("1")
        await page.get_by_role("button", name="Стать: Ирина Соколова").click()
        await show.person.sees("Вас ждут 3 урока")
        await expect(page.locator(".badge")).to_have_count(0)
        await show.person.become("Тимур")
        await expect(page.locator("#chats")).not_to_contain_text(GROUP)
        await page.get_by_role("button", name="Начать").click()
        await show.person.sees("/start")


async def test_the_bot_is_let_into_a_group_and_heard_by_all(browser: Browser) -> None:
    async with scene(browser) as show:
        await show.person.open(GROUP)
        await show.person.page.get_by_role("button", name="Добавить бота").click()
        await show.person.say("/week")
        await show.person.sees("Сводка готова")
        await show.person.become("Ирина Соколова")
        await expect(show.person.page.locator("#title")).to_have_text(GROUP)
        await expect(show.person.message("/week")).not_to_have_class("mine")
        await show.person.sees("Сводка готова")


async def test_commands_of_the_bot_are_offered_and_links_in_text_work(browser: Browser) -> None:
    async with scene(browser) as show:
        page = show.person.page
        commands = [BotCommand(command="week", description="сводка за неделю")]
        await show.bot.set_my_commands(commands)
        await page.get_by_role("button", name="Команды бота").click()
        await page.locator("#popup").get_by_text("сводка за неделю").click()
        await show.person.sees("Сводка готова")
        await show.bot.send_message(CLERK, "Ещё: /status")
        await page.locator(".command", has_text="/status").click()
        await expect(page.locator(".message.mine", has_text="/status")).to_be_visible()


async def test_an_invitation_is_opened_as_whoever_is_chosen(browser: Browser) -> None:
    async with scene(browser) as show:
        page = show.person.page
        await show.bot.send_message(CLERK, "https://t.me/yozh_bot?start=CODE-123_x")
        await page.locator(".words a").click()
        await page.locator("#choose").get_by_text("Тимур").click()
        await expect(page.locator(".message.mine")).to_contain_text("/start CODE-123_x")
        await expect(page.locator("#about")).to_contain_text("Тимур")


async def test_a_reply_quotes_its_message(browser: Browser) -> None:
    async with scene(browser) as show:
        await show.bot.send_message(CLERK, "Опишите беду")
        message = await show.person.sees("Опишите беду")
        await message.hover()
        await message.get_by_role("button", name="Ответить").click()
        await show.person.say("Не открывается")
        await expect(show.person.page.locator(".mine .cited")).to_contain_text("Опишите беду")


async def test_the_clock_is_moved_to_friday(browser: Browser) -> None:
    async with scene(browser) as show:
        await expect(show.person.page.locator("#clock")).to_contain_text("13:00")
        await show.person.move_clock("К пятнице 16:00")
        await expect(show.person.page.locator("#clock")).to_contain_text("16:00")
        await show.person.move_clock("+1 день")
        await expect(show.person.page.locator("#clock")).to_contain_text("21 нояб")


async def test_a_phone_shows_one_pane_and_never_scrolls_sideways(browser: Browser) -> None:
    async with scene(browser, size=PHONE, dark=True) as show:
        page = show.person.page
        await expect(page.locator(".room")).to_be_hidden()
        await show.person.open("Ёж")
        await expect(page.locator(".side")).to_be_hidden()
        show.world.send_photo(CLERK, CLERK, "wide.png", picture(3000, 400), caption="ш" * 200)
        show.world.send_document(CLERK, CLERK, "О" * 90 + ".xlsx", b"1")
        await show.bot.send_message(CLERK, "<pre>" + "9" * 300 + "</pre>конец")
        await show.person.sees("конец")
        widths = (
            "[document.documentElement.scrollWidth, innerWidth, log.scrollWidth - log.clientWidth]"
        )
        assert await page.evaluate(widths) == [360, 360, 0]
        await page.get_by_role("button", name="К списку чатов").click()
        await expect(page.locator(".room")).to_be_hidden()


async def test_the_line_is_mended_after_it_broke(browser: Browser) -> None:
    async with scene(browser) as show:
        await show.bot.send_message(CLERK, "раз")
        await show.person.sees("раз")
        show.world.hang_up()
        await expect(show.person.page.locator("#offline")).to_be_visible()
        await show.bot.send_message(CLERK, "два")
        await show.person.sees("два")
        await expect(show.person.page.locator("#offline")).to_be_hidden()
        await show.person.say("три")
        await expect(show.person.page.locator(".message.mine")).to_have_text("три13:00")
