"""What is told of claims, to whom; each letter is rendered as things stand when it leaves."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.access import TABLE, Capability
from services.claims.claim import Claim
from services.claims.ports import Work
from services.ids import ChatId, ImportId, PersonId, SchoolId
from services.outgoing import Letter

APPEAL = "claims/appeal"
ANSWERED = "claims/answered"
CHECKED = "claims/checked"
KINDS = frozenset({APPEAL, ANSWERED, CHECKED})

WORTH = timedelta(days=7)
"""For how long the news of a check is worth sending."""
MORNING, EVENING = time(7), time(20)
"""Between them a check may ring; after an evening's import it waits for the morning."""


async def tell_administrators(work: Work, claim: Claim, now: datetime) -> None:
    """One card a claim and administrator, mended in place."""
    answering = TABLE[Capability.ANSWER_CLAIMS]
    for person in await work.people.list(claim.school, now):
        if person.roles & answering:
            letter = Letter(
                school=claim.school,
                chat=ChatId(person.user),
                kind=APPEAL,
                view={"claim": claim.id},
                card=f"claim:{claim.id}",
            )
            await work.outbox.put(letter)


async def tell_teacher(work: Work, claim: Claim, now: datetime) -> None:
    """What was answered; a word taken back later is told too."""
    person = await work.people.get(claim.school, claim.person, now)
    if person is not None and person.roles:
        letter = Letter(
            school=claim.school,
            chat=ChatId(person.user),
            kind=ANSWERED,
            view={"claim": claim.id},
            dedupe=f"claim-answered:{claim.id}:{claim.state.value}",
        )
        await work.outbox.put(letter)


async def tell_checked(
    work: Work, school: SchoolId, person: PersonId, number: ImportId, now: datetime
) -> None:
    """One letter a teacher and import, whatever the number of findings."""
    found = await work.people.get(school, person, now)
    if found is not None and found.roles:
        zone = ZoneInfo((await work.schools.get(school)).timezone)
        letter = Letter(
            school=school,
            chat=ChatId(found.user),
            kind=CHECKED,
            view={"import": number},
            dedupe=f"claims-checked:{number}:{person}",
            not_before=waking(now, zone),
            expires_at=now + WORTH,
        )
        await work.outbox.put(letter)


def waking(now: datetime, zone: ZoneInfo) -> datetime | None:
    """The morning that a letter of the night waits for; None by day."""
    here = now.astimezone(zone)
    if MORNING <= here.time() < EVENING:
        return None
    day = here.date() + timedelta(days=1 if here.time() >= EVENING else 0)
    return datetime.combine(day, MORNING, zone)
