"""A teacher's own gaps, and why each of them is there."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from services.access import Actor, Capability, demand
from services.claims.errors import FindingWaivedError
from services.claims.standing import Standing, Standings
from services.completeness.finding_store import Hit
from services.completeness.lines import Directory, Wording, line_of
from services.completeness.rule import Passport, Rule, Severity
from services.errors import DomainError
from services.figures import FindingLine, Reason
from services.gap_rows import EnteredLesson, EnteredMark, rows_of
from services.ids import FindingId, SchoolId, StaffId
from services.journal.records import ImportRecord
from services.listing import Gaps, Mark, own_gaps, told_first
from services.schools import Schools
from services.week_figures import moment_here

__all__ = [
    "CurrentImport",
    "Directories",
    "FindingId",
    "GapDesk",
    "GapGoneError",
    "GapStore",
    "GapWork",
    "NoStaffLinkError",
    "OpenFinding",
    "OwnGaps",
    "Told",
]


class NoStaffLinkError(DomainError):
    """The person is not a line of the journal's staff list, so nothing there is theirs."""

    key = "errors/no-staff-link"


class GapGoneError(DomainError):
    """The finding behind a button is mended by now, or is not this teacher's."""

    key = "errors/gap-gone"


class OpenFinding(NamedTuple):
    """A living finding; ``version`` is that of the passport it was found under."""

    id: FindingId
    hit: Hit
    version: int


@dataclass(frozen=True, slots=True)
class Told:
    """A gap that has a button of its own; ``standing`` where something was said of it."""

    finding: FindingId
    line: FindingLine
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class OwnGaps:
    """``as_of`` is «ДД.ММ ЧЧ:ММ», ``""`` while there is no data. Waived findings are not there.

    ``advice`` is what only asks for a second look and is no gap (RULES.md, severity ``advice``).
    """

    as_of: str
    gaps: Gaps
    advice: Gaps
    told: Sequence[Told]


class GapStore(Protocol):
    async def of_teacher(self, school: SchoolId, staff: StaffId) -> Sequence[OpenFinding]: ...
    async def lessons(self, school: SchoolId, hit: Hit) -> Sequence[EnteredLesson]:
        """The lines of the journal that the finding speaks of."""
        ...

    async def marks(self, school: SchoolId, hit: Hit) -> Sequence[EnteredMark]:
        """The pupil's marks that the finding speaks of: of its lesson, or of its term."""
        ...

    async def passport(self, school: SchoolId, rule: str, version: int) -> Passport | None: ...


class Directories(Protocol):
    async def directory(self, school: SchoolId) -> Directory: ...


class CurrentImport(Protocol):
    async def current_import(self, school: SchoolId) -> ImportRecord | None: ...


class GapWork(Protocol):
    @property
    def gaps(self) -> GapStore: ...

    @property
    def claims(self) -> Standings: ...

    @property
    def measures(self) -> Directories: ...

    @property
    def journal(self) -> CurrentImport: ...

    @property
    def schools(self) -> Schools: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GapDesk:
    """``wording`` gives the words for readers in a zone."""

    rules: Mapping[str, Rule]
    reading: Callable[[], AbstractAsyncContextManager[GapWork]]
    wording: Callable[[str], Wording]

    async def mine(self, actor: Actor) -> OwnGaps:
        """What the last import left for the teacher to mend, one line a finding."""
        school, staff = self._teacher(actor)
        async with self.reading() as work:
            current = await work.journal.current_import(school)
            zone = (await work.schools.get(school)).timezone
            found = await work.gaps.of_teacher(school, staff)
            standing = await work.claims.standing(school)
            directory = await work.measures.directory(school)
        wording = self.wording(zone)
        lines = {
            one.id: line_of(one.hit, self.rules[one.hit.rule], directory, wording)
            for one in found
            if one.hit.rule in self.rules and _counts(standing.get(one.id))
        }
        marks = {line: mark_of(standing[one]) for one, line in lines.items() if one in standing}
        due = [line for line in lines.values() if line.severity != Severity.ADVICE]
        gaps = own_gaps(due, marks=marks)
        advised = [line for line in lines.values() if line.severity == Severity.ADVICE]
        advice = own_gaps(advised, after=gaps, marks=marks)
        return OwnGaps(
            as_of=_as_of(current.as_of if current else None, zone),
            gaps=gaps,
            advice=advice,
            told=[
                Told(one, line, standing.get(one)) for one, line in told_first(lines, gaps, advice)
            ],
        )

    async def why(self, actor: Actor, finding: FindingId) -> tuple[Reason, str]:
        """The finding's reason, and what the data is as of.

        GapGoneError where it is no more, FindingWaivedError where nothing is to be done.
        """
        school, staff = self._teacher(actor)
        async with self.reading() as work:
            current = await work.journal.current_import(school)
            zone = (await work.schools.get(school)).timezone
            found = await work.gaps.of_teacher(school, staff)
            one = next((each for each in found if each.id == finding), None)
            if one is None or one.hit.rule not in self.rules:
                raise GapGoneError
            if not _counts((await work.claims.standing(school)).get(finding)):
                raise FindingWaivedError
            directory = await work.measures.directory(school)
            passport = await work.gaps.passport(school, one.hit.rule, one.version)
            lessons = await work.gaps.lessons(school, one.hit)
            marks = await work.gaps.marks(school, one.hit)
        wording = self.wording(zone)
        reason = Reason(
            line=line_of(one.hit, self.rules[one.hit.rule], directory, wording),
            clause=passport.clause if passport else "",
            version=one.version,
            rows=rows_of(lessons, marks, wording),
        )
        return reason, _as_of(current.as_of if current else None, zone)

    @staticmethod
    def _teacher(actor: Actor) -> tuple[SchoolId, StaffId]:
        school = demand(actor, Capability.OWN_FINDINGS)
        if actor.staff is None:
            raise NoStaffLinkError
        return school, actor.staff


def mark_of(standing: Standing) -> Mark:
    """As a list shows it."""
    until = standing.until
    return Mark(standing.stands.value, f"{date.fromordinal(until):%d.%m}" if until else "")


def _counts(standing: Standing | None) -> bool:
    return standing is None or standing.counts


def _as_of(moment: datetime | None, zone: str) -> str:
    return "" if moment is None else moment_here(moment, zone)
