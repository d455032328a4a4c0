"""A person chooses when to be reminded; the administrator, how the school is."""

from dataclasses import dataclass, replace

from services.access import Actor, Capability, NotAllowedError, demand
from services.audit import AuditEntry
from services.clock import Clock
from services.completeness.rule import Severity
from services.ids import PersonId, SchoolId
from services.reminding.ports import Transactions
from services.reminding.settings import (
    CHOICE,
    EVENINGS,
    LESSONS,
    MORNINGS,
    STEPS,
    USUAL,
    Level,
    RemindingSettings,
)
from services.schools import UnfitSettingError


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of the day: what is chosen (None: never), what may be."""

    chosen: int | None
    offered: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderHours:
    unit_of_work: Transactions
    reading: Transactions

    async def mine(self, actor: Actor) -> Hours:
        school, person = _who(actor)
        async with self.reading() as work:
            settings = await work.reminding.settings(school)
            chosen = (await work.reminding.hours(school)).get(person, USUAL)
        offered = tuple(one for one in CHOICE if settings.hour(one) == one)
        return Hours(None if chosen is None else settings.hour(chosen), offered)

    async def choose(self, actor: Actor, minutes: int | None) -> Hours:
        """UnfitSettingError for an hour that is not offered; None is never."""
        _, person = _who(actor)
        if minutes is not None and minutes not in (await self.mine(actor)).offered:
            raise UnfitSettingError(setting="reminder hour", limit=0)
        async with self.unit_of_work() as work:
            await work.reminding.choose(person, minutes)
        return await self.mine(actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindingRules:
    """Quiet hours, the hour for today's lessons, the days of the ladder."""

    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def show(self, actor: Actor) -> RemindingSettings:
        school = demand(actor, Capability.SILENCES)
        async with self.reading() as work:
            return await work.reminding.settings(school)

    async def quiet(self, actor: Actor, *, since: int, until: int) -> RemindingSettings:
        before = await self.show(actor)
        _ensure(since in EVENINGS and until in MORNINGS)
        return await self._set(actor, replace(before, quiet_from=since, quiet_to=until))

    async def lessons(self, actor: Actor, minutes: int) -> RemindingSettings:
        before = await self.show(actor)
        _ensure(minutes in LESSONS)
        return await self._set(actor, replace(before, lessons_at=minutes))

    async def step(
        self, actor: Actor, severity: Severity, level: Level, days: int
    ) -> RemindingSettings:
        before = await self.show(actor)
        _ensure(severity in before.ladder and level != Level.TEACHER and days in STEPS)
        return await self._set(actor, before.with_days(severity, level, days))

    async def _set(self, actor: Actor, settings: RemindingSettings) -> RemindingSettings:
        school = demand(actor, Capability.SILENCES)
        async with self.unit_of_work() as work:
            await work.reminding.set(school, settings)
            entry = AuditEntry(
                school=school,
                person=actor.person,
                what="setting changed",
                at=self.clock.now(),
                facts={"setting": "reminding"},
            )
            await work.audit.add(entry)
        return settings


def _ensure(fit: bool) -> None:  # noqa: FBT001  # reads as a sentence
    if not fit:
        raise UnfitSettingError(setting="reminding", limit=0)


def _who(actor: Actor) -> tuple[SchoolId, PersonId]:
    school = demand(actor, Capability.REMINDERS)
    if actor.person is None:
        raise NotAllowedError(capability=Capability.REMINDERS.value)
    return school, actor.person
