"""A headless chromium for tests of the page; where there is none they are skipped."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000
DESKTOP, PHONE = (1200, 800), (360, 740)

in_browser = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser a module; its tests carry ``in_browser``."""
    playwright = await async_playwright().start()
    launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield launched
    await launched.close()
    await playwright.stop()


@asynccontextmanager
async def opened(
    browser: Browser, address: str, *, size: tuple[int, int] = DESKTOP, dark: bool = False
) -> AsyncIterator[Page]:
    """The sandbox's page, drawn; an error of its script or policy fails the test at the end."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="ru-RU",
        accept_downloads=True,
    )
    errors: list[str] = []
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    try:
        await page.goto(address)
        await page.locator("[data-persona]").first.wait_for()
        yield page
        seen = list(errors)  # a connection that breaks off while the page is closed is no error
    finally:
        await context.close()
    assert seen == [], seen
