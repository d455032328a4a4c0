"""Statements that count, run over the journal views."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.completeness.extent import Scope
from services.completeness.lines import Directory
from services.ids import SchoolId
from services.week_view import Flow
from storage.findings import scoped
from storage.journal import StoredJournal
from storage.schema.journal import finding_spans, imports

SUBJECT_GROUPS = """
SELECT s.subject, s.subject_group FROM journal_subjects AS s
WHERE s.school = :school AND s.subject_group <> ''
"""
STAFF = """
SELECT f.staff, f.name, f.subject_group FROM journal_staff_facts AS f WHERE f.school = :school
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
        ready = text(scoped(statement, scope))
        given = {
            "school": school, "generation": await StoredJournal(self.connection).generation(school),
            "first_day": scope.first, "last_day": scope.last, **binds,
        }  # fmt: skip
        used = {name: given[name] for name in ready._bindparams}  # noqa: SLF001  # its names
        return [dict(row) for row in (await self.connection.execute(ready, used)).mappings()]

    async def directory(self, school: SchoolId) -> Directory:
        subjects = await self.rows(SUBJECT_GROUPS, school, Scope(), {})
        staff = await self.rows(STAFF, school, Scope(), {})
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

    async def flow(self, school: SchoolId, since: datetime) -> Flow:
        generation = await StoredJournal(self.connection).generation(school)
        earlier = select(func.max(imports.c.id)).where(
            (imports.c.school == school)
            & (imports.c.state == "applied")
            & (imports.c.id <= generation)
            & (imports.c.as_of <= since)
        )
        base = (await self.connection.execute(earlier)).scalar() or 0
        now, then = await self._living(school, generation), await self._living(school, base)
        return Flow(opened=len(now - then), closed=len(then - now), overdue=len(now & then))

    async def _living(self, school: SchoolId, generation: int) -> set[int]:
        spans = finding_spans
        statement = select(spans.c.finding).where(
            (spans.c.school == school) & (spans.c.born <= generation) & (spans.c.died > generation)
        )
        return set((await self.connection.execute(statement)).scalars())
