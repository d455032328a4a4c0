"""Analyses by the clock: drafts for the administrator, reminders, re-checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from services.access import Role
from services.analyses import days
from services.analyses.asking import terms_in
from services.analyses.composing import Analyses
from services.analyses.deciders import with_role
from services.analyses.desk import drafts
from services.analyses.keeping import Versions
from services.analyses.life import (
    AnalysisId,
    DeskWork,
    KeptAnalysis,
    Outcome,
    Transactions,
    Waiting,
    card_of,
)
from services.analyses.period import Kind, known_terms, month_name, year_terms
from services.clock import Clock
from services.figures import FindingLine
from services.ids import ChatId, SchoolId
from services.outgoing import Letter
from services.people import Person
from services.schools import School

DRAFTS, REMINDERS, RECHECKS = "analysis drafts", "analysis reminders", "analysis re-checks"
REMINDER, RECHECKED = "analyses/reminder", "analyses/rechecked"
LATE = timedelta(days=30)
"""A term that ended longer ago is not caught up."""


class DuePeriod(NamedTuple):
    """``name`` is a period's, or the number of an analysis."""

    school: SchoolId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisSchedule:
    versions: Versions
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    @property
    def analyses(self) -> Analyses:
        return self.versions.analyses

    async def drafts_due(self, now: datetime) -> list[DuePeriod]:
        """The last month, and the last term that ended; the year's with its last term."""
        found: list[DuePeriod] = []
        async with self.reading() as work:
            for school, since in await work.digests.schools():
                due, first = days.month_due(now, school.timezone)
                if due >= since:
                    found.append(DuePeriod(school.id, month_name(first.toordinal())))
                found += await self._terms_due(work, school, since, now)
        return found

    @staticmethod
    async def _terms_due(
        work: DeskWork, school: School, since: datetime, now: datetime
    ) -> list[DuePeriod]:
        terms = await terms_in(work, school.id)
        ended = [
            (one, days.moment(one.span.last + days.TERM_DAYS, school.timezone))
            for one in known_terms(terms)
        ]
        recent = [one for one, due in ended if now - LATE <= due <= now and due >= since]
        if not recent:
            return []
        last = recent[-1]
        *_, final, year = year_terms(terms, last.year)
        names = [last.name, year.name] if last == final else [last.name]
        return [DuePeriod(school.id, name) for name in names]

    async def draft(self, due: DuePeriod) -> None:
        """A draft to every administrator, unless somebody dealt with the period already."""
        kept = await self.versions.latest(due.school, kind_of(due.name), due.name)
        async with self.unit_of_work() as work:
            if not await work.job_runs.claim(DRAFTS, due.school, due.name) or kept is None:
                return
            if kept.sent_at is None:
                for letter in drafts(kept, await self._administrators(work, due.school)):
                    await work.outbox.put(letter)

    async def reminders_due(self, now: datetime) -> list[DuePeriod]:
        async with self.reading() as work:
            waiting = await work.analyses.unreminded()
            return [
                DuePeriod(one.school, str(one.id))
                for one in waiting
                if one.sent_at is not None
                and days.reminder_due(one.sent_at, await work.findings.zone(one.school)) <= now
            ]

    async def remind(self, due: DuePeriod) -> None:
        """Once, to who got it and is still there."""
        analysis = AnalysisId(int(due.name))
        async with self.unit_of_work() as work:
            if not await work.job_runs.claim(REMINDERS, due.school, due.name):
                return
            await work.analyses.remind(analysis, self.clock.now())
            for person in await self._recipients(work, due.school, analysis):
                letter = _letter(REMINDER, due.school, analysis, person)
                await work.outbox.put(letter)

    async def rechecks_due(self, now: datetime) -> list[DuePeriod]:
        async with self.reading() as work:
            waiting = await work.analyses.unchecked()
            return [
                DuePeriod(one.school, str(one.id))
                for one in waiting
                if days.moment(one.recheck, await self._zone(work, one)) <= now
            ]

    async def recheck(self, due: DuePeriod) -> None:
        """The same rules over the same period, as the journal stands now, to the same people."""
        analysis = AnalysisId(int(due.name))
        async with self.reading() as work:
            kept = await work.analyses.get(analysis)
        outcome = None if kept is None else await self._outcome(kept)
        async with self.unit_of_work() as work:
            if not await work.job_runs.claim(RECHECKS, due.school, due.name) or outcome is None:
                return
            await work.analyses.recheck(analysis, outcome)
            people = await self._recipients(work, due.school, analysis)
            known = {one.id for one in people}
            others = await self._administrators(work, due.school)
            for person in [*people, *(one for one in others if one.id not in known)]:
                await work.outbox.put(_letter(RECHECKED, due.school, analysis, person))

    async def _outcome(self, kept: KeptAnalysis) -> Outcome | None:
        """None where the period's data is there no more."""
        analysis = kept.analysis
        asked = await self.analyses.asked(kept.school, Kind(analysis.kind), analysis.period)
        if asked is None:
            return None
        now = await self.analyses.found(asked)
        left = [one for one in analysis.identities if one in now]
        return Outcome(
            mended=len(analysis.identities) - len(left),
            all=len(analysis.identities),
            left=left,
            as_of=f"{asked.as_of_here:%d.%m %H:%M}",
        )

    @staticmethod
    async def _zone(work: DeskWork, waiting: Waiting) -> str:
        return await work.findings.zone(waiting.school)

    async def _recipients(
        self, work: DeskWork, school: SchoolId, analysis: AnalysisId
    ) -> Sequence[Person]:
        wanted = await work.analyses.recipients(analysis)
        everybody = await work.people.list(school, self.clock.now())
        return [one for one in everybody if one.id in wanted]

    async def _administrators(self, work: DeskWork, school: SchoolId) -> Sequence[Person]:
        return with_role(await work.people.list(school, self.clock.now()), Role.ADMINISTRATOR)


def kind_of(name: str) -> Kind:
    """Of a period's name: «2026-11», «2026-T1», «2026-Y»."""
    if name.endswith("Y"):
        return Kind.YEAR
    return Kind.TERM if "T" in name else Kind.MONTH


def left_lines(kept: KeptAnalysis, outcome: Outcome) -> list[FindingLine]:
    """The lines of what a re-check still found, as the analysis has them."""
    remarked = [line for line in kept.analysis.figures.findings if line.severity != "advice"]
    still = set(outcome.left)
    pairs = zip(kept.analysis.identities, remarked, strict=True)
    return [line for identity, line in pairs if identity in still]


def _letter(kind: str, school: SchoolId, analysis: AnalysisId, person: Person) -> Letter:
    return Letter(
        school=school,
        chat=ChatId(person.user),
        kind=kind,
        view={"analysis": analysis},
        dedupe=f"{kind}:{card_of(analysis)}:{person.user}",
    )
