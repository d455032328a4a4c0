"""What the consultation needs of storage, and where the questions go that it cannot settle."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from services.completeness.rule import Passport
from services.consultation.keeping import Backlog, ConsultationLog, KnowledgeBase
from services.ids import PersonId, SchoolId
from services.outgoing import Outbox
from services.people import PeopleStore
from services.schools import Schools


class Passports(Protocol):
    async def passports(self, school: SchoolId) -> Mapping[str, Passport]:
        """Of the rules that the school has set for itself."""
        ...


class Work(Protocol):
    @property
    def knowledge(self) -> KnowledgeBase: ...

    @property
    def backlog(self) -> Backlog: ...

    @property
    def consultations(self) -> ConsultationLog: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def schools(self) -> Schools: ...

    @property
    def findings(self) -> Passports: ...

    @property
    def outbox(self) -> Outbox: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """A question that the base did not settle; ``person`` None is a stranger."""

    school: SchoolId
    person: PersonId | None
    text: str
    plain: str


class Desk(Protocol):
    """Where such questions go: the backlog now, tickets of the help desk when it stands."""

    async def open_from_question(self, work: Work, question: PassedOn) -> None:
        """Inside the unit of the conversation that passes it on."""
        ...
