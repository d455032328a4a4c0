"""The figures of a week, counted anew as of a moment."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from services.completeness.extent import Scope
from services.completeness.finding_store import FindingStore
from services.completeness.lines import Directory, Wording
from services.completeness.measures import ahead, missing, orders, school_days
from services.completeness.measuring import MeasureStore, Measuring
from services.completeness.rule import Passport
from services.consultation.figures import consulted
from services.consultation.keeping import ConsultationLog
from services.decisions.ports import DecisionStore
from services.decisions.register import decided
from services.figures import Week
from services.helpdesk.figures import desk_of
from services.helpdesk.outage import OutageStore
from services.helpdesk.outage_lines import outage_lines
from services.helpdesk.ports import TicketStore
from services.ids import SchoolId
from services.journal.records import ImportRecord
from services.periods import DAYS, Span, week_name, week_span
from services.schools import Schools
from services.week_view import Asked, Beside, Counted, Flow, week_view

WEEK = timedelta(days=DAYS)


class WeekStore(MeasureStore, Protocol):
    async def directory(self, school: SchoolId, as_of: datetime | None = None) -> Directory: ...
    async def latest_day(self, school: SchoolId, upto: int) -> int | None:
        """The last day not after ``upto`` with entries; None without any."""
        ...

    async def flow(self, school: SchoolId, since: datetime) -> Flow:
        """What lives now against what lived with the last import not later than ``since``."""
        ...


class CurrentImport(Protocol):
    async def current_import(self, school: SchoolId) -> ImportRecord | None: ...


class WeekWork(Protocol):
    @property
    def schools(self) -> Schools: ...

    @property
    def journal(self) -> CurrentImport: ...

    @property
    def findings(self) -> FindingStore: ...

    @property
    def measures(self) -> WeekStore: ...

    @property
    def consultations(self) -> ConsultationLog: ...

    @property
    def tickets(self) -> TicketStore: ...

    @property
    def outages(self) -> OutageStore: ...

    @property
    def decisions(self) -> DecisionStore: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """``wording`` gives the words for readers in a zone."""

    measuring: Measuring
    reading: Callable[[], AbstractAsyncContextManager[WeekWork]]
    wording: Callable[[str], Wording]

    async def week(
        self, school: SchoolId, period: str | None = None, as_of: datetime | None = None
    ) -> Week | None:
        """Everything about a week (see ``asked``); None where there is no data."""
        asked = await self.asked(school, period, as_of)
        return None if asked is None else await self.compose(asked)

    async def asked(
        self, school: SchoolId, period: str | None = None, as_of: datetime | None = None
    ) -> Asked | None:
        """The week meant: ``period`` or the latest one with entries; None where it has none.

        ``as_of`` is that of the latest import unless it is given. ValueError where ``period`` is
        not like «2026-W47».
        """
        span = None if period is None else week_span(period)
        async with self.reading() as work:
            current = await work.journal.current_import(school)
            if current is None:
                return None
            moment = as_of or current.as_of
            found = await work.schools.get(school)
            today = moment.astimezone(ZoneInfo(found.timezone)).date().toordinal()
            upto = today if span is None else min(today, span.last)
            latest = await work.measures.latest_day(school, upto)
        if latest is None:
            return None
        span = span or week_span(week_name(latest))
        if not span.holds(latest):
            return None
        return Asked(school=found, span=span, as_of=moment, today=today)

    async def compose(self, asked: Asked) -> Week:
        school, earlier = asked.school.id, asked.as_of - WEEK
        take = self.measuring.take
        now = await take(school, asked.span, asked.as_of)
        before = await take(school, asked.span.moved(-DAYS), earlier, courses=False)
        async with self.reading() as work:
            passports = await self.measuring.passports(work.findings, school)
            counted = Counted(
                now=now,
                before=before,
                passports=passports,
                directory=await work.measures.directory(school, asked.as_of),
                flow=await work.measures.flow(school, earlier),
                beside=await _beside(work.measures, asked, passports),
            )
            questions = await consulted(work.consultations, school, asked.until)
            desk = await desk_of(work.tickets, school, asked.until)
            outages = await work.outages.between(school, *asked.moments)
            followed = await decided(
                work.decisions, school, asked.today, asked.until - WEEK, asked.end
            )
        wording = self.wording(asked.school.timezone)
        view = week_view(asked, counted, self.measuring.rules, wording)
        lines = outage_lines(outages, asked.school.timezone, wording)
        return replace(view, consulted=questions, desk=desk, outages=lines, decisions=followed)

    async def studied(self, school: SchoolId, span: Span) -> bool:
        """Whether any class has lessons in the span; True where the calendar does not say."""
        scope = Scope(first=span.first, last=span.last)
        async with self.reading() as work:
            [found] = await work.measures.rows(school_days.STATEMENT, school, scope, {})
        if not found["calendar"] or found["school_days"]:
            return True
        return bool(found["days"] and found["open_days"] and not found["timetable"])


async def _beside(store: WeekStore, asked: Asked, passports: Mapping[str, Passport]) -> Beside:
    school, coming = asked.school.id, asked.coming
    binds = {
        "as_of": int(asked.as_of.timestamp()),
        "upto": asked.upto,
        **passports["P7"].thresholds,
    }
    this = Scope(first=asked.span.first, last=asked.span.last)
    then = Scope(first=coming.first, last=coming.last)
    [ordered] = await store.rows(orders.STATEMENT, school, this, binds)
    [sheets] = await store.rows(missing.SHEETS, school, this, binds)
    return Beside(
        orders=ordered["orders"],
        controls=await store.rows(ahead.CONTROLS, school, then, binds),
        terms=await store.rows(ahead.TERMS, school, then, binds),
        sheets=sheets,
        uncovered=await store.rows(missing.UNCOVERED, school, this, binds),
    )
