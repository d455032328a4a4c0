"""What the help desk did in a period: how much, how fast, about what, and why (duty 2.5)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.figures import Desk
from services.helpdesk.causes import Work
from services.helpdesk.outage import Outage
from services.helpdesk.ports import TicketStore
from services.helpdesk.settings import Category, DeskSettings
from services.helpdesk.tickets import OPEN, UNFINISHED, State, Ticket, TicketNumber
from services.ids import SchoolId

AGES = (1, 3, 7)
"""Days: open tickets are counted younger than each of these, and the rest."""
OFTEN = 3
"""Tickets of one person in a period from which they count as reporting again and again."""
_AUGUST = 8


class Period(StrEnum):
    MONTH = "month"
    LAST_MONTH = "last_month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Counts of one category or cause; ``solution`` is the median, working seconds."""

    opened: int
    closed: int
    solution: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One ticket in the report's table: neither its author nor its words."""

    ticket: Ticket
    category: Category
    cause: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of tickets opened or closed from ``first`` to ``last``; times are working seconds.

    ``states`` and ``ages`` (by ``AGES``) are those of now. ``often`` are people with several
    tickets and how many those are. ``causes`` are the most frequent first, None: not named.
    """

    first: date
    last: date
    opened: int
    closed: int
    answer: int | None
    solution: int | None
    states: Mapping[State, int]
    ages: Sequence[int]
    categories: Sequence[tuple[Category, Told]]
    causes: Sequence[tuple[str | None, int]]
    often: tuple[int, int]
    outages: Sequence[Outage]
    down: int
    rating: float | None
    rated: int
    rows: Sequence[Row]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFigures:
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def of(self, actor: Actor, period: Period) -> Figures:
        """The school's own, up to now."""
        school = demand(actor, Capability.SEE_TICKETS)
        now = self.clock.now()
        async with self.reading() as work:
            zone = ZoneInfo((await work.schools.get(school)).timezone)
            first, last = days_of(period, now.astimezone(zone).date())
            since, until = moments(first, last, zone)
            tickets = await work.tickets.between(school, since, until)
            waiting = await work.tickets.list(school, UNFINISHED)
            causes = await work.ticket_causes.of(school, [one.number for one in tickets])
            settings = await work.helpdesk.settings(school)
            outages = await work.outages.between(school, since, until)
        counted = _Counted(tickets, since, until)
        ended = counted.ended
        stars = [one.rating for one in ended if one.rating is not None]
        return Figures(
            first=first,
            last=last,
            opened=len(counted.opened),
            closed=len(ended),
            answer=_median([one.answer_worked for one in counted.opened]),
            solution=_median([one.worked for one in ended]),
            states=Counter(one.state for one in waiting),
            ages=_ages(waiting, now),
            categories=_categories(counted, settings),
            causes=_causes(tickets, causes),
            often=_often(counted.opened),
            outages=outages,
            down=sum(_within(one, since, min(until, now)) for one in outages),
            rating=sum(stars) / len(stars) if stars else None,
            rated=len(stars),
            zone=zone,
            rows=[
                Row(
                    ticket=one,
                    category=settings.category(one.category),
                    cause=causes.get(one.number),
                )
                for one in tickets
            ],
        )

    async def states(self, actor: Actor) -> Mapping[State, int]:
        """How many unfinished tickets are in each state now."""
        school = demand(actor, Capability.SEE_TICKETS)
        async with self.reading() as work:
            return Counter(one.state for one in await work.tickets.list(school, UNFINISHED))

    async def in_state(self, actor: Actor, state: State) -> Sequence[tuple[Ticket, Category]]:
        """The oldest first."""
        school = demand(actor, Capability.SEE_TICKETS)
        async with self.reading() as work:
            settings = await work.helpdesk.settings(school)
            found = await work.tickets.list(school, [state])
        return [(one, settings.category(one.category)) for one in found]


async def desk_of(
    tickets: TicketStore, school: SchoolId, until: datetime, *, since: datetime | None = None
) -> Desk | None:
    """From ``since`` (seven days before) to ``until``; None where nothing happened."""
    since = since or until - timedelta(days=7)
    counted = _Counted(await tickets.between(school, since, until), since, until)
    if not counted.opened and not counted.ended:
        return None
    solution = _median([one.worked for one in counted.ended])
    return Desk(opened=len(counted.opened), closed=len(counted.ended), solution=solution)


def days_of(period: Period, today: date) -> tuple[date, date]:
    """First and last day; a period that goes on ends today."""
    month = today.replace(day=1)
    if period is Period.MONTH:
        return month, today
    if period is Period.LAST_MONTH:
        last = month - timedelta(days=1)
        return last.replace(day=1), last
    return date(today.year - (today.month < _AUGUST), _AUGUST, 1), today


def moments(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    begins = datetime.combine(first, time(), zone)
    ends = datetime.combine(last + timedelta(days=1), time(), zone)
    return begins.astimezone(UTC), ends.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A ticket merged into another was opened, but its end is the other's."""

    tickets: Sequence[Ticket]
    since: datetime
    until: datetime

    @property
    def opened(self) -> list[Ticket]:
        return [one for one in self.tickets if self.since <= one.opened_at < self.until]

    @property
    def ended(self) -> list[Ticket]:
        return [
            one
            for one in self.tickets
            if one.merged_into is None
            and one.closed_at is not None
            and self.since <= one.closed_at < self.until
        ]


def _median(values: Sequence[int | None]) -> int | None:
    """The middle one, of an even number the mean of the two; None without any."""
    known = sorted(one for one in values if one is not None)
    middle = len(known) // 2
    return (known[middle] + known[~middle]) // 2 if known else None


def _ages(waiting: Sequence[Ticket], now: datetime) -> list[int]:
    counts = [0] * (len(AGES) + 1)
    for one in waiting:
        if one.state in OPEN:
            days = (now - one.opened_at) / timedelta(days=1)
            counts[sum(days >= limit for limit in AGES)] += 1
    return counts


def _categories(counted: _Counted, settings: DeskSettings) -> list[tuple[Category, Told]]:
    opened = Counter(one.category for one in counted.opened)
    ended: dict[str, list[int]] = {}
    for one in counted.ended:
        ended.setdefault(one.category, []).append(one.worked)
    codes = sorted({*opened, *ended}, key=lambda code: (-opened[code], code))
    return [
        (
            settings.category(code),
            Told(
                opened=opened[code],
                closed=len(ended.get(code, [])),
                solution=_median(ended.get(code, [])),
            ),
        )
        for code in codes
    ]


def _causes(
    tickets: Sequence[Ticket], causes: Mapping[TicketNumber, str]
) -> list[tuple[str | None, int]]:
    found = Counter(causes.get(one.number) for one in tickets if one.merged_into is None)
    return sorted(found.items(), key=lambda one: (one[0] is None, -one[1], one[0] or ""))


def _often(opened: Sequence[Ticket]) -> tuple[int, int]:
    counts = [count for count in Counter(one.author for one in opened).values() if count >= OFTEN]
    return len(counts), sum(counts)


def _within(outage: Outage, since: datetime, until: datetime) -> int:
    """Seconds of the outage in a span."""
    begins, ends = max(outage.begins, since), min(outage.until, until)
    return max(0, int((ends - begins).total_seconds()))
