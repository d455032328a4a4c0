"""What one transaction offers: a repository an aggregate."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection

from services.clock import Clock
from storage.analyses import StoredAnalyses
from storage.backlog import StoredBacklog, StoredConsultations
from storage.base_files import StoredBaseFiles
from storage.bound_chats import StoredAudit, StoredBoundChats
from storage.causes import StoredCauses
from storage.claims import StoredClaims
from storage.class_teachers import StoredClassTeachers
from storage.consultation import StoredKnowledge
from storage.decisions import StoredDecisions
from storage.destinations import StoredDestinations
from storage.digests import StoredDigests
from storage.duties import StoredDuties
from storage.findings import StoredFindings
from storage.gaps import StoredGaps
from storage.helpdesk import StoredHelpDesk
from storage.inbox import StoredInbox
from storage.invitations import StoredGuesses, StoredInvitations, StoredPins
from storage.jobs import StoredJobRuns
from storage.journal import StoredJournal
from storage.measures import StoredMeasures
from storage.memory import StoredMemory
from storage.occasions import StoredOccasions
from storage.outages import StoredOutages
from storage.outbox import StoredOutbox
from storage.people import StoredPeople
from storage.personal import StoredPersonal
from storage.process import StoredProcess
from storage.queue_groups import StoredQueueGroups
from storage.reminding import StoredReminding
from storage.schools import StoredSchools, StoredSetup
from storage.silences import StoredSilences
from storage.suggestions import StoredSuggestions
from storage.ticket_messages import StoredTicketMessages
from storage.tickets import StoredTickets


@dataclass(frozen=True, slots=True)
class StoredWork:
    connection: AsyncConnection
    clock: Clock
    letters: asyncio.Event
    after_commit: list[Callable[[], None]] = field(default_factory=list)

    @property
    def posted(self) -> bool:
        """Whether a letter was put into the outbox."""
        return self.letters.set in self.after_commit

    @property
    def inbox(self) -> StoredInbox:
        return StoredInbox(self.connection, self.clock)

    @property
    def outbox(self) -> StoredOutbox:
        return StoredOutbox(
            self.connection, self.clock, lambda: self.after_commit.append(self.letters.set)
        )

    @property
    def destinations(self) -> StoredDestinations:
        return StoredDestinations(self.connection, self.clock)

    @property
    def process(self) -> StoredProcess:
        return StoredProcess(self.connection, self.clock)

    @property
    def job_runs(self) -> StoredJobRuns:
        return StoredJobRuns(self.connection, self.clock)

    @property
    def schools(self) -> StoredSchools:
        return StoredSchools(self.connection)

    @property
    def people(self) -> StoredPeople:
        return StoredPeople(self.connection)

    @property
    def bound_chats(self) -> StoredBoundChats:
        return StoredBoundChats(self.connection)

    @property
    def invitations(self) -> StoredInvitations:
        return StoredInvitations(self.connection)

    @property
    def guesses(self) -> StoredGuesses:
        return StoredGuesses(self.connection)

    @property
    def pins(self) -> StoredPins:
        return StoredPins(self.connection)

    @property
    def setup(self) -> StoredSetup:
        return StoredSetup(self.connection)

    @property
    def audit(self) -> StoredAudit:
        return StoredAudit(self.connection)

    @property
    def journal(self) -> StoredJournal:
        return StoredJournal(self.connection)

    @property
    def memory(self) -> StoredMemory:
        return StoredMemory(self.connection)

    @property
    def findings(self) -> StoredFindings:
        return StoredFindings(self.connection)

    @property
    def measures(self) -> StoredMeasures:
        return StoredMeasures(self.connection)

    @property
    def class_teachers(self) -> StoredClassTeachers:
        return StoredClassTeachers(self.connection)

    @property
    def occasions(self) -> StoredOccasions:
        return StoredOccasions(self.connection)

    @property
    def digests(self) -> StoredDigests:
        return StoredDigests(self.connection)

    @property
    def analyses(self) -> StoredAnalyses:
        return StoredAnalyses(self.connection)

    @property
    def gaps(self) -> StoredGaps:
        return StoredGaps(self.connection)

    @property
    def claims(self) -> StoredClaims:
        return StoredClaims(self.connection, self.clock)

    @property
    def knowledge(self) -> StoredKnowledge:
        return StoredKnowledge(self.connection)

    @property
    def backlog(self) -> StoredBacklog:
        return StoredBacklog(self.connection)

    @property
    def consultations(self) -> StoredConsultations:
        return StoredConsultations(self.connection)

    @property
    def suggestions(self) -> StoredSuggestions:
        return StoredSuggestions(self.connection)

    @property
    def base_files(self) -> StoredBaseFiles:
        return StoredBaseFiles(self.connection)

    @property
    def tickets(self) -> StoredTickets:
        return StoredTickets(self.connection)

    @property
    def ticket_messages(self) -> StoredTicketMessages:
        return StoredTicketMessages(self.connection)

    @property
    def queue_groups(self) -> StoredQueueGroups:
        return StoredQueueGroups(self.connection)

    @property
    def ticket_causes(self) -> StoredCauses:
        return StoredCauses(self.connection)

    @property
    def outages(self) -> StoredOutages:
        return StoredOutages(self.connection)

    @property
    def personal(self) -> StoredPersonal:
        return StoredPersonal(self.connection)

    @property
    def helpdesk(self) -> StoredHelpDesk:
        return StoredHelpDesk(self.connection)

    @property
    def decisions(self) -> StoredDecisions:
        return StoredDecisions(self.connection)

    @property
    def duties(self) -> StoredDuties:
        return StoredDuties(self.connection)

    @property
    def reminding(self) -> StoredReminding:
        return StoredReminding(self.connection, self.clock)

    @property
    def silences(self) -> StoredSilences:
        return StoredSilences(self.connection)
