"""The school itself: its name, its zone, the hour of its digest, and changing them."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from services.access import Actor, Capability, demand
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.errors import DomainError
from services.ids import SchoolId

WEEK = 7
NAME_LIMIT = 120
HOURS = range(24)
ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)
"""One zone for each of the country's eleven hours, west to east."""


class UnfitSettingError(DomainError):
    """A name that is empty or too long, a zone or an hour that does not exist."""

    key = "errors/unfit-setting"


@dataclass(frozen=True, slots=True)
class DigestTime:
    """``weekday`` 0 is Monday; ``hour`` is of the school's zone."""

    weekday: int = 4
    hour: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """``name`` is empty until somebody gives one; ``timezone`` is an IANA name."""

    id: SchoolId
    name: str
    timezone: str
    digest: DigestTime = DigestTime()

    def next_digest(self, now: datetime) -> datetime:
        """The first digest moment after ``now``, aware, in the school's zone."""
        zone = ZoneInfo(self.timezone)
        here = now.astimezone(zone)
        days = (self.digest.weekday - here.weekday()) % WEEK
        if days == 0 and here.hour >= self.digest.hour:
            days = WEEK
        day = here.date() + timedelta(days=days)
        return datetime(day.year, day.month, day.day, self.digest.hour, tzinfo=zone)


class Schools(Protocol):
    async def first(self) -> School | None:
        """The oldest school, or None on an empty database."""
        ...

    async def get(self, school: SchoolId) -> School: ...

    async def add(self, *, name: str, timezone: str, at: datetime) -> SchoolId: ...

    async def save(self, school: School) -> None: ...


class Work(Protocol):
    @property
    def schools(self) -> Schools: ...

    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolSettings:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def show(self, actor: Actor) -> School:
        school = demand(actor, Capability.SETTINGS)
        async with self.reading() as work:
            return await work.schools.get(school)

    async def rename(self, actor: Actor, name: str) -> School:
        cut = " ".join(name.split())
        if not 0 < len(cut) <= NAME_LIMIT:
            raise UnfitSettingError(setting="name", limit=NAME_LIMIT)
        return await self._change(actor, "name", lambda school: replace(school, name=cut))

    async def move_zone(self, actor: Actor, timezone: str) -> School:
        if timezone not in available_timezones():
            raise UnfitSettingError(setting="timezone", limit=0)
        return await self._change(
            actor, "timezone", lambda school: replace(school, timezone=timezone)
        )

    async def schedule_digest(self, actor: Actor, *, weekday: int, hour: int) -> School:
        if weekday not in range(WEEK) or hour not in HOURS:
            raise UnfitSettingError(setting="digest", limit=0)
        digest = DigestTime(weekday, hour)
        return await self._change(actor, "digest", lambda school: replace(school, digest=digest))

    def next_digest(self, school: School) -> datetime:
        return school.next_digest(self.clock.now())

    async def _change(
        self, actor: Actor, setting: str, change: Callable[[School], School]
    ) -> School:
        demanded = demand(actor, Capability.SETTINGS)
        async with self.unit_of_work() as work:
            before = await work.schools.get(demanded)
            after = change(before)
            if after != before:
                await work.schools.save(after)
                entry = AuditEntry(
                    school=demanded,
                    person=actor.person,
                    what="setting changed",
                    at=self.clock.now(),
                    facts={"setting": setting},
                )
                await work.audit.add(entry)
        return after
