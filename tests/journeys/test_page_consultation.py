"""A question in own words, one that nobody knows, its answer, and the next who asks it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
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
TYPED = "rfr gjcnfdbnm jntvtnre pf ghjiktnjt xbckj"
"""«как поставить отметку за прошедшее число» with the keyboard in the other layout."""
FOUND = "Как поставить отметку за прошедшую дату?"
UNKNOWN = "где взять ключ от спортзала"
LIKE_IT = "Подскажите, у кого ключ от спортзала?"
ANSWER = "Ключ у вахтёра, под запись."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with playing(tmp_path_factory.mktemp("demo"), "--port", "0") as demo:
        yield await demo.address()


async def test_a_question_nobody_knew_is_answered_for_the_next_who_asks(
    browser: Browser, address: str
) -> None:
    async with opened(browser, address, size=PHONE) as page:
        person = Person(page)
        first, second, *_ = (
            await page.locator("[data-persona]", has_text="учитель:").locator("b").all_inner_texts()
        )

        await at_home(person, first)
        await person.say(TYPED)
        await person.sees(FOUND)
        await person.press("Помогло")
        await page.locator("#alert").get_by_role("button").click()

        await person.say(UNKNOWN)
        passed = await (await person.sees("передал вопрос администратору")).inner_text()

        await at_home(person, ADMINISTRATOR)
        await person.sees("1 вопрос ждёт ответа")
        await person.press("Вопросы без ответа")
        await person.press(f"1 · {UNKNOWN}")
        await person.press("Ответить и сохранить")
        await person.sees("Напишите ответ")
        await person.say(ANSWER)
        saved = await (await person.sees("теперь на это отвечает база")).inner_text()

        await at_home(person, first)
        told = await (await person.sees("Вы спрашивали")).inner_text()

        await at_home(person, second)
        await person.say(LIKE_IT)
        next_one = await (await person.sees(ANSWER)).inner_text()

    assert "пришлю его вам" in passed
    assert "его получит 1 коллега" in saved
    assert UNKNOWN in told
    assert ANSWER in told
    assert UNKNOWN in next_one


async def at_home(person: Person, name: str) -> None:
    """The private chat of whoever it is."""
    await person.become(name)
    await person.open(BOT)
