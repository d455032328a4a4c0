"""What an analysis needs of others."""

from collections.abc import Sequence
from typing import Protocol

from services.completeness.finding_store import FindingStore
from services.consultation.keeping import ConsultationLog
from services.digests import CurrentImport, WeekStore
from services.helpdesk.outage import OutageStore
from services.helpdesk.ports import TicketStore
from services.ids import PersonId, SchoolId
from services.schools import Schools


class DecisionsDue(Protocol):
    async def due(self, school: SchoolId, first: int, last: int) -> Sequence[str]:
        """A short phrase for each open decision that is due in these days (ordinals)."""
        ...


class Absences(Protocol):
    async def away(self, school: SchoolId) -> frozenset[PersonId]:
        """Who is not to be written to now: on leave, ill."""
        ...


class Nobody:
    """While no absences are kept."""

    async def away(self, school: SchoolId) -> frozenset[PersonId]:
        del school
        return frozenset()


class AnalysisWork(Protocol):
    """What the figures are read from."""

    @property
    def schools(self) -> Schools: ...

    @property
    def journal(self) -> CurrentImport: ...

    @property
    def findings(self) -> FindingStore: ...

    @property
    def measures(self) -> WeekStore: ...

    @property
    def consultations(self) -> ConsultationLog: ...

    @property
    def tickets(self) -> TicketStore: ...

    @property
    def outages(self) -> OutageStore: ...
