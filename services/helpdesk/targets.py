"""By when a ticket is to be answered and solved, in the school's working time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from services.helpdesk.hours import FIVE_DAYS, SIX_DAYS, WorkClock
from services.helpdesk.outage import OutageStore
from services.helpdesk.ports import DeskStore
from services.helpdesk.settings import Category
from services.helpdesk.tickets import RUNNING, State, Ticket
from services.ids import SchoolId
from services.schools import Schools

AHEAD = timedelta(days=60)
"""As far as holidays are looked for."""


class Work(Protocol):
    @property
    def helpdesk(self) -> DeskStore: ...

    @property
    def outages(self) -> OutageStore: ...

    @property
    def schools(self) -> Schools: ...


async def work_clock(
    work: Work, school: SchoolId, *, since: datetime, until: datetime
) -> WorkClock:
    """The school's own, with its holidays between the two moments and two months on."""
    zone = ZoneInfo((await work.schools.get(school)).timezone)
    settings = await work.helpdesk.settings(school)
    usual = SIX_DAYS if await work.helpdesk.six_days(school) else FIVE_DAYS
    first, last = (moment.astimezone(zone).date() for moment in (since, until + AHEAD))
    closed = await work.helpdesk.closed_days(school, first.toordinal(), last.toordinal())
    known = await work.outages.between(school, since, until + AHEAD)
    breaks = [(one.begins, one.until) for one in known]
    return WorkClock(hours=settings.hours or usual, zone=zone, closed=closed, breaks=breaks)


def worked_until(ticket: Ticket, clock: WorkClock, now: datetime) -> int:
    """Seconds of working time that the ticket has taken."""
    if ticket.running_since is None:
        return ticket.worked
    return ticket.worked + clock.between(ticket.running_since, now)


def moved(ticket: Ticket, to: State, *, clock: WorkClock, now: datetime) -> Ticket:
    """The ticket in another state: its clock stopped or started, its moments written down."""
    running = to in RUNNING
    counted = worked_until(ticket, clock, now)
    going_on = ticket.running_since is not None and running
    solved = ticket.solved_at or now if to in {State.SOLVED, State.CLOSED} else None
    return replace(
        ticket,
        state=to,
        changed_at=now,
        worked=ticket.worked if going_on else counted,
        running_since=(ticket.running_since if going_on else now) if running else None,
        solved_at=solved,
        closed_at=now if to is State.CLOSED else None,
        postponed_until=ticket.postponed_until if running else None,
    )


def answered(ticket: Ticket, *, clock: WorkClock, now: datetime) -> Ticket:
    """The first answer was given; a later one changes nothing."""
    if ticket.answered_at is not None:
        return ticket
    return replace(ticket, answered_at=now, answer_worked=worked_until(ticket, clock, now))


@dataclass(frozen=True, slots=True)
class Target:
    """``due`` is the moment while the clock runs (None while it stands, in an outage too).

    ``spent`` is the part of the allowed time that has passed: 1 and more is late.
    """

    due: datetime | None
    spent: float


@dataclass(frozen=True, slots=True)
class Targets:
    """None: answered, or solved."""

    answer: Target | None
    solution: Target | None

    @property
    def next(self) -> datetime | None:
        """The nearest moment that is still to be kept."""
        dues = [one.due for one in (self.answer, self.solution) if one is not None]
        return min((due for due in dues if due is not None), default=None)

    @property
    def late(self) -> bool:
        return any(one.spent >= 1 for one in (self.answer, self.solution) if one is not None)


def targets_of(ticket: Ticket, category: Category, clock: WorkClock, now: datetime) -> Targets:
    unsolved = ticket.solved_at is None
    unanswered = ticket.answered_at is None and unsolved
    return Targets(
        answer=_target(ticket, category.answer, clock, now) if unanswered else None,
        solution=_target(ticket, category.solution, clock, now) if unsolved else None,
    )


def _target(ticket: Ticket, minutes: int, clock: WorkClock, now: datetime) -> Target:
    allowed = minutes * 60
    spent = worked_until(ticket, clock, now) / allowed
    if ticket.running_since is None or clock.stands(now):
        return Target(None, spent)
    left = max(0, allowed - ticket.worked)
    return Target(clock.after(ticket.running_since, left), spent)
