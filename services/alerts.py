"""What the process tells the administrators of a school, privately, of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from services.access import Role
from services.binding import BoundChats
from services.ids import ChatId, SchoolId
from services.outgoing import Letter, Outbox
from services.people import PeopleStore, Person, UserId
from services.schools import School, Schools

WORTH = timedelta(days=2)
"""For how long such a letter is worth sending."""


class AlertWork(Protocol):
    @property
    def people(self) -> PeopleStore: ...

    @property
    def schools(self) -> Schools: ...

    @property
    def bound_chats(self) -> BoundChats: ...

    @property
    def outbox(self) -> Outbox: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """``key`` makes it come once; with a ``card`` a later one replaces it in the chat."""

    kind: str
    key: str
    view: Mapping[str, object]
    card: str | None = None


async def tell(
    work: AlertWork,
    alert: Alert,
    *,
    school: SchoolId,
    now: datetime,
    except_to: ChatId | None = None,
) -> None:
    """Put the alert to every administrator of ``school``, in ``work``'s transaction."""
    for person in await administrators(work, school, now):
        if ChatId(person.user) == except_to:
            continue
        letter = Letter(
            school=school,
            chat=ChatId(person.user),
            kind=alert.kind,
            view=alert.view,
            dedupe=alert.key,
            card=alert.card,
            expires_at=now + WORTH,
        )
        await work.outbox.put(letter)


async def administrators(work: AlertWork, school: SchoolId, now: datetime) -> Sequence[Person]:
    people = await work.people.list(school, now)
    return [person for person in people if Role.ADMINISTRATOR in person.roles]


async def school_of(work: AlertWork, chat: ChatId, now: datetime) -> School | None:
    """Whose matter a chat is; that of strangers is the oldest school's. None before any school."""
    if chat > 0:
        person = await work.people.of_user(UserId(chat), now)
        known = None if person is None else person.school
    else:
        bound = await work.bound_chats.get(chat)
        known = None if bound is None else bound.school
    return await work.schools.first() if known is None else await work.schools.get(known)


def hour(moment: datetime, zone: str) -> str:
    """«20.11 16:00» in the school's zone."""
    return f"{moment.astimezone(ZoneInfo(zone)):%d.%m %H:%M}"
