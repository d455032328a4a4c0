"""Does the file speak of this school and this year? The preview warns before it is applied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.journal.calendar import year_of
from services.journal.names import name_key
from services.journal.ports import FilePart
from services.journal.relations import (
    ATTENDANCE,
    CLASS_TERMS,
    LESSONS,
    MARKS,
    SLOTS,
    STAFF_FACTS,
    TERMS,
    column,
)
from services.journal.structure import Structure

LEAST_KNOWN = 0.3
"""A file with fewer of its teachers known than this share looks like another school's."""


@dataclass(frozen=True, slots=True)
class Familiarity:
    structure: Structure
    files: Sequence[FilePart]

    def warnings(self) -> list[str]:
        """Sentences for the preview, in Russian; none when the file looks like the school's own."""
        return [*self._school(), *self._year()]

    def _school(self) -> Iterable[str]:
        at = STAFF_FACTS.columns.index("name")
        known = {name_key(row[at]) for row in self.structure.kept(STAFF_FACTS)}
        named = {name_key(row.name) for row in self.structure.staff_of}
        if known and named and len(named & known) < LEAST_KNOWN * len(named):
            yield (
                f"Похоже на файл другой школы: из учителей в нём ({len(named)}) "
                f"знакомы {len(named & known)}."
            )
            return
        classes = set(column(SLOTS, self.structure.kept(SLOTS), "class_unit"))
        spoken = {unit for part in self.files for unit in part.scope.classes()}
        refused = {
            refusal.reason for part in self.files for refusal in part.refused
            if refusal.reason.startswith("неизвестный")
        }  # fmt: skip
        if (classes and len(refused) > len(spoken) > 0) or (classes and refused and not spoken):
            yield "Похоже на файл другой школы: большинства классов и учителей нет в списках."

    def _year(self) -> Iterable[str]:
        kept = set(column(CLASS_TERMS, self.structure.kept(CLASS_TERMS), "year"))
        if not kept:
            return
        stated = {year for part in self.files for year in self._years(part)}
        strange = sorted(stated - kept)
        if strange:
            years = ", ".join(f"{year}/{year + 1}" for year in strange)
            known = ", ".join(f"{year}/{year + 1}" for year in sorted(kept))
            yield f"В файле другой учебный год: {years}, а в журнале {known}."

    def _years(self, part: FilePart) -> set[int]:
        years = set(column(TERMS, part.rows.get(TERMS, ()), "year"))
        for relation in (LESSONS, MARKS, ATTENDANCE):
            days = column(relation, part.rows.get(relation, ()), "day")
            years |= {year_of(day) for day in (min(days), max(days))} if days else set()
        if part.batch.year:
            years.add(int(part.batch.year[:4]))
        return years
