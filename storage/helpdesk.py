"""The help desk's settings, and what it reads of the journal."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.completeness.extent import Scope
from services.helpdesk.ports import TaughtPlace
from services.helpdesk.settings import DeskSettings, from_plain, to_plain
from services.ids import SchoolId, StaffId
from storage.measures import StoredMeasures
from storage.schema.helpdesk import helpdesk_settings
from storage.schema.people import schools
from storage.statements import upsert

CLOSED = """
SELECT d.day FROM journal_class_days AS d
WHERE d.school = :school AND d.day BETWEEN :first AND :last
GROUP BY d.day HAVING MIN(d.off) = 1
"""
SATURDAYS = """
SELECT COUNT(*) AS lessons FROM journal_timetable_slots AS s
WHERE s.school = :school AND s.weekday = 6
"""
TAUGHT = """
SELECT c.name AS class_unit, u.name AS subject, e.day
FROM journal_expected_lessons AS e
JOIN journal_classes AS c ON c.school = e.school AND c.class_unit = e.class_unit
JOIN journal_subjects AS u ON u.school = e.school AND u.subject = e.subject
WHERE e.school = :school AND e.staff = :staff AND e.day BETWEEN :first AND :last
GROUP BY c.grade, c.name, u.name, e.day
ORDER BY c.grade, c.name, u.name, e.day
"""
ASSIGNED = """
SELECT c.name AS class_unit, u.name AS subject
FROM journal_assignments AS a
JOIN journal_classes AS c ON c.school = a.school AND c.class_unit = a.class_unit
JOIN journal_subjects AS u ON u.school = a.school AND u.subject = a.subject
WHERE a.school = :school AND a.staff = :staff AND a.last >= :first AND a.first <= :last
GROUP BY c.grade, c.name, u.name
ORDER BY c.grade, c.name, u.name
"""


@dataclass(frozen=True, slots=True)
class StoredHelpDesk:
    connection: AsyncConnection

    async def settings(self, school: SchoolId) -> DeskSettings:
        same = helpdesk_settings.c.school == school
        kept = select(helpdesk_settings.c.content).where(same)
        found = (await self.connection.execute(kept)).scalar()
        return DeskSettings() if found is None else from_plain(json.loads(found))

    async def set(self, school: SchoolId, settings: DeskSettings) -> None:
        content = json.dumps(to_plain(settings), ensure_ascii=False)
        row = {"school": school, "content": content}
        await self.connection.execute(upsert(helpdesk_settings, [row], self.connection))

    async def closed_days(self, school: SchoolId, first: int, last: int) -> frozenset[int]:
        found = await self._rows(CLOSED, school, first=first, last=last)
        return frozenset(row["day"] for row in found)

    async def six_days(self, school: SchoolId) -> bool:
        [found] = await self._rows(SATURDAYS, school)
        return bool(found["lessons"])

    async def taught(
        self, school: SchoolId, staff: StaffId, first: int, last: int
    ) -> Sequence[TaughtPlace]:
        binds = {"staff": staff, "first": first, "last": last}
        if found := await self._rows(TAUGHT, school, **binds):
            return [TaughtPlace(row["class_unit"], row["subject"], row["day"]) for row in found]
        assigned = await self._rows(ASSIGNED, school, **binds)
        return [TaughtPlace(row["class_unit"], row["subject"], None) for row in assigned]

    async def schools(self) -> Sequence[SchoolId]:
        every = select(schools.c.id).order_by(schools.c.id)
        return [SchoolId(one) for one in (await self.connection.execute(every)).scalars()]

    async def _rows(
        self, statement: str, school: SchoolId, **binds: int
    ) -> Sequence[Mapping[str, Any]]:
        return await StoredMeasures(self.connection).rows(statement, school, Scope(), binds)
