"""What is told of an outage, to whom, and once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from services.access import TABLE, Capability
from services.helpdesk.outage import Outage
from services.helpdesk.ports import Work
from services.helpdesk.posting import authors
from services.helpdesk.tickets import Ticket, TicketNumber
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Letter
from services.people import Person

TOLD = "outages/told"
ENDED = "outages/ended"
JOINED = "outages/joined"
WITHDRAWN = "outages/withdrawn"
KINDS = frozenset({TOLD, ENDED, JOINED, WITHDRAWN})
"""Names of letters; each is rendered from the outage as it is when the letter leaves."""


async def affected(work: Work, school: SchoolId, now: datetime) -> Sequence[Person]:
    """Everybody of the school's staff who is in the bot."""
    staff = TABLE[Capability.OPEN_TICKET]
    return [one for one in await work.people.list(school, now) if one.roles & staff]


async def tell(work: Work, outage: Outage, now: datetime, *, but: PersonId) -> None:
    """One message a person, mended in place when the outage is; not to who says so."""
    for person in await affected(work, outage.school, now):
        if person.id != but:
            await work.outbox.put(_letter(outage, person, TOLD, card=True))


async def tell_end(
    work: Work,
    outage: Outage,
    now: datetime,
    *,
    but: PersonId | None,
    closed: Mapping[PersonId, list[TicketNumber]],
    only: Collection[PersonId] | None = None,
) -> None:
    """Once; with the person's own tickets that were ``closed``. ``only`` those, if given."""
    for person in await affected(work, outage.school, now):
        tickets = closed.get(person.id, [])
        skipped = person.id == but or (only is not None and person.id not in only)
        if tickets or not skipped:
            await work.outbox.put(_letter(outage, person, ENDED, tickets=tickets))


async def tell_withdrawn(work: Work, outage: Outage, now: datetime, *, but: PersonId) -> None:
    """It was a mistake: the message is mended, and a new one rings."""
    await tell(work, outage, now, but=but)
    for person in await affected(work, outage.school, now):
        if person.id != but:
            await work.outbox.put(_letter(outage, person, WITHDRAWN))


async def tell_joined(work: Work, outage: Outage, ticket: Ticket, now: datetime) -> None:
    for author in await authors(work, ticket):
        person = await work.people.get(ticket.school, author, now)
        if person is not None and person.roles:
            await work.outbox.put(_letter(outage, person, JOINED, tickets=[ticket.number]))


def _letter(
    outage: Outage,
    person: Person,
    kind: str,
    *,
    tickets: Sequence[TicketNumber] = (),
    card: bool = False,
) -> Letter:
    name = f"outage:{outage.school}:{outage.number}"
    about = ":".join(str(one) for one in tickets) if kind == JOINED else ""
    return Letter(
        school=outage.school,
        chat=ChatId(person.user),
        kind=kind,
        view={"outage": outage.number, "tickets": list(tickets)},
        card=name if card else None,
        dedupe=None if card else f"{kind}:{name}:{about}",
    )
