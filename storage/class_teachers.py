"""Class teachers: whose class it is, and what is open in a class."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.completeness.extent import Scope
from services.completeness.finding_store import SUBJECT_COLUMNS, Hit
from services.ids import PersonId, SchoolId, StaffId
from storage.journal import StoredJournal
from storage.measures import StoredMeasures
from storage.schema.class_teachers import class_teachers
from storage.schema.journal import finding_spans, findings

POST = """
SELECT f.post FROM journal_staff_facts AS f
WHERE f.school = :school AND f.staff = :staff AND f.post IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class StoredClassTeachers:
    connection: AsyncConnection

    async def given(self, person: PersonId) -> Sequence[int]:
        table = class_teachers
        statement = select(table.c.class_unit).where(table.c.person == person)
        return list((await self.connection.execute(statement)).scalars())

    async def give(
        self, school: SchoolId, person: PersonId, class_unit: int, *, at: datetime
    ) -> None:
        row = {"school": school, "person": person, "class_unit": class_unit, "given_at": at}
        await self.connection.execute(class_teachers.insert().values(row))

    async def take(self, person: PersonId, class_unit: int) -> None:
        table = class_teachers
        own = (table.c.person == person) & (table.c.class_unit == class_unit)
        await self.connection.execute(delete(table).where(own))

    async def post(self, school: SchoolId, staff: StaffId) -> str:
        rows = await StoredMeasures(self.connection).rows(POST, school, Scope(), {"staff": staff})
        return str(rows[0]["post"]) if rows else ""

    async def open_findings(self, school: SchoolId, class_unit: int) -> Sequence[Hit]:
        """As the present generation has them, with the version that each was found under."""
        generation = await StoredJournal(self.connection).generation(school)
        spans = finding_spans
        statement = (
            select(
                findings.c.rule, spans.c.severity, spans.c.facts, spans.c.passport_version,
                *(findings.c[name] for name in SUBJECT_COLUMNS),
            )
            .join(findings, findings.c.id == spans.c.finding)
            .where((spans.c.school == school) & (findings.c.class_unit == class_unit))
            .where((spans.c.born <= generation) & (spans.c.died > generation))
            .order_by(findings.c.id)
        )  # fmt: skip
        return [
            Hit(
                rule=row.rule,
                severity=row.severity,
                **{name: getattr(row, name) for name in SUBJECT_COLUMNS},
                facts=json.loads(row.facts),
                version=row.passport_version,
            )
            for row in await self.connection.execute(statement)
        ]
