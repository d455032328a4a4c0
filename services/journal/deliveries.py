"""Files that were sent and are not in the journal yet: one document, or an album of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from services.ids import ChatId, ImportId, SchoolId
from services.journal.reading import SourceFile
from services.journal.resolution import Unknown

QUIET = timedelta(seconds=2)
"""An album is whole when none of its parts has come for so long; a later one joins it still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document: ``message`` is its number in ``chat``, ``album`` joins it to others."""

    chat: ChatId
    message: int
    name: str
    album: str | None = None

    @property
    def group(self) -> str:
        return f"message {self.message}" if self.album is None else f"album {self.album}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What makes one import; ``accepted`` are unknown names that the administrator let in."""

    chat: ChatId
    group: str
    messages: Sequence[int]
    files: Sequence[SourceFile]
    arrived: datetime
    accepted: frozenset[Unknown] = frozenset()

    @property
    def first(self) -> int:
        return min(self.messages)

    def whole(self, now: datetime) -> bool:
        """Nothing more is to be waited for."""
        return not self.group.startswith("album ") or now - self.arrived >= QUIET


CAPTION = 80
"""Characters of a caption that go with the file's name."""


def spoken_name(name: str, caption: str | None) -> str:
    """The name with the words sent beside the file: readers look there for class and subject."""
    said = " ".join((caption or "").replace("/", "-").split())[:CAPTION]
    if not said:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({said}){dot}{ending}" if dot else f"{name} ({said})"


class Shelf(Protocol):
    """Keeps the bytes until their import is applied or cancelled; a crash loses none of them."""

    async def add(self, part: Part, content: bytes, at: datetime) -> None:
        """Put a part with the others of its group, also with those that were read already."""
        ...

    async def waiting(self) -> list[Delivery]:
        """Those to be read, the oldest first."""
        ...

    async def settle(self, delivery: Delivery, school: SchoolId, number: ImportId) -> bool:
        """It was read and staged as ``number``; what the school staged before goes away.

        False when a part came meanwhile: then it waits on, to be read again with that.
        """
        ...

    async def reopen(self, number: ImportId, accepted: frozenset[Unknown]) -> Delivery | None:
        """Have a staged import read again, with these names too; None where nothing is kept."""
        ...

    async def drop(self, number: ImportId) -> None: ...

    async def discard(self, delivery: Delivery) -> bool:
        """Forget it; False when a part came meanwhile and it waits on."""
        ...
