"""Files that wait are read one after the other, beside the chat; the chat sees how far it is."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from aiogram.enums import ParseMode
from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.presenting import Calls, Present
from bot.render import Reader, Renderer, Voice
from bot.tasks import Tasks, pause
from handlers.doubting import of_doubt, of_unreadable
from handlers.importing import of_preview
from services.journal.deliveries import Delivery
from services.journal.receiving import Receiving
from services.outgoing import Letter
from storage.database import Database, unavailable

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two looks at the shelf: an album becomes whole without anything ringing."""
WORTH = timedelta(seconds=10)
"""How long a report of progress is worth being sent."""


@dataclass(slots=True, kw_only=True)
class ImportDesk:
    """Reads what lies on the shelf until ``stop``; ``doorbell`` says that something came.

    ``resume`` finishes what an earlier process left half done.
    """

    receiving: Receiving
    database: Database
    resume: Callable[[], Awaitable[None]]
    stop: asyncio.Event
    doorbell: asyncio.Event
    tick: float = 2.0

    async def run(self) -> None:
        await self._resume()
        while not self.stop.is_set():
            self.doorbell.clear()
            await self.round()
            await pause(self.doorbell, LOOK)

    async def round(self) -> None:
        """Take up everything that is due, once."""
        for delivery in await self.receiving.due():
            if self.stop.is_set():
                return
            await self._take_up(delivery)

    async def _resume(self) -> None:
        try:
            await self.resume()
        except Exception:
            log.exception("an import stays without its findings for now")

    async def _take_up(self, delivery: Delivery) -> None:
        try:
            async with reported(delivery, self.database, self.tick) as report:
                await self.receiving.take_up(delivery, report)
        except Exception as error:
            if unavailable(error):
                log.warning("files wait", extra={"error": type(error).__name__})
                return
            incident = f"{delivery.chat}-{delivery.first}"
            log.exception("files cannot be taken up", extra={"incident": incident})
            await self.receiving.give_up(delivery, incident)


@dataclass(slots=True)
class Report:
    """How far the work is: ``services.journal.receiving.Hearing``, told at most once a tick."""

    delivery: Delivery
    database: Database
    _latest: dict[str, object] | None = None
    _told: dict[str, object] | None = None

    def reading(self, name: str, done: int, total: int) -> None:
        self._latest = _stage("reading", name, done, total)

    async def writing(self, stage: str, done: int, total: int) -> None:
        self._latest = _stage(stage, "", done, total)

    async def repeat(self, tick: float) -> None:
        while True:
            await asyncio.sleep(tick)
            if self._latest is not None and self._latest != self._told:
                await self._tell(self._latest, self.database.clock.now() + WORTH)

    async def end(self) -> None:
        """Whoever saw the work under way sees that it has ended."""
        if self._told is not None:
            await self._tell(_stage("done", "", 1, 1), None)

    async def _tell(self, view: dict[str, object], expires_at: datetime | None) -> None:
        self._told = view
        letter = Letter(
            school=None,
            chat=self.delivery.chat,
            kind="imports/progress",
            view=view,
            card=f"import-progress:{self.delivery.first}",
            reply_to=self.delivery.first,
            expires_at=expires_at,
        )
        async with self.database.aside() as work:
            await work.outbox.put(letter)


@asynccontextmanager
async def reported(delivery: Delivery, database: Database, tick: float) -> AsyncIterator[Report]:
    report, tasks = Report(delivery, database), Tasks()
    tasks.start(report.repeat(tick), name="progress")
    try:
        yield report
    finally:
        await tasks.cancel()
        await report.end()


def _stage(name: str, file: str, done: int, total: int) -> dict[str, object]:
    percent = min(100, done * 100 // total) if total else 0
    return {"stage": name, "file": file, "percent": percent}


# -- presenting ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImportMessages:
    """Messages of imports that are more than their template and a view."""

    renderer: Renderer

    @property
    def kinds(self) -> Mapping[str, Present]:
        return {
            "imports/doubt": self.doubt,
            "imports/preview": self.preview,
            "imports/same": self.same,
            "imports/unreadable": self.unreadable,
        }

    async def doubt(self, letter: Letter, reader: Reader) -> Calls:
        voice = self.renderer.voice(reader.language, reader.zone)
        return [_message(letter, voice, letter.view, of_doubt(letter.view, voice.say))]

    async def unreadable(self, letter: Letter, reader: Reader) -> Calls:
        voice = self.renderer.voice(reader.language, reader.zone)
        return [_message(letter, voice, letter.view, of_unreadable(letter.view, voice.say))]

    async def preview(self, letter: Letter, reader: Reader) -> Calls:
        voice = self.renderer.voice(reader.language, reader.zone)
        shown = of_preview(letter.view, voice.say)
        return [_message(letter, voice, letter.view, shown)]

    async def same(self, letter: Letter, reader: Reader) -> Calls:
        voice = self.renderer.voice(reader.language, reader.zone)
        as_of = datetime.fromisoformat(cast("str", letter.view["as_of"]))
        return [_message(letter, voice, {**letter.view, "as_of": as_of})]


def _message(
    letter: Letter,
    voice: Voice,
    view: Mapping[str, Any],
    shown: InlineKeyboardMarkup | None = None,
) -> SendMessage:
    return SendMessage(
        chat_id=letter.chat,
        text=voice.render(letter.kind, **view),
        parse_mode=ParseMode.HTML,
        reply_markup=shown,
    )
