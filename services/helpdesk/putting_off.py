"""A ticket put off to a morning or a day, with a reminder then."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.access import Actor
from services.clock import Clock
from services.helpdesk.changing import clock_of, write
from services.helpdesk.errors import UnfitMomentError
from services.helpdesk.life import answerer, open_ticket
from services.helpdesk.ports import Transactions
from services.helpdesk.posting import show
from services.helpdesk.targets import moved, work_clock
from services.helpdesk.tickets import Event, State, Ticket, TicketNumber

MORNING = 8
"""The hour to which a ticket is put off where no other is named."""
FARTHEST = 366
"""Days."""
_WRITTEN = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?(?:\s+(\d{1,2})(?:[:.](\d{2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PuttingOff:
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def ahead(self, actor: Actor, number: TicketNumber, days: int) -> Ticket:
        """To the morning so many days on; 0 is the next day of work."""
        zone = await self._zone(actor)
        if not days:
            return await self.until(actor, number, await self._next_morning(actor))
        if not 0 < days <= FARTHEST:
            raise UnfitMomentError
        day = self.clock.now().astimezone(zone).date() + timedelta(days=days)
        return await self.until(actor, number, datetime.combine(day, time(MORNING), zone))

    async def written(self, actor: Actor, number: TicketNumber, words: str) -> Ticket:
        """To a day as people write it: «25.11», «25.11.2026», «25.11 10:30»."""
        zone = await self._zone(actor)
        today = self.clock.now().astimezone(zone).date()
        return await self.until(actor, number, _moment(words, today, zone))

    async def until(self, actor: Actor, number: TicketNumber, moment: datetime) -> Ticket:
        """UnfitMomentError unless it lies ahead, within a year."""
        school, person = answerer(actor)
        now = self.clock.now()
        if not now < moment <= now + timedelta(days=FARTHEST):
            raise UnfitMomentError
        async with self.unit_of_work() as work:
            ticket = await open_ticket(work, school, number, now)
            after = replace(ticket, postponed_until=moment, changed_at=now)
            if ticket.taken_by is None:
                after = replace(after, taken_by=person)
            if ticket.state is State.NEW:
                clock = await clock_of(work, ticket, now)
                after = moved(after, State.TAKEN, clock=clock, now=now)
            facts = {"until": moment.isoformat()}
            await write(work, ticket, after, Event.POSTPONED, by=person, facts=facts)
            await show(work, after, now)
        return after

    async def _next_morning(self, actor: Actor) -> datetime:
        school, _ = answerer(actor)
        now = self.clock.now()
        async with self.reading() as work:
            clock = await work_clock(work, school, since=now, until=now)
        today = now.astimezone(clock.zone).date()
        days = (today + timedelta(days=ahead) for ahead in range(1, FARTHEST))
        first = next((day for day in days if clock.opens(day)), today + timedelta(days=1))
        return datetime.combine(first, time(MORNING), clock.zone)

    async def _zone(self, actor: Actor) -> ZoneInfo:
        school, _ = answerer(actor)
        async with self.reading() as work:
            return ZoneInfo((await work.schools.get(school)).timezone)


def _moment(words: str, today: date, zone: ZoneInfo) -> datetime:
    """Without a year the next such day; without an hour the morning."""
    found = _WRITTEN.fullmatch(words.strip())
    if found is None:
        raise UnfitMomentError
    day, month, year, hour, minute = (None if one is None else int(one) for one in found.groups())
    try:
        wall = time(MORNING if hour is None else hour, minute or 0)
        chosen = date(year or today.year, month or 0, day or 0)
        if year is None and chosen < today:
            chosen = chosen.replace(year=today.year + 1)
    except ValueError:
        raise UnfitMomentError from None
    return datetime.combine(chosen, wall, zone)
