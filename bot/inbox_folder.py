"""The folder of new files: what rests there is shown to the administrators as if it were sent."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.tasks import pause
from services.access import TABLE, Capability
from services.ids import ChatId
from services.journal.deliveries import Delivery, Part
from services.journal.new_files import NewFile, NewFiles, Resting, album_of
from services.journal.reading import SourceFile
from services.journal.receiving import LIMIT, Receiving, TooLargeFileError
from services.people import Person, Recognised, UserId
from storage.database import Database

log = logging.getLogger(__name__)

LOOK = 2.0
"""Seconds between two looks."""
TOO_LARGE = "Файл больше 20 МБ: разделите выгрузку на части."
CLOSED = "Файл не открывается: у бота нет прав его прочитать."


@dataclass(slots=True, kw_only=True)
class InboxFolder:
    """Looks until ``stop``. Files are of the oldest school, as on the command line."""

    folder: NewFiles
    receiving: Receiving
    database: Database
    stop: asyncio.Event
    resting: Resting = field(default_factory=Resting)

    async def run(self) -> None:
        """What prevents it is logged once, not at every look."""
        told = ""
        while not self.stop.is_set():
            try:
                await self.look()
            except Exception as error:
                if repr(error) != told:
                    log.exception("new files wait")
                told = repr(error)
            else:
                told = ""
            await pause(self.stop, LOOK)

    async def look(self) -> None:
        """Take what has come to rest, together; without an administrator it waits."""
        files = self.resting.together(await self.folder.look(), self.database.clock.now())
        if files and (person := await self._administrator()) is not None:
            chat = ChatId(person.user)
            known = await self.receiving.people.recognise(user=UserId(chat), chat=chat)
            await self._take(files, known)

    async def _administrator(self) -> Person | None:
        """Whoever came first; the others are told too."""
        async with self.database.reading() as work:
            school = await work.schools.first()
            if school is None:
                return None
            people = await work.people.list(school.id, self.database.clock.now())
        able = [each for each in people if each.roles & TABLE[Capability.IMPORT]]
        return min(able, key=lambda each: each.id, default=None)

    async def _take(self, files: Sequence[NewFile], known: Recognised) -> None:
        readable = [file for file in files if await self._readable(file, known)]
        album = album_of(readable)
        for number, file in enumerate(readable, 1):
            content = await self.folder.content(file, LIMIT)
            if content is None:
                continue
            part = Part(chat=known.actor.chat, message=number, name=file.name, album=album)
            await self.receiving.receive(known.actor, part, content)
        self.resting.hand(readable)

    async def _readable(self, file: NewFile, known: Recognised) -> bool:
        try:
            self.receiving.ensure(known.actor, file.size)
            return await self.folder.content(file, 0) is not None
        except TooLargeFileError:
            await self._refuse(file, known, TOO_LARGE)
        except PermissionError:
            await self._refuse(file, known, CLOSED)
        return False

    async def _refuse(self, file: NewFile, known: Recognised, reason: str) -> None:
        delivery = Delivery(
            chat=known.actor.chat,
            group=f"album {album_of([file])}",
            messages=[1],
            files=[SourceFile(file.name, b"")],
            arrived=self.database.clock.now(),
        )
        await self.folder.refuse(file, reason)
        view = {"reasons": [f"{file.name}: {reason}"], "familiar": []}
        school = known.actor.school
        await self.receiving.tidings.post(delivery, "imports/unreadable", view, school=school)
