"""The main journey in the demo's page, by a real browser; its pictures are the README's.

With ``SCREENSHOTS`` set to a directory the pictures of the run go there.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from openpyxl import load_workbook
from PIL import Image
from playwright.async_api import Browser, Page

from bot.sandbox.cast import GROUP
from bot.sandbox.papers import PICTURE_NAME, SLIP_NAME, WEEK_NAME
from bot.sandbox.prologue import PIN
from tests.bot.sandbox.browser import CHROMIUM, PHONE, browser, opened
from tests.journeys.page_person import Person
from tests.journeys.playing import playing

__all__ = ["browser"]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("page"),
]
ADMINISTRATOR, DIRECTOR, STRANGER = "Марина Орлова", "Виктор Лапин", "Тимур"
BOT = "Ёж"
WEEK = "неделя 16.11"
TALL = 1180
"""Pixels: the digest's message, its picture and its file at once."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """One demo a module: what one test leaves in it must not disturb another."""
    async with playing(tmp_path_factory.mktemp("demo"), "--port", "0") as demo:
        yield await demo.address()


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    chosen = os.environ.get("SCREENSHOTS")
    return Path(chosen) if chosen else tmp_path


async def test_the_week_goes_from_the_file_to_the_digest(
    browser: Browser, address: str, gallery: Path, tmp_path: Path
) -> None:
    async with opened(browser, address) as page:
        person = Person(page)
        await load(person, WEEK_NAME)
        await shot(person, gallery / "import.png")
        status = await figures(person)
        behind, ahead = await teachers(page)
        gaps = await gaps_of(person, behind)
        await shot(person, gallery / "gaps.png")
        nothing = await gaps_of(person, ahead)
        await person.become(DIRECTOR)
        await person.open(GROUP)
        await person.move_clock("К пятнице 16:00")
        await person.sees("digest-2026-W47.xlsx")
        digest = await (await person.sees(WEEK)).inner_text()
        await shot(person, gallery / "digest.png", height=TALL)
        book = await person.download("digest-2026-W47.xlsx", to=tmp_path)
        await person.press("По классам")
        classes = await (await person.sees("11А:")).inner_text()
        await person.press("Назад")
        await person.press("Принято")
        await person.sees("Приняли: 1 (Виктор Лапин")
    async with opened(browser, address, size=PHONE) as page:
        person = Person(page)
        await person.become(DIRECTOR)
        await person.open(GROUP)
        digest_here = await person.sees(WEEK)
        await digest_here.evaluate("(message) => message.scrollIntoView()")
        await shot(person, gallery / "phone.png")
    assert len(status) == 5
    assert any("данные на 20.11 13:0" in line for line in status)
    assert "Почему?" in gaps
    assert "Всё заполнено" in nothing
    assert "Полнота: " in digest
    assert classes.count("%") >= 12
    assert "Замечания" in load_workbook(book, read_only=True).sheetnames


async def test_an_import_is_undone_exactly(browser: Browser, address: str) -> None:
    async with opened(browser, address) as page:
        person = Person(page)
        await at_home(person, ADMINISTRATOR)
        before = await figures(person)
        await load(person, SLIP_NAME)
        between = await figures(person)
        await person.press("Отменить загрузку")
        await person.press("Да, отменить загрузку")
        await person.sees("Загрузка отменена")
        after = await figures(person)
    assert before != between
    assert before == after


async def test_a_picture_is_refused_in_a_sentence(browser: Browser, address: str) -> None:
    async with opened(browser, address) as page:
        person = Person(page)
        await at_home(person, ADMINISTRATOR)
        await person.send_ready(PICTURE_NAME)
        refusal = await (await person.sees("Ничего не записано")).inner_text()
    assert "картинка" in refusal


async def test_a_misspelt_teacher_is_asked_about(browser: Browser, address: str) -> None:
    async with opened(browser, address) as page:
        person = Person(page)
        await at_home(person, ADMINISTRATOR)
        await person.send_ready(SLIP_NAME)
        offer = page.locator(".key", has_text="Добавить: ").last
        await offer.wait_for()
        asked = await page.locator(".message", has=offer).last.inner_text()
        await person.press("Отмена")
        await offer.wait_for(state="detached")
    assert "Нет в списках школы" in asked
    assert {"Применить", "Отмена"} < set(asked.splitlines())


async def test_a_stranger_gets_public_help(browser: Browser, address: str) -> None:
    async with opened(browser, address) as page:
        person = Person(page)
        await at_home(person, STRANGER)
        await page.get_by_role("button", name="Начать").click()
        await person.sees("ссылку-приглашение")
        await person.say("/status")
        refused = await (await person.sees("недоступно")).inner_text()
    assert "%" not in refused


async def test_a_head_is_invited_with_the_pin(browser: Browser, address: str) -> None:
    async with opened(browser, address) as page:
        person = Person(page)
        await at_home(person, ADMINISTRATOR)
        await person.say("/invite")
        await person.press("Администрация (завуч, руководитель МО)")
        await person.sees("PIN")
        await person.say(PIN)
        await person.sees("PIN принят")


async def load(person: Person, name: str) -> None:
    await at_home(person, ADMINISTRATOR)
    done = person.page.locator(".message", has_text="Готово, применено")
    before = await done.count()
    await person.send_ready(name)
    await person.press("Применить")
    await done.nth(before).wait_for()


async def figures(person: Person) -> list[str]:
    """Every line of /status with a number in it."""
    shown = person.page.locator(".message", has_text="Накопляемость")
    before = await shown.count()
    await person.say("/status")
    await shown.nth(before).wait_for()
    lines = (await shown.nth(before).inner_text()).splitlines()
    return [line for line in lines if "%" in line or "данные на" in line]


async def at_home(person: Person, name: str) -> None:
    """The private chat of whoever it is."""
    await person.become(name)
    await person.open(BOT)


async def teachers(page: Page) -> list[str]:
    """Who has gaps, and who has none."""
    cards = page.locator("[data-persona]", has_text="учитель:")
    return await cards.locator("b").all_inner_texts()


async def gaps_of(person: Person, name: str) -> str:
    await at_home(person, name)
    await person.say("/my")
    await person.sees("данные на")
    return await person.page.locator(".message").last.inner_text()


async def shot(person: Person, path: Path, *, height: int | None = None) -> None:
    """Once every picture has come; saved in as few bytes as flat colours need."""
    page, before = person.page, person.page.viewport_size
    if before is not None and height is not None:
        await page.set_viewport_size({**before, "height": height})
    await page.wait_for_function(
        "[...document.images].every((one) => one.complete && (one.naturalWidth || !one.src))"
    )
    await person.shot(path)
    with Image.open(path) as taken:
        small = taken.convert("RGB").quantize(255, method=Image.Quantize.FASTOCTREE)
    small.save(path, optimize=True)
    if before is not None:
        await page.set_viewport_size(before)
