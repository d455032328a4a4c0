"""Files of imports that are not applied yet, in a directory; a rename is what makes a step."""

import asyncio
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from services.ids import ChatId, ImportId, SchoolId
from services.journal.deliveries import Asked, AskedId, Delivery, Part
from services.journal.doubts import Doubt
from services.journal.reading import SourceFile
from services.journal.resolution import Unknown

P = ParamSpec("P")
T = TypeVar("T")

WAITING = "waiting"
ASKED = "asked"
ABOUT = "about.json"


@dataclass(frozen=True, slots=True)
class DirectoryShelf:
    """``services.journal.deliveries.Shelf``: ``waiting/<group>/`` to be read, ``<number>/`` read.

    ``asked/<group>/`` waits for an answer. A group's directory holds ``about.json`` and for each
    part ``<message>.bin`` and, once that is whole, ``<message>.json``.
    """

    root: Path
    _turn: Lock = field(default_factory=Lock)

    async def add(self, part: Part, content: bytes, at: datetime) -> None:
        await self._step(self._add, part, content, at)

    async def waiting(self) -> list[Delivery]:
        return await self._step(self._waiting)

    async def settle(self, delivery: Delivery, school: SchoolId, number: ImportId) -> bool:
        return await self._step(self._settle, delivery, school, number)

    async def reopen(self, number: ImportId, accepted: frozenset[Unknown]) -> Delivery | None:
        return await self._step(self._reopen, number, accepted)

    async def ask(self, delivery: Delivery, school: SchoolId, asked: Asked) -> AskedId | None:
        return await self._step(self._ask, delivery, school, asked)

    async def asked(self, school: SchoolId, number: AskedId) -> Asked | None:
        return await self._step(self._asked, school, number)

    async def tell(self, school: SchoolId, number: AskedId, format_: str) -> Delivery | None:
        return await self._step(self._tell, school, number, format_)

    async def withdraw(self, school: SchoolId, number: AskedId) -> bool:
        return await self._step(self._withdraw, school, number)

    async def drop(self, number: ImportId) -> None:
        await self._step(_remove, self.root / str(number))

    async def discard(self, delivery: Delivery) -> bool:
        return await self._step(self._discard, delivery)

    async def _step(self, step: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        def alone() -> T:
            with self._turn:
                return step(*args, **more)

        return await asyncio.to_thread(alone)

    def _add(self, part: Part, content: bytes, at: datetime) -> None:
        place = self._place(part.chat, part.group)
        if not place.exists():
            self._join(part, place)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (place / ABOUT).exists():
            _write_json(place / ABOUT, {"chat": part.chat, "group": part.group})
        _write(place / f"{part.message}.bin", content)
        _write_json(place / f"{part.message}.json", {"name": part.name, "at": at.isoformat()})

    def _join(self, part: Part, place: Path) -> None:
        """A late part takes the read ones of its group back with it."""
        for kept in (*self._kept(), *self._in_doubt(place.name)):
            about = _read_json(kept / ABOUT)
            if (about["chat"], about["group"]) == (part.chat, part.group):
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                kept.rename(place)
                return

    def _waiting(self) -> list[Delivery]:
        folder = self.root / WAITING
        places = [each for each in folder.iterdir() if each.is_dir()] if folder.exists() else []
        found = [delivery for place in places if (delivery := _delivery(place)) is not None]
        return sorted(found, key=lambda each: (each.arrived, each.first))

    def _settle(self, delivery: Delivery, school: SchoolId, number: ImportId) -> bool:
        place = self._place(delivery.chat, delivery.group)
        if not _same(place, delivery):
            return False
        about = _read_json(place / ABOUT)
        for kept in self._kept():
            if _read_json(kept / ABOUT).get("school") == school:
                _remove(kept)
        _write_json(place / ABOUT, {**about, "school": school})
        _remove(self.root / str(number))
        place.rename(self.root / str(number))
        return True

    def _discard(self, delivery: Delivery) -> bool:
        place = self._place(delivery.chat, delivery.group)
        if not _same(place, delivery):
            return False
        _remove(place)
        return True

    def _reopen(self, number: ImportId, accepted: frozenset[Unknown]) -> Delivery | None:
        kept = self.root / str(number)
        if not (kept / ABOUT).exists():
            return None
        about = _read_json(kept / ABOUT)
        known = {Unknown(*each) for each in about.get("accepted", ())}
        about["accepted"] = sorted(known | accepted)
        _write_json(kept / ABOUT, about)
        place = self._place(ChatId(about["chat"]), about["group"])
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.rename(place)
        return _delivery(place)

    def _ask(self, delivery: Delivery, school: SchoolId, asked: Asked) -> AskedId | None:
        place = self._place(delivery.chat, delivery.group)
        if not _same(place, delivery):
            return None
        doubt = {"file": asked.file, "header": asked.doubt.header, "formats": asked.doubt.formats}
        _write_json(place / ABOUT, {**_read_json(place / ABOUT), "school": school, "doubt": doubt})
        aside = self.root / ASKED / place.name
        _remove(aside)
        aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.rename(aside)
        return AskedId(place.name)

    def _asked(self, school: SchoolId, number: AskedId) -> Asked | None:
        for place in self._in_doubt(number):
            about = _read_json(place / ABOUT)
            if about["school"] == school:
                doubt = about["doubt"]
                return Asked(doubt["file"], Doubt(doubt["header"], tuple(doubt["formats"])))
        return None

    def _tell(self, school: SchoolId, number: AskedId, format_: str) -> Delivery | None:
        asked = self._asked(school, number)
        if asked is None:
            return None
        aside, place = self.root / ASKED / number, self.root / WAITING / number
        about = _read_json(aside / ABOUT)
        about["told"] = {**about.get("told", {}), asked.doubt.header: format_}
        _write_json(aside / ABOUT, about)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside.rename(place)
        return _delivery(place)

    def _withdraw(self, school: SchoolId, number: AskedId) -> bool:
        if self._asked(school, number) is None:
            return False
        _remove(self.root / ASKED / number)
        return True

    def _in_doubt(self, name: str) -> Iterator[Path]:
        """The one of this name that waits for an answer; a name comes from a button."""
        if re.fullmatch(r"-?\d+-[0-9a-f]{16}", name):
            place = self.root / ASKED / name
            yield from [place] if (place / ABOUT).exists() else []

    def _place(self, chat: ChatId, group: str) -> Path:
        return self.root / WAITING / f"{chat}-{sha256(group.encode()).hexdigest()[:16]}"

    def _kept(self) -> Iterator[Path]:
        if self.root.exists():
            for each in sorted(self.root.iterdir()):
                if re.fullmatch(r"\d+", each.name) and (each / ABOUT).exists():
                    yield each


def _same(place: Path, delivery: Delivery) -> bool:
    """Whether no part has come since the delivery was taken up."""
    now = _delivery(place)
    return now is not None and now.messages == delivery.messages


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _delivery(place: Path) -> Delivery | None:
    """None while no part is whole, or when somebody has just taken it away."""
    with suppress(FileNotFoundError):
        about = _read_json(place / ABOUT)
        messages = sorted(int(each.stem) for each in place.glob("*.json") if each.name != ABOUT)
        parts = [_read_json(place / f"{message}.json") for message in messages]
        if parts:
            return Delivery(
                chat=ChatId(about["chat"]),
                group=about["group"],
                messages=messages,
                files=[
                    SourceFile(part["name"], place / f"{message}.bin")
                    for message, part in zip(messages, parts, strict=True)
                ],
                arrived=max(datetime.fromisoformat(part["at"]) for part in parts),
                accepted=frozenset(Unknown(*each) for each in about.get("accepted", ())),
                told=about.get("told", {}),
            )
    return None


def _read_json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _write_json(path: Path, value: object) -> None:
    _write(path, json.dumps(value, ensure_ascii=False).encode())


def _write(path: Path, content: bytes) -> None:
    """Whole and on the disk under its name, or not at all."""
    partial = path.with_name(f"{path.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
