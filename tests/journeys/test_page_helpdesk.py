"""A teacher's problem with a photo, from the first word to the rating, in a real browser."""

import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Browser

from tests.bot.sandbox.browser import CHROMIUM, PHONE, browser, opened
from tests.journeys.page_person import Person
from tests.journeys.playing import playing

__all__ = ["browser"]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("page"),
]
ADMINISTRATOR = "Марина Орлова"
BOT = "Ёж"
WORDS = "Не открывается список в журнале, на снимке ошибка"
ANSWER = "Обновите страницу и войдите заново"
MORE = "Обновил, всё равно пусто"
SOLVED = "Список вернули, проверьте"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with playing(tmp_path_factory.mktemp("demo"), "--port", "0") as demo:
        yield await demo.address()


async def test_a_problem_is_followed_to_its_end(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    photo = tmp_path / "error.png"
    photo.write_bytes(picture())
    async with opened(browser, address, size=PHONE) as page:
        person = Person(page)
        teacher = await (
            page.locator("[data-persona]", has_text="учитель:").locator("b").first.inner_text()
        )

        await at_home(person, teacher)
        await person.say("/problem")
        await person.press("Не тот список")
        await person.sees("своими словами")
        await person.say(WORDS)
        await person.sees(WORDS)
        await person.attach_photo(photo)
        await person.sees("фамилий учеников")
        await person.press("Не про класс")
        await person.press("Отправить")
        sent = await (await person.sees("Номер обращения")).inner_text()
        number = numbered(sent)

        await at_home(person, ADMINISTRATOR)
        card = await person.sees(WORDS)
        pictures = await person.page.locator(".message .photo").count()
        await person.reply(card, ANSWER)
        await person.sees("доставлено")

        await at_home(person, teacher)
        heard = await person.sees(ANSWER)
        await person.reply(heard, MORE)
        await person.sees("передал администратору")

        await at_home(person, ADMINISTRATOR)
        await person.reply(await person.sees(MORE), SOLVED)
        await person.say(f"/queue {number}")
        await person.press("Закрыть")
        await person.sees("закрыто")

        await at_home(person, teacher)
        await person.sees(SOLVED)
        await person.press("5")
        thanked = await (await person.sees("Спасибо")).inner_text()

        await at_home(person, ADMINISTRATOR)
        await person.say(f"/queue {number}")
        rated = await (await person.sees("Оценка")).inner_text()
        account = await person.page.locator("#log").inner_text()

    assert pictures >= 1
    assert "Спасибо" in thanked
    assert "5 из 5" in rated
    assert "@" not in account


async def test_an_outage_is_declared_and_ended(browser: Browser, address: str) -> None:
    async with opened(browser, address, size=PHONE) as page:
        person = Person(page)
        teacher = await (
            page.locator("[data-persona]", has_text="учитель:").locator("b").first.inner_text()
        )
        await at_home(person, ADMINISTRATOR)
        await person.say("/outage")
        await person.press("Журнал не работает")
        await person.press("Сейчас")
        await person.press("Объявить")
        await person.sees("Коллеги знают")

        await at_home(person, teacher)
        told = await (await person.sees("Журнал не работает")).inner_text()

        await at_home(person, ADMINISTRATOR)
        await person.press("Журнал снова работает")
        await person.sees("Сроки сдвинуты")

        await at_home(person, teacher)
        ended = await (await person.sees("Журнал снова работает")).inner_text()

    assert "Знаем, работаем" in told
    assert "сроки сдвинуты" in ended


async def at_home(person: Person, name: str) -> None:
    """The private chat of whoever it is."""
    await person.become(name)
    await person.open(BOT)


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (320, 200), "#335577").save(content, "PNG")
    return content.getvalue()


def numbered(text: str) -> str:
    found = re.search(r"№ (\d+)", text)
    assert found is not None, text
    return found[1]
