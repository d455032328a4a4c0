"""The administrator's side: a finding waived or kept, a delay refused, a waiver taken back."""

from dataclasses import dataclass, replace

from services.access import Actor, Capability, NotAllowedError, demand
from services.audit import AuditEntry
from services.claims.claim import Answer, Claim, ClaimId, Kind, State, Words
from services.claims.errors import ClaimSettledError
from services.claims.letters import tell_administrators, tell_teacher
from services.claims.own import settled_as
from services.claims.ports import Transactions, Work
from services.claims.reasons import KEEP, WAIVE, given
from services.claims.register import AppealRegister, known
from services.clock import Clock
from services.ids import PersonId, SchoolId

WHAT = {
    State.WAIVED: "finding waived",
    State.KEPT: "claim refused",
    State.RESTORED: "finding restored",
}


@dataclass(frozen=True, slots=True)
class Administrator:
    school: SchoolId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeals:
    """ClaimSettledError where it waits no more; UnfitWordsError without a reason."""

    register: AppealRegister
    unit_of_work: Transactions
    clock: Clock

    async def waive(self, actor: Actor, claim: ClaimId, words: Words) -> None:
        """The finding does not count any more, nor does what P1 spoke for in its lesson."""
        administrator = administrator_of(actor)
        async with self.unit_of_work() as work:
            found = await waiting(work, administrator.school, claim)
            if found.kind is not Kind.DISPUTED:
                raise ClaimSettledError(state=found.state.value)
            why = given(words, WAIVE)
            await self._answer(work, administrator, found, State.WAIVED, why)

    async def keep(self, actor: Actor, claim: ClaimId, words: Words) -> None:
        """The finding stays as it is, or the delay is refused; the teacher gets the words."""
        administrator = administrator_of(actor)
        async with self.unit_of_work() as work:
            found = await waiting(work, administrator.school, claim)
            why = given(words, KEEP)
            await self._answer(work, administrator, found, State.KEPT, why)

    async def restore(self, actor: Actor, claim: ClaimId) -> None:
        """«Вернуть»: it counts as before; who waived it and why stays written down."""
        administrator = administrator_of(actor)
        async with self.unit_of_work() as work:
            found = await known(work, administrator.school, claim)
            if found.state is not State.WAIVED:
                raise ClaimSettledError(state=settled_as(found))
            await self._settle(work, administrator, found, replace(found, state=State.RESTORED))

    async def _answer(
        self, work: Work, administrator: Administrator, claim: Claim, state: State, words: Words
    ) -> None:
        answer = Answer(by=administrator.person, at=self.clock.now(), words=words)
        after = replace(claim, state=state, answer=answer)
        await self._settle(work, administrator, claim, after)

    async def _settle(
        self, work: Work, administrator: Administrator, before: Claim, after: Claim
    ) -> None:
        if not await work.claims.save(after, was=before.state):
            raise ClaimSettledError(state=after.state.value)
        await self._tell(work, administrator, after)

    async def _tell(self, work: Work, administrator: Administrator, claim: Claim) -> None:
        now = self.clock.now()
        facts = {"claim": claim.id, "finding": claim.finding}
        entry = AuditEntry(
            school=claim.school,
            person=administrator.person,
            what=WHAT[claim.state],
            at=now,
            facts=facts,
        )
        await work.audit.add(entry)
        await tell_teacher(work, claim, now)
        if claim.kind is Kind.DISPUTED:
            await tell_administrators(work, claim, now)


def administrator_of(actor: Actor) -> Administrator:
    school = demand(actor, Capability.ANSWER_CLAIMS)
    if actor.person is None:
        raise NotAllowedError(capability=Capability.ANSWER_CLAIMS.value)
    return Administrator(school, actor.person)


async def waiting(work: Work, school: SchoolId, number: ClaimId) -> Claim:
    """A claim that still asks for an answer, about a finding that the data still has."""
    claim = await known(work, school, number)
    if not claim.pending(await work.claims.today(school)):
        raise ClaimSettledError(state=settled_as(claim))
    if not any(one.living for one in await work.gaps.known(school, [claim.finding])):
        raise ClaimSettledError(state="gone")
    return claim
