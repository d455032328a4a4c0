"""Copies of the database: every night by the schedule, and whenever somebody asks."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.schedule import Due
from bot.settings import Settings
from bot.watch import WHOLE_PROCESS
from services.health import BACKUP
from storage.backup import Copy, make, name_of, rotate
from storage.database import Database

log = logging.getLogger(__name__)

AT = time(3, 30)


class NoFileError(Exception):
    """The database is no file of ours: its server makes the copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """``key`` seals the copies; they are kept in ``directory``."""

    database: Database
    directory: Path
    key: bytes | None = None

    async def make(self, target: Path | None = None) -> Copy:
        """A copy under its usual name in the directory ``target``, or as the file ``target``.

        Raise NoFileError, storage.backup.UnusableCopyError, sqlite3.Error or OSError.
        """
        if self.database.file is None:
            raise NoFileError
        name = name_of(self.database.clock.now(), sealed=self.key is not None)
        place = target or self.directory
        file = place / name if target is None or place.is_dir() else place
        return await asyncio.to_thread(make, self.database.file, file, key=self.key)

    async def tidy(self) -> None:
        gone = await asyncio.to_thread(rotate, self.directory)
        if gone:
            log.info("old copies removed", extra={"copies": len(gone)})


@dataclass(frozen=True, slots=True)
class NightlyBackup:
    """Due every night once there is a school; a night slept through is made up for at the start."""

    backups: Backups
    zone: ZoneInfo
    name: str = "backup"

    async def due(self, now: datetime) -> Sequence[Due]:
        async with self.backups.database.reading() as work:
            schools = await work.digests.schools()
        planned = self._latest(now)
        if self.backups.database.file is None or not any(at <= planned for _, at in schools):
            return []
        return [Due(WHOLE_PROCESS, f"{planned.astimezone(self.zone):%Y-%m-%d}")]

    async def run(self, due: Due) -> None:
        try:
            made = await self.backups.make()
        except Exception:
            await self._note_failure()
            raise
        facts = {
            "at": self.backups.database.clock.now().isoformat(),
            "file": made.file.name,
            "size": made.size,
            "rows": made.rows,
            "sealed": made.sealed,
        }
        async with self.backups.database.aside() as work:
            await work.job_runs.claim(self.name, due.school, due.period)
            await work.process.note(BACKUP, facts)
        log.info("backup made", extra={"bytes": made.size, "rows": made.rows})
        await self.backups.tidy()

    def _latest(self, now: datetime) -> datetime:
        here = now.astimezone(self.zone)
        planned = datetime.combine(here.date(), AT, self.zone)
        return planned if planned <= here else planned - timedelta(days=1)

    async def _note_failure(self) -> None:
        """Beside the last one that was made, which stays the last."""
        async with self.backups.database.aside() as work:
            known = dict(await work.process.noted(BACKUP) or {})
            known["failed_at"] = self.backups.database.clock.now().isoformat()
            await work.process.note(BACKUP, known)


def backups_of(settings: Settings, database: Database) -> Backups:
    return Backups(database=database, directory=settings.backups, key=settings.sealing_key)
