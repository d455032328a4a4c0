"""A teacher suggests an entry; the administrator takes it in or says why not."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from services.access import Actor, Capability, NotAllowedError, Role, demand
from services.clock import Clock
from services.consultation.editing import Draft, add_entry, section_for
from services.consultation.indexes import Indexes
from services.consultation.keeping import Edit, KnowledgeBase
from services.consultation.suggestions import (
    Settled,
    Suggestion,
    SuggestionId,
    SuggestionState,
    SuggestionStore,
)
from services.consultation.texts import answer_of, question_of, words_of
from services.errors import DomainError
from services.ids import ChatId, PersonId, SchoolId
from services.outgoing import Letter, Outbox
from services.people import PeopleStore

NEW, RECALLED = "suggestions/new", "suggestions/recalled"
APPROVED, REFUSED = "suggestions/approved", "suggestions/refused"
MOST_WAITING = 10


class ManySuggestionsError(DomainError):
    """``limit`` of the person's own wait already."""

    key = "errors/suggestions-many"


class SuggestionGoneError(DomainError):
    """It was decided already, or recalled."""

    key = "errors/suggestion-gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A suggestion with its author's name, as the administrator sees it."""

    suggestion: Suggestion
    author: str


class Work(Protocol):
    @property
    def knowledge(self) -> KnowledgeBase: ...

    @property
    def suggestions(self) -> SuggestionStore: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def outbox(self) -> Outbox: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggesting:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock
    indexes: Indexes

    # -- whoever suggests --------------------------------------------------------------------------

    def ensure(self, actor: Actor) -> None:
        _author(actor)

    def question(self, actor: Actor, text: str) -> str:
        """How the question is taken, before its answer is asked for."""
        _author(actor)
        return question_of(text)

    async def suggest(self, actor: Actor, question: str, answer: str) -> SuggestionId:
        """The administrators see it at once."""
        school, person = _author(actor)
        asked, said = question_of(question), answer_of(answer)
        async with self.unit_of_work() as work:
            mine = [one for one in await work.suggestions.waiting(school) if one.person == person]
            if len(mine) >= MOST_WAITING:
                raise ManySuggestionsError(limit=MOST_WAITING)
            number = await work.suggestions.add(
                school, person, question=asked, answer=said, at=self.clock.now()
            )
            author = await self._name(work, school, person)
            view: dict[str, object] = {
                "number": number,
                "question": asked,
                "answer": said,
                "author": author,
            }
            await self._tell_administrators(work, school, NEW, number, view)
        return number

    async def recall(self, actor: Actor, number: SuggestionId) -> None:
        """Its author thinks better of it. SuggestionGoneError once it is decided."""
        school, person = _author(actor)
        async with self.unit_of_work() as work:
            found = await work.suggestions.get(school, number)
            if found is None or found.person != person:
                raise SuggestionGoneError
            await self._settle(work, school, number, SuggestionState.RECALLED, by=person)
            view = {"question": found.question}
            await self._tell_administrators(work, school, RECALLED, number, view)

    # -- whoever decides ---------------------------------------------------------------------------

    async def waiting(self, actor: Actor) -> Sequence[Suggestion]:
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            return await work.suggestions.waiting(school)

    async def look(self, actor: Actor, number: SuggestionId) -> Suggested:
        """SuggestionGoneError unless it waits."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            found = await _waiting(work, school, number)
            return Suggested(suggestion=found, author=await self._name(work, school, found.person))

    async def approve(self, actor: Actor, number: SuggestionId) -> str:
        """The id of the entry that it became; its author is told."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            found = await _waiting(work, school, number)
        section = await section_for(self.indexes, school, found.question)
        draft = Draft(question=found.question, answer=found.answer, section=section)
        async with self.unit_of_work() as work:
            edit = Edit(by=actor.person, at=self.clock.now())
            entry = await add_entry(work.knowledge, school, draft, edit)
            await self._settle(
                work, school, number, SuggestionState.APPROVED, by=actor.person, entry=entry
            )
            await self._tell_author(work, school, found, APPROVED, words="")
        return entry

    async def refuse(self, actor: Actor, number: SuggestionId, text: str) -> Suggestion:
        """With the reason, which goes to the author."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        words = words_of(text)
        async with self.unit_of_work() as work:
            found = await _waiting(work, school, number)
            await self._settle(
                work, school, number, SuggestionState.REFUSED, by=actor.person, words=words
            )
            await self._tell_author(work, school, found, REFUSED, words=words)
        return found

    async def _settle(
        self,
        work: Work,
        school: SchoolId,
        number: SuggestionId,
        state: SuggestionState,
        *,
        by: PersonId | None,
        entry: str | None = None,
        words: str = "",
    ) -> None:
        end = Settled(state=state, by=by, at=self.clock.now(), entry=entry, words=words)
        if not await work.suggestions.settle(school, number, end):
            raise SuggestionGoneError

    async def _tell_administrators(
        self,
        work: Work,
        school: SchoolId,
        kind: str,
        number: SuggestionId,
        view: Mapping[str, object],
    ) -> None:
        for person in await work.people.list(school, self.clock.now()):
            if Role.ADMINISTRATOR in person.roles:
                letter = Letter(
                    school=school,
                    chat=ChatId(person.user),
                    kind=kind,
                    view=view,
                    card=f"suggestion:{number}",
                )
                await work.outbox.put(letter)

    async def _tell_author(
        self, work: Work, school: SchoolId, found: Suggestion, kind: str, *, words: str
    ) -> None:
        """Whoever has left the school is told nothing."""
        author = await work.people.get(school, found.person, self.clock.now())
        if author is not None and author.roles:
            view = {"question": found.question, "words": words}
            letter = Letter(school=school, chat=ChatId(author.user), kind=kind, view=view)
            await work.outbox.put(letter)

    async def _name(self, work: Work, school: SchoolId, person: PersonId) -> str:
        found = await work.people.get(school, person, self.clock.now())
        return "" if found is None else found.name


async def _waiting(work: Work, school: SchoolId, number: SuggestionId) -> Suggestion:
    found = await work.suggestions.get(school, number)
    if found is None or found.state is not SuggestionState.WAITING:
        raise SuggestionGoneError
    return found


def _author(actor: Actor) -> tuple[SchoolId, PersonId]:
    school = demand(actor, Capability.SUGGEST_QUESTIONS)
    if actor.person is None:
        raise NotAllowedError(capability=Capability.SUGGEST_QUESTIONS.value)
    return school, actor.person
