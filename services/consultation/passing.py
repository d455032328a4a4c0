"""What the consultation needs of storage, and where the questions go that it cannot settle."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from services.completeness.rule import Passport
from services.consultation.keeping import Backlog, ConsultationLog, KnowledgeBase
from services.helpdesk.outage import OutageStore
from services.helpdesk.ports import DeskStore, TicketMessageStore, TicketStore
from services.helpdesk.tickets import TicketNumber
from services.helpdesk.topics import QueueGroups
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

    @property
    def tickets(self) -> TicketStore: ...

    @property
    def ticket_messages(self) -> TicketMessageStore: ...

    @property
    def helpdesk(self) -> DeskStore: ...

    @property
    def outages(self) -> OutageStore: ...

    @property
    def queue_groups(self) -> QueueGroups: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """A question that the base did not settle; ``person`` None is a stranger.

    ``called``: the person asked for the administrator, and may open a ticket.
    """

    school: SchoolId
    person: PersonId | None
    text: str
    plain: str
    called: bool = False


class Desk(Protocol):
    """Where such questions go: the backlog, or a ticket of the help desk."""

    async def open_from_question(self, work: Work, question: PassedOn) -> TicketNumber | None:
        """Inside the unit of the conversation that passes it on; the number of a ticket."""
        ...
