"""Counts that cuts are made of, at hand while the data behind them stands."""

from collections.abc import Callable, Hashable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from services.claims.standing import Standings
from services.completeness.extent import Scope
from services.completeness.finding_store import FindingStore
from services.completeness.measures import school_days
from services.cuts.trend import Year, year_span
from services.cuts.view import Counts
from services.digests import WEEK, Digests, WeekStore
from services.kept_digests import Generations
from services.periods import DAYS
from services.week_view import Asked

WEEKS_KEPT, YEARS_KEPT = 4, 2
T = TypeVar("T")


class CountingWork(Protocol):
    @property
    def findings(self) -> FindingStore: ...

    @property
    def claims(self) -> Standings: ...

    @property
    def journal(self) -> Generations: ...

    @property
    def measures(self) -> WeekStore: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A week takes a second or two to count and a year some more, so the last ones are kept."""

    digests: Digests
    reading: Callable[[], AbstractAsyncContextManager[CountingWork]]
    _weeks: dict[Hashable, Counts] = field(default_factory=dict)
    _years: dict[Hashable, Year] = field(default_factory=dict)

    async def week(self, asked: Asked) -> Counts:
        key = (asked.span, await self._state(asked))
        if key not in self._weeks:
            _keep(self._weeks, key, await self._count(asked), most=WEEKS_KEPT)
        return self._weeks[key]

    async def year(self, asked: Asked) -> Year:
        """The school year up to the moment of the data."""
        key, span = await self._state(asked), year_span(asked.today)
        if key not in self._years:
            school, scope = asked.school.id, Scope(first=span.first, last=span.last)
            cells = await self.digests.measuring.by_day(school, span, asked.as_of)
            async with self.reading() as work:
                days = await work.measures.rows(school_days.BY_WEEK, school, scope, {})
            _keep(self._years, key, Year.of(span, cells, days), most=YEARS_KEPT)
        return self._years[key]

    async def _count(self, asked: Asked) -> Counts:
        school, measuring = asked.school.id, self.digests.measuring
        earlier = asked.as_of - WEEK
        now = await measuring.take(school, asked.span, asked.as_of)
        before = await measuring.take(school, asked.span.moved(-DAYS), earlier, courses=False)
        async with self.reading() as work:
            return Counts(
                asked=asked,
                now=now,
                before=before,
                passports=await measuring.passports(work.findings, school),
                directory=await work.measures.directory(school, asked.as_of),
            )

    async def _state(self, asked: Asked) -> Hashable:
        """What the counts rest on: another of it is counted anew."""
        school = asked.school.id
        async with self.reading() as work:
            passports = await work.findings.passports(school)
            return (
                school,
                asked.as_of,
                asked.school,
                await work.journal.generation(school),
                tuple(sorted((code, one.version) for code, one in passports.items())),
                tuple(await work.findings.breaks(school)),
                frozenset(await work.claims.waived(school)),
            )


def _keep(kept: dict[Hashable, T], key: Hashable, value: T, *, most: int) -> None:
    while len(kept) >= most:
        kept.pop(next(iter(kept)))
    kept[key] = value
