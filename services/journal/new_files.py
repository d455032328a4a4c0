"""Files that appear in a folder: which of them have come to rest and make one import together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from services.journal.deliveries import FOLDER

REST = timedelta(seconds=5)
"""So long a file must not have changed from one look to another; who copies pauses less."""
PATIENCE = timedelta(seconds=60)
"""So long files at rest wait for those beside them that still grow."""


@dataclass(frozen=True, slots=True, order=True)
class NewFile:
    """``size`` in bytes; ``changed`` is the file system's own moment, in nanoseconds."""

    name: str
    size: int
    changed: int


class NewFiles(Protocol):
    """The folder itself."""

    async def look(self) -> Sequence[NewFile]:
        """Plain files that lie there; none of those being written under another name."""
        ...

    async def content(self, file: NewFile, limit: int) -> bytes | None:
        """None where it is not what was seen any more; more than ``limit`` bytes are not read."""
        ...

    async def refuse(self, file: NewFile, reason: str) -> None: ...


def album_of(files: Sequence[NewFile]) -> str:
    """The same files, unchanged, are the same album: also after a restart."""
    lines = (f"{each.name}\n{each.size}\n{each.changed}" for each in sorted(files))
    return FOLDER + sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(slots=True)
class Resting:
    """When each was first seen as it is; ``handed`` are those taken in hand already."""

    seen: dict[NewFile, datetime] = field(default_factory=dict)
    handed: set[NewFile] = field(default_factory=set)

    def together(self, files: Sequence[NewFile], now: datetime) -> list[NewFile]:
        """Those that make an import now, in order; none while others beside them still change."""
        self.handed &= set(files)
        self.seen = {file: self.seen.get(file, now) for file in files if file not in self.handed}
        waited = {file: now - since for file, since in self.seen.items()}
        resting = sorted(file for file, pause in waited.items() if pause >= REST)
        longest = max(waited.values(), default=REST)
        if len(resting) < len(waited) and longest < REST + PATIENCE:
            return []
        return resting

    def hand(self, files: Sequence[NewFile]) -> None:
        """They are on the shelf; whatever becomes of them, they are not taken again."""
        self.handed |= set(files)
