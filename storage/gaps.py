"""A teacher's living findings, and the rows of the journal behind one."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.completeness.extent import Scope
from services.completeness.finding_store import SUBJECT_COLUMNS, Hit
from services.completeness.rule import Passport
from services.gap_rows import EnteredLesson, EnteredMark
from services.gaps import FindingId, OpenFinding
from services.helpdesk.linked import Known
from services.ids import SchoolId, StaffId
from storage.findings import passport_of
from storage.journal import StoredJournal
from storage.measures import StoredMeasures
from storage.schema.journal import finding_spans, findings, rule_passports

LESSONS = """
SELECT l.day, l.number, l.topic, l.homework, l.attendance_taken, l.entered_at
FROM journal_lessons AS l
WHERE l.school = :school AND l.class_unit = :class_unit AND l.subject = :subject
  AND l.day = :day AND (:number = 0 OR l.number = :number)
  AND (l.study_group = :study_group OR 0 IN (l.study_group, :study_group))
ORDER BY l.number
"""
OF_LESSON = """
SELECT m.day, m.number, m.raw FROM journal_marks AS m
WHERE m.school = :school AND m.pupil = :pupil AND m.subject = :subject AND m.day = :day
  AND (:number = 0 OR m.number = :number)
ORDER BY m.day, m.number, m.position
"""
OF_TERM = """
SELECT m.day, m.number, m.raw
FROM journal_class_terms AS t
JOIN journal_enrollments AS own ON own.school = t.school AND own.pupil = :pupil
JOIN journal_enrollments AS e ON e.school = t.school AND e.person = own.person
JOIN journal_marks AS m ON m.school = t.school AND m.pupil = e.pupil AND m.subject = :subject
     AND m.day BETWEEN t.first AND t.last
WHERE t.school = :school AND t.class_unit = :class_unit AND t.last = :day AND t.kind <> 'год'
GROUP BY m.day, m.number, m.raw, m.position
ORDER BY m.day, m.number, m.position
"""


@dataclass(frozen=True, slots=True)
class StoredGaps:
    connection: AsyncConnection

    async def of_teacher(self, school: SchoolId, staff: StaffId) -> Sequence[OpenFinding]:
        generation = await StoredJournal(self.connection).generation(school)
        spans = finding_spans
        statement = (
            select(
                findings.c.id, findings.c.rule, spans.c.severity, spans.c.facts,
                spans.c.passport_version, *(findings.c[name] for name in SUBJECT_COLUMNS),
            )
            .join(findings, findings.c.id == spans.c.finding)
            .where((spans.c.school == school) & (findings.c.staff == staff))
            .where((spans.c.born <= generation) & (spans.c.died > generation))
            .order_by(findings.c.id)
        )  # fmt: skip
        return [
            OpenFinding(FindingId(row.id), _hit(row), row.passport_version)
            for row in (await self.connection.execute(statement)).all()
        ]

    async def known(self, school: SchoolId, asked: Collection[FindingId]) -> Sequence[Known]:
        """As their last spans say; one whose import was undone has none and is not there."""
        generation = await StoredJournal(self.connection).generation(school)
        spans = finding_spans
        last = (
            select(func.max(spans.c.row_id))
            .where((spans.c.school == school) & (spans.c.born <= generation))
            .where(spans.c.finding.in_(asked))
            .group_by(spans.c.finding)
        )
        statement = (
            select(
                findings.c.id, findings.c.rule, spans.c.severity, spans.c.facts, spans.c.died,
                *(findings.c[name] for name in SUBJECT_COLUMNS),
            )
            .join(findings, findings.c.id == spans.c.finding)
            .where(spans.c.row_id.in_(last))
            .order_by(findings.c.id)
        )  # fmt: skip
        return [
            Known(FindingId(row.id), _hit(row), row.died > generation)
            for row in (await self.connection.execute(statement)).all()
        ]

    async def lessons(self, school: SchoolId, hit: Hit) -> Sequence[EnteredLesson]:
        """Nothing where the finding is of a term or a plan."""
        if hit.day is None or hit.number is None:
            return []
        return [EnteredLesson(**row) for row in await self._rows(LESSONS, school, hit)]

    async def marks(self, school: SchoolId, hit: Hit) -> Sequence[EnteredMark]:
        if hit.day is None or hit.pupil is None:
            return []
        statement = OF_TERM if "term" in hit.facts else OF_LESSON
        return [EnteredMark(**row) for row in await self._rows(statement, school, hit)]

    async def passport(self, school: SchoolId, rule: str, version: int) -> Passport | None:
        table = rule_passports
        statement = select(table).where(
            (table.c.school == school) & (table.c.rule == rule) & (table.c.version == version)
        )
        row = (await self.connection.execute(statement)).first()
        return None if row is None else passport_of(row)

    async def _rows(self, statement: str, school: SchoolId, hit: Hit) -> list[Mapping[str, Any]]:
        binds = {
            name: getattr(hit, name) or 0
            for name in ("class_unit", "subject", "study_group", "day", "number", "pupil")
        }
        return await StoredMeasures(self.connection).rows(statement, school, Scope(), binds)


def _hit(row: Row[Any]) -> Hit:
    subject = {name: getattr(row, name) for name in SUBJECT_COLUMNS}
    return Hit(rule=row.rule, severity=row.severity, **subject, facts=json.loads(row.facts))
