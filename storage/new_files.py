"""The folder into which files of the journal may be dropped: ``taken/`` and ``refused/`` beside."""

import asyncio
import logging
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from services.clock import Clock
from services.journal.deliveries import Delivery
from services.journal.new_files import NewFile, album_of

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")

TAKEN, REFUSED = "taken", "refused"
LONGEST = 200
"""Bytes of a name that is kept: a file system takes 255 with the moment before it."""

_UNFINISHED = re.compile(
    r"^(?:\.|~)|(?:\.(?:tmp|part|partial|filepart|crdownload|download)|~)$", re.IGNORECASE
)
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Not a link by now, nor something that makes the reader wait."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class DirectoryOfNewFiles:
    """``services.journal.new_files.NewFiles`` and ``services.journal.tidings.Folder``."""

    root: Path
    clock: Clock

    async def look(self) -> Sequence[NewFile]:
        return await asyncio.to_thread(self._look)

    async def content(self, file: NewFile, limit: int) -> bytes | None:
        return await asyncio.to_thread(self._content, file, limit)

    async def refuse(self, file: NewFile, reason: str) -> None:
        await self._move(self._refuse_lying, file, reason)

    async def looked_at(self, delivery: Delivery, refused: Mapping[str, str]) -> None:
        """Files that changed since they were taken in hand stay: they are new ones."""
        if delivery.of_folder:
            await self._move(self._settle, delivery, refused)

    async def _move(self, step: Callable[P, T], *args: P.args, **more: P.kwargs) -> None:
        """A folder that cannot be written to keeps its files; what they say is in the chat."""
        try:
            await asyncio.to_thread(step, *args, **more)
        except OSError as error:
            log.warning("new files stay", extra={"error": type(error).__name__})

    def _look(self) -> Sequence[NewFile]:
        self.root.mkdir(parents=True, exist_ok=True)
        return sorted(self._lying())

    def _lying(self) -> dict[NewFile, Path]:
        """Links are not followed and not taken: they may lead anywhere."""
        found: dict[NewFile, Path] = {}
        with os.scandir(self.root) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False) and not _UNFINISHED.search(entry.name):
                    kept = entry.stat(follow_symlinks=False)
                    file = NewFile(_shown(entry.name), kept.st_size, kept.st_mtime_ns)
                    found[file] = Path(entry.path)
        return found

    def _content(self, file: NewFile, limit: int) -> bytes | None:
        path = self._lying().get(file)
        if path is None:
            return None
        descriptor = os.open(path, os.O_RDONLY | _PLAIN)
        with os.fdopen(descriptor, "rb") as stream:
            content = stream.read(limit + 1)
            kept = os.fstat(stream.fileno())
        unchanged = (kept.st_size, kept.st_mtime_ns) == (file.size, file.changed)
        return content if unchanged else None

    def _settle(self, delivery: Delivery, refused: Mapping[str, str]) -> None:
        names = [file.name for file in delivery.files]
        lying = {file: path for file, path in self._lying().items() if file.name in names}
        unchanged = delivery.group == f"album {album_of(list(lying))}"
        paths = {file.name: path for file, path in lying.items()} if unchanged else {}
        for name in names:
            path = paths.get(name)
            if name in refused:
                self._refuse(path or self._taken(name), name, refused[name])
            elif path is not None:
                path.rename(self._place(TAKEN, name))

    def _refuse_lying(self, file: NewFile, reason: str) -> None:
        self._refuse(self._lying().get(file), file.name, reason)

    def _refuse(self, path: Path | None, name: str, reason: str) -> None:
        if path is not None:
            place = self._place(REFUSED, name)
            path.rename(place)
            place.with_name(f"{place.name}.reason.txt").write_text(f"{reason}\n", encoding="utf-8")

    def _taken(self, name: str) -> Path | None:
        """Where it went when it was asked about."""
        folder = self.root / TAKEN
        found = sorted(each for each in folder.glob("*") if each.name.endswith(f" {_cut(name)}"))
        return found[-1] if found else None

    def _place(self, folder: str, name: str) -> Path:
        """A new name: the moment goes before, and a number where that is taken."""
        (self.root / folder).mkdir(exist_ok=True)
        moment = f"{self.clock.now():%Y%m%d-%H%M%S}"
        numbers = ("", *(f"-{number}" for number in range(2, 1000)))
        places = (self.root / folder / f"{moment}{each} {_cut(name)}" for each in numbers)
        return next(place for place in places if not place.exists())


def _shown(name: str) -> str:
    """What can be told in a chat: a name may hold bytes of no encoding, and line breaks."""
    return _CONTROL.sub(" ", os.fsencode(name).decode("utf-8", "replace"))


def _cut(name: str) -> str:
    stem, dot, ending = name.replace("/", "-").rpartition(".")
    kept = (stem if dot else ending).encode()[: LONGEST - len(ending.encode())]
    return f"{kept.decode('utf-8', 'ignore')}{dot}{ending if dot else ''}"
