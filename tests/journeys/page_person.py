"""What a person does in the sandbox's page, in the words of the page."""

from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page

BOT = "Ёж"
"""The private chat with the bot."""


@dataclass(frozen=True, slots=True)
class Person:
    page: Page

    async def become(self, name: str) -> None:
        await self._show_list()
        await self.page.locator("#personas").get_by_text(name).click()

    async def open(self, title: str) -> None:
        await self._show_list()
        await self.page.locator("#chats").get_by_text(title, exact=True).click()
        await self.page.locator("#title", has_text=title).wait_for()

    async def say(self, text: str) -> None:
        await self.page.get_by_role("textbox", name="Сообщение").fill(text)
        await self.page.get_by_role("button", name="Отправить").click()

    async def press(self, label: str) -> None:
        """The newest button of a message with this label."""
        await self.page.locator(".key").get_by_text(label, exact=True).last.click()

    async def at_home(self, name: str) -> None:
        """The private chat of whoever it is."""
        await self.become(name)
        await self.open(BOT)

    async def attach(self, path: Path) -> None:
        """A document from the disk."""
        async with self.page.expect_file_chooser() as chooser:
            await self._offer("Документ с диска")
        await (await chooser.value).set_files(path)

    async def attach_photo(self, path: Path) -> None:
        """A photo from the disk."""
        async with self.page.expect_file_chooser() as chooser:
            await self._offer("Фото с диска")
        await (await chooser.value).set_files(path)

    async def reply(self, message: Locator, text: str) -> None:
        """Say it as an answer to that message."""
        await message.hover()
        await message.get_by_role("button", name="Ответить", exact=True).first.click()
        await self.say(text)

    async def send_ready(self, name: str) -> None:
        await self._offer(name)

    async def move_clock(self, label: str) -> None:
        """«+1 час», «+1 день» or «К пятнице 16:00»; returns when the application has acted."""
        step = self.page.get_by_role("button", name=label)
        await step.click()
        await self.page.locator("[data-step]:not([disabled])").nth(2).wait_for()

    def message(self, words: str) -> Locator:
        """The newest message of the open chat with these words."""
        return self.page.locator(".message", has_text=words).last

    async def sees(self, words: str) -> Locator:
        found = self.message(words)
        await found.wait_for()
        return found

    async def download(self, name: str, *, to: Path) -> Path:
        async with self.page.expect_download() as download:
            await self.page.locator(".paper", has_text=name).last.click()
        saved = to / name
        await (await download.value).save_as(saved)
        return saved

    async def shot(self, path: Path) -> None:
        await self.page.screenshot(path=path)

    async def _offer(self, name: str) -> None:
        await self.page.get_by_role("button", name="Прикрепить файл").click()
        await self.page.locator("#popup").get_by_text(name, exact=True).click()

    async def _show_list(self) -> None:
        home = self.page.get_by_role("button", name="К списку чатов")
        if await home.is_visible():
            await home.click()
