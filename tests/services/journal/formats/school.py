"""A small school to which a file of another system is sent: what the journal shows afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.journal import imports_of
from services.ids import ImportId, SchoolId
from services.journal.imports import Source
from services.journal.model import Batch
from services.journal.previews import Preview
from services.journal.reading import sha256_of
from services.journal.relations import Relation
from services.journal.resolution import Unknown
from tests.faults.fuzz import read_here
from tests.services.completeness.book import Book

SCHOOL = SchoolId(1)
NAMES = ("class_unit", "subject", "study_group", "staff", "pupil", "absent", "substitute", "author")


def batch_of(content: bytes, name: str) -> Batch:
    found = read_here(name, content)
    assert found.batch is not None, found.failure
    return found.batch


@dataclass(slots=True)
class School:
    """The book's class 5А, loaded; then files."""

    book: Book

    async def send(self, content: bytes, name: str = "файл.xlsx") -> Preview:
        return await self.book.load(batch_of(content, name), sha256_of(content))

    async def send_together(self, *contents: bytes) -> Preview:
        database = self.book.database
        sources = [
            Source(f"{n}.xlsx", sha256_of(each), "", batch_of(each, f"{n}.xlsx"))
            for n, each in enumerate(contents)
        ]
        imports = imports_of(database, database.clock)
        preview = await imports.preview(self.book.actor, sources)
        await imports.apply(self.book.actor, ImportId(preview.number))
        return preview

    async def shows(self, relation: Relation, *columns: str) -> list[tuple[Any, ...]]:
        """The kept rows, identities given back as names; in order."""
        async with self.book.database.reading() as work:
            kept = await work.journal.load(relation, SCHOOL)
            words = await work.journal.dictionary(SCHOOL)
        names: dict[str, dict[int, object]] = {
            "class_unit": {each.id: each.name for each in words.class_units.values()},
            "subject": {each.id: each.name for each in words.subjects.values()},
            "study_group": {0: "", **{each.id: each.name for each in words.study_groups.values()}},
            "pupil": {each.id: each.number for each in words.pupils.values()},
        }
        staff = {each.id: each.name for each in words.staff.values()}
        places = [relation.columns.index(name) for name in columns]
        rows = [
            tuple(
                names.get(name, staff if name in NAMES else {}).get(row[place], row[place])
                for name, place in zip(columns, places, strict=True)
            )
            for _, row in kept
        ]
        return sorted(rows, key=repr)


def unknown_of(preview: Preview) -> Sequence[Unknown]:
    return [Unknown(kind, name) for kind, name, _ in preview.unknown]
