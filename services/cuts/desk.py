"""Cuts for administration: opened from /status or the digest, one press further at a time."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from services.access import Actor, Capability, demand
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.completeness.finding_store import Hit
from services.completeness.lines import Wording
from services.completeness.rule import Said
from services.cuts.counting import Counting
from services.cuts.heat import heat_of, titled
from services.cuts.path import Cut, CutGoneError, Level
from services.cuts.places import lesson_of
from services.cuts.trend import Occasions, Trend, marks_of, names_of
from services.cuts.view import Counts, CutView, Heading
from services.digests import Digests
from services.figures import FindingLine, HeatMap
from services.gap_rows import EnteredLesson, rows_of
from services.ids import SchoolId
from services.kept_digests import DigestGoneError, DigestId, DigestStore


class LessonLines(Protocol):
    async def lessons(self, school: SchoolId, hit: Hit) -> Sequence[EnteredLesson]:
        """The lines of the journal at a finding's place."""
        ...


class CutWork(Protocol):
    @property
    def digests(self) -> DigestStore: ...

    @property
    def gaps(self) -> LessonLines: ...

    @property
    def occasions(self) -> Occasions: ...


class ExportWork(Protocol):
    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True)
class Listed:
    """The findings of a cut; ``title`` is the rule's, ``""`` for all of them."""

    heading: Heading
    title: str
    lines: Sequence[FindingLine]


@dataclass(frozen=True, slots=True)
class LessonView:
    """One lesson: its lines in the journal, and its findings."""

    heading: Heading
    rows: Sequence[str]
    lines: Sequence[FindingLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class CutDesk:
    """The figures are those of a digest's week by the data that stands now.

    By teachers only for whoever may see them, which no group may; elsewhere no teacher is named.
    """

    counting: Counting
    unit_of_work: Callable[[], AbstractAsyncContextManager[ExportWork]]
    reading: Callable[[], AbstractAsyncContextManager[CutWork]]
    clock: Clock

    @property
    def digests(self) -> Digests:
        return self.counting.digests

    async def open(
        self, actor: Actor, digest: DigestId, cut: Cut, by: Level | None = None
    ) -> CutView:
        """CutGoneError where the cut is not in the data; DigestGoneError without the digest."""
        if by is Level.TEACHER:
            demand(actor, Capability.TEACHER_FIGURES)
        counts = await self._counts(actor, digest, cut)
        return counts.view(cut, self.digests.measuring.rules, by)

    async def lesson(self, actor: Actor, digest: DigestId, cut: Cut) -> LessonView:
        """The journal's own lines of a lesson; CutGoneError where the cut is no lesson."""
        counts = await self._counts(actor, digest, cut)
        lesson = cut.id(Level.LESSON)
        if lesson is None:
            raise CutGoneError
        day, number = lesson_of(lesson)
        place = Hit(
            "", "", cut.id(Level.CLASS), cut.id(Level.SUBJECT), 0, None, day, number, None, {}
        )  # fmt: skip
        async with self.reading() as work:
            lines = await work.gaps.lessons(counts.asked.school.id, place)
        wording = self._wording(counts)
        return LessonView(
            heading=counts.heading(cut),
            rows=rows_of(lines, [], wording),
            lines=self._lines(actor, counts, cut),
        )

    async def findings(self, actor: Actor, digest: DigestId, cut: Cut, rule: str = "") -> Listed:
        """Of one rule or of all; CutGoneError for a rule that there is not."""
        counts = await self._counts(actor, digest, cut)
        rules = self.digests.measuring.rules
        if rule and rule not in rules:
            raise CutGoneError
        title = f"{rule} {rules[rule].title}" if rule else ""
        lines = self._lines(actor, counts, cut, rule)
        return Listed(heading=counts.heading(cut), title=title, lines=lines)

    async def export(self, actor: Actor, digest: DigestId, cut: Cut, rule: str = "") -> Listed:
        """The same to be taken away as a file, which the audit remembers."""
        listed = await self.findings(actor, digest, cut, rule)
        async with self.unit_of_work() as work:
            await work.audit.add(
                AuditEntry(
                    school=demand(actor, Capability.SCHOOL_FIGURES),
                    person=actor.person,
                    what="findings exported",
                    at=self.clock.now(),
                    facts={"digest": digest, "cut": cut.written, "rule": rule},
                )
            )
        return listed

    async def heat(self, actor: Actor, digest: DigestId, cut: Cut) -> tuple[Heading, HeatMap]:
        counts = await self._counts(actor, digest, cut)
        return counts.heading(cut), heat_of(counts, cut, self._wording(counts))

    async def trend(self, actor: Actor, digest: DigestId, cut: Cut) -> tuple[Heading, Trend]:
        """Without weeks where nothing was due in the whole year; CutGoneError for a lesson."""
        counts = await self._counts(actor, digest, cut)
        if cut.of_lesson:
            raise CutGoneError
        year = await self.counting.year(counts.asked)
        async with self.reading() as work:
            occasions = await work.occasions.between(counts.asked.school.id, year.span)
        weeks, indices = year.lines(cut, counts.places)
        wording = self._wording(counts)
        heading = counts.heading(cut)
        name = counts.asked.school.name
        as_of = wording.why(Said("data as of %(moment)s", {"moment": heading.as_of}))
        trend = Trend(
            title=titled(counts, cut, wording.why(Said("Indices by week, in per cent", {}))),
            caption=f"{name} · {as_of}" if name else as_of,
            names=names_of(wording),
            weeks=weeks,
            indices=indices,
            marks=marks_of(occasions, wording),
        )
        return heading, trend

    async def _counts(self, actor: Actor, digest: DigestId, cut: Cut) -> Counts:
        school = demand(actor, Capability.SCHOOL_FIGURES)
        if cut.of_teacher:
            demand(actor, Capability.TEACHER_FIGURES)
        async with self.reading() as work:
            kept = await work.digests.get(digest)
        if kept is None or kept.school != school:
            raise DigestGoneError
        asked = await self.digests.asked(school, kept.week.period)
        if asked is None:
            raise DigestGoneError
        counts = await self.counting.week(asked)
        counts.heading(cut)
        return counts

    def _lines(self, actor: Actor, counts: Counts, cut: Cut, rule: str = "") -> list[FindingLine]:
        rules, wording = self.digests.measuring.rules, self._wording(counts)
        lines = counts.lines(cut, rules, wording, rule=rule)
        if actor.may(Capability.TEACHER_FIGURES):
            return lines
        return [replace(line, teacher="") for line in lines]

    def _wording(self, counts: Counts) -> Wording:
        return self.digests.wording(counts.asked.school.timezone)
