"""Outages as they are looked at: those there were, and what declaring one would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, NotAllowedError, demand
from services.clock import Clock
from services.helpdesk.outage import (
    JOURNAL_DOWN,
    NEVER,
    Outage,
    OutageGoneError,
    OutageNumber,
    OutageOverlapsError,
)
from services.helpdesk.outage_letters import affected
from services.helpdesk.outage_moments import ensure_fit, written
from services.helpdesk.ports import Transactions, Work
from services.helpdesk.tickets import OPEN
from services.ids import PersonId, SchoolId

SHOWN = 6
UNNUMBERED = OutageNumber(0)


@dataclass(frozen=True, slots=True)
class Start:
    """A lesson of today that has begun."""

    lesson: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What declaring would do: who would be told, which open tickets would join."""

    begins: datetime
    ends: datetime | None
    people: int
    tickets: int


@dataclass(frozen=True, slots=True)
class OutageCard:
    """As of ``now``; so many ``tickets`` joined it."""

    outage: Outage
    tickets: int
    now: datetime

    @property
    def over(self) -> bool:
        return self.outage.over(self.now)


@dataclass(frozen=True, slots=True)
class Recent:
    """The latest outages, the latest first, for the school's ``zone``."""

    outages: Sequence[Outage]
    zone: ZoneInfo
    now: datetime

    @property
    def going_on(self) -> Outage | None:
        return next((one for one in self.outages if one.holds(self.now)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageRegister:
    reading: Transactions
    clock: Clock

    def ensure(self, actor: Actor) -> None:
        demand(actor, Capability.OUTAGES)

    def this_minute(self) -> datetime:
        return self.clock.now().replace(second=0, microsecond=0)

    async def recent(self, actor: Actor) -> Recent:
        school = demand(actor, Capability.OUTAGES)
        async with self.reading() as work:
            found = await work.outages.latest(school, limit=SHOWN)
            return Recent(found, await _zone(work, school), self.clock.now())

    async def card(self, actor: Actor, number: OutageNumber) -> OutageCard:
        """OutageGoneError where the school has none, or it was taken back."""
        school = demand(actor, Capability.OUTAGES)
        async with self.reading() as work:
            outage = await standing(work, school, number)
            joined = await work.outages.joined(school, number)
            return OutageCard(outage, len(joined), self.clock.now())

    async def during(self, actor: Actor, first: date, last: date) -> Sequence[Outage]:
        """Those that touch the days of the school's calendar, for its figures and analyses."""
        school = demand(actor, Capability.SCHOOL_FIGURES)
        async with self.reading() as work:
            zone = await _zone(work, school)
            since = datetime.combine(first, time(), zone).astimezone(UTC)
            until = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
            return await work.outages.between(school, since, until)

    async def starts(self, actor: Actor) -> Sequence[Start]:
        """Lessons of today that have begun by the bells, the latest first."""
        school = demand(actor, Capability.OUTAGES)
        now = self.clock.now()
        async with self.reading() as work:
            zone = await _zone(work, school)
            bells = await work.outages.bells(school)
        today = now.astimezone(zone).date()
        found = [
            Start(bell.number, datetime.combine(today, time(*divmod(bell.begins, 60)), zone))
            for bell in bells
        ]
        return [one for one in reversed(found) if one.at <= now]

    async def read(self, actor: Actor, words: str) -> datetime:
        """A moment that was typed. OutageMomentError where it says none."""
        school = demand(actor, Capability.OUTAGES)
        async with self.reading() as work:
            return written(words, self.clock.now(), await _zone(work, school))

    async def plan(self, actor: Actor, begins: datetime, ends: datetime | None) -> Plan:
        """OutageMomentError or OutageOverlapsError where it could not be declared."""
        school, person = declarer(actor)
        now = self.clock.now()
        async with self.reading() as work:
            await ensure_free(work, school, UNNUMBERED, begins, ends, now=now)
            told = [one for one in await affected(work, school, now) if one.id != person]
            open_ones = await work.tickets.list(school, OPEN)
        tickets = [
            one
            for one in open_ones
            if one.category == JOURNAL_DOWN
            and one.opened_at >= begins
            and (ends is None or one.opened_at < ends)
        ]
        return Plan(begins=begins, ends=ends, people=len(told), tickets=len(tickets))


async def ensure_free(
    work: Work,
    school: SchoolId,
    number: OutageNumber,
    begins: datetime,
    ends: datetime | None,
    *,
    now: datetime,
) -> None:
    """In order, near enough, and at no time that another than ``number`` has."""
    ensure_fit(begins, ends, now)
    for other in await work.outages.between(school, begins, ends or NEVER):
        if other.number != number:
            raise OutageOverlapsError(number=other.number)


def declarer(actor: Actor) -> tuple[SchoolId, PersonId]:
    school = demand(actor, Capability.OUTAGES)
    if actor.person is None:
        raise NotAllowedError(capability=Capability.OUTAGES.value)
    return school, actor.person


async def standing(work: Work, school: SchoolId, number: OutageNumber) -> Outage:
    outage = await work.outages.get(school, number)
    if outage is None or outage.undone_at is not None:
        raise OutageGoneError(number=number)
    return outage


async def _zone(work: Work, school: SchoolId) -> ZoneInfo:
    return ZoneInfo((await work.schools.get(school)).timezone)
