"""The base of answers as a school keeps it, the backlog of questions, the log: their ports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from services.consultation.entries import Audience, Entry, Section
from services.ids import PersonId, SchoolId

UnansweredId = NewType("UnansweredId", int)
ConsultationId = NewType("ConsultationId", int)
OWN = "own-"
"""How the ids of a school's own entries begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who changes an entry and when; ``by`` None is the program with its shipped base."""

    by: PersonId | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry:
    """An entry in a school. ``entry.aliases`` are all, ``own`` those that the school added.

    ``origin`` is the fingerprint of the shipped text it came from (None: the school's own entry);
    ``changed``: the school rewrote or hid it, so a newer shipped text leaves it alone.
    """

    entry: Entry
    own: frozenset[str] = frozenset()
    origin: str | None = None
    changed: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An entry as an edit left it; numbers count from 1 in each entry."""

    number: int
    edit: Edit
    entry: Entry
    hidden: bool


@dataclass(frozen=True, slots=True)
class News:
    """What a shipped base changes in a school: entries to write, ids to withdraw."""

    written: Sequence[Entry]
    withdrawn: Sequence[str]


class UnansweredState(StrEnum):
    WAITING = "waiting"
    ANSWERED = "answered"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question of the backlog, without its askers; ``entry`` is what answers it by now."""

    id: UnansweredId
    text: str
    count: int
    first_at: datetime
    last_at: datetime
    state: UnansweredState
    entry: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """One question of the log, without its asker; ``helped`` None until somebody says."""

    id: ConsultationId
    at: datetime
    band: str
    text: str
    entry: str | None
    helped: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCount:
    """How often an entry was the answer, and what people said of it."""

    entry: str
    asked: int
    helped: int
    not_helped: int


class KnowledgeBase(Protocol):
    """Entries of schools with their aliases and history."""

    async def origin(self, school: SchoolId) -> str | None:
        """The fingerprint of the shipped base that the school took in last."""
        ...

    async def revision(self, school: SchoolId) -> int:
        """Grows with every change of an entry or alias: an index over the base hangs on it."""
        ...

    async def sections(self, school: SchoolId) -> Sequence[Section]: ...

    async def entries(self, school: SchoolId, audience: Audience) -> Sequence[Entry]:
        """What this audience may read, hidden ones left out, section by section."""
        ...

    async def kept(self, school: SchoolId) -> Sequence[KeptEntry]:
        """All entries, hidden ones too, section by section."""
        ...

    async def get(self, school: SchoolId, entry: str) -> KeptEntry | None: ...

    async def save(
        self, school: SchoolId, entry: Entry, edit: Edit, *, hidden: bool = False
    ) -> None:
        """A new version by the school: of a known entry, or of a new one (``new_id``)."""
        ...

    async def add_alias(self, school: SchoolId, entry: str, text: str, edit: Edit) -> bool:
        """False when the entry has this alias already (or there is no such entry)."""
        ...

    async def versions(self, school: SchoolId, entry: str) -> Sequence[Version]:
        """The history, latest first."""
        ...

    async def new_id(self, school: SchoolId) -> str:
        """An id that no entry of the school ever had."""
        ...

    async def take(
        self, school: SchoolId, shipped: Sequence[Section], news: News, *, origin: str, at: datetime
    ) -> None:
        """Write what a shipped base brings: its sections, the news, its fingerprint ``origin``."""
        ...


class Backlog(Protocol):
    """Questions that nothing in the base answers."""

    async def add(self, school: SchoolId, *, text: str, plain: str, at: datetime) -> UnansweredId:
        """Count the question; ``plain`` (its normal form) tells which ones are the same.

        An answered one that is asked in vain again waits again; a dismissed one stays dismissed.
        """
        ...

    async def get(self, school: SchoolId, number: UnansweredId) -> Unanswered | None: ...

    async def waiting(self, school: SchoolId) -> Sequence[Unanswered]:
        """The most asked first, then the latest."""
        ...

    async def settle(
        self,
        school: SchoolId,
        number: UnansweredId,
        state: UnansweredState,
        entry: str | None = None,
    ) -> bool:
        """False when it was no longer waiting."""
        ...

    async def dismissed(self, school: SchoolId) -> Sequence[Unanswered]:
        """Those put aside, in the order of ``waiting``."""
        ...

    async def reopen(self, school: SchoolId, number: UnansweredId) -> bool:
        """A dismissed question waits again; False when it was not dismissed."""
        ...

    async def remember(self, number: UnansweredId, person: PersonId, at: datetime) -> None:
        """Whom to tell once there is an answer; nobody is shown it."""
        ...

    async def release(self, number: UnansweredId) -> Sequence[PersonId]:
        """Those to tell, forgotten with this."""
        ...

    async def forget(self, school: SchoolId, *, settled: datetime, waiting: datetime) -> int:
        """Questions last asked before these moments go, with their askers. Returns how many."""
        ...


class ConsultationLog(Protocol):
    """What was asked and what became of it (duty 2.12); nobody's name is in it."""

    async def record(
        self, school: SchoolId, *, band: str, text: str, entry: str | None, at: datetime
    ) -> ConsultationId: ...

    async def get(self, school: SchoolId, number: ConsultationId) -> Consultation | None: ...

    async def choose(self, school: SchoolId, number: ConsultationId, entry: str) -> None:
        """The asker took this one of those offered."""
        ...

    async def judge(self, school: SchoolId, number: ConsultationId, *, helped: bool) -> bool:
        """The asker's word; False when the same was said already (or there is no such row)."""
        ...

    async def counts(
        self, school: SchoolId, since: datetime, until: datetime
    ) -> Sequence[EntryCount]:
        """By entry, the most asked first."""
        ...

    async def bands(self, school: SchoolId, since: datetime, until: datetime) -> Mapping[str, int]:
        """How many questions ended in each band."""
        ...

    async def rows(
        self, school: SchoolId, since: datetime, until: datetime
    ) -> Sequence[Consultation]:
        """In the order they were asked."""
        ...

    async def forget_texts(self, school: SchoolId, before: datetime) -> int:
        """Empty the texts of older questions; the counts stay. Returns how many."""
        ...
