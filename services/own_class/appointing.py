"""Which class a class teacher leads, as the administrator says on the person's card."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.access import Actor, Capability, NotAllowedError, Role, demand
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.completeness.lines import Directory
from services.ids import PersonId, SchoolId
from services.listing import class_order
from services.people import PeopleStore


class AppointingStore(Protocol):
    async def given(self, person: PersonId) -> Sequence[int]: ...

    async def give(
        self, school: SchoolId, person: PersonId, class_unit: int, *, at: datetime
    ) -> None: ...

    async def take(self, person: PersonId, class_unit: int) -> None: ...


class Directories(Protocol):
    async def directory(self, school: SchoolId) -> Directory: ...


class AppointingWork(Protocol):
    @property
    def class_teachers(self) -> AppointingStore: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def measures(self) -> Directories: ...

    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True)
class Offered:
    """A class of the school, and whether the person leads it."""

    id: int
    name: str
    given: bool


@dataclass(frozen=True, slots=True)
class Appointment:
    name: str
    classes: Sequence[Offered]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointing:
    """NotAllowedError for a person of another school, or who is no class teacher."""

    unit_of_work: Callable[[], AbstractAsyncContextManager[AppointingWork]]
    reading: Callable[[], AbstractAsyncContextManager[AppointingWork]]
    clock: Clock

    async def offer(self, actor: Actor, person: PersonId) -> Appointment:
        """Every class of the journal, in the order of classes."""
        school = demand(actor, Capability.PEOPLE)
        async with self.reading() as work:
            return await self._offer(work, school, person)

    async def turn(self, actor: Actor, person: PersonId, class_unit: int) -> Appointment:
        """Give the class to the person, or take it back; an unknown class changes nothing."""
        school = demand(actor, Capability.PEOPLE)
        async with self.unit_of_work() as work:
            before = await self._offer(work, school, person)
            chosen = next((one for one in before.classes if one.id == class_unit), None)
            if chosen is None:
                return before
            if chosen.given:
                await work.class_teachers.take(person, class_unit)
            else:
                await work.class_teachers.give(school, person, class_unit, at=self.clock.now())
            entry = AuditEntry(
                school=school,
                person=actor.person,
                what="class taken" if chosen.given else "class given",
                at=self.clock.now(),
                facts={"person": person, "class": class_unit},
            )
            await work.audit.add(entry)
            return await self._offer(work, school, person)

    async def _offer(self, work: AppointingWork, school: SchoolId, person: PersonId) -> Appointment:
        found = await work.people.get(school, person, self.clock.now())
        if found is None or Role.CLASS_TEACHER not in found.roles:
            raise NotAllowedError(capability=Capability.PEOPLE.value)
        given = set(await work.class_teachers.given(person))
        units = (await work.measures.directory(school)).names.class_units
        named = sorted(units.items(), key=lambda one: class_order(one[1]))
        return Appointment(
            name=found.name, classes=[Offered(unit, name, unit in given) for unit, name in named]
        )
