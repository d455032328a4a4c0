"""Statements that count, run over the journal views."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.completeness.extent import Scope
from services.completeness.lines import Directory
from services.ids import SchoolId
from services.week_view import Flow
from storage.journal import StoredJournal
from storage.rule_statements import scoped
from storage.schema.journal import finding_spans, imports
from storage.statements import with_numbers
from storage.waived import waived_findings

SUBJECT_GROUPS = """
SELECT s.subject, s.subject_group FROM journal_subjects AS s
WHERE s.school = :school AND s.subject_group <> ''
"""
STAFF = """
SELECT f.staff, f.name, f.subject_group FROM journal_staff_facts AS f WHERE f.school = :school
"""
COVERED = """
SELECT COUNT(*) AS places FROM journal_coverage AS c WHERE c.school = :school
"""
LATEST_DAY = """
SELECT MAX(latest.day) AS day FROM (
    SELECT MAX(l.day) AS day FROM journal_lessons AS l
    WHERE l.school = :school AND l.state = 1 AND l.day <= :upto
    UNION ALL
    SELECT MAX(m.day) FROM journal_marks AS m WHERE m.school = :school AND m.day <= :upto
    UNION ALL
    SELECT MAX(a.day) FROM journal_attendance AS a WHERE a.school = :school AND a.day <= :upto
) AS latest
"""


@dataclass(frozen=True, slots=True)
class StoredMeasures:
    connection: AsyncConnection

    async def rows(
        self, statement: str, school: SchoolId, scope: Scope, binds: Mapping[str, int]
    ) -> list[Mapping[str, Any]]:
        """The statement's rows by column name."""
        given = {
            "school": school, "generation": await StoredJournal(self.connection).generation(school),
            "first_day": scope.first, "last_day": scope.last, **binds,
        }  # fmt: skip
        ready = with_numbers(scoped(statement, scope), given)
        return [dict(row) for row in (await self.connection.execute(ready)).mappings()]

    async def directory(self, school: SchoolId, as_of: datetime | None = None) -> Directory:
        """Names as the lists had them at ``as_of`` (None: as they are shown now)."""
        then = {} if as_of is None else {"generation": await self._lists_at(school, as_of)}
        subjects = await self.rows(SUBJECT_GROUPS, school, Scope(), {})
        staff = await self.rows(STAFF, school, Scope(), then)
        return Directory.of(
            await StoredJournal(self.connection).dictionary(school),
            subject_groups={row["subject"]: row["subject_group"] for row in subjects},
            staff_groups={r["staff"]: r["subject_group"] for r in staff if r["subject_group"]},
            staff_names={row["staff"]: row["name"] for row in staff if row["name"]},
        )

    async def latest_day(self, school: SchoolId, upto: int) -> int | None:
        """The last day not after ``upto`` with lessons, marks or absences; None without any."""
        [found] = await self.rows(LATEST_DAY, school, Scope(), {"upto": upto})
        day: int | None = found["day"]
        return day

    async def _lists_at(self, school: SchoolId, moment: datetime) -> int:
        """The generation shown at a moment, or the first one where it was before all data."""
        known = await self._generation_at(school, moment)
        if known is None:
            first = select(func.min(imports.c.id)).where(await self._shown(school))
            known = (await self.connection.execute(first)).scalar()
        return known or 0

    async def _generation_at(self, school: SchoolId, moment: datetime) -> int | None:
        """The latest import not later than a moment; None before any."""
        shown = await self._shown(school)
        latest = select(func.max(imports.c.id)).where(shown & (imports.c.as_of <= moment))
        found: int | None = (await self.connection.execute(latest)).scalar()
        return found

    async def _shown(self, school: SchoolId) -> ColumnElement[bool]:
        """Applied imports on which the present generation stands."""
        generation = await StoredJournal(self.connection).generation(school)
        applied = (imports.c.school == school) & (imports.c.state == "applied")
        return applied & (imports.c.id <= generation)

    async def flow(self, school: SchoolId, since: datetime) -> Flow:
        generation = await StoredJournal(self.connection).generation(school)
        base = await self._generation_at(school, since)
        if base is None or not await self._spoken_of(school, base):
            return Flow()
        now, then = await self._living(school, generation), await self._living(school, base)
        return Flow(opened=len(now - then), closed=len(then - now), overdue=len(now & then))

    async def _spoken_of(self, school: SchoolId, generation: int) -> bool:
        """Whether a generation had entries, and not only the school's lists."""
        [found] = await self.rows(COVERED, school, Scope(), {"generation": generation})
        return bool(found["places"])

    async def _living(self, school: SchoolId, generation: int) -> set[int]:
        spans = finding_spans
        statement = select(spans.c.finding).where(
            (spans.c.school == school) & (spans.c.born <= generation) & (spans.c.died > generation)
        )
        waived = await waived_findings(self.connection, school)
        return set((await self.connection.execute(statement)).scalars()) - waived
