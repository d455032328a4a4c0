"""The backlog in the administrator's hands: one answer for all who asked the same."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.consultation.desk import EntryGoneError
from services.consultation.editing import Draft, add_entry, section_for
from services.consultation.entries import Entry
from services.consultation.groups import Group, grouped
from services.consultation.indexes import Indexes
from services.consultation.keeping import (
    Backlog,
    Edit,
    KnowledgeBase,
    Unanswered,
    UnansweredId,
    UnansweredState,
)
from services.consultation.normal import asks
from services.consultation.texts import shortened
from services.errors import DomainError
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Letter, Outbox
from services.people import PeopleStore

ANSWERED = "consultation/answered"
LIKELY = 6


class QuestionGoneError(DomainError):
    """It no longer waits: answered by somebody, or put aside."""

    key = "errors/question-gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """``entry`` answers now; ``told`` people get it."""

    entry: str
    told: int


class Work(Protocol):
    @property
    def knowledge(self) -> KnowledgeBase: ...

    @property
    def backlog(self) -> Backlog: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def outbox(self) -> Outbox: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredDesk:
    """A group is named by the number of its leading question.

    ``alone`` means only that question, without those that are like it.
    """

    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    indexes: Indexes

    async def groups(self, actor: Actor) -> Sequence[Group]:
        """The most asked first."""
        return await self._groups(demand(actor, Capability.EDIT_QUESTIONS))

    async def group(self, actor: Actor, number: UnansweredId, *, alone: bool = False) -> Group:
        """The group of the question. QuestionGoneError unless it waits."""
        return await self._group(demand(actor, Capability.EDIT_QUESTIONS), number, alone=alone)

    async def likely(self, actor: Actor, words: str) -> Sequence[Entry]:
        """Published entries that may be meant, the likest first."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        base = await self.indexes.of(school)
        return [base.entries[hit.id] for hit in base.search.ask(words, limit=LIKELY)]

    async def answer(
        self, actor: Actor, number: UnansweredId, text: str, *, alone: bool = False
    ) -> Answered:
        """A new entry of the question and ``text``; whoever asked gets it."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        group = await self._group(school, number, alone=alone)
        question, *others = (shortened(one.text) for one in group.all)
        section = await section_for(self.indexes, school, question)
        draft = Draft(question=question, answer=text, section=section, aliases=_askable(others))
        async with self.unit_of_work() as work:
            entry = await add_entry(work.knowledge, school, draft, self._edit(actor))
            return await self._settle(work, actor, group, entry)

    async def same(
        self, actor: Actor, number: UnansweredId, entry: str, *, alone: bool = False
    ) -> Answered:
        """The entry answers it: the questions become its aliases; whoever asked gets it."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        group = await self._group(school, number, alone=alone)
        asked = _askable([shortened(one.text) for one in group.all])
        async with self.unit_of_work() as work:
            kept = await work.knowledge.get(school, entry)
            if kept is None or kept.hidden:
                raise EntryGoneError
            found_by = dict.fromkeys((*kept.entry.aliases, *asked))
            longer = replace(kept.entry, aliases=tuple(found_by))
            if longer != kept.entry:
                await work.knowledge.save(school, longer, self._edit(actor))
            return await self._settle(work, actor, group, entry)

    async def dismiss(self, actor: Actor, number: UnansweredId, *, alone: bool = False) -> Group:
        """Put aside what needs no answer; asked again it stays there."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        group = await self._group(school, number, alone=alone)
        async with self.unit_of_work() as work:
            for one in group.all:
                await work.backlog.settle(school, one.id, UnansweredState.DISMISSED)
        return group

    async def reopen(self, actor: Actor, number: UnansweredId, *, alone: bool = False) -> None:
        """What was put aside waits again. QuestionGoneError where it was not."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.unit_of_work() as work:
            dismissed = await work.backlog.dismissed(school)
            group = _containing(number, grouped(dismissed), alone=alone)
            for one in group.all:
                await work.backlog.reopen(school, one.id)

    async def _groups(self, school: SchoolId) -> Sequence[Group]:
        async with self.reading() as work:
            waiting = await work.backlog.waiting(school)
        return await asyncio.to_thread(grouped, waiting)

    async def _group(self, school: SchoolId, number: UnansweredId, *, alone: bool) -> Group:
        return _containing(number, await self._groups(school), alone=alone)

    async def _settle(self, work: Work, actor: Actor, group: Group, entry: str) -> Answered:
        school = demand(actor, Capability.EDIT_QUESTIONS)
        settled = [
            one
            for one in group.all
            if await work.backlog.settle(school, one.id, UnansweredState.ANSWERED, entry)
        ]
        if not settled:
            raise QuestionGoneError
        told: set[PersonId] = set()
        for one in settled:
            told |= await self._tell(work, actor, one, entry, told=frozenset(told))
        return Answered(entry=entry, told=len(told))

    async def _tell(
        self,
        work: Work,
        actor: Actor,
        question: Unanswered,
        entry: str,
        *,
        told: frozenset[PersonId],
    ) -> set[PersonId]:
        """Everybody once, in their own words; not whoever answers, nor who has left the school."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        now = self.clock.now()
        reached: set[PersonId] = set()
        for asker in await work.backlog.release(question.id):
            person = await work.people.get(school, asker, now)
            if person is None or not person.roles or asker in {actor.person, *told}:
                continue
            letter = Letter(
                school=school,
                chat=ChatId(person.user),
                kind=ANSWERED,
                view={"asked": question.text, "entry": entry},
            )
            await work.outbox.put(letter)
            reached.add(asker)
        return reached

    def _edit(self, actor: Actor) -> Edit:
        return Edit(by=actor.person, at=self.clock.now())


def _containing(number: UnansweredId, groups: Sequence[Group], *, alone: bool) -> Group:
    for group in groups:
        for one in group.all:
            if one.id == number:
                return Group(one) if alone else group
    raise QuestionGoneError


def _askable(texts: Sequence[str]) -> Sequence[str]:
    return [text for text in texts if asks(text)]
