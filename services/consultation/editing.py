"""The base of answers in the administrator's hands: rewritten, withdrawn, brought back."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.consultation.desk import EntryGoneError
from services.consultation.entries import Audience, Entry
from services.consultation.indexes import Indexes
from services.consultation.keeping import Edit, KnowledgeBase
from services.consultation.library import Card, Work, card_of, section_named
from services.consultation.texts import answer_of, question_of
from services.errors import DomainError
from services.ids import SchoolId

MOST_ALIASES = 60


class KnownAliasError(DomainError):
    """The entry is found by these words already."""

    key = "errors/alias-known"


class ManyAliasesError(DomainError):
    """``limit`` aliases are there."""

    key = "errors/alias-many"


class EntryChangedError(DomainError):
    """Somebody changed the entry since its buttons were shown."""

    key = "errors/entry-changed"


class NothingToUndoError(DomainError):
    """The entry has no version before this one, or not that one."""

    key = "errors/nothing-to-undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A new entry in words as they were typed."""

    question: str
    answer: str
    section: str
    audience: Audience = Audience.STAFF
    aliases: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """Every change is a new version with its author; the search follows it at once.

    All methods raise EntryGoneError where there is no such entry, and give back how it looks now.
    """

    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    indexes: Indexes

    def question(self, actor: Actor, text: str) -> str:
        """How a new entry's question is taken, before its answer is asked for."""
        demand(actor, Capability.EDIT_QUESTIONS)
        return question_of(text)

    async def create(self, actor: Actor, question: str, answer: str) -> Card:
        """A new entry for the staff, in the section of the likest one."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        section = await section_for(self.indexes, school, question)
        draft = Draft(question=question, answer=answer, section=section)
        async with self.unit_of_work() as work:
            entry = await add_entry(work.knowledge, school, draft, self._edit(actor))
            return await card_of(work, school, entry, self.clock.now())

    async def ask_as(self, actor: Actor, entry: str, question: str) -> Card:
        asked = question_of(question)
        return await self._change(actor, entry, lambda one: replace(one, question=asked))

    async def answer_with(self, actor: Actor, entry: str, answer: str) -> Card:
        said = answer_of(answer)
        return await self._change(actor, entry, lambda one: replace(one, answer=said))

    async def address(self, actor: Actor, entry: str, audience: Audience) -> Card:
        return await self._change(actor, entry, lambda one: replace(one, audience=audience))

    async def move(self, actor: Actor, entry: str, section: str) -> Card:
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            await section_named(work, school, section)
        return await self._change(actor, entry, lambda one: replace(one, section=section))

    async def add_aliases(self, actor: Actor, entry: str, text: str) -> Card:
        """One a line. KnownAliasError where none of them is new."""
        lines = text.splitlines() if text.strip() else [text]
        asked = [question_of(line) for line in lines if line.strip() or len(lines) == 1]

        def longer(one: Entry) -> Entry:
            known = {each.casefold() for each in (one.question, *one.aliases)}
            new = {each.casefold(): each for each in asked if each.casefold() not in known}
            if not new:
                raise KnownAliasError
            if len(one.aliases) + len(new) > MOST_ALIASES:
                raise ManyAliasesError(limit=MOST_ALIASES)
            return replace(one, aliases=(*one.aliases, *new.values()))

        return await self._change(actor, entry, longer)

    async def drop_alias(self, actor: Actor, entry: str, place: int, version: int) -> Card:
        """The alias at ``place`` in the entry's latest ``version``; else EntryChangedError."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            known = await work.knowledge.versions(school, entry)
        if known and known[0].number != version:
            raise EntryChangedError

        def shorter(one: Entry) -> Entry:
            return replace(one, aliases=one.aliases[:place] + one.aliases[place + 1 :])

        return await self._change(actor, entry, shorter)

    async def withdraw(self, actor: Actor, entry: str) -> Card:
        return await self._change(actor, entry, lambda one: one, hidden=True)

    async def publish(self, actor: Actor, entry: str) -> Card:
        return await self._change(actor, entry, lambda one: one, hidden=False)

    async def undo(self, actor: Actor, entry: str) -> Card:
        """As it was before the last change; a new entry goes. NothingToUndoError before any."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            versions = await work.knowledge.versions(school, entry)
        if len(versions) > 1:
            return await self.restore(actor, entry, versions[1].number)
        if not versions or versions[0].edit.by is None or versions[0].hidden:
            raise NothingToUndoError
        return await self.withdraw(actor, entry)

    async def restore(self, actor: Actor, entry: str, number: int) -> Card:
        """As the version ``number`` left it."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            versions = await work.knowledge.versions(school, entry)
        wanted = next((one for one in versions if one.number == number), None)
        if wanted is None:
            raise NothingToUndoError
        return await self._change(actor, entry, lambda _: wanted.entry, hidden=wanted.hidden)

    async def _change(
        self,
        actor: Actor,
        entry: str,
        change: Callable[[Entry], Entry],
        *,
        hidden: bool | None = None,
    ) -> Card:
        """Nothing new makes no version."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.unit_of_work() as work:
            kept = await work.knowledge.get(school, entry)
            if kept is None:
                raise EntryGoneError
            changed = change(kept.entry)
            hides = kept.hidden if hidden is None else hidden
            if changed != kept.entry or hides != kept.hidden:
                await work.knowledge.save(school, changed, self._edit(actor), hidden=hides)
            return await card_of(work, school, entry, self.clock.now())

    def _edit(self, actor: Actor) -> Edit:
        return Edit(by=actor.person, at=self.clock.now())


async def add_entry(knowledge: KnowledgeBase, school: SchoolId, draft: Draft, edit: Edit) -> str:
    """Its id. EmptyTextError, LongTextError or NoQuestionError for words that do not fit."""
    entry = Entry(
        id=await knowledge.new_id(school),
        section=draft.section,
        audience=draft.audience,
        question=question_of(draft.question),
        answer=answer_of(draft.answer),
        aliases=tuple(dict.fromkeys(draft.aliases)),
    )
    await knowledge.save(school, entry, edit)
    return entry.id


async def section_for(indexes: Indexes, school: SchoolId, question: str) -> str:
    """The section of the entry that is likest to the question, else the first one."""
    base = await indexes.of(school)
    hits = base.search.ask(question, limit=1)
    return base.entries[hits[0].id].section if hits else base.sections[0].id
