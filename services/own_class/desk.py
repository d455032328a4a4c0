"""«Мой класс»: the class of a class teacher across all subjects."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from services.access import Actor, Capability, demand
from services.audit import Audit, AuditEntry
from services.claims.standing import Standings
from services.clock import Clock
from services.completeness.extent import Scope
from services.completeness.finding_store import Hit
from services.completeness.lines import Directory, Wording, line_of
from services.completeness.measuring import MeasureStore
from services.completeness.rule import Rule, Said
from services.errors import DomainError
from services.figures import FindingLine
from services.ids import PersonId, SchoolId, StaffId
from services.journal.records import ImportRecord
from services.listing import class_order
from services.own_class.posts import classes_of_post
from services.own_class.statements import ABSENCES, TERM
from services.own_class.view import ClassView, absent_of, few_marks_of, findings_of, risks_of
from services.periods import year_first
from services.schools import School, Schools
from services.week_figures import moment_here


class NoClassError(DomainError):
    """Nothing says which class is this teacher's, or the one asked for is not theirs."""

    key = "errors/no-class"


class ClassStore(Protocol):
    async def given(self, person: PersonId) -> Sequence[int]:
        """The classes that were given to the person in /people."""
        ...

    async def post(self, school: SchoolId, staff: StaffId) -> str:
        """The post in the staff list; ``""`` where it says none."""
        ...

    async def open_findings(self, school: SchoolId, class_unit: int) -> Sequence[Hit]: ...


class ClassMeasures(MeasureStore, Protocol):
    async def directory(self, school: SchoolId, as_of: datetime | None = None) -> Directory: ...


class CurrentImport(Protocol):
    async def current_import(self, school: SchoolId) -> ImportRecord | None: ...


class ClassWork(Protocol):
    @property
    def class_teachers(self) -> ClassStore: ...

    @property
    def claims(self) -> Standings: ...

    @property
    def measures(self) -> ClassMeasures: ...

    @property
    def journal(self) -> CurrentImport: ...

    @property
    def schools(self) -> Schools: ...


class ExportWork(Protocol):
    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDesk:
    """``class_unit`` 0 is the first of the teacher's classes.

    Every use case raises NotAllowedError for whoever leads no class by their role, and NoClassError
    where none is known or the class is another's.
    """

    rules: Mapping[str, Rule]
    unit_of_work: Callable[[], AbstractAsyncContextManager[ExportWork]]
    reading: Callable[[], AbstractAsyncContextManager[ClassWork]]
    wording: Callable[[str], Wording]
    clock: Clock

    async def classes(self, actor: Actor) -> Sequence[tuple[int, str]]:
        """The actor's own, by id and name; none for whoever may not see any."""
        if not actor.may(Capability.CLASS_FIGURES) or actor.school is None:
            return []
        async with self.reading() as work:
            directory = await work.measures.directory(actor.school)
            return await self._own(work, actor, actor.school, directory)

    async def show(self, actor: Actor, class_unit: int = 0) -> ClassView:
        school = demand(actor, Capability.CLASS_FIGURES)
        async with self.reading() as work:
            directory = await work.measures.directory(school)
            own = await self._own(work, actor, school, directory)
            chosen, name = _chosen(own, class_unit)
            found = await work.schools.get(school)
            current = await work.journal.current_import(school)
            hits = await self._hits(work, school, chosen)
            since = ""
            rows: list[Mapping[str, Any]] = []
            if current is not None:
                since, rows = await self._absences(work, found, chosen, current.as_of)
        names = directory.names
        return ClassView(
            id=chosen,
            name=name,
            as_of=moment_here(current.as_of, found.timezone) if current else "",
            since=since,
            classes=own,
            absent=absent_of(rows, names),
            risks=risks_of(hits, names),
            few=few_marks_of(hits, names),
            findings=findings_of(hits, self.rules, names),
        )

    async def findings(
        self, actor: Actor, class_unit: int, subject: int | None
    ) -> list[FindingLine]:
        """Open findings of a subject (0: of the class as such, None: of all); no teacher named."""
        school = demand(actor, Capability.CLASS_FIGURES)
        async with self.reading() as work:
            directory = await work.measures.directory(school)
            own = await self._own(work, actor, school, directory)
            chosen, _ = _chosen(own, class_unit)
            zone = (await work.schools.get(school)).timezone
            hits = await self._hits(work, school, chosen)
        wording = self.wording(zone)
        return [
            replace(line_of(hit, self.rules[hit.rule], directory, wording), teacher="")
            for hit in hits
            if subject in (None, hit.subject or 0)
        ]

    async def export(
        self, actor: Actor, class_unit: int
    ) -> tuple[ClassView, Sequence[FindingLine]]:
        """Everything of the class to be taken away as a file, which the audit remembers."""
        view = await self.show(actor, class_unit)
        lines = await self.findings(actor, view.id, None)
        async with self.unit_of_work() as work:
            await work.audit.add(
                AuditEntry(
                    school=demand(actor, Capability.CLASS_FIGURES),
                    person=actor.person,
                    what="class exported",
                    at=self.clock.now(),
                    facts={"class": view.id},
                )
            )
        return view, lines

    async def _own(
        self, work: ClassWork, actor: Actor, school: SchoolId, directory: Directory
    ) -> list[tuple[int, str]]:
        """Given by hand, else read from the post; of those that the journal knows."""
        units = directory.names.class_units
        given = [] if actor.person is None else await work.class_teachers.given(actor.person)
        if not given and actor.staff is not None:
            names = classes_of_post(await work.class_teachers.post(school, actor.staff))
            given = [unit for name in names for unit, known in units.items() if known == name]
        known = [(unit, units[unit]) for unit in given if unit in units]
        return sorted(known, key=lambda one: class_order(one[1]))

    async def _hits(self, work: ClassWork, school: SchoolId, class_unit: int) -> list[Hit]:
        waived = await work.claims.waived(school)
        return [
            hit
            for hit in await work.class_teachers.open_findings(school, class_unit)
            if hit.rule in self.rules and hit.identity not in waived
        ]

    async def _absences(
        self, work: ClassWork, school: School, class_unit: int, as_of: datetime
    ) -> tuple[str, list[Mapping[str, Any]]]:
        """What the counting begins with in words, and a row a pupil."""
        wording = self.wording(school.timezone)
        today = as_of.astimezone(ZoneInfo(school.timezone)).date().toordinal()
        first, upto = year_first(today), today
        whole = Scope(((class_unit, 0, first, today),))
        terms = await work.measures.rows(TERM, school.id, whole, {"upto": today})
        said = Said("since %(day)s", {"day": ("day", first)})
        if terms:
            [term] = terms
            first, upto = term["first"], min(today, term["last"])
            named = {"term": (term["kind"], term["number"]), "day": ("day", first)}
            said = Said("%(term)s, since %(day)s", named)
        scope = Scope(((class_unit, 0, first, upto),))
        rows = await work.measures.rows(ABSENCES, school.id, scope, {"upto": upto})
        return wording.why(said), rows


def _chosen(own: Sequence[tuple[int, str]], class_unit: int) -> tuple[int, str]:
    found = next((one for one in own if class_unit in (0, one[0])), None)
    if found is None:
        raise NoClassError
    return found
