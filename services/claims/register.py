"""What the administrator reads: disputes that wait, postponements in force, what was waived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.access import Actor, Capability, demand
from services.claims.claim import Claim, ClaimId, Kind, State
from services.claims.errors import ClaimSettledError
from services.claims.own import settled_as
from services.claims.ports import Transactions, Work
from services.claims.words import ClaimWords, Spoken
from services.clock import Clock
from services.ids import PersonId, SchoolId


class Tab(StrEnum):
    DISPUTED = "d"
    POSTPONED = "p"
    WAIVED = "w"


@dataclass(frozen=True, slots=True)
class Listed:
    claim: Claim
    spoken: Spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealList:
    """One tab, the oldest first; ``counts`` are of every tab."""

    tab: Tab
    listed: Sequence[Listed]
    counts: Mapping[Tab, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealCard:
    """``author`` and ``answerer`` are names («» for a former colleague).

    ``answerable``: it waits, and the data that is shown still has the finding.
    """

    claim: Claim
    spoken: Spoken
    author: str
    answerer: str
    as_of: str
    answerable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRegister:
    reading: Transactions
    clock: Clock
    words: ClaimWords

    async def count(self, actor: Actor) -> int:
        """Disputes that wait for an answer."""
        school = demand(actor, Capability.ANSWER_CLAIMS)
        async with self.reading() as work:
            return len((await self._by_tab(work, school))[Tab.DISPUTED])

    async def list(self, actor: Actor, tab: Tab) -> AppealList:
        school = demand(actor, Capability.ANSWER_CLAIMS)
        async with self.reading() as work:
            tabs = await self._by_tab(work, school)
        counts = {one: len(listed) for one, listed in tabs.items()}
        return AppealList(tab=tab, listed=tabs[tab], counts=counts)

    async def card(self, actor: Actor, number: ClaimId) -> AppealCard:
        """ClaimSettledError where the journal does not know the finding any more."""
        school = demand(actor, Capability.ANSWER_CLAIMS)
        async with self.reading() as work:
            claim = await known(work, school, number)
            spoken = (await self.words.spoken(work, school, [claim], rows=1)).get(claim.finding)
            if spoken is None:
                raise ClaimSettledError(state="gone")
            pending = claim.pending(await work.claims.today(school))
            return AppealCard(
                claim=claim,
                spoken=spoken,
                author=await self._name(work, school, claim.person),
                answerer=await self._name(work, school, claim.answer.by if claim.answer else None),
                as_of=await self.words.as_of(work, school),
                answerable=pending and spoken.living,
            )

    async def to_answer(self, actor: Actor, number: ClaimId) -> AppealCard:
        """Before the words are asked for: ClaimSettledError where it waits no more."""
        card = await self.card(actor, number)
        if not card.answerable:
            settled = card.spoken.living or card.claim.state is not State.WAITING
            raise ClaimSettledError(state=settled_as(card.claim) if settled else "gone")
        return card

    async def _by_tab(self, work: Work, school: SchoolId) -> Mapping[Tab, Sequence[Listed]]:
        """A finding that closed meanwhile asks for no answer; a waived one stays listed."""
        today = await work.claims.today(school)
        placed = [
            (tab, one)
            for one in await work.claims.current(school)
            if (tab := _tab_of(one, today)) is not None
        ]
        spoken = await self.words.spoken(work, school, [one for _, one in placed])
        tabs: dict[Tab, list[Listed]] = {tab: [] for tab in Tab}
        for tab, claim in placed:
            told = spoken.get(claim.finding)
            if told is not None and (told.living or tab is Tab.WAIVED):
                tabs[tab].append(Listed(claim, told))
        return tabs

    async def _name(self, work: Work, school: SchoolId, person: PersonId | None) -> str:
        if person is None:
            return ""
        found = await work.people.get(school, person, self.clock.now())
        return found.name if found else ""


def _tab_of(claim: Claim, today: int) -> Tab | None:
    if claim.state is State.WAIVED:
        return Tab.WAIVED
    if claim.kind is Kind.MENDED or not claim.pending(today):
        return None
    return Tab.DISPUTED if claim.kind is Kind.DISPUTED else Tab.POSTPONED


async def known(work: Work, school: SchoolId, number: ClaimId) -> Claim:
    claim = await work.claims.get(school, number)
    if claim is None or claim.kind is Kind.MENDED:
        raise ClaimSettledError(state="gone")
    return claim
