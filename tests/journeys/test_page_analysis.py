"""An analysis from its draft to a closed decision, in a real browser.

With ``SCREENSHOTS`` set to a directory the pictures of the run go there.
"""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from docx import Document
from openpyxl import load_workbook
from playwright.async_api import Browser

from bot.sandbox.cast import GROUP
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
ADMINISTRATOR, DIRECTOR, DEPUTY = "Марина Орлова", "Виктор Лапин", "Ольга Зимина"
PHONE = (390, 844)
RETURNED = "Добавьте, что сделано по физике в 9А"
TASK = "Разобрать незаполненные уроки физики в 9А"
PROOF = "Уроки заполнены, проверила вместе с учителем"
WAITING = '.message:has-text("Справка ждёт вашего решения")'
FILE = "analysis-2026-11-v1"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """One demo for the whole story: each test goes on where the one before ended."""
    async with playing(tmp_path_factory.mktemp("demo"), "--port", "0") as demo:
        yield await demo.address()


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    chosen = os.environ.get("SCREENSHOTS")
    return Path(chosen) if chosen else tmp_path


async def test_an_analysis_goes_from_the_administrator_to_a_closed_decision(
    browser: Browser, address: str, gallery: Path, tmp_path: Path
) -> None:
    async with opened(browser, address, size=PHONE) as page:
        story = Story(Person(page), gallery, tmp_path)
        await story.load()
        await story.sent()
        await story.returned()
        await story.accepted()
        await story.assigned()
        await story.done()
        await story.closed()


@dataclass(frozen=True, slots=True)
class Story:
    """Its steps, each by whoever takes it; pictures go to ``gallery``, files to ``disk``."""

    person: Person
    gallery: Path
    disk: Path

    async def load(self) -> None:
        person = self.person
        await person.at_home(ADMINISTRATOR)
        await person.send_ready(WEEK_NAME)
        await person.press("Применить")
        await person.sees("Готово, применено")

    async def sent(self) -> None:
        """The director gets the message, the picture and both files."""
        person = self.person
        await person.say("/month")
        await person.sees("Черновик, директору не отправлен")
        await person.press("Отправить директору")
        await person.sees("Отправлена директору 20.11")
        await person.at_home(DIRECTOR)
        waiting = await self._read("Справка ждёт вашего решения", shot="director")
        document = await person.download(f"{FILE}.docx", to=self.disk)
        book = await person.download(f"{FILE}.xlsx", to=self.disk)
        assert {"Принято", "Вернуть", "Поручить"} < set(waiting.splitlines())
        assert await person.page.locator(f"{WAITING} + .message .photo").is_visible()
        assert "справка" in text_of(document).lower()
        assert "Школа № 17" in text_of(document)
        assert len(load_workbook(book, read_only=True).sheetnames) > 1

    async def returned(self) -> None:
        """With words; another version leaves for the director."""
        person = self.person
        await person.press("Вернуть")
        await person.sees("Что поправить?")
        await person.say(RETURNED)
        await person.sees("Возвращена 20.11")
        await person.at_home(ADMINISTRATOR)
        heard = await self._read("будет новая версия", shot="returned")
        await person.say("/month")
        await person.press("Отправить директору")
        await person.sees("версия 2")
        assert RETURNED in heard

    async def accepted(self) -> None:
        person = self.person
        await person.at_home(DIRECTOR)
        await person.sees("версия 2")
        await person.press("Принято")
        accepted = await self._read("Принята 20.11", shot="accepted")
        assert "версия 2" in accepted
        assert not {"Принято", "Вернуть"} & set(accepted.splitlines())

    async def assigned(self) -> None:
        """«Поручить» knows what it stands under; the order is drafted from both."""
        person = self.person
        await person.press("Поручить")
        asked = await self._read("Что решили?")
        await person.say(TASK)
        await person.press(DEPUTY)
        await person.press("Дальше, выбрано: 1")
        await person.press("23.11")
        await self._read("Всё верно?", shot="review")
        await person.press("Поручить это")
        await person.sees("пока без ответа")
        await person.press("Проект приказа")
        await person.sees("Проект приказа.docx")
        order = text_of(await person.download("Проект приказа.docx", to=self.disk))
        assert "Основание: Справка: № 1, ноябрь 2026 г." in asked
        assert "аналитическая справка № 1, ноябрь 2026 г." in order
        assert "Принять справку к сведению" in order
        assert f"{TASK}. Ответственный: {DEPUTY}. Срок: до 23.11.2026." in order

    async def done(self) -> None:
        person = self.person
        await person.at_home(DEPUTY)
        own = await self._read("Вам поручено", shot="owner")
        await person.press("Принято к исполнению")
        await person.sees("Отменить последний шаг")
        await person.press("Сделано")
        await person.sees("чем подтвердить")
        await person.say(PROOF)
        await self._read("исполнено, ждёт закрытия", shot="done")
        assert TASK in own
        assert f"поручает {DIRECTOR}" in own

    async def closed(self) -> None:
        """By who set it; Friday's digest counts it."""
        person = self.person
        await person.at_home(DIRECTOR)
        await person.sees(PROOF)
        await person.press("К решению")
        await person.press("Закрыть")
        closed = await self._read("срок 23.11 · закрыто", shot="closed")
        await person.open(GROUP)
        await person.move_clock("К пятнице 16:00")
        digest = await self._read("неделя 16.11", shot="digest")
        assert PROOF in closed
        assert "открыто 0, просрочено 0, закрыто 1" in digest

    async def _read(self, words: str, *, shot: str = "") -> str:
        found = await self.person.sees(words)
        if shot:
            await self.person.shot(self.gallery / f"analysis-{shot}.png")
        return await found.inner_text()


def text_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])
