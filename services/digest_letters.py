"""The digest in a chat: asked for, opened from its buttons, acknowledged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from services.access import Actor, Capability, NotAllowedError, demand
from services.clock import Clock
from services.digests import Digests
from services.ids import ChatId, SchoolId
from services.kept_digests import (
    UNKEPT,
    Acknowledgement,
    DigestGoneError,
    DigestId,
    DigestWork,
    KeptDigest,
    OpenDigest,
    Status,
    Transactions,
    card_of,
)
from services.outgoing import Letter
from services.people import People, UserId

WEEK, CARD = "digest/week", "digest/card"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLetters:
    """``aside`` keeps what was counted; that is no change that an update makes."""

    digests: Digests
    people: People
    unit_of_work: Transactions
    aside: Transactions
    reading: Transactions
    clock: Clock

    async def status(self, actor: Actor) -> Status:
        """The indices of the latest week with data."""
        kept = await self.latest(demand(actor, Capability.SCHOOL_FIGURES))
        return Status() if kept is None else Status(kept.week.as_of, kept.week.indices, kept.id)

    async def request(self, actor: Actor, *, reply_to: int) -> bool:
        """Send the latest week's digest to where it was asked for; False where there is no data."""
        kept = await self.latest(demand(actor, Capability.WEEKLY_DIGEST))
        if kept is None:
            return False
        card = f"{card_of(kept.id)}:{reply_to}"
        letter = Letter(
            school=kept.school,
            chat=actor.chat,
            kind=WEEK,
            view={"digest": kept.id},
            dedupe=f"{card}:asked",
            card=card,
            reply_to=reply_to,
        )
        async with self.unit_of_work() as work:
            await work.outbox.put(letter)
        return True

    async def latest(self, school: SchoolId, period: str | None = None) -> KeptDigest | None:
        """The digest of ``period`` (else of the latest week with data), counted once."""
        asked = await self.digests.asked(school, period)
        if asked is None:
            return None
        async with self.reading() as work:
            state = await _state(work, school, asked.as_of)
            known = await work.digests.known(school, asked.period, state)
        if known is not None:
            return known
        week = await self.digests.compose(asked)
        kept = KeptDigest(id=UNKEPT, school=school, as_of=asked.as_of, week=week)
        async with self.aside() as work:
            return await work.digests.keep(kept, state=state, at=self.clock.now())

    async def open(self, actor: Actor, digest: DigestId) -> OpenDigest:
        """What is behind the buttons of a digest; the right is asked for at every press."""
        school = demand(actor, Capability.WEEKLY_DIGEST)
        async with self.reading() as work:
            kept = await work.digests.get(digest)
            if kept is None or kept.school != school:
                raise DigestGoneError
            accepted = await work.digests.acknowledged(digest)
        return _opened(kept, accepted, teachers=actor.may(Capability.TEACHER_FIGURES))

    async def by_teachers(self, actor: Actor, digest: DigestId) -> OpenDigest:
        demand(actor, Capability.TEACHER_FIGURES)
        return await self.open(actor, digest)

    async def accept(self, actor: Actor, digest: DigestId) -> OpenDigest:
        """Note who has read it; every message that shows the digest tells so."""
        opened, person = await self.open(actor, digest), actor.person
        if person is None:
            raise NotAllowedError
        async with self.unit_of_work() as work:
            await work.digests.acknowledge(digest, person, self.clock.now())
            accepted = await work.digests.acknowledged(digest)
            for shown in await work.digests.shown(card_of(digest)):
                await work.outbox.put(
                    Letter(
                        school=actor.school,
                        chat=shown.chat,
                        kind=CARD,
                        view={"digest": digest},
                        dedupe=f"{shown.card}:accepted:{len(accepted)}",
                        card=shown.card,
                    )
                )
        return replace(opened, accepted=accepted)

    async def to_send(self, chat: ChatId, digest: DigestId) -> OpenDigest | None:
        """The digest as a chat may get it now; None where the chat may no longer."""
        async with self.reading() as work:
            kept = await work.digests.get(digest)
            accepted = await work.digests.acknowledged(digest)
        if kept is None or not await self.may_receive(chat, kept.school):
            return None
        actor = (await self.people.recognise(user=UserId(chat), chat=chat)).actor
        teachers = chat > 0 and actor.may(Capability.TEACHER_FIGURES)
        opened = _opened(kept, accepted, teachers=teachers)
        return replace(opened, topic=await self.topic(chat))

    async def topic(self, chat: ChatId) -> int | None:
        """The thread of a bound group where digests belong."""
        async with self.reading() as work:
            bound = await work.bound_chats.get(chat)
        return bound.topic if bound else None

    async def may_receive(self, chat: ChatId, school: SchoolId) -> bool:
        """A group while it is bound to the school, a person while the role holds."""
        if chat > 0:
            actor = (await self.people.recognise(user=UserId(chat), chat=chat)).actor
            return actor.school == school and actor.may(Capability.WEEKLY_DIGEST)
        async with self.reading() as work:
            bound = await work.bound_chats.get(chat)
        return bound is not None and bound.school == school


def _opened(kept: KeptDigest, accepted: Sequence[Acknowledgement], *, teachers: bool) -> OpenDigest:
    return OpenDigest(id=kept.id, week=kept.week, accepted=accepted, teachers=teachers)


async def _state(work: DigestWork, school: SchoolId, as_of: datetime) -> str:
    """What the figures rest on: data, moment, zone, rules' settings, what was waived, decisions."""
    passports = await work.findings.passports(school)
    versions = "".join(f"{code}{one.version}" for code, one in sorted(passports.items()))
    generation = await work.journal.generation(school)
    zone = await work.findings.zone(school)
    waived = "\n".join(sorted(await work.claims.waived(school)))
    apart = f":{sha256(waived.encode()).hexdigest()[:16]}" if waived else ""
    step = await work.decisions.last_step(school)
    followed = f":{step}" if step else ""
    return f"{generation}:{int(as_of.timestamp())}:{zone}:{versions}{apart}{followed}"
