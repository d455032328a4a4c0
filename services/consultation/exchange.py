"""The base of answers into a file and back: shown first, taken in, undone."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from services.access import Actor, Capability, NotAllowedError, demand
from services.clock import Clock
from services.consultation.keeping import Edit, KeptEntry, KnowledgeBase, Version
from services.consultation.planning import Change, Plan, Planner
from services.consultation.table import (
    ALIASES,
    ANSWER,
    AUDIENCE,
    AUDIENCES,
    CODE,
    NO,
    QUESTION,
    RULES,
    SECTION,
    SHOWN,
    YES,
    Row,
)
from services.errors import DomainError
from services.ids import PersonId, SchoolId

FileId = NewType("FileId", int)


class FileState(StrEnum):
    STAGED = "staged"
    APPLIED = "applied"
    CANCELLED = "cancelled"
    UNDONE = "undone"


class FileGoneError(DomainError):
    """Taken in, cancelled or undone already; or another school's."""

    key = "errors/base-file-gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """``content`` are its rows as JSON, ``undo`` the versions around what it changed."""

    id: FileId
    state: FileState
    content: str
    undo: str


class Files(Protocol):
    async def add(
        self, school: SchoolId, person: PersonId, content: str, at: datetime
    ) -> FileId: ...

    async def get(self, school: SchoolId, number: FileId) -> KeptFile | None: ...

    async def move(
        self, school: SchoolId, number: FileId, step: tuple[FileState, FileState], undo: str = ""
    ) -> bool:
        """From a state to another with what undoes it; False when it is in neither."""
        ...


class Work(Protocol):
    @property
    def knowledge(self) -> KnowledgeBase: ...

    @property
    def base_files(self) -> Files: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A file that waits for «Применить»."""

    number: FileId
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """``left`` entries were changed after the file: they stay as they are."""

    back: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    unit_of_work: Callable[[], AbstractAsyncContextManager[Work]]
    reading: Callable[[], AbstractAsyncContextManager[Work]]
    clock: Clock

    async def rows(self, actor: Actor) -> Sequence[Mapping[str, str]]:
        """Every entry of the school by the columns of ``table``."""
        school = demand(actor, Capability.EDIT_QUESTIONS)
        async with self.reading() as work:
            titles = {one.id: one.title for one in await work.knowledge.sections(school)}
            kept = await work.knowledge.kept(school)
        return [_row(one, titles) for one in kept]

    def ensure(self, actor: Actor) -> None:
        """Before anything is downloaded."""
        _editor(actor)

    async def stage(self, actor: Actor, rows: Sequence[Row]) -> Preview:
        """What the rows would change; nothing has changed yet."""
        school, person = _editor(actor)
        content = json.dumps([[row.number, row.cells] for row in rows], ensure_ascii=False)
        async with self.unit_of_work() as work:
            number = await work.base_files.add(school, person, content, self.clock.now())
            return Preview(number=number, plan=await self._plan(work, school, rows))

    async def apply(self, actor: Actor, number: FileId) -> Plan:
        """What has changed. FileGoneError unless it waits."""
        school, person = _editor(actor)
        edit = Edit(by=person, at=self.clock.now())
        async with self.unit_of_work() as work:
            rows = _rows(await self._file(work, school, number, FileState.STAGED))
            plan = await self._plan(work, school, rows)
            around = [await _write(work.knowledge, school, one, edit) for one in plan.changes]
            step = (FileState.STAGED, FileState.APPLIED)
            await work.base_files.move(school, number, step, json.dumps(around))
        return plan

    async def cancel(self, actor: Actor, number: FileId) -> None:
        school, _ = _editor(actor)
        async with self.unit_of_work() as work:
            step = (FileState.STAGED, FileState.CANCELLED)
            if not await work.base_files.move(school, number, step):
                raise FileGoneError

    async def undo(self, actor: Actor, number: FileId) -> Undone:
        """Every entry as it was before the file, but those changed since."""
        school, person = _editor(actor)
        edit = Edit(by=person, at=self.clock.now())
        async with self.unit_of_work() as work:
            file = await self._file(work, school, number, FileState.APPLIED)
            around: list[tuple[str, int, int]] = json.loads(file.undo)
            back = [
                await _unwrite(work.knowledge, school, (entry, before, after), edit)
                for entry, before, after in around
            ]
            await work.base_files.move(school, number, (FileState.APPLIED, FileState.UNDONE))
        return Undone(back=sum(back), left=len(back) - sum(back))

    async def _plan(self, work: Work, school: SchoolId, rows: Sequence[Row]) -> Plan:
        sections = await work.knowledge.sections(school)
        kept = await work.knowledge.kept(school)
        return Planner(sections=sections, kept=kept).plan(rows)

    async def _file(
        self, work: Work, school: SchoolId, number: FileId, state: FileState
    ) -> KeptFile:
        file = await work.base_files.get(school, number)
        if file is None or file.state is not state:
            raise FileGoneError
        return file


async def _write(
    knowledge: KnowledgeBase, school: SchoolId, change: Change, edit: Edit
) -> tuple[str, int, int]:
    """The entry's id with its version before (0: none) and after."""
    entry = change.entry
    if change.before is None:
        entry = replace(entry, id=await knowledge.new_id(school))
    before = _latest(await knowledge.versions(school, entry.id))
    await knowledge.save(school, entry, edit, hidden=change.hidden)
    after = _latest(await knowledge.versions(school, entry.id))
    return entry.id, before, after


async def _unwrite(
    knowledge: KnowledgeBase, school: SchoolId, around: tuple[str, int, int], edit: Edit
) -> bool:
    entry, before, after = around
    versions = await knowledge.versions(school, entry)
    if _latest(versions) != after:
        return False
    was = next((one for one in versions if one.number == before), None)
    if was is None:
        await knowledge.save(school, versions[0].entry, edit, hidden=True)
    else:
        await knowledge.save(school, was.entry, edit, hidden=was.hidden)
    return True


def _latest(versions: Sequence[Version]) -> int:
    return versions[0].number if versions else 0


def _rows(file: KeptFile) -> list[Row]:
    return [Row(number, cells) for number, cells in json.loads(file.content)]


def _row(kept: KeptEntry, titles: Mapping[str, str]) -> Mapping[str, str]:
    entry = kept.entry
    named = {audience: word for word, audience in AUDIENCES.items()}
    return {
        CODE: entry.id,
        SECTION: titles[entry.section],
        AUDIENCE: named[entry.audience],
        QUESTION: entry.question,
        ANSWER: entry.answer,
        ALIASES: "\n".join(entry.aliases),
        RULES: ", ".join(entry.rules),
        SHOWN: NO if kept.hidden else YES,
    }


def _editor(actor: Actor) -> tuple[SchoolId, PersonId]:
    school = demand(actor, Capability.EDIT_QUESTIONS)
    if actor.person is None:
        raise NotAllowedError(capability=Capability.EDIT_QUESTIONS.value)
    return school, actor.person
