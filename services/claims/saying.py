"""The teacher's side: «исправлено», «не согласен», «отсрочка», and taking it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from services.access import Actor
from services.claims.cards import GapCards
from services.claims.claim import Claim, Kind, State, Words
from services.claims.days import Days
from services.claims.errors import ClaimSettledError
from services.claims.letters import tell_administrators
from services.claims.own import (
    Teacher,
    ensure_free,
    last_claim,
    own_living,
    same_day,
    settled_as,
    teacher_of,
)
from services.claims.ports import Transactions, Work
from services.claims.reasons import DISPUTE, POSTPONE, given
from services.clock import Clock
from services.gaps import GapGoneError
from services.helpdesk.linked import Known
from services.ids import FindingId


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """One claim of a finding is pending at a time.

    Verbs raise GapGoneError for a finding that is mended by now or another's, FindingWaivedError,
    or ClaimPendingError where something was said already.
    """

    cards: GapCards
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock

    async def mended(self, actor: Actor, finding: FindingId) -> None:
        """It waits for the next import that covers the finding."""
        teacher = teacher_of(actor)
        async with self.unit_of_work() as work:
            await _free(work, teacher, finding)
            await self._say(work, teacher, [finding], Kind.MENDED)

    async def mended_day(self, actor: Actor, finding: FindingId) -> int:
        """All of the finding's class and day that nothing was said of; how many they were."""
        teacher = teacher_of(actor)
        async with self.unit_of_work() as work:
            known = await own_living(work, teacher, finding)
            found = await same_day(work, teacher, known.hit)
            await self._say(work, teacher, found, Kind.MENDED)
        return len(found)

    async def dispute(self, actor: Actor, finding: FindingId, words: Words) -> None:
        """To the administrators, each privately; UnfitWordsError without a reason."""
        teacher = teacher_of(actor)
        async with self.unit_of_work() as work:
            why = given(words, DISPUTE)
            await _free(work, teacher, finding)
            [claim] = await self._say(work, teacher, [finding], Kind.DISPUTED, why)
            await tell_administrators(work, claim, self.clock.now())

    async def days(self, actor: Actor, finding: FindingId) -> Days:
        """Till when it may be postponed. UnfitDayError where the term ends today."""
        teacher = teacher_of(actor)
        async with self.reading() as work:
            days = await _days(work, teacher, finding)
        days.ensure(days.today + 1)
        return days

    async def postpone(self, actor: Actor, finding: FindingId, until: int, words: Words) -> None:
        """UnfitDayError or UnfitWordsError besides."""
        teacher = teacher_of(actor)
        async with self.unit_of_work() as work:
            days = await _days(work, teacher, finding)
            why = given(words, POSTPONE)
            await self._say(work, teacher, [finding], Kind.POSTPONED, why, until=days.ensure(until))

    async def withdraw(self, actor: Actor, finding: FindingId) -> None:
        """ClaimSettledError where nothing waits any more."""
        teacher = teacher_of(actor)
        async with self.unit_of_work() as work:
            claim = await last_claim(work, teacher.school, finding)
            if claim is None or not await _is_own(work, teacher, claim):
                raise GapGoneError
            if not claim.pending(await work.claims.today(teacher.school)):
                raise ClaimSettledError(state=settled_as(claim))
            after = replace(claim, state=State.WITHDRAWN)
            if not await work.claims.save(after, was=claim.state):
                raise ClaimSettledError(state=State.KEPT.value)
            if claim.kind is Kind.DISPUTED:
                await tell_administrators(work, after, self.clock.now())

    async def _say(
        self,
        work: Work,
        teacher: Teacher,
        findings: Collection[FindingId],
        kind: Kind,
        words: Words | None = None,
        *,
        until: int | None = None,
    ) -> Sequence[Claim]:
        said_in = await work.journal.generation(teacher.school)
        return [
            await work.claims.add(
                Claim(
                    school=teacher.school,
                    finding=finding,
                    person=teacher.person,
                    kind=kind,
                    said_at=self.clock.now(),
                    said_in=said_in,
                    words=words or Words(),
                    until=until,
                )
            )
            for finding in findings
        ]


async def _free(work: Work, teacher: Teacher, finding: FindingId) -> Known:
    known = await own_living(work, teacher, finding)
    ensure_free((await work.claims.standing(teacher.school)).get(finding))
    return known


async def _days(work: Work, teacher: Teacher, finding: FindingId) -> Days:
    known = await _free(work, teacher, finding)
    today = await work.claims.today(teacher.school)
    end = await work.claims.term_end(teacher.school, known.hit.class_unit, today)
    return Days.within(today, end)


async def _is_own(work: Work, teacher: Teacher, claim: Claim) -> bool:
    """Said by this person, or of a finding that is theirs by now."""
    if claim.person == teacher.person:
        return True
    known = await work.gaps.known(teacher.school, [claim.finding])
    return any(one.hit.staff == teacher.staff for one in known)
