"""An analysis in a chat: asked for, opened, sent to the director, accepted or returned."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from services.access import Actor, Capability, NotAllowedError, Role, demand
from services.analyses import period as periods
from services.analyses.asking import terms_in
from services.analyses.deciders import Deciders, deciders, with_role
from services.analyses.keeping import Versions
from services.analyses.life import (
    WORDS_LIMIT,
    AnalysisGoneError,
    AnalysisId,
    AnalysisStepError,
    AnalysisWordsError,
    DeskWork,
    KeptAnalysis,
    NobodyDecidesError,
    Outcome,
    State,
    Transactions,
    card_of,
)
from services.analyses.period import Kind
from services.analyses.ports import Absences, Nobody
from services.audit import AuditEntry
from services.clock import Clock
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Letter
from services.people import People, Person, UserId

ANALYSIS, CARD, DECIDED = "analyses/analysis", "analyses/card", "analyses/decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnalysis:
    """An analysis as one reader may use it; ``deputy`` is who decides where no director is."""

    kept: KeptAnalysis
    prepares: bool
    sends: bool
    decides: bool
    assigns: bool
    deputy: str = ""
    template: bytes | None = None

    @property
    def orders(self) -> bool:
        """An order rests on what was accepted."""
        return self.assigns and self.kept.state is State.ACCEPTED


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisDesk:
    versions: Versions
    people: People
    unit_of_work: Transactions
    reading: Transactions
    clock: Clock
    absences: Absences = field(default_factory=Nobody)

    async def request(
        self, actor: Actor, kind: Kind, name: str | None = None, *, reply_to: int | None = None
    ) -> bool:
        """Send the period's analysis to where it was asked for; False where there is no data."""
        school = demand(actor, Capability.ANALYSES)
        kept = await self.versions.latest(school, kind, name)
        if kept is None:
            return False
        await self._show(actor, kept, reply_to)
        return True

    async def earlier(self, actor: Actor, analysis: AnalysisId) -> bool:
        """The period before the one shown; False where it has no data."""
        school = demand(actor, Capability.ANALYSES)
        async with self.reading() as work:
            kept = await self._kept(work, school, analysis)
            terms = await terms_in(work, school)
        kind, name = Kind(kept.analysis.kind), kept.analysis.period
        shown = periods.month(name) if kind is Kind.MONTH else periods.named_term(terms, name)
        before = None if shown is None else periods.before(shown, terms)
        return before is not None and await self.request(actor, kind, before.name)

    async def renew(self, actor: Actor, analysis: AnalysisId) -> KeptAnalysis:
        """Another version from the data of now; AnalysisStepError for what was accepted."""
        school = demand(actor, Capability.PREPARE_ANALYSES)
        async with self.reading() as work:
            kept = await self._kept(work, school, analysis)
        if kept.final:
            raise AnalysisStepError(state=kept.state.value)
        kind, name = Kind(kept.analysis.kind), kept.analysis.period
        made = await self.versions.latest(school, kind, name, anew=True)
        if made is None:
            raise AnalysisGoneError
        await self._show(actor, made, None)
        return made

    async def open(self, actor: Actor, analysis: AnalysisId) -> OpenAnalysis:
        """What stands under an analysis; the right is asked for at every press."""
        school = demand(actor, Capability.ANALYSES)
        away = await self.absences.away(school)
        async with self.reading() as work:
            kept = await self._kept(work, school, analysis)
            return await self._opened(work, actor, kept, away)

    async def to_order(self, actor: Actor, analysis: AnalysisId) -> KeptAnalysis:
        """What an order is drafted from; AnalysisStepError until it is accepted."""
        demand(actor, Capability.DECISIONS)
        opened = await self.open(actor, analysis)
        if not opened.orders:
            raise AnalysisStepError(state=opened.kept.state.value)
        return opened.kept

    async def to_send(self, chat: ChatId, analysis: AnalysisId) -> OpenAnalysis | None:
        """The analysis as a person may get it now; None where the person may no longer."""
        actor = (await self.people.recognise(user=UserId(chat), chat=chat)).actor
        async with self.reading() as work:
            kept = await work.analyses.get(analysis)
        if kept is None or actor.school != kept.school or not actor.may(Capability.ANALYSES):
            return None
        return await self.open(actor, analysis)

    async def outcome(self, analysis: AnalysisId) -> Outcome | None:
        """Of its re-check; for letters, whose right ``to_send`` asks."""
        async with self.reading() as work:
            return await work.analyses.outcome(analysis)

    async def send(self, actor: Actor, analysis: AnalysisId) -> OpenAnalysis:
        """To the director, or to who decides in the director's place; NobodyDecidesError."""
        school = demand(actor, Capability.PREPARE_ANALYSES)
        away, now = await self.absences.away(school), self.clock.now()
        async with self.unit_of_work() as work:
            kept = await self._kept(work, school, analysis)
            found = await deciders(work, school, away, now)
            if not found.people:
                raise NobodyDecidesError
            sent = replace(kept, state=State.SENT, sent_at=now)
            await self._move(work, actor, sent, kept.state, only=State.DRAFT)
            await work.analyses.add_recipients(analysis, [one.id for one in found.people])
            for person in found.people:
                await work.outbox.put(_letter(sent, ANALYSIS, person, "sent"))
            return await self._opened(work, actor, sent, away)

    async def accept(self, actor: Actor, analysis: AnalysisId) -> OpenAnalysis:
        return await self._decide(actor, analysis, State.ACCEPTED, "")

    async def give_back(self, actor: Actor, analysis: AnalysisId, words: str) -> OpenAnalysis:
        """Return it with words; AnalysisStepError after acceptance."""
        text = words.strip()
        if not 0 < len(text) <= WORDS_LIMIT:
            raise AnalysisWordsError(limit=WORDS_LIMIT)
        return await self._decide(actor, analysis, State.RETURNED, text)

    async def ensure_decides(self, actor: Actor, analysis: AnalysisId) -> KeptAnalysis:
        """Before words are asked for: NotAllowedError, AnalysisStepError."""
        school = demand(actor, Capability.DECIDE_ANALYSES)
        async with self.reading() as work:
            kept = await self._kept(work, school, analysis)
            await self._ensure(work, actor, kept)
        return kept

    async def _decide(
        self, actor: Actor, analysis: AnalysisId, state: State, words: str
    ) -> OpenAnalysis:
        school = demand(actor, Capability.DECIDE_ANALYSES)
        away, now = await self.absences.away(school), self.clock.now()
        async with self.unit_of_work() as work:
            kept = await self._kept(work, school, analysis)
            await self._ensure(work, actor, kept)
            decided = replace(
                kept, state=state, decided_at=now, decided_by=actor.person, words=words
            )
            await self._move(work, actor, decided, kept.state, only=State.SENT)
            everybody = await work.people.list(school, now)
            for person in with_role(everybody, Role.ADMINISTRATOR):
                if person.id != actor.person:
                    await work.outbox.put(_letter(decided, DECIDED, person, state.value))
            return await self._opened(work, actor, decided, away)

    async def _ensure(self, work: DeskWork, actor: Actor, kept: KeptAnalysis) -> None:
        """A director decides, and a deputy on what came to the deputy; the last version only."""
        if Role.DIRECTOR not in actor.roles:
            recipients = await work.analyses.recipients(kept.id)
            if actor.person not in recipients:
                raise NotAllowedError(capability=Capability.DECIDE_ANALYSES.value)
        if kept.state is not State.SENT:
            raise AnalysisStepError(state=kept.state.value)
        last = await work.analyses.latest(kept.school, kept.analysis.period)
        if last is not None and last.id != kept.id and last.state is not State.DRAFT:
            raise AnalysisStepError(state="older")

    async def _move(
        self, work: DeskWork, actor: Actor, moved: KeptAnalysis, before: State, *, only: State
    ) -> None:
        if not await work.analyses.move(moved, only):
            raise AnalysisStepError(state=before.value)
        facts = {"analysis": moved.id, "state": moved.state.value, "checksum": moved.checksum}
        await work.audit.add(
            AuditEntry(
                school=moved.school,
                person=actor.person,
                what="analysis moved",
                at=self.clock.now(),
                facts=facts,
            )
        )
        for shown in await work.digests.shown(card_of(moved.id)):
            await work.outbox.put(
                Letter(
                    school=moved.school,
                    chat=shown.chat,
                    kind=CARD,
                    view={"analysis": moved.id},
                    dedupe=f"{shown.card}:{moved.state.value}:{shown.chat}",
                    card=shown.card,
                )
            )

    async def _show(self, actor: Actor, kept: KeptAnalysis, reply_to: int | None) -> None:
        moment = int(self.clock.now().timestamp())
        card = f"{card_of(kept.id)}:{reply_to or f'at{moment}'}"
        letter = Letter(
            school=kept.school,
            chat=actor.chat,
            kind=ANALYSIS,
            view={"analysis": kept.id},
            dedupe=f"{card}:{actor.chat}:asked",
            card=card,
            reply_to=reply_to,
        )
        async with self.unit_of_work() as work:
            await work.outbox.put(letter)

    async def _opened(
        self, work: DeskWork, actor: Actor, kept: KeptAnalysis, away: frozenset[PersonId]
    ) -> OpenAnalysis:
        found = await deciders(work, kept.school, away, self.clock.now())
        settings = await work.analyses.settings(kept.school)
        mine = actor.person in [one.id for one in found.people]
        return OpenAnalysis(
            kept=kept,
            prepares=actor.may(Capability.PREPARE_ANALYSES),
            sends=actor.may(Capability.PREPARE_ANALYSES) and kept.state is State.DRAFT,
            decides=actor.may(Capability.DECIDE_ANALYSES) and mine and kept.state is State.SENT,
            assigns=actor.may(Capability.DECISIONS),
            deputy=_acting(found),
            template=settings.template,
        )

    @staticmethod
    async def _kept(work: DeskWork, school: SchoolId, analysis: AnalysisId) -> KeptAnalysis:
        kept = await work.analyses.get(analysis)
        if kept is None or kept.school != school:
            raise AnalysisGoneError
        return kept


def _acting(found: Deciders) -> str:
    return ", ".join(one.name for one in found.people) if found.acting else ""


def _letter(kept: KeptAnalysis, kind: str, person: Person, what: str) -> Letter:
    return Letter(
        school=kept.school,
        chat=ChatId(person.user),
        kind=kind,
        view={"analysis": kept.id},
        dedupe=f"{card_of(kept.id)}:{what}:{person.user}",
        card=card_of(kept.id) if kind == ANALYSIS else None,
    )


def drafts(kept: KeptAnalysis, people: Sequence[Person]) -> list[Letter]:
    """To who prepares it: a draft by the clock."""
    return [_letter(kept, ANALYSIS, one, "draft") for one in people]
