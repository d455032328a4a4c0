"""A finding's card for its teacher: why it is there, what was said of it, what can be said."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.access import Actor
from services.claims.claim import Claim, ClaimId
from services.claims.own import ensure_free, last_claim, own_living, same_day, teacher_of
from services.claims.ports import Transactions
from services.claims.standing import Standing
from services.claims.words import ClaimWords, Spoken
from services.figures import Reason
from services.gaps import GapDesk, GapGoneError
from services.ids import FindingId, ImportId

SHOWN = 5
"""Findings of a letter that are told with their rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCard:
    """``claim`` is the last thing said, ``standing`` None where it holds the finding no more.

    ``together`` counts the teacher's findings of that class and day that nothing was said of.
    """

    finding: FindingId
    reason: Reason
    as_of: str
    claim: Claim | None
    standing: Standing | None
    together: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What an import showed of a teacher's claims; ``as_of`` is «ДД.ММ ЧЧ:ММ»."""

    mended: Sequence[Spoken]
    stayed: Sequence[Spoken]
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCards:
    gaps: GapDesk
    reading: Transactions
    words: ClaimWords

    async def of(self, actor: Actor, finding: FindingId) -> GapCard:
        """GapGoneError or FindingWaivedError where there is nothing to say any more."""
        teacher = teacher_of(actor)
        reason, as_of = await self.gaps.why(actor, finding)
        async with self.reading() as work:
            known = await own_living(work, teacher, finding)
            claim = await last_claim(work, teacher.school, finding)
            today = await work.claims.today(teacher.school)
            alike = await same_day(work, teacher, known.hit)
        return GapCard(
            finding=finding,
            reason=reason,
            as_of=as_of,
            claim=claim,
            standing=claim.standing(today) if claim else None,
            together=len(alike),
        )

    async def free(self, actor: Actor, finding: FindingId) -> GapCard:
        """Before a reason is asked for: raises as the verbs of ``Claims`` do."""
        card = await self.of(actor, finding)
        ensure_free(card.standing)
        return card

    async def answered(self, actor: Actor, number: ClaimId) -> tuple[Claim, Spoken]:
        """An own claim with its finding, for the letter that brings the answer."""
        teacher = teacher_of(actor)
        async with self.reading() as work:
            claim = await work.claims.get(teacher.school, number)
            if claim is None or claim.person != teacher.person:
                raise GapGoneError
            spoken = await self.words.spoken(work, teacher.school, [claim])
        if claim.finding not in spoken:
            raise GapGoneError
        return claim, spoken[claim.finding]

    async def checked(self, actor: Actor, number: ImportId) -> Results:
        """For the letter to whoever said so; GapGoneError once the import is undone."""
        teacher = teacher_of(actor)
        school = teacher.school
        async with self.reading() as work:
            claims = await work.claims.checked(school, teacher.person, number)
            if not claims:
                raise GapGoneError
            left = [one for one in claims if one.checked and not one.checked.mended]
            stayed = await self.words.spoken(work, school, left, rows=SHOWN)
            spoken = await self.words.spoken(work, school, claims)
            as_of = await self.words.as_of(work, school)
        mended = [told for finding, told in spoken.items() if finding not in stayed]
        return Results(mended=mended, stayed=list(stayed.values()), as_of=as_of)
