"""Unknown names of a staged import: who or what they are, said by the administrator, for good."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.access import Actor, Capability, demand
from services.ids import ImportId
from services.journal.declaring import (
    CLASS_LISTS,
    KNOWING_SUBJECTS,
    SPOKEN_OF,
    known_classes,
    known_subjects,
)
from services.journal.dictionary import SAID_SUBJECT, Dictionary, Named
from services.journal.imports import JournalStore, StaleImportError
from services.journal.likeness import declared_staff, likest
from services.journal.memory import SaidName
from services.journal.names import name_key
from services.journal.receiving import Receiving
from services.journal.relations import MEMBERS, STAFF_FACTS, Relation, Row
from services.journal.resolution import Unknown

DECLARING = {
    "staff": (STAFF_FACTS,),
    "class": (*CLASS_LISTS, *SPOKEN_OF, MEMBERS),
    SAID_SUBJECT: KNOWING_SUBJECTS,
}
"""The relations that tell which names of a kind are the school's own."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Whom or what ``unknown`` may mean, the likest first."""

    unknown: Unknown
    known: Sequence[Named]


@dataclass(frozen=True, slots=True)
class Identification:
    receiving: Receiving

    async def add(self, actor: Actor, number: ImportId, index: int | None) -> None:
        """Let one unknown name in (the ``index``-th of the preview), or all of them.

        New subjects are in already.
        """
        unknown = [each for each in await self._unknown(actor, number) if each.kind != SAID_SUBJECT]
        names = unknown if index is None else [_at(unknown, index)]
        await self.receiving.accept(actor, number, names)

    async def candidates(self, actor: Actor, number: ImportId, index: int) -> Candidates:
        name = _at(await self._unknown(actor, number), index)
        school = demand(actor, Capability.IMPORT)
        async with self.receiving.reading() as work:
            dictionary = await work.journal.dictionary(school)
            lists = DECLARING[name.kind]
            rows = {each: await _rows(work.journal, each, actor) for each in lists}
        known = _declared(name.kind, dictionary, rows)
        others = [each for each in known if name_key(each.name) != name_key(name.name)]
        return Candidates(name, likest(name.name, others))

    async def identify(self, actor: Actor, number: ImportId, index: int, target: int) -> None:
        """From now on the name means this person or class; the files are read again."""
        found = await self.candidates(actor, number, index)
        if target not in {each.id for each in found.known}:
            raise StaleImportError
        school = demand(actor, Capability.IMPORT)
        said = SaidName(kind=found.unknown.kind, name=found.unknown.name, target=target)
        async with self.receiving.unit_of_work() as work:
            await work.memory.put_name(school, said, self.receiving.clock.now())
        await self.receiving.accept(actor, number, ())

    async def _unknown(self, actor: Actor, number: ImportId) -> list[Unknown]:
        preview = await self.receiving.staged(actor, number)
        return [
            *(Unknown(kind, name) for kind, name, _ in preview.unknown),
            *(Unknown(SAID_SUBJECT, name) for name in preview.new_subjects),
        ]


def _at(unknown: Sequence[Unknown], index: int) -> Unknown:
    if not 0 <= index < len(unknown):
        raise StaleImportError
    return unknown[index]


async def _rows(journal: JournalStore, relation: Relation, actor: Actor) -> list[Row]:
    school = demand(actor, Capability.IMPORT)
    return [row for _, row in await journal.load(relation, school)]


def _declared(kind: str, dictionary: Dictionary, rows: dict[Relation, list[Row]]) -> list[Named]:
    if kind == "staff":
        return declared_staff(rows[STAFF_FACTS])
    if kind == SAID_SUBJECT:
        subjects = known_subjects(rows.__getitem__)
        return [
            Named(each.id, each.name)
            for each in dictionary.subjects.values() if each.id in subjects
        ]  # fmt: skip
    known = known_classes(rows.__getitem__, dictionary)
    return [Named(each.id, each.name) for each in dictionary.class_units.values()
            if each.id in known]  # fmt: skip
