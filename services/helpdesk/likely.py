"""Answers of the base that are offered before a ticket is sent."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from services.access import Actor
from services.clock import Clock
from services.consultation.desk import READ, audience_of, own_first
from services.consultation.entries import Entry
from services.consultation.indexes import Indexes
from services.consultation.passing import Work
from services.consultation.verdict import CHOICES, Band, band_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyAnswers:
    """The port ``services.helpdesk.opening.Answering``."""

    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    indexes: Indexes

    async def likely(self, actor: Actor, text: str) -> Sequence[Entry]:
        """At most three, none where the base would pass the question on."""
        if actor.school is None:
            return []
        base = await self.indexes.of(actor.school)
        readable = base.read_by(audience_of(actor))
        hits = own_first(base.search.ask(text[:READ], among=readable))
        if band_of(hits) is Band.PASS:
            return []
        return [readable[hit.id] for hit in hits[:CHOICES]]

    async def settled(self, actor: Actor, text: str, entry: str) -> None:
        if actor.school is None:
            return
        async with self.unit_of_work() as work:
            number = await work.consultations.record(
                actor.school,
                band=Band.ANSWER.value,
                text=text,
                entry=entry,
                at=self.clock.now(),
            )
            await work.consultations.judge(actor.school, number, helped=True)
