"""What a school's lists declare: the classes, teachers and pupils that need no asking about."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from services.journal.dictionary import Dictionary
from services.journal.model import FIRST_DAY, LAST_DAY, Batch, StaffRow
from services.journal.ports import FilePart
from services.journal.relations import (
    ASSIGNMENTS,
    COVERAGE,
    ENROLLMENTS,
    MEMBERS,
    PLANS,
    SLOTS,
    STAFF_FACTS,
    SUBJECT_FACTS,
    SUBSTITUTIONS,
    TERM_COVERAGE,
    Relation,
    Row,
    column,
)
from services.journal.resolution import Resolver, Unknown

CLASS_LISTS = (ENROLLMENTS, SLOTS, ASSIGNMENTS)
"""Sheets that declare the classes they name."""

SPOKEN_OF = (COVERAGE, TERM_COVERAGE, SUBSTITUTIONS, PLANS)
"""Relations that have a class of no list only once the administrator added it."""

KNOWING_SUBJECTS = (SUBJECT_FACTS, SLOTS, ASSIGNMENTS, COVERAGE, TERM_COVERAGE, PLANS)
"""Relations whose subjects are the school's own."""

Kept = Callable[[Relation], list[Row]]
"""The rows of a relation that the journal shows."""


def known_classes(kept: Kept, dictionary: Dictionary) -> frozenset[int]:
    """Classes of the school's lists and those added to them; none while there are no lists.

    A class is added by the import that names it and leaves with it, should that be undone.
    """
    listed = {unit for each in CLASS_LISTS for unit in column(each, kept(each), "class_unit")}
    if not listed:
        return frozenset()
    groups = {group.id: group.class_unit for group in dictionary.study_groups.values()}
    grouped = {groups[group] for group in column(MEMBERS, kept(MEMBERS), "study_group")}
    spoken = {unit for each in SPOKEN_OF for unit in column(each, kept(each), "class_unit")}
    return frozenset(listed | grouped | spoken)


def known_subjects(kept: Kept) -> frozenset[int]:
    """Subjects that the journal shows: a name of a file that was never applied is not one."""
    return frozenset(
        subject for each in KNOWING_SUBJECTS for subject in column(each, kept(each), "subject")
    )


@dataclass(frozen=True, slots=True)
class Declaring:
    """Lists of the school (``kept``) and those of the files of one import, together.

    ``staff_of`` is filled with the person of each line of «Сотрудники».
    """

    dictionary: Dictionary
    kept: Kept
    staff_of: dict[StaffRow, int]

    def resolver(self, files: Sequence[FilePart], accepted: frozenset[Unknown]) -> Resolver:
        batches = [part.batch for part in files]
        for batch in batches:
            self._declare_staff(batch.staff or ())
        listed = {
            row.class_unit
            for batch in batches
            for rows in (batch.enrollments, batch.slots, batch.assignments)
            for row in rows or ()
        }
        classes = {self._class(name) for name in listed}
        staff = set(column(STAFF_FACTS, self.kept(STAFF_FACTS), "staff"))
        return Resolver(
            self.dictionary,
            Batch(),
            known_staff=frozenset(staff | set(self.staff_of.values())),
            known_classes=known_classes(self.kept, self.dictionary) | classes,
            known_pupils=self._known_pupils(batches),
            known_subjects=known_subjects(self.kept),
            accepted=accepted,
        )

    def _class(self, name: str) -> int:
        return self.dictionary.class_unit(name) or self.dictionary.add_class_unit(name)

    def _declare_staff(self, rows: Iterable[StaffRow]) -> None:
        """A line with a known «Код» is the same person, whatever the surname is now."""
        facts = self.kept(STAFF_FACTS)
        coded = {row[2]: row[0] for row in facts if row[2]}
        for row in sorted(rows, key=lambda row: (row.code or "", row.name)):
            known = coded.get(row.code) if row.code else None
            found = self.dictionary.teacher(row.name)
            if isinstance(known, int) and known != found:
                self.dictionary.add_alias("staff", row.name, known)
                found = known
            found = found or self.dictionary.add_teacher(row.name)
            if row.code:
                coded[row.code] = found
            self.staff_of[row] = found

    def _known_pupils(self, batches: Iterable[Batch]) -> dict[int, frozenset[int]]:
        numbers = {pupil.id: pupil.number for pupil in self.dictionary.pupils.values()}
        listed: dict[int, set[int]] = {}
        for row in self.kept(ENROLLMENTS):
            listed.setdefault(row[0], set()).add(numbers[row[1]])
        for batch in batches:
            for row in batch.enrollments or ():
                listed.setdefault(self._class(row.class_unit), set()).add(row.pupil)
        return {unit: frozenset(own) for unit, own in listed.items()}


def one_line_each(rows: Iterable[Row]) -> list[Row]:
    """Of the STAFF_FACTS of one person the one of today.

    Two lines with one «Код» are a change of surname, or somebody who came back: who was not
    dismissed wins, then who was hired later, then the line further down.
    """
    hired, dismissed = (STAFF_FACTS.columns.index(name) for name in ("hired", "dismissed"))

    def until_today(row: Row) -> tuple[int, int]:
        left = LAST_DAY if row[dismissed] is None else row[dismissed]
        return left, FIRST_DAY if row[hired] is None else row[hired]

    return list({row[0]: row for row in sorted(rows, key=until_today)}.values())
