"""What was asked and what became of it: by week and section, most asked, not found."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.consultation.groups import grouped
from services.consultation.keeping import (
    Backlog,
    Consultation,
    ConsultationLog,
    KeptEntry,
    KnowledgeBase,
)
from services.consultation.verdict import Band
from services.figures import Consulted
from services.ids import SchoolId
from services.periods import DAYS, Span, week_name, week_span
from services.schools import Schools

WEEKS = 8
TOP = 10
ASKED = frozenset(band.value for band in Band)
"""A greeting is written down under another word: it asks nothing."""


@dataclass(frozen=True, slots=True)
class WeekCount:
    """Monday and Sunday of a week, and what was asked in it."""

    first: date
    last: date
    counted: Consulted


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of the last eight weeks, the latest week first; ``sections`` the most asked first."""

    counted: Consulted
    weeks: Sequence[WeekCount]
    sections: Sequence[tuple[str, int]]
    most_asked: Sequence[tuple[str, int]]
    not_found: Sequence[tuple[str, int]]


class Work(Protocol):
    @property
    def knowledge(self) -> KnowledgeBase: ...

    @property
    def backlog(self) -> Backlog: ...

    @property
    def consultations(self) -> ConsultationLog: ...

    @property
    def schools(self) -> Schools: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationFigures:
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def show(self, actor: Actor) -> Figures:
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            zone = ZoneInfo((await work.schools.get(school)).timezone)
            now = self.clock.now()
            this = week_span(week_name(now.astimezone(zone).date().toordinal()))
            since = _midnight(this.first - (WEEKS - 1) * DAYS, zone)
            log = await work.consultations.rows(school, since, now + timedelta(seconds=1))
            kept = await work.knowledge.kept(school)
            titles = {one.id: one.title for one in await work.knowledge.sections(school)}
            waiting = await work.backlog.waiting(school)
        groups = await asyncio.to_thread(grouped, waiting)
        asked = [one for one in log if one.band in ASKED]
        entries = {one.entry.id: one for one in kept}
        return Figures(
            counted=counted(asked),
            weeks=_by_week(asked, this, zone),
            sections=_by_section(asked, entries, titles),
            most_asked=_most_asked(asked, entries),
            not_found=[(one.lead.text, one.count) for one in groups[:TOP]],
        )


async def consulted(
    log: ConsultationLog, school: SchoolId, until: datetime, *, since: datetime | None = None
) -> Consulted:
    """From ``since`` (seven days before) to ``until``: a digest's line about questions."""
    rows = await log.rows(school, since or until - timedelta(days=DAYS), until)
    return counted([one for one in rows if one.band in ASKED])


def counted(asked: Sequence[Consultation]) -> Consulted:
    """Answered: the base answered, or the asker took one of those offered."""
    return Consulted(
        asked=len(asked),
        answered=sum(one.entry is not None for one in asked),
        helped=sum(one.helped is True for one in asked),
        passed=sum(one.band == Band.PASS.value or one.helped is False for one in asked),
    )


def _by_week(asked: Sequence[Consultation], this: Span, zone: ZoneInfo) -> list[WeekCount]:
    spans = [this.moved(-DAYS * back) for back in range(WEEKS)]
    days = [(one.at.astimezone(zone).date().toordinal(), one) for one in asked]
    return [
        WeekCount(
            date.fromordinal(span.first),
            date.fromordinal(span.last),
            counted([one for day, one in days if span.holds(day)]),
        )
        for span in spans
    ]


def _by_section(
    asked: Sequence[Consultation],
    entries: Mapping[str, KeptEntry],
    titles: Mapping[str, str],
) -> list[tuple[str, int]]:
    known = (entries[one.entry] for one in asked if one.entry and one.entry in entries)
    sections = Counter(one.entry.section for one in known)
    return [(titles[name], count) for name, count in sections.most_common()]


def _most_asked(
    asked: Sequence[Consultation], entries: Mapping[str, KeptEntry]
) -> list[tuple[str, int]]:
    found = Counter(one.entry for one in asked if one.entry and one.entry in entries)
    return [(entries[name].entry.question, count) for name, count in found.most_common(TOP)]


def _midnight(day: int, zone: ZoneInfo) -> datetime:
    return datetime.fromordinal(day).replace(tzinfo=zone).astimezone(UTC)
