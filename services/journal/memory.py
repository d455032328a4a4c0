"""What the administrator said of files and their names, once and for all; it can be taken back."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from services.access import Actor, Capability, demand
from services.clock import Clock
from services.errors import DomainError
from services.ids import SchoolId
from services.journal.dictionary import SAID_SUBJECT, Alias, Dictionary
from services.journal.names import name_key


class Kept(StrEnum):
    """What is remembered."""

    HEADER = "h"
    NAME = "n"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidHeader:
    """``format`` is what a table with this header is, or ``doubts.NO_JOURNAL``."""

    header: str
    format: str
    file: str
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidName:
    """``kind`` and ``target`` as of ``dictionary.Alias``; ``name`` in the file's own words."""

    kind: str
    name: str
    target: int
    id: int = 0

    @property
    def alias(self) -> Alias:
        return Alias(self.kind, name_key(self.name), self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """One line of the list: what was said, and what it means (a format's code for a header)."""

    kept: Kept
    id: int
    said: str
    means: str


class ForgottenError(DomainError):
    """It is not remembered any more, or was said anew since."""

    key = "errors/import-forgotten"


class MemoryStore(Protocol):
    async def headers(self, school: SchoolId) -> Sequence[SaidHeader]: ...
    async def names(self, school: SchoolId) -> Sequence[SaidName]: ...

    async def put_header(self, school: SchoolId, said: SaidHeader, at: datetime) -> None:
        """In the place of what was said of this header before."""
        ...

    async def put_name(self, school: SchoolId, said: SaidName, at: datetime) -> None:
        """The alias too; in the place of what was said of this name before."""
        ...

    async def forget(self, school: SchoolId, kept: Kept, number: int, at: datetime) -> bool:
        """A name's alias goes too; False where there is nothing to forget."""
        ...

    async def restore(self, school: SchoolId, kept: Kept, number: int) -> bool: ...


class Names(Protocol):
    async def dictionary(self, school: SchoolId) -> Dictionary: ...


class MemoryWork(Protocol):
    @property
    def memory(self) -> MemoryStore: ...

    @property
    def journal(self) -> Names: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    unit_of_work: Callable[[], AbstractAsyncContextManager[MemoryWork]]
    reading: Callable[[], AbstractAsyncContextManager[MemoryWork]]
    clock: Clock

    async def list(self, actor: Actor) -> Sequence[Remembered]:
        """Names first, each list by the alphabet."""
        school = demand(actor, Capability.IMPORT)
        async with self.reading() as work:
            names, headers = await work.memory.names(school), await work.memory.headers(school)
            dictionary = await work.journal.dictionary(school)
        known = _meanings(dictionary)
        return [
            *sorted(
                (
                    Remembered(
                        kept=Kept.NAME,
                        id=each.id,
                        said=each.name,
                        means=known.get((each.kind, each.target), "?"),
                    )
                    for each in names
                ),
                key=lambda each: each.said,
            ),
            *sorted(
                (
                    Remembered(kept=Kept.HEADER, id=each.id, said=each.file, means=each.format)
                    for each in headers
                ),
                key=lambda each: each.said,
            ),
        ]

    async def forget(self, actor: Actor, kept: Kept, number: int) -> Remembered:
        """What it was; from the next file on, the journal stays as it is. ForgottenError."""
        school = demand(actor, Capability.IMPORT)
        known = await self.list(actor)
        async with self.unit_of_work() as work:
            if not await work.memory.forget(school, kept, number, self.clock.now()):
                raise ForgottenError
        return next(each for each in known if (each.kept, each.id) == (kept, number))

    async def restore(self, actor: Actor, kept: Kept, number: int) -> None:
        """Undo ``forget``; ForgottenError where something else was said meanwhile."""
        school = demand(actor, Capability.IMPORT)
        async with self.unit_of_work() as work:
            if not await work.memory.restore(school, kept, number):
                raise ForgottenError

    async def forget_header(self, actor: Actor, header: str) -> Remembered:
        """By its fingerprint, as a preview names it; ForgottenError."""
        school = demand(actor, Capability.IMPORT)
        async with self.reading() as work:
            found = [each.id for each in await work.memory.headers(school) if each.header == header]
        if not found:
            raise ForgottenError
        return await self.forget(actor, Kept.HEADER, found[0])


def _meanings(dictionary: Dictionary) -> dict[tuple[str, int], str]:
    staff = {("staff", each.id): each.name for each in dictionary.staff.values()}
    classes = {("class", each.id): each.name for each in dictionary.class_units.values()}
    subjects = {(SAID_SUBJECT, each.id): each.name for each in dictionary.subjects.values()}
    return {**staff, **classes, **subjects}
