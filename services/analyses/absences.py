"""Who is silenced as a whole counts as away: on leave, ill."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from services.clock import Clock
from services.completeness.finding_store import FindingStore
from services.ids import PersonId, SchoolId
from services.people import PeopleStore
from services.reminding.silence import Covered, Silence


class Silences(Protocol):
    async def active(self, school: SchoolId, today: int) -> Sequence[Silence]: ...


class Work(Protocol):
    @property
    def findings(self) -> FindingStore: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def silences(self) -> Silences: ...


@dataclass(frozen=True, slots=True)
class SilencedPeople:
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def away(self, school: SchoolId) -> frozenset[PersonId]:
        """People whose line of the staff list is under a silence of all rules everywhere."""
        now = self.clock.now()
        async with self.reading() as work:
            zone = ZoneInfo(await work.findings.zone(school))
            today = now.astimezone(zone).date().toordinal()
            silences = await work.silences.active(school, today)
            silent = {one.covered.staff for one in silences if _whole(one.covered)} - {None}
            everybody = await work.people.list(school, now)
        return frozenset(one.id for one in everybody if one.staff in silent)


def _whole(covered: Covered) -> bool:
    return not covered.rule and covered.class_unit is None and covered.subject is None
