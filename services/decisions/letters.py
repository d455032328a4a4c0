"""What is told of a decision, to whom; each letter is rendered from the decision as it stands."""

from collections.abc import Sequence
from datetime import datetime

from services.access import TABLE, Capability, Role
from services.decisions.decision import Decision, DecisionEvent, DecisionNumber, Event
from services.decisions.ports import Work
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Letter
from services.people import Person

OWN = "decisions/own"
NEWS = "decisions/news"
REMINDER = "decisions/reminder"
ESCALATION = "decisions/escalation"
KINDS = frozenset({OWN, NEWS, REMINDER, ESCALATION})
_BY_OWNERS = frozenset({Event.ACCEPTED, Event.DONE, Event.CANNOT})
_TO_FOLLOWERS = _BY_OWNERS | {Event.OWNER_GONE, Event.COMPARED}


def card_of(school: SchoolId, number: DecisionNumber) -> str:
    """An owner's message that shows the decision; it is edited as the decision goes on."""
    return f"decision:{school}:{number}"


async def followers(work: Work, decision: Decision, now: datetime) -> Sequence[Person]:
    """Who set it while they may; then the director, where there is none the administrators."""
    every = await work.people.list(decision.school, now)
    heads = TABLE[Capability.DECISIONS]
    setter = [one for one in every if one.id == decision.set_by and one.roles & heads]
    directors = [one for one in every if Role.DIRECTOR in one.roles]
    return setter or directors or [one for one in every if Role.ADMINISTRATOR in one.roles]


async def owners(work: Work, decision: Decision, now: datetime) -> Sequence[Person]:
    """Active owners who are still in the school."""
    mine = {one.person for one in decision.active}
    every = await work.people.list(decision.school, now)
    return [one for one in every if one.id in mine and one.roles]


async def show(
    work: Work, decision: Decision, now: datetime, *, but: PersonId | None = None
) -> None:
    """The owners' cards as the decision is now; a new owner gets a new one."""
    for person in await owners(work, decision, now):
        if person.id != but:
            await work.outbox.put(
                Letter(
                    school=decision.school,
                    chat=ChatId(person.user),
                    kind=OWN,
                    view={"number": decision.number},
                    card=card_of(decision.school, decision.number),
                )
            )


async def tell(work: Work, decision: Decision, event: DecisionEvent, now: datetime) -> None:
    """News that ring: of owners to who follows it, of the latter to the owners.

    A new owner has got the decision itself.
    """
    people = {one.id: one for one in await _hearers(work, decision, event.what, now)}
    know = {event.person, event.facts.get("owner")}
    for person in people.values():
        if person.id not in know:
            letter = Letter(
                school=decision.school,
                chat=ChatId(person.user),
                kind=NEWS,
                view={"number": decision.number, "event": event.id},
                dedupe=f"decision:{decision.school}:{decision.number}:{event.id}",
            )
            await work.outbox.put(letter)


async def _hearers(work: Work, decision: Decision, what: Event, now: datetime) -> Sequence[Person]:
    if what in _TO_FOLLOWERS:
        return await followers(work, decision, now)
    mine = await owners(work, decision, now)
    if what in {Event.UNDONE, Event.NOTED}:
        return [*await followers(work, decision, now), *mine]
    return mine
