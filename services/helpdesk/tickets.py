"""A ticket and what belongs to it: its messages, files, copies in chats, events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from services.gaps import FindingId
from services.ids import ChatId, PersonId, SchoolId

TicketNumber = NewType("TicketNumber", int)
"""Counts from 1 in each school: «№ 17»; it means nothing without the school."""
TicketMessageId = NewType("TicketMessageId", int)
CopyId = NewType("CopyId", int)


class State(StrEnum):
    NEW = "new"
    TAKEN = "taken"
    WAITS_AUTHOR = "waits_author"
    WAITS_OTHERS = "waits_others"
    SOLVED = "solved"
    CLOSED = "closed"


OPEN = frozenset({State.NEW, State.TAKEN, State.WAITS_AUTHOR, State.WAITS_OTHERS})
RUNNING = OPEN - {State.WAITS_AUTHOR}
"""States in which the clock of the targets runs."""
UNFINISHED = OPEN | {State.SOLVED}


class Origin(StrEnum):
    """Where a ticket began."""

    PROBLEM = "problem"
    QUESTION = "question"
    FINDING = "finding"


class Side(StrEnum):
    """Whose word a message is; a note is between administrators."""

    AUTHOR = "author"
    ADMINISTRATOR = "administrator"
    NOTE = "note"


class FileKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    ANIMATION = "animation"
    VIDEO_NOTE = "video_note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that stays with the messenger: ``file_id`` sends it again, ``unique_id`` knows it.

    ``album`` is the messenger's mark of files sent together.
    """

    kind: FileKind
    file_id: str
    unique_id: str
    album: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The message of a chat that a word was said by."""

    chat: ChatId
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person said: a text, files, or both. ``source`` None: no message carried it."""

    text: str = ""
    files: tuple[Attachment, ...] = ()
    source: Source | None = None

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.text.strip() or self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Names of the journal, never a pupil; ``day`` is ``date.toordinal()``."""

    class_unit: str = ""
    subject: str = ""
    day: int | None = None

    @property
    def date(self) -> date | None:
        return None if self.day is None else date.fromordinal(self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A ticket before it has a number."""

    category: str
    said: Said
    place: Place = Place()
    origin: Origin = Origin.PROBLEM
    finding: FindingId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """``worked`` are seconds of working time before ``running_since`` (None: the clock stands).

    ``answer_worked`` is what the first answer took, in the same seconds. ``merged_into`` is the
    ticket in which this one goes on.
    """

    school: SchoolId
    number: TicketNumber
    author: PersonId
    category: str
    origin: Origin
    state: State
    opened_at: datetime
    changed_at: datetime
    place: Place = Place()
    taken_by: PersonId | None = None
    merged_into: TicketNumber | None = None
    running_since: datetime | None = None
    worked: int = 0
    answered_at: datetime | None = None
    answer_worked: int | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    postponed_until: datetime | None = None
    rating: int | None = None
    rating_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMessage:
    """``files`` count their parts from 1; part 0 is the text."""

    id: TicketMessageId
    number: TicketNumber
    side: Side
    person: PersonId
    at: datetime
    text: str
    edited_at: datetime | None = None
    source: Source | None = None
    files: tuple[Attachment, ...] = ()


class Delivery(StrEnum):
    """What became of a copy."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Refusal(StrEnum):
    """Why a copy did not arrive."""

    CLOSED_CHAT = "closed_chat"
    """The person blocked the bot or has no account any more."""
    LEFT = "left"
    """The person is no longer in the school."""
    LATE = "late"
    UNCERTAIN = "uncertain"
    """The line broke while it was sent: it may have arrived."""
    MESSENGER = "messenger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One part of a message in one chat; ``refusal`` of a failed one."""

    id: CopyId
    message: TicketMessageId
    part: int
    chat: ChatId
    delivery: Delivery
    refusal: Refusal | None = None


class Event(StrEnum):
    OPENED = "opened"
    TAKEN = "taken"
    ANSWERED = "answered"
    ADDED = "added"
    NOTED = "noted"
    EDITED = "edited"
    WAITS_AUTHOR = "waits_author"
    WAITS_OTHERS = "waits_others"
    SOLVED = "solved"
    CLOSED = "closed"
    REOPENED = "reopened"
    POSTPONED = "postponed"
    WOKEN = "woken"
    MERGED = "merged"
    LINKED = "linked"
    RATED = "rated"
    ERASED = "erased"
    ANSWER_REMINDED = "answer_reminded"
    ANSWER_ESCALATED = "answer_escalated"
    SOLUTION_REMINDED = "solution_reminded"
    SOLUTION_ESCALATED = "solution_escalated"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEvent:
    """``person`` None is the program itself; ``facts`` hold ids and numbers, never texts."""

    school: SchoolId
    number: TicketNumber
    person: PersonId | None
    what: Event
    at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)


def words_erased(events: Sequence[TicketEvent]) -> bool:
    """Whether what was said is no longer kept; what was said since is."""
    return any(one.what is Event.ERASED for one in events)


def opened_again(events: Sequence[TicketEvent]) -> datetime | None:
    """When a ticket was opened again, the last time."""
    return next((one.at for one in reversed(events) if one.what is Event.REOPENED), None)
