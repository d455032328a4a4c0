"""Files read, names resolved, calendar derived: everything that one import would change."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.ids import SchoolId
from services.journal.dictionary import Dictionary
from services.journal.difference import Change, Stored, difference
from services.journal.entries import Entries
from services.journal.familiarity import Familiarity
from services.journal.model import Batch
from services.journal.ports import FilePart, JournalRows
from services.journal.relations import EXPECTED, Relation
from services.journal.resolution import Resolver, Unknown
from services.journal.roster import declare_roster
from services.journal.structure import DERIVED, PARTS, Structure


@dataclass(slots=True)
class Assembly:
    """An import ready to be staged.

    ``everything`` tells that the calendar or the lists changed, so that rules look at the whole
    school anew and not only at the files' scope.
    """

    files: list[FilePart]
    dictionary: Dictionary
    changes: list[Change]
    unknown: dict[Unknown, int]
    new_subjects: list[str]
    warnings: list[str]
    everything: bool

    def change(self, relation: Relation) -> Change | None:
        return next((each for each in self.changes if each.relation == relation), None)

    @property
    def touched(self) -> int:
        """Rows that begin or end; 0 means that nothing changes."""
        return sum(len(each.added) + len(each.ended) for each in self.changes)


@dataclass(slots=True)
class Assembler:
    """Assembles one import of one school; ``accepted`` are unknown names allowed to be added."""

    journal: JournalRows
    school: SchoolId
    accepted: frozenset[Unknown] = frozenset()
    stored: dict[Relation, list[Stored]] = field(default_factory=dict)

    async def assemble(self, sources: Sequence[tuple[str, str, Batch]]) -> Assembly:
        """``sources`` are (file name, format, its rows); together they are one import."""
        dictionary = await self.journal.dictionary(self.school)
        for relation in (*PARTS, *DERIVED):
            self.stored[relation] = await self.journal.load(relation, self.school)
        files = [FilePart(name, kind, batch) for name, kind, batch in sources]
        for part in sorted(files, key=lambda part: repr(part.batch.pupil_names)):
            others = [each.batch for each in files if each is not part]
            declare_roster(part.batch, self.stored, dictionary, others)
        structure = Structure(dictionary, self.stored, self.accepted)
        declared = structure.declare(files)
        resolvers = [declared.for_batch(part.batch) for part in files]
        for part, names in zip(files, resolvers, strict=True):
            structure.convert(part, names)
        changes = structure.changes(files)
        changes += await self._calendar(structure, changes, files)
        before = structure.kept(EXPECTED)
        entries = Entries(self.journal, self.school, structure, changes, before)
        changes += await entries.changes(files, resolvers)
        return Assembly(
            files=files,
            dictionary=dictionary,
            changes=[change for change in changes if change.added or change.ended],
            unknown=_summed(names.unknown for names in resolvers),
            new_subjects=_new_subjects(structure, resolvers),
            warnings=Familiarity(structure, files).warnings(),
            everything=any(c.added or c.ended for c in changes if c.relation in PARTS),
        )

    async def _calendar(
        self, structure: Structure, changes: Sequence[Change], files: Sequence[FilePart]
    ) -> list[Change]:
        taught: Mapping[int, frozenset[int]] = {}
        if not structure.has_timetable(changes):
            taught = await self._taught(structure, files)
        calendar = structure.calendar(changes, taught)
        return [
            difference(relation, rows, self.stored[relation], lambda _: True)
            for relation, rows in calendar.items()
        ]

    async def _taught(
        self, structure: Structure, files: Sequence[FilePart]
    ) -> Mapping[int, frozenset[int]]:
        """Days with lesson lines, those kept and those of the files."""
        days = {unit: set(known) for unit, known in
                (await self.journal.taught_days(self.school)).items()}  # fmt: skip
        for part in files:
            for row in part.batch.lessons or ():
                unit = structure.dictionary.class_unit(row.class_unit)
                if unit is not None:
                    days.setdefault(unit, set()).add(row.day)
        return {unit: frozenset(known) for unit, known in days.items()}


def _summed(counts: Iterable[Mapping[Unknown, int]]) -> dict[Unknown, int]:
    total: Counter[Unknown] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)


def _new_subjects(structure: Structure, resolvers: Sequence[Resolver]) -> list[str]:
    """Subjects that the school's lists do not have; nothing to say while it has no lists."""
    if not structure.subjects_known:
        return []
    return sorted({name for names in resolvers for name in names.new_subjects})
