"""An analysis counted anew as of a moment."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from services.analyses import asking, counting
from services.analyses import period as periods
from services.analyses.asking import Asked
from services.analyses.comparing import compared, programme_total
from services.analyses.drafting import drafted
from services.analyses.gathering import Gathered, Part, gathered
from services.analyses.period import Kind
from services.analyses.ports import AnalysisWork, DecisionsDue
from services.analyses.view import Achievement, Analysis, Checked, Course, Drafted, Method
from services.analyses.weekly import figures
from services.completeness.finding_store import Hit
from services.completeness.indices import Tally, summed
from services.completeness.lines import Wording
from services.completeness.measuring import Measuring
from services.ids import SchoolId
from services.listing import class_order
from services.week_figures import russian_day

YEAR = "год"
UNDRAFTED = Drafted(conclusions=[], recommendations=[], decision=[])
RECHECK_DAYS = 7
"""Days till the re-check (RULES.md, "Reports")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analyses:
    """``wording`` gives the words for readers in a zone; ``decisions`` is another's register."""

    measuring: Measuring
    reading: Callable[[], AbstractAsyncContextManager[AnalysisWork]]
    wording: Callable[[str], Wording]
    decisions: DecisionsDue

    async def asked(
        self,
        school: SchoolId,
        kind: Kind,
        name: str | None = None,
        as_of: datetime | None = None,
    ) -> Asked | None:
        """The period meant (see ``asking.asked``); None where it has no data."""
        async with self.reading() as work:
            return await asking.asked(work, school, kind, name, as_of)

    async def compose(self, asked: Asked) -> Analysis:
        async with self.reading() as work:
            found = await gathered(self.measuring, work, asked)
        due = await self.decisions.due(asked.school.id, *asked.period.span)
        maker = _Maker(asked, found, self.measuring, self.wording(asked.school.timezone))
        return maker.analysis(list(due))

    async def found(self, asked: Asked) -> set[str]:
        """Identities of the period's findings as they are now: what the re-check compares."""
        taken = await self.measuring.take(asked.school.id, asked.period.span, asked.as_of)
        listed = _of_period([*taken.lesson_hits, *taken.course_hits], asked)
        return {hit.identity for hit in counting.weighty(listed)}


def _of_period(hits: Sequence[Hit], asked: Asked) -> list[Hit]:
    """Dated in the period, or of no day and open now."""
    span = asked.period.span
    return [hit for hit in hits if hit.day is None or span.holds(hit.day)]


@dataclass(frozen=True, slots=True)
class _Maker:
    asked: Asked
    found: Gathered
    measuring: Measuring
    wording: Wording

    @property
    def now(self) -> Part:
        return self.found.now

    def analysis(self, due: list[str]) -> Analysis:
        asked, found, directory = self.asked, self.found, self.found.directory
        listed = _of_period([*self.now.measured.lesson_hits, *self.now.measured.course_hits], asked)
        hits = counting.weighty(listed)
        courses = counting.courses(self.now.programme, directory)
        made = Analysis(
            kind=asked.period.kind.value,
            period=asked.period.name,
            title=self.wording.why(periods.said(asked.period)),
            running=asked.running,
            previous=self._title(found.before),
            year_ago=self._title(found.year),
            figures=figures(asked, found, listed, self.measuring.rules, self.wording),
            checked=self._checked(),
            method=self._method(),
            lateness=counting.lateness(self.now.measured.cells, asked.period.span),
            repeated=counting.repeated(hits, self.measuring.rules, directory),
            works=counting.works(found.beside.works, directory),
            lags=counting.lags(hits, directory),
            programme=counting.programme(courses, _class_of),
            programme_total=programme_total(self.now, directory),
            achievement=self._achievement(),
            compared=compared(found, self.wording.why),
            clean_classes=self._without(hits, self._classes(), self._class),
            clean_teachers=self._without(hits, self._teachers(), self._teacher),
            class_remarks=counting.remarks(hits, self._class),
            teacher_remarks=counting.remarks(hits, self._teacher),
            decisions_due=due,
            identities=[hit.identity for hit in hits],
            drafted=UNDRAFTED,
            day=russian_day(asked.today),
            recheck=russian_day(asked.today + RECHECK_DAYS),
        )
        return replace(made, drafted=drafted(made, self.wording))

    def _title(self, part: Part | None) -> str:
        return "" if part is None else self.wording.why(periods.said(part.period))

    def _checked(self) -> Checked:
        whole = summed(self.now.measured.cells, lambda _: 0).get(0, Tally())
        beside = self.found.beside
        return Checked(
            classes=self._classes(),
            teachers=len(self._teachers()),
            lessons=whole.lessons,
            marks=beside.marks,
            late=counting.arrived(beside.beginnings, self.found.directory, self.wording),
        )

    def _method(self) -> list[Method]:
        passports = self.found.passports
        return [
            Method(
                code=code,
                title=rule.title,
                version=passports[code].version,
                clause=passports[code].clause,
            )
            for code, rule in self.measuring.rules.items()
            if passports[code].enabled
        ]

    def _achievement(self) -> Achievement | None:
        if self.asked.period.kind is Kind.MONTH:
            return None
        span, whole = self.asked.period.span, self.asked.period.kind is Kind.YEAR
        groundless = [
            hit
            for hit in self.now.measured.course_hits
            if hit.rule == "Q3" and span.holds(hit.day) and whole == (hit.facts["kind"] == YEAR)
        ]
        looked = self.found.passports["Q3"].enabled
        return counting.achievement(
            self.now.by_course,
            self.now.by_class,
            self.found.directory,
            len(groundless) if looked else None,
        )

    def _classes(self) -> list[str]:
        names = self.found.directory.names.class_units
        found = {names[row["class_unit"]] for row in self.found.beside.beginnings}
        return sorted(found, key=class_order)

    def _teachers(self) -> list[str]:
        names = self.found.directory.names.staff
        return sorted({names[row["staff"]] for row in self.found.beside.teachers})

    def _class(self, hit: Hit) -> str:
        return self.found.directory.names.class_units.get(hit.class_unit or 0, "")

    def _teacher(self, hit: Hit) -> str:
        return self.found.directory.names.staff.get(hit.staff or 0, "")

    @staticmethod
    def _without(hits: Sequence[Hit], names: list[str], name: Callable[[Hit], str]) -> list[str]:
        noted = {name(hit) for hit in hits}
        return [one for one in names if one not in noted]


def _class_of(course: Course) -> str:
    return course.class_unit
