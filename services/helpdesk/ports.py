"""What the help desk needs of storage."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from services.access import Role
from services.gaps import FindingId
from services.helpdesk.outage import OutageStore
from services.helpdesk.settings import DeskSettings
from services.helpdesk.tickets import (
    Attachment,
    Copy,
    CopyId,
    Delivery,
    Draft,
    Event,
    Refusal,
    Side,
    Source,
    State,
    Ticket,
    TicketEvent,
    TicketMessage,
    TicketMessageId,
    TicketNumber,
)
from services.helpdesk.topics import QueueGroups
from services.ids import ChatId, PersonId, SchoolId, StaffId
from services.outgoing import Outbox
from services.people import PeopleStore
from services.schools import Schools


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    side: Side
    person: PersonId
    at: datetime
    text: str
    source: Source | None = None


class Outcome(NamedTuple):
    """What the outbox says of a copy that waited."""

    copy: CopyId
    school: SchoolId
    number: TicketNumber
    message: TicketMessageId
    delivery: Delivery
    refusal: Refusal | None


class TaughtPlace(NamedTuple):
    """A lesson that a teacher holds: names of the journal, ``day`` None for the whole year."""

    class_unit: str
    subject: str
    day: int | None


class TicketStore(Protocol):
    async def add(
        self, school: SchoolId, author: PersonId, draft: Draft, at: datetime
    ) -> TicketNumber:
        """A new ticket whose clock runs; its number is taken by one atomic statement."""
        ...

    async def get(self, school: SchoolId, number: TicketNumber) -> Ticket | None: ...

    async def save(self, ticket: Ticket, *, was: State) -> bool:
        """Write the ticket down unless its state is no longer ``was``: then False."""
        ...

    async def list(self, school: SchoolId, states: Collection[State]) -> Sequence[Ticket]:
        """The oldest first; merged ones are left out."""
        ...

    async def of_author(
        self, school: SchoolId, author: PersonId, *, limit: int
    ) -> Sequence[Ticket]:
        """The latest first, merged ones too."""
        ...

    async def all_of(self, school: SchoolId, author: PersonId) -> Sequence[Ticket]:
        """Every ticket of the person, merged ones too, in the order of their numbers."""
        ...

    async def between(self, school: SchoolId, since: datetime, until: datetime) -> Sequence[Ticket]:
        """Those opened or closed in that time, merged ones too, in the order of their numbers."""
        ...

    async def merged(self, school: SchoolId, number: TicketNumber) -> Sequence[Ticket]:
        """Those that go on in this one."""
        ...

    async def followers(
        self, school: SchoolId, numbers: Collection[TicketNumber]
    ) -> Sequence[tuple[TicketNumber, PersonId]]:
        """The authors of tickets merged into these, with the number they go on in."""
        ...

    async def worded(self, school: SchoolId, before: datetime) -> Sequence[Ticket]:
        """Those closed before that moment of which words or files are kept, merged ones too."""
        ...

    async def record(self, event: TicketEvent) -> None: ...

    async def events(self, school: SchoolId, number: TicketNumber) -> Sequence[TicketEvent]:
        """In order."""
        ...

    async def marked(
        self, school: SchoolId, what: Collection[Event]
    ) -> Collection[tuple[TicketNumber, Event]]:
        """Which tickets have such events."""
        ...

    async def link(self, school: SchoolId, number: TicketNumber, finding: FindingId) -> bool:
        """False when it was linked already."""
        ...

    async def findings(self, school: SchoolId, number: TicketNumber) -> Sequence[FindingId]: ...

    async def about(
        self, school: SchoolId, author: PersonId, finding: FindingId
    ) -> Sequence[TicketNumber]:
        """The person's tickets that a finding is linked to, the latest first."""
        ...


class TicketMessageStore(Protocol):
    async def add(
        self, school: SchoolId, number: TicketNumber, message: NewMessage
    ) -> TicketMessageId | None:
        """None when the same message of the chat is known already."""
        ...

    async def attach(self, message: TicketMessageId, file: Attachment) -> int | None:
        """The part that the file becomes (from 1); None when the message has it already."""
        ...

    async def rewrite(self, message: TicketMessageId, text: str, at: datetime) -> None: ...

    async def erase(self, school: SchoolId, number: TicketNumber) -> None:
        """Words, files, and where each was said and copied to; that it was said stays."""
        ...

    async def erase_words_of(self, school: SchoolId, author: PersonId) -> None:
        """The same of all that a person said as an author, in whatever ticket."""
        ...

    async def get(self, school: SchoolId, message: TicketMessageId) -> TicketMessage | None: ...

    async def list(self, school: SchoolId, number: TicketNumber) -> Sequence[TicketMessage]:
        """In order."""
        ...

    async def of_source(self, school: SchoolId, source: Source) -> TicketMessage | None: ...

    async def of_album(
        self, school: SchoolId, person: PersonId, album: str
    ) -> TicketMessage | None:
        """The message that parts of the person's album belong to."""
        ...

    async def copy(self, message: TicketMessageId, part: int, chat: ChatId) -> CopyId: ...

    async def copies(self, message: TicketMessageId) -> Sequence[Copy]: ...

    async def refer(self, school: SchoolId, source: Source) -> TicketNumber | None:
        """The ticket that a message the bot sent belongs to: a card or a copy in that chat."""
        ...

    async def ended(self) -> Sequence[Outcome]:
        """Copies that still count as waiting and whose letters have ended."""
        ...

    async def settle(self, copy: CopyId, delivery: Delivery, refusal: Refusal | None) -> None: ...


class DeskStore(Protocol):
    """The desk's settings, and what it reads of the journal."""

    async def settings(self, school: SchoolId) -> DeskSettings: ...

    async def set(self, school: SchoolId, settings: DeskSettings) -> None: ...

    async def closed_days(self, school: SchoolId, first: int, last: int) -> frozenset[int]:
        """Days on which every class has holidays; none while the calendar is not known."""
        ...

    async def six_days(self, school: SchoolId) -> bool:
        """Whether the timetable has lessons on Saturdays."""
        ...

    async def taught(
        self, school: SchoolId, staff: StaffId, first: int, last: int
    ) -> Sequence[TaughtPlace]:
        """Lessons of a teacher between two days; without any, the year's assignments."""
        ...

    async def schools(self) -> Sequence[SchoolId]: ...


class Work(Protocol):
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

    @property
    def people(self) -> PeopleStore: ...

    @property
    def schools(self) -> Schools: ...

    @property
    def outbox(self) -> Outbox: ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]
ANSWERERS = frozenset({Role.ADMINISTRATOR})
