"""Findings over time: what the rules say after each import is compared with what stood before.

A finding's identity is its rule and its subject (class, subject, group, day, lesson, pupil), so it
lives through re-imports: it never opens twice and never loses its history. It is kept in spans from
import to import, so undoing an import brings the findings back exactly (RULES.md, "Lifecycle").
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.clock import Clock
from services.completeness.days import calendar_days
from services.completeness.extent import Scope
from services.completeness.finding_store import FindingStore, Hit, Living, Span, Transactions
from services.completeness.rule import (
    LONG_REACH,
    Extent,
    Passport,
    Rule,
    Shared,
    Window,
    windows_of,
)
from services.ids import SchoolId
from services.journal.calendar import year_of
from services.journal.model import FIRST_DAY, LAST_DAY
from services.journal.records import ImportRecord

CHUNK = 500
Plan = Mapping[str, Sequence[Window]]
"""Rule -> when it looks, and by which passport."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Runs the catalogue over a school's journal."""

    rules: Mapping[str, Rule]
    unit_of_work: Transactions
    bulk: Transactions
    reading: Transactions
    clock: Clock

    async def look(
        self,
        school: SchoolId,
        as_of: datetime,
        *,
        scope: Scope | None = None,
        only: Iterable[str] | None = None,
        passport: Passport | None = None,
        reaching: bool = False,
    ) -> list[Hit]:
        """What the enabled rules (or those of ``only``) say as of a moment; nothing is kept.

        ``passport`` is tried in place of the school's own. ``reaching`` looks as far back as an
        import of this scope does.
        """
        await self._refresh_calendar(school)
        async with self.reading() as work:
            plan = await self._plan(work.findings, school, only)
            if passport is not None:
                plan[passport.rule] = [Window(FIRST_DAY, LAST_DAY, passport)]
            whole = scope or Scope()
            return await self._run(work.findings, school, as_of, whole, plan, reaching=reaching)

    async def after_import(self, school: SchoolId, record: ImportRecord) -> None:
        """Open and close the findings of the import's scope."""
        await self._renew(school, record, Scope.of_json(record.touched))
        async with self.unit_of_work() as work:
            await work.findings.mark_analysed(record.id)

    async def after_undo(self, school: SchoolId) -> None:
        """Findings stand as they did with the import before; outages and passports hold on."""
        async with self.reading() as work:
            breaks = await work.findings.breaks(school)
            passports = await work.findings.passports(school)
        if breaks or passports:
            await self.relook(school)

    async def relook(self, school: SchoolId, *, only: Collection[str] | None = None) -> None:
        """Findings (of the rules ``only``) anew after a change that no import made.

        Rules that look at findings follow whatever was looked at.
        They are as of the latest data, belong to the import that the journal shows, and go with it
        when it is undone.
        """
        async with self.reading() as work:
            record = await work.findings.latest(school)
        if record is not None:
            await self._renew(school, record, Scope(), only)

    async def _renew(
        self,
        school: SchoolId,
        record: ImportRecord,
        scope: Scope,
        only: Collection[str] | None = None,
    ) -> None:
        await self._refresh_calendar(school)
        async with self.reading() as work:
            plan = await self._plan(work.findings, school, None)
        last = {code for code, rule in self.rules.items() if rule.of_findings}

        def asked(code: str) -> bool:
            return code not in last and (only is None or code in only)

        for mine in (asked, last.__contains__):
            await self._renew_those(school, record, scope, plan, mine)

    async def _renew_those(
        self,
        school: SchoolId,
        record: ImportRecord,
        scope: Scope,
        plan: Plan,
        mine: Callable[[str], bool],
    ) -> None:
        own = {code: windows for code, windows in plan.items() if mine(code)}
        async with self.reading() as work:
            hits = await self._run(work.findings, school, record.as_of, scope, own, reaching=True)
            living = await work.findings.living(school)
        begun, ended = self._compare(hits, [one for one in living if mine(one.rule)], scope)
        for spans, row_ids in _chunks(begun, ended):
            async with self.bulk() as work:
                if spans:
                    at = self.clock.now()
                    await work.findings.begin(school, spans, born=record.id, at=at)
                if row_ids:
                    await work.findings.end(school, row_ids, died=record.id)

    async def resume(self) -> None:
        """Finish what a sudden end left: imports applied but not analysed."""
        async with self.reading() as work:
            waiting = await work.findings.unanalysed()
        for record in waiting:
            await self.after_import(record.school, record)

    async def _run(
        self,
        store: FindingStore,
        school: SchoolId,
        as_of: datetime,
        scope: Scope,
        plan: Plan,
        *,
        reaching: bool,
    ) -> list[Hit]:
        zone = ZoneInfo(await store.zone(school))
        today = as_of.astimezone(zone).date().toordinal()
        latest = await store.latest(school)
        moments = {
            "as_of": int(as_of.timestamp()),
            "loaded": int((latest.as_of if latest else as_of).timestamp()),
            "today": today,
            "year_first": _august(year_of(today)),
        }
        hits: list[Hit] = []
        widest = scope.reaching(LONG_REACH) if reaching else scope
        async with store.sharing(self._shared(plan), school, widest, moments):
            for code, windows in plan.items():
                rule = self.rules[code]
                whole = scope.reaching(rule.reach) if reaching else scope
                for window in windows:
                    part = whole if len(windows) == 1 else whole.within(window.first, window.last)
                    hits += await _found(store, rule, school, part, window, moments)
        return hits

    def _shared(self, plan: Plan) -> list[Shared]:
        """The tables that more than one rule of the plan takes from."""
        taken = Counter(table for code in plan if (table := self.rules[code].shared) is not None)
        return [table for table, times in taken.items() if times > 1]

    async def _plan(
        self, store: FindingStore, school: SchoolId, only: Iterable[str] | None
    ) -> dict[str, list[Window]]:
        """When each rule looks and by which passport: enabled ones, or those of ``only`` anyway."""
        changed: dict[str, list[Passport]] = defaultdict(list)
        for passport in await store.all_passports(school):
            changed[passport.rule].append(passport)
        chosen = None if only is None else set(only)
        plan: dict[str, list[Window]] = {}
        for code, rule in self.rules.items():
            versions = [one.complete(rule) for one in (Passport.default(rule), *changed[code])]
            windows = windows_of(versions)
            if chosen is None:
                windows = [one for one in windows if one.passport.enabled]
            if windows and (chosen is None or code in chosen):
                plan[code] = windows
        return plan

    def _compare(
        self,
        hits: Sequence[Hit],
        living: Sequence[Living],
        scope: Scope,
    ) -> tuple[list[Span], list[int]]:
        spans = {
            hit.identity: Span(
                hit, json.dumps(hit.facts, ensure_ascii=False, sort_keys=True), hit.version
            )
            for hit in hits
        }
        ended: list[int] = []
        for old in living:
            new = spans.get(old.identity)
            if new is not None and _same(new, old):
                del spans[old.identity]
            elif new is not None or self._looked_at(old, scope):
                ended.append(old.row_id)
        return list(spans.values()), ended

    def _looked_at(self, old: Living, scope: Scope) -> bool:
        rule = self.rules.get(old.rule)
        course = rule is None or rule.extent is Extent.COURSE
        whole = scope if rule is None else scope.reaching(rule.reach)
        return whole.holds(old.class_unit, old.subject, old.day, course=course)

    async def _refresh_calendar(self, school: SchoolId) -> None:
        """Deadlines of every day that the journal has, in the school's zone."""
        async with self.reading() as work:
            span = await work.findings.journal_span(school)
            zone = await work.findings.zone(school)
            minutes = await work.findings.deadline_minutes(school)
            breaks = await work.findings.breaks(school)
        if span is not None:
            async with self.bulk() as work:
                days = calendar_days(span, zone, minutes, breaks)
                await work.findings.set_calendar(school, days)


async def _found(
    store: FindingStore,
    rule: Rule,
    school: SchoolId,
    scope: Scope,
    window: Window,
    moments: Mapping[str, int],
) -> list[Hit]:
    """What a rule finds in a scope, of the days on which this passport holds."""
    first, last, passport = window
    hits = await store.run(rule, school, scope, {**moments, **passport.thresholds})
    return [
        hit._replace(severity=hit.severity or passport.severity, version=passport.version)
        for hit in hits
        if first <= (moments["today"] if hit.day is None else hit.day) <= last
    ]


def _august(year: int) -> int:
    return datetime(year, 8, 1, tzinfo=ZoneInfo("UTC")).toordinal()


def _same(new: Span, old: Living) -> bool:
    """A finding rests on the version that it prints: under another it is another span."""
    return (new.hit.severity, new.facts, new.passport_version) == (
        old.severity, old.facts, old.passport_version,
    )  # fmt: skip


def _chunks(begun: Sequence[Span], ended: Sequence[int]) -> Iterator[tuple[Any, Any]]:
    for start in range(0, len(ended), CHUNK):
        yield (), ended[start : start + CHUNK]
    for start in range(0, len(begun), CHUNK):
        yield begun[start : start + CHUNK], ()
