"""What is kept of a person, and how it goes when they ask for it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from services.access import TABLE, Actor, Capability, NotAllowedError, Role, demand
from services.audit import Audit, AuditEntry
from services.clock import Clock
from services.consultation.retention import KEPT, UNANSWERED
from services.errors import DomainError
from services.helpdesk import ports
from services.helpdesk.forgetting import forget_author
from services.helpdesk.tickets import State, TicketNumber
from services.ids import PersonId, SchoolId
from services.outgoing import LETTERS_KEPT
from services.people import Person, StaffDirectory, UserId


class LastOwnerError(DomainError):
    """Nobody else could let people into the school."""

    key = "errors/last-owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTicket:
    """``words`` are the person's own, in order; ``files`` counts theirs."""

    number: TicketNumber
    opened_at: datetime
    state: State
    words: Sequence[str]
    files: int
    rating: int | None
    rating_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Of one admission: ``answers`` are words in the tickets of others, ``deeds`` audit lines.

    ``decisions`` are those the person set and what they said of any, ``duties`` own entries,
    ``claims`` words about findings, ``returns`` those with which analyses were returned,
    ``silences`` reasons for silences.
    """

    since: datetime
    roles: Sequence[tuple[Role, datetime]]
    pin: bool
    tickets: Sequence[OwnTicket]
    answers: int
    questions: Sequence[str]
    suggestions: Sequence[tuple[str, str]]
    decisions: Sequence[str]
    duties: Sequence[str]
    claims: Sequence[str]
    returns: Sequence[str]
    silences: Sequence[str]
    deeds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """``staff`` is the line of the journal's staff list that the person is («»: none)."""

    person: Person
    school: str
    staff: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class Terms:
    """How many days words are kept; ``tickets`` None for whoever belongs to no school.

    ``asked`` are words of questions, ``waiting`` those without an answer, ``letters`` messages that
    were sent. ``mine``: there is something of the reader's own.
    """

    asked: int
    waiting: int
    letters: int
    tickets: int | None = None
    mine: bool = False


class PersonalStore(Protocol):
    async def kept(self, school: SchoolId, person: PersonId) -> Kept: ...

    async def admissions(self, user: UserId) -> Sequence[tuple[SchoolId, PersonId]]:
        """In every school that ever let the account in."""
        ...

    async def erase(self, person: PersonId) -> None:
        """Name, staff line, PIN, questions, suggestions; the numbers that others refer to stay."""
        ...

    async def erase_account(self, user: UserId) -> None:
        """The messenger's id of the person, wherever it is kept."""
        ...


class ReadingWork(ports.Work, Protocol):
    @property
    def personal(self) -> PersonalStore: ...


class Work(ReadingWork, Protocol):
    @property
    def audit(self) -> Audit: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[ReadingWork]]
    clock: Clock
    staff: StaffDirectory

    async def terms(self, actor: Actor) -> Terms:
        """For everybody, strangers too."""
        common = Terms(asked=KEPT.days, waiting=UNANSWERED.days, letters=LETTERS_KEPT)
        if actor.school is None or not actor.may(Capability.MY_DATA):
            return common
        async with self.reading() as work:
            kept = (await work.helpdesk.settings(actor.school)).kept
        return replace(common, tickets=kept, mine=actor.person is not None)

    async def mine(self, actor: Actor) -> OwnData:
        school, person = _asking(actor)
        members = await self.staff.list(school)
        async with self.reading() as work:
            known = await _known(work, school, person, self.clock.now())
            return OwnData(
                person=known,
                school=(await work.schools.get(school)).name,
                staff=next((one.name for one in members if one.id == known.staff), ""),
                kept=await work.personal.kept(school, person),
            )

    async def ensure_may_go(self, actor: Actor) -> None:
        """LastOwnerError for whoever is the last to hold the school's keys."""
        school, person = _asking(actor)
        async with self.reading() as work:
            known = await _known(work, school, person, self.clock.now())
            await _ensure_may_go(work, known, self.clock.now())

    async def forget(self, actor: Actor) -> None:
        """Everything of the person in every school at once; figures and the audit keep a number.

        Open tickets of theirs alone are closed. LastOwnerError as above.
        """
        school, person = _asking(actor)
        now = self.clock.now()
        async with self.unit_of_work() as work:
            user = (await _known(work, school, person, now)).user
            for where, who in await work.personal.admissions(user):
                known = await work.people.get(where, who, now)
                if known is not None:
                    await _ensure_may_go(work, known, now)
                await forget_author(work, where, who, now)
                await work.people.revoke(where, who, now)
                await work.personal.erase(who)
                facts = {"person": who, "roles": sorted(known.roles) if known else []}
                entry = AuditEntry(
                    school=where, person=who, what="person forgotten", at=now, facts=facts
                )
                await work.audit.add(entry)
            await work.personal.erase_account(user)


def _asking(actor: Actor) -> tuple[SchoolId, PersonId]:
    school = demand(actor, Capability.MY_DATA)
    if actor.person is None:
        raise NotAllowedError(capability=Capability.MY_DATA.value)
    return school, actor.person


async def _known(work: ReadingWork, school: SchoolId, person: PersonId, now: datetime) -> Person:
    """NotAllowedError for whoever was dismissed a moment ago."""
    known = await work.people.get(school, person, now)
    if known is None:
        raise NotAllowedError(capability=Capability.MY_DATA.value)
    return known


async def _ensure_may_go(work: ReadingWork, person: Person, now: datetime) -> None:
    owners = TABLE[Capability.PEOPLE]
    if person.roles & owners:
        everybody = await work.people.list(person.school, now)
        if not any(one.roles & owners for one in everybody if one.id != person.id):
            raise LastOwnerError
