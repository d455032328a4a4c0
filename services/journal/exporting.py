"""The journal as a OneRoster archive, for another system; whoever makes it is in the audit."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from services.access import Actor, Capability, demand
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.errors import DomainError
from services.ids import SchoolId
from services.journal.dictionary import Dictionary
from services.journal.model import (
    AssignmentRow,
    Batch,
    EnrollmentRow,
    MarkRow,
    StaffRow,
    TermRow,
)
from services.journal.ports import JournalRows
from services.journal.relations import (
    ASSIGNMENTS,
    ENROLLMENTS,
    MARKS,
    STAFF_FACTS,
    TERMS,
    UNNUMBERED,
    Relation,
    Row,
)
from services.schools import School

WHOLE = 0
"""The study group that is the whole class."""


class NothingToExportError(DomainError):
    """No class list was loaded yet."""

    key = "errors/nothing-to-export"


class Schools(Protocol):
    async def get(self, school: SchoolId) -> School: ...


class Work(Protocol):
    @property
    def journal(self) -> JournalRows: ...

    @property
    def schools(self) -> Schools: ...

    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def ensure(self, actor: Actor) -> None:
        """Before anybody is asked: NotAllowedError or NothingToExportError."""
        school = demand(actor, Capability.ROSTER)
        async with self.reading() as work:
            if not await work.journal.load(ENROLLMENTS, school):
                raise NothingToExportError

    async def roster(self, actor: Actor) -> bytes:
        """Class lists with names, staff, load and marks of the year that the journal shows."""
        await self.ensure(actor)
        school = demand(actor, Capability.ROSTER)
        async with self.reading() as work:
            named = await work.schools.get(school)
            words = Words(await work.journal.dictionary(school))
            kept = {each: [row for _, row in await work.journal.load(each, school)]
                    for each in (TERMS, STAFF_FACTS, ENROLLMENTS, ASSIGNMENTS, MARKS)}  # fmt: skip
        content = await asyncio.to_thread(_written, named.name, words, kept)
        facts = {"pupils": len({row[1] for row in kept[ENROLLMENTS]}), "marks": len(kept[MARKS])}
        entry = AuditEntry(
            school=school, person=actor.person, what="roster exported", at=self.clock.now(),
            facts=facts,
        )  # fmt: skip
        async with self.unit_of_work() as work:
            await work.audit.add(entry)
        return content


def _written(school: str, words: "Words", kept: Mapping[Relation, Collection[Row]]) -> bytes:
    from services.journal.writers.oneroster import RosterOf, write_roster  # noqa: PLC0415

    years = [row[0] for row in kept[TERMS]]
    year = f"{max(years)}/{max(years) + 1}" if years else ""
    terms = [TermRow(year, row[1], row[2], row[4], row[5], row[3]) for row in sorted(kept[TERMS])
             if f"{row[0]}/{row[0] + 1}" == year]  # fmt: skip
    return write_roster(
        RosterOf(school=school, year=year, terms=terms, batch=words.batch(kept)),
    )


class Words:
    """Identities of the journal back into names."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.classes = {each.id: each.name for each in dictionary.class_units.values()}
        self.subjects = {each.id: each.name for each in dictionary.subjects.values()}
        self.groups = {each.id: each.name for each in dictionary.study_groups.values()}
        self.pupils = {each.id: each.number for each in dictionary.pupils.values()}
        self.staff: dict[Any, str] = {each.id: each.name for each in dictionary.staff.values()}
        self.groups[WHOLE] = ""

    def batch(self, kept: Mapping[Relation, Collection[Row]]) -> Batch:
        """In the order of names and days, so that the same journal is the same file."""
        for row in kept[STAFF_FACTS]:
            self.staff[row[0]] = row[1]
        return Batch(
            staff=sorted(StaffRow(row[1], row[2], *row[3:]) for row in kept[STAFF_FACTS]),
            enrollments=sorted(map(self._stay, kept[ENROLLMENTS]), key=lambda row: row[:2]),
            assignments=sorted(map(self._load, kept[ASSIGNMENTS])),
            marks=sorted(map(self._mark, kept[MARKS]), key=lambda row: (row[0], row[3:8], row[2])),
        )

    def _stay(self, row: Row) -> EnrollmentRow:
        unit, pupil, first, last, _, name, code, order = row
        return EnrollmentRow(self.classes[unit], self.pupils[pupil], name, code, first, last, order)

    def _load(self, row: Row) -> AssignmentRow:
        unit, subject, group, teacher, first, last, hours = row
        return AssignmentRow(
            self.staff[teacher], self.subjects[subject], self.classes[unit], self.groups[group],
            hours, first, last,
        )  # fmt: skip

    def _mark(self, row: Row) -> MarkRow:
        unit, pupil, day, number, subject, group, *rest = row
        position, value, code, raw, kind, weight, entered, author = rest
        counted = number > UNNUMBERED
        return MarkRow(
            day, None if counted else number, number - UNNUMBERED if counted else 1,
            self.classes[unit], self.groups[group], self.subjects[subject], self.pupils[pupil],
            position, value, code, raw, kind, weight, entered, self.staff.get(author),
        )  # fmt: skip
