"""Files that were sent and are not in the journal yet: one document, or an album of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NewType, Protocol

from services.ids import ChatId, ImportId, SchoolId
from services.journal.doubts import Doubt, Told
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


FOLDER = "folder "
"""How an album's name begins that nobody sent: its files lay in the folder of new files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What makes one import; ``accepted`` are unknown names that the administrator let in.

    ``told`` are formats that were said of its headers.
    """

    chat: ChatId
    group: str
    messages: Sequence[int]
    files: Sequence[SourceFile]
    arrived: datetime
    accepted: frozenset[Unknown] = frozenset()
    told: Told = field(default_factory=dict)

    @property
    def first(self) -> int:
        return min(self.messages)

    @property
    def answers(self) -> int | None:
        """The message to which an answer belongs; nobody wrote one with files of the folder."""
        return None if self.of_folder else self.first

    @property
    def of_folder(self) -> bool:
        return self.group.startswith(f"album {FOLDER}")

    @property
    def card(self) -> str:
        """Of the chat, the object that the preview's message shows."""
        return self.group if self.of_folder else str(self.first)

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


AskedId = NewType("AskedId", str)
"""Under which a delivery waits for an answer; it is carried by buttons."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A doubt that only a person can settle, of the file ``file``."""

    file: str
    doubt: Doubt


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

    async def ask(self, delivery: Delivery, school: SchoolId, asked: Asked) -> AskedId | None:
        """Put it aside until somebody answers; None when a part came meanwhile and it waits on."""
        ...

    async def asked(self, school: SchoolId, number: AskedId) -> Asked | None: ...

    async def tell(self, school: SchoolId, number: AskedId, format_: str) -> Delivery | None:
        """The answer: it is read again, with the format of that header told."""
        ...

    async def withdraw(self, school: SchoolId, number: AskedId) -> bool:
        """Forget what was asked about; False where it is not there."""
        ...

    async def drop(self, number: ImportId) -> None: ...

    async def discard(self, delivery: Delivery) -> bool:
        """Forget it; False when a part came meanwhile and it waits on."""
        ...
