"""What decisions need of storage."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from services.audit import Audit
from services.decisions.decision import (
    Decision,
    DecisionEvent,
    DecisionNumber,
    EventId,
    State,
)
from services.ids import PersonId, SchoolId
from services.outgoing import Outbox
from services.people import PeopleStore, StaffDirectory
from services.schools import Schools

__all__ = ["DecisionStore", "StaffDirectory", "Transactions", "Work"]


class DecisionStore(Protocol):
    async def add(self, decision: Decision) -> Decision:
        """With its number in the school, taken by the same statement."""
        ...

    async def save(self, decision: Decision) -> None: ...

    async def get(self, school: SchoolId, number: DecisionNumber) -> Decision | None: ...

    async def take(self, school: SchoolId, number: DecisionNumber) -> Decision | None:
        """The same to change it: nobody else changes it before this unit ends."""
        ...

    async def list(
        self, school: SchoolId, states: Collection[State], *, owner: PersonId | None = None
    ) -> Sequence[Decision]:
        """The earliest due first; only those of ``owner``, if given."""
        ...

    async def between(
        self, school: SchoolId, since: datetime, until: datetime
    ) -> Sequence[Decision]:
        """Those set or closed in that time, but for those taken back."""
        ...

    async def record(self, school: SchoolId, event: DecisionEvent) -> DecisionEvent:
        """With the id that it got."""
        ...

    async def events(self, school: SchoolId, number: DecisionNumber) -> Sequence[DecisionEvent]:
        """In order, those that were taken back too."""
        ...

    async def mark_undone(self, event: EventId) -> None: ...

    async def schools(self) -> Sequence[SchoolId]:
        """Those with decisions that are not closed."""
        ...

    async def said_by(self, school: SchoolId, person: PersonId) -> Sequence[str]:
        """A person's own words: decisions they set, reasons, notes."""
        ...

    async def erase_words_of(self, person: PersonId) -> None:
        """Reasons, notes and files of a person; what was decided is the school's and stays."""
        ...


class Work(Protocol):
    @property
    def decisions(self) -> DecisionStore: ...

    @property
    def people(self) -> PeopleStore: ...

    @property
    def schools(self) -> Schools: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def audit(self) -> Audit: ...


Transactions = Callable[[], AbstractAsyncContextManager[Work]]
