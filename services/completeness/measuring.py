"""Takes a school's measures over a period, as of a moment."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from services.claims.standing import Standings
from services.completeness.extent import Scope
from services.completeness.finding_store import FindingStore, Hit
from services.completeness.findings import Completeness
from services.completeness.indices import UNRELIABLE, Cells, collected
from services.completeness.measures import (
    CONTROL_MARKS,
    ENOUGH_BY_WEEK,
    ENOUGH_MARKS,
    HOMEWORK,
    LESSONS,
    Measure,
)
from services.completeness.rule import Extent, Passport, Rule
from services.ids import SchoolId
from services.periods import Span

Binds = Mapping[str, int]
Rows = list[Mapping[str, Any]]

BY_LESSON = (LESSONS, HOMEWORK, CONTROL_MARKS)


class MeasureStore(Protocol):
    async def rows(
        self, statement: str, school: SchoolId, scope: Scope, binds: Binds
    ) -> list[Mapping[str, Any]]: ...


class MeasureWork(Protocol):
    @property
    def findings(self) -> FindingStore: ...

    @property
    def measures(self) -> MeasureStore: ...

    @property
    def claims(self) -> Standings: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One period's counts.

    ``lesson_hits`` are dated in the period; ``course_hits`` are all that terms and plans show as of
    the moment, whatever their day (only some where they were not asked for).
    """

    cells: Cells
    lesson_hits: list[Hit]
    course_hits: list[Hit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    completeness: Completeness
    rules: Mapping[str, Rule]
    reading: Callable[[], AbstractAsyncContextManager[MeasureWork]]

    async def take(
        self, school: SchoolId, span: Span, as_of: datetime, *, courses: bool = True
    ) -> Measured:
        """Everything counted over the span's days.

        Without ``courses`` only the lessons' rules run, and those that cost reliability.
        """
        async with self.reading() as work:
            passports = await self.passports(work.findings, school)
        scope = Scope(first=span.first, last=span.last)
        rows = await self._rows((*BY_LESSON, ENOUGH_MARKS), school, span, as_of)
        of_lessons = self._enabled(passports, Extent.LESSON)
        of_courses = self._enabled(passports, Extent.COURSE)
        look = self._counted
        lesson_hits = await look(school, as_of, scope=scope, only=of_lessons)
        if courses:
            course_hits = await look(school, as_of, only=of_courses)
        else:
            costly = [code for code in of_courses if code[0] in UNRELIABLE]
            course_hits = await look(school, as_of, scope=scope, only=costly)
        lesson_hits = [hit for hit in lesson_hits if span.holds(hit.day)]
        dated = [hit for hit in course_hits if span.holds(hit.day)]
        cells = collected(rows, lesson_hits, dated)
        return Measured(cells=cells, lesson_hits=lesson_hits, course_hits=course_hits)

    async def by_day(self, school: SchoolId, span: Span, as_of: datetime) -> Cells:
        """The counts of a long span in one pass: marks that are enough at each week's end.

        Of the findings those that cost reliability, by their days.
        """
        async with self.reading() as work:
            passports = await self.passports(work.findings, school)
        rows = await self._rows((*BY_LESSON, ENOUGH_BY_WEEK), school, span, as_of)
        costly = [
            code
            for extent in Extent
            for code in self._enabled(passports, extent)
            if code[0] in UNRELIABLE
        ]
        scope = Scope(first=span.first, last=span.last)
        hits = await self._counted(school, as_of, scope=scope, only=costly)
        return collected(rows, [hit for hit in hits if span.holds(hit.day)])

    async def _rows(
        self, measures: Sequence[Measure], school: SchoolId, span: Span, as_of: datetime
    ) -> Rows:
        """Of the measures that the school's passports ask for."""
        rows: Rows = []
        scope = Scope(first=span.first, last=span.last)
        async with self.reading() as work:
            passports = await self.passports(work.findings, school)
            zone = ZoneInfo(await work.findings.zone(school))
            today = as_of.astimezone(zone).date().toordinal()
            moments = {
                "as_of": int(as_of.timestamp()),
                "today": today,
                "upto": min(span.last, today),
            }
            for measure in measures:
                passport = passports[measure.rule]
                if passport.enabled or not measure.optional:
                    binds = {**moments, **passport.thresholds}
                    rows += await work.measures.rows(measure.statement, school, scope, binds)
        return rows

    async def _counted(
        self,
        school: SchoolId,
        as_of: datetime,
        *,
        scope: Scope | None = None,
        only: Sequence[str],
    ) -> list[Hit]:
        """What the rules say, but for what was waived (docs/decisions/0012)."""
        async with self.reading() as work:
            waived = await work.claims.waived(school)
        hits = await self.completeness.look(school, as_of, scope=scope, only=only)
        return [hit for hit in hits if hit.identity not in waived] if waived else hits

    def _enabled(self, passports: Mapping[str, Passport], extent: Extent) -> list[str]:
        return [
            code
            for code, rule in self.rules.items()
            if passports[code].enabled and rule.extent is extent
        ]

    async def passports(self, store: FindingStore, school: SchoolId) -> dict[str, Passport]:
        """Every rule's passport as it holds now, defaults where nobody changed it."""
        own = await store.passports(school)
        return {
            code: own.get(code, Passport.default(rule)).complete(rule)
            for code, rule in self.rules.items()
        }
