"""Teachers whom no reminder reaches: told to the administrators once, all together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.alerts import Alert, tell
from services.clock import Clock
from services.completeness.rule import Severity
from services.ids import SchoolId, StaffId
from services.reminding.looking import look
from services.reminding.ports import Transactions, Work
from services.reminding.sending import key_of
from services.reminding.settings import HOUR
from services.reminding.situation import TEACHERS, Situation

JOB = "unreached teachers"
UNREACHED = "reminding/unreached"
MORNING = 8 * HOUR
NAMED = 10


class Unreached(NamedTuple):
    """``absent`` never entered the bot, ``closed`` have blocked it."""

    absent: frozenset[StaffId]
    closed: frozenset[StaffId]

    @property
    def all(self) -> frozenset[StaffId]:
        return self.absent | self.closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def mornings(self, now: datetime) -> Sequence[tuple[SchoolId, str]]:
        """The schools whose morning has come, each with its day."""
        found = []
        async with self.reading() as work:
            for school, _ in await work.digests.schools():
                settings = await work.reminding.settings(school.id)
                here = now.astimezone(ZoneInfo(school.timezone))
                minute = here.hour * HOUR + here.minute
                if max(MORNING, settings.quiet_to) <= minute < settings.quiet_from:
                    found.append((school.id, f"{here:%Y-%m-%d}"))
        return found

    async def report(self, school: SchoolId, day: str) -> None:
        """Once for each teacher: whoever is reached again and lost again is told of again."""
        now = self.clock.now()
        async with self.reading() as work:
            situation = await look(work, school, now)
            lost = await self._lost(work, school, date.fromisoformat(day).toordinal() - 1)
            found = unreached(situation, await work.destinations.closed())
            names = (await work.measures.directory(school)).names.staff
            known = await work.reminding.unreached(school)
        async with self.unit_of_work() as work:
            if not await work.job_runs.claim(JOB, school, day) or not situation.fit():
                return
            await work.reminding.note_unreached(school, found.all)
            fresh = Unreached(found.absent - set(known), found.closed - set(known))
            if fresh.all or lost:
                view = _view(fresh, lost, names)
                alert = Alert(kind=UNREACHED, key=f"{UNREACHED}:{day}", view=view)
                await tell(work, alert, school=school, now=now)

    @staticmethod
    async def _lost(work: Work, school: SchoolId, day: int) -> int:
        """Messages of a day that were written and did not arrive."""
        keys = [key_of(school, day, again=again) for again in (False, True)]
        return sum([await work.process.undelivered(key) for key in keys])


def unreached(situation: Situation, closed: Collection[int]) -> Unreached:
    """Of the teachers with something to mend; one who wants no reminders is not among them."""
    waiting = {
        StaffId(one.hit.staff)
        for one in situation.pressing()
        if one.hit.staff is not None and one.hit.severity != Severity.ADVICE
    }
    teachers = {
        one.staff: one for one in situation.people if one.staff is not None and one.roles & TEACHERS
    }
    refusing = {one for one in waiting & set(teachers) if teachers[one].user in closed}
    return Unreached(frozenset(waiting - set(teachers)), frozenset(refusing))


def _view(fresh: Unreached, lost: int, names: Mapping[int, str]) -> Mapping[str, object]:
    named = sorted(names.get(one, "") for one in fresh.all)
    return {
        "absent": len(fresh.absent),
        "closed": len(fresh.closed),
        "names": named[:NAMED],
        "more": max(0, len(named) - NAMED),
        "lost": lost,
    }
