"""A school with two administrators and two teachers, and its help desk over a real database."""

from dataclasses import dataclass
from typing import Any

from bot.consultation import for_consultation
from bot.render import Renderer
from services.access import Actor, Role
from services.helpdesk.tickets import (
    Attachment,
    Draft,
    FileKind,
    Said,
    Source,
    Ticket,
    TicketMessage,
    TicketNumber,
)
from services.ids import ChatId, PersonId, SchoolId, StaffId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock

ONE = TicketNumber(1)
ROLES = (
    ("owner", 1, Role.ADMINISTRATOR),
    ("second", 2, Role.ADMINISTRATOR),
    ("teacher", 5, Role.TEACHER),
    ("colleague", 6, Role.CLASS_TEACHER),
    ("deputy", 7, Role.ADMINISTRATION),
)


@dataclass
class Setting:
    """``actors`` by name; ``desk`` has the services by the handlers' parameters."""

    database: Database
    clock: FrozenClock
    school: SchoolId
    actors: dict[str, Actor]
    desk: dict[str, Any]

    async def open(self, who: str = "teacher", text: str = "Беда", **more: Any) -> TicketNumber:
        draft = Draft(category=more.pop("category", "wrong_list"), said=Said(text=text), **more)
        number: TicketNumber = (await self.desk["opening"].open(self.actors[who], draft)).number
        return number

    async def ticket(self, number: TicketNumber = ONE) -> Ticket:
        async with self.database.reading() as work:
            found = await work.tickets.get(self.school, number)
        assert found is not None
        return found

    async def messages(self, number: TicketNumber = ONE) -> list[TicketMessage]:
        async with self.database.reading() as work:
            return list(await work.ticket_messages.list(self.school, number))


async def set_up(
    database: Database, clock: FrozenClock, *, school: SchoolId | None = None
) -> Setting:
    """In a new school, or in one that is there already."""
    now = clock.now()
    actors = {}
    async with database.unit_of_work() as work:
        known = school or await work.schools.add(name="Школа", timezone="Europe/Moscow", at=now)
        for name, user, role in ROLES:
            newcomer = Newcomer(user=UserId(user), name=f"Имя {name}")
            person = await work.people.admit(newcomer, school=known, staff=None, at=now)
            await work.people.give(person, role, given_by=None, at=now)
            actors[name] = actor_of(user, person, known, role)
    desk = for_consultation(database, clock=clock, renderer=Renderer())
    return Setting(database, clock, known, actors, desk)


def actor_of(
    user: int, person: PersonId | None, school: SchoolId, role: Role, staff: StaffId | None = None
) -> Actor:
    return Actor(
        chat=ChatId(user), person=person, school=school, roles=frozenset({role}), staff=staff
    )


def said(text: str, message: int, *, chat: int = 5) -> Said:
    return Said(text=text, source=Source(ChatId(chat), message))


def file(name: str, *, album: str = "") -> Attachment:
    return Attachment(kind=FileKind.PHOTO, file_id=name, unique_id=f"u{name}", album=album)
