"""Who is admitted to which school, and in which roles."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Role
from services.ids import PersonId, SchoolId, StaffId
from services.people import Newcomer, Person, UserId
from storage.schema.class_teachers import class_teachers
from storage.schema.people import invitations, people, person_roles, schools

LANGUAGE = "ru"


@dataclass(frozen=True, slots=True)
class StoredPeople:
    connection: AsyncConnection

    async def of_user(self, user: UserId, at: datetime) -> Person | None:
        found = await self._select(people.c.user == user, at)
        return found[-1] if found else None

    async def get(self, school: SchoolId, person: PersonId, at: datetime) -> Person | None:
        found = await self._select(and_(people.c.school == school, people.c.id == person), at)
        return found[0] if found else None

    async def list(self, school: SchoolId, at: datetime) -> Sequence[Person]:
        return await self._select(people.c.school == school, at)

    async def admit(
        self, newcomer: Newcomer, *, school: SchoolId, staff: StaffId | None, at: datetime
    ) -> PersonId:
        same = and_(people.c.school == school, people.c.user == newcomer.user)
        known = (await self.connection.execute(select(people).where(same))).first()
        if known is None:
            row = {
                "school": school,
                "user": newcomer.user,
                "name": newcomer.name,
                "language": LANGUAGE,
                "staff": staff,
                "created_at": at,
            }
            added = insert(people).values(row).returning(people.c.id)
            return PersonId((await self.connection.execute(added)).scalar_one())
        changed: dict[str, object] = {"name": newcomer.name, "revoked_at": None}
        if known.revoked_at is not None:
            changed |= {"created_at": at, "staff": staff}
        elif staff is not None:
            changed["staff"] = staff
        await self.connection.execute(update(people).where(same).values(changed))
        return PersonId(known.id)

    async def give(
        self, person: PersonId, role: Role, *, given_by: PersonId | None, at: datetime
    ) -> None:
        held = and_(person_roles.c.person == person, person_roles.c.role == role.value, _holds(at))
        if (await self.connection.execute(select(person_roles.c.id).where(held))).first():
            return
        school = select(people.c.school).where(people.c.id == person).scalar_subquery()
        row = {
            "school": school,
            "person": person,
            "role": role.value,
            "since": at,
            "given_by": given_by,
        }
        await self.connection.execute(insert(person_roles).values(row))

    async def revoke(self, school: SchoolId, person: PersonId, at: datetime) -> None:
        admission = and_(people.c.school == school, people.c.id == person)
        await self.connection.execute(update(people).where(admission).values(revoked_at=at))
        held = and_(person_roles.c.person == person, _holds(at))
        await self.connection.execute(update(person_roles).where(held).values(until=at))
        led = delete(class_teachers).where(class_teachers.c.person == person)
        await self.connection.execute(led)
        pending = and_(invitations.c.created_by == person, invitations.c.used_at.is_(None))
        await self.connection.execute(delete(invitations).where(pending))

    async def speak(self, person: PersonId, language: str) -> None:
        spoken = update(people).where(people.c.id == person).values(language=language)
        await self.connection.execute(spoken)

    async def _select(self, which: ColumnElement[bool], at: datetime) -> Sequence[Person]:
        held = and_(person_roles.c.person == people.c.id, _holds(at))
        source = people.join(schools, schools.c.id == people.c.school).outerjoin(person_roles, held)
        statement = (
            select(people, schools.c.timezone, person_roles.c.role)
            .select_from(source)
            .where(which, people.c.revoked_at.is_(None))
            .order_by(people.c.created_at, people.c.id)
        )
        rows = (await self.connection.execute(statement)).all()
        roles: dict[int, set[Role]] = defaultdict(set)
        for row in rows:
            if row.role is not None:
                roles[row.id].add(Role(row.role))
        unique = {row.id: row for row in rows}
        return [
            Person(
                id=PersonId(row.id),
                school=SchoolId(row.school),
                user=UserId(row.user),
                name=row.name,
                language=row.language,
                staff=None if row.staff is None else StaffId(row.staff),
                roles=frozenset(roles[row.id]),
                zone=row.timezone,
            )
            for row in unique.values()
        ]


def _holds(at: datetime) -> ColumnElement[bool]:
    ends = person_roles.c.until
    return and_(person_roles.c.since <= at, or_(ends.is_(None), ends > at))
