"""A teacher answers findings, the administrator answers the teacher, in a real browser.

With ``SCREENSHOTS`` set to a directory the pictures of the run go there.
"""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator

from bot.sandbox.papers import WEEK_NAME
from tests.bot.sandbox.browser import CHROMIUM, browser, opened
from tests.journeys.page_person import Person
from tests.journeys.playing import playing

__all__ = ["browser"]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("page"),
]
ADMINISTRATOR = "Марина Орлова"
PHONE = (390, 844)
DISPUTE = "Урок провёл коллега, отметки у него"
ANSWER = "Вы правы, урок был у коллеги"
DELAY = "Жду список группы"
SILENCE = "Класс на выезде, журнал заполнят после"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The week is loaded, so whoever opens the page first has something to mend."""
    async with playing(tmp_path_factory.mktemp("demo"), "--port", "0") as demo:
        yield await demo.address()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def week(browser: Browser, address: str) -> str:
    async with opened(browser, address, size=PHONE) as page:
        person = Person(page)
        await person.at_home(ADMINISTRATOR)
        await person.send_ready(WEEK_NAME)
        await person.press("Применить")
        await person.sees("Готово, применено")
    return address


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    chosen = os.environ.get("SCREENSHOTS")
    return Path(chosen) if chosen else tmp_path


async def test_what_a_teacher_says_of_findings_is_answered(
    browser: Browser, week: str, gallery: Path
) -> None:
    async with opened(browser, week, size=PHONE) as page:
        person = Person(page)
        teacher = await teacher_of(person)
        await person.at_home(teacher)
        before = await own_list(person)
        whys = [line for line in before if line.startswith("Почему?")]
        mended, disputed, postponed = whys[:3]
        await person.shot(gallery / "findings-my.png")

        await person.press(mended)
        await person.sees("Прошу помощи")
        await person.press("Исправлено")
        await person.sees("Проверю по следующей загрузке")
        await person.shot(gallery / "findings-mended.png")
        await person.press("Назад")

        await person.press(disputed)
        await person.press("Не согласен")
        await person.sees("С чем вы не согласны?")
        await person.say(DISPUTE)
        await person.sees("Передал администратору")
        await person.press("Назад")

        await person.press(postponed)
        await person.press("Отсрочка")
        await person.sees("До какого дня")
        await person.press("23.11")
        await person.sees("Отсрочка до 23.11. Почему?")
        await person.say(DELAY)
        await person.sees("До этого дня не напоминаю")
        await person.press("Назад")
        said = "\n".join(await own_list(person))
        await person.shot(gallery / "findings-said.png")

        await person.at_home(ADMINISTRATOR)
        card = await (await person.sees(DISPUTE)).inner_text()
        await person.shot(gallery / "findings-appeal.png")
        await person.press("Снять замечание")
        await person.sees("Почему снимаем замечание?")
        await person.say(ANSWER)
        await person.sees("загрузка его не вернёт")
        await person.shot(gallery / "findings-waived.png")

        await person.at_home(teacher)
        told = await (await person.sees("Замечание снято")).inner_text()
        after = await own_list(person)

    assert "отмечено исправленным" in said
    assert "ждёт ответа" in said
    assert "отсрочка до 23.11" in said
    assert "Учитель не согласен" in card
    assert ANSWER in told
    assert disputed not in after
    assert {mended, postponed} < set(after)


async def test_the_days_message_comes_at_the_teachers_hour_and_opens_the_list(
    browser: Browser, week: str, gallery: Path
) -> None:
    async with opened(browser, week, size=PHONE) as page:
        person = Person(page)
        await person.at_home(await teacher_of(person))
        await own_list(person)
        await person.press("Когда напоминать")
        await person.press("15:00")
        await person.sees("раз в день в 15:00")
        await person.shot(gallery / "findings-hour.png")
        await person.press("Мои замечания")
        await person.sees("Почему?")
        for _ in range(2):
            await person.move_clock("+1 час")
        said = await (await person.sees("Открыть мой список")).inner_text()
        letters = await page.locator(".message", has_text="Открыть мой список").count()
        await person.shot(gallery / "findings-reminder.png")
        await person.press("Открыть мой список")
        await page.locator(".message", has_text="Открыть мой список").wait_for(state="detached")
        listed = await page.locator(".message").last.inner_text()

    assert "данные на 20.11 13:0" in said
    assert "\n15:0" in said
    assert letters == 1
    assert "Почему?" in listed


async def test_a_class_is_kept_silent_and_heard_again(
    browser: Browser, week: str, gallery: Path
) -> None:
    async with opened(browser, week, size=PHONE) as page:
        person = Person(page)
        await person.at_home(ADMINISTRATOR)
        await person.say("/silence")
        await person.press("Не напоминать о чём-то")
        await person.press("Все правила")
        await person.press("Один класс")
        await person.press("9А")
        await person.press("Неделя")
        planned = await (await person.sees("Почему? Напишите причину")).inner_text()
        await person.say(SILENCE)
        set_up = await (await person.sees("Тишина до")).inner_text()
        await person.shot(gallery / "findings-silence.png")
        await person.press("Закончить сейчас")
        await person.sees("Тишина закончилась")
        await person.press("К списку")
        ended = await (await person.sees("Сейчас напоминаю обо всём")).inner_text()

    assert re.search(r"\d+ открыт", planned)
    assert SILENCE in set_up
    assert ADMINISTRATOR in set_up
    assert "закончилась" in ended


async def test_figures_are_followed_to_a_lesson_and_back(
    browser: Browser, week: str, gallery: Path
) -> None:
    async with opened(browser, week, size=PHONE) as page:
        person = Person(page)
        await person.at_home(ADMINISTRATOR)
        await person.say("/status")
        await person.sees("Журнал сейчас")
        await person.press("Глубже")
        school = await (await person.sees("9 классы")).inner_text()
        await person.shot(gallery / "findings-cut.png")
        await person.press("9 классы")
        await person.sees("Школа › 9 классы")
        await person.press("9А")
        await person.sees("Школа › 9 классы › 9А")
        await person.press("Физика")
        subject = await (await person.sees("9А › Физика")).inner_text()
        pictures = page.locator(".message", has=page.locator(".photo"))
        before = await pictures.count()
        await person.press("Карта недели")
        picture = pictures.nth(before)
        await drawn(picture)
        await person.shot(gallery / "findings-map.png")
        await person.press("За год")
        await picture.locator(".key").get_by_text("Карта недели", exact=True).wait_for()
        await drawn(picture)
        await person.shot(gallery / "findings-year.png")
        after = await pictures.count()
        cut = page.locator(".message", has_text="Накопляемость").last
        for part in ("Физика", "9А", "9 классы"):
            await cut.locator(".key").get_by_text("Назад", exact=True).click()
            await cut.locator(".key").get_by_text(part, exact=True).wait_for()
        await person.press("К сводке")
        digest = await (await person.sees("по урокам недели")).inner_text()

    assert "Полнота" in school
    assert "данные на 20.11" in subject
    assert after == before + 1
    assert "неделя 16.11" in digest


async def teacher_of(person: Person) -> str:
    """Who has gaps stands first of the teachers."""
    cards = person.page.locator("[data-persona]", has_text="учитель:")
    return await cards.locator("b").first.inner_text()


async def own_list(person: Person) -> list[str]:
    """The lines of a fresh /my, its buttons too."""
    shown = person.page.locator(".message", has_text="Когда напоминать")
    before = await shown.count()
    await person.say("/my")
    await shown.nth(before).wait_for()
    return (await shown.nth(before).inner_text()).splitlines()


async def drawn(message: Locator) -> None:
    """Its picture has come."""
    await message.locator("img").evaluate("(image) => image.decode()")
