"""Reminders as jobs of the schedule: every hour of every day once, and what was missed is gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.schedule import Due
from services.reminding.reaching import JOB as UNREACHED
from services.reminding.reaching import Reaching
from services.reminding.sending import JOB, Reminders


@dataclass(frozen=True, slots=True)
class PrivateReminders:
    """Due at each hour that somebody of a school chose, and at the hour for today's lessons."""

    reminders: Reminders
    name: str = JOB

    async def due(self, now: datetime) -> Sequence[Due]:
        return [Due(slot.school, slot.period) for slot in await self.reminders.slots(now)]

    async def run(self, due: Due) -> None:
        await self.reminders.send(due.school, due.period)


@dataclass(frozen=True, slots=True)
class UnreachedTeachers:
    """Due once a morning in every school."""

    reaching: Reaching
    name: str = UNREACHED

    async def due(self, now: datetime) -> Sequence[Due]:
        return [Due(school, day) for school, day in await self.reaching.mornings(now)]

    async def run(self, due: Due) -> None:
        await self.reaching.report(due.school, due.period)
