"""The journal's staff list, as far as invitations need it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from services.ids import SchoolId, StaffId
from services.people import StaffMember
from storage.database import Database
from storage.schema.journal import relations, staff
from storage.schema.people import schools


@dataclass(frozen=True, slots=True)
class StoredStaff:
    """``services.people.StaffDirectory`` over the imports that are applied now."""

    database: Database

    async def list(self, school: SchoolId) -> Sequence[StaffMember]:
        facts = relations["staff_facts"]
        alive = and_(
            facts.c.staff == staff.c.id,
            facts.c.school == staff.c.school,
            facts.c.born <= schools.c.generation,
            facts.c.died > schools.c.generation,
        )
        name = func.coalesce(facts.c.name, staff.c.name).label("name")
        statement = (
            select(staff.c.id, name, facts.c.subject_group, facts.c.dismissed)
            .join(schools, schools.c.id == staff.c.school)
            .outerjoin(facts, alive)
            .where(staff.c.school == school)
            .order_by(name)
        )
        today = self.database.clock.now().date().toordinal()
        async with self.database.reading() as work:
            rows = (await work.connection.execute(statement)).all()
        return [
            StaffMember(
                StaffId(row.id),
                row.name,
                row.subject_group or None,
                row.dismissed is not None and row.dismissed < today,
            )
            for row in rows
        ]
