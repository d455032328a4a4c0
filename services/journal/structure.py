"""The school's structure in a file: calendar, lists, load, timetable, substitutions, plans."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from services.journal import conversion, deriving
from services.journal.declaring import Declaring, one_line_each
from services.journal.dictionary import Dictionary
from services.journal.difference import Change, Stored, difference
from services.journal.model import Batch, StaffRow, SubstitutionRow
from services.journal.persons import Stay, persons
from services.journal.ports import FilePart
from services.journal.relations import (
    ASSIGNMENTS,
    BELLS,
    CLASS_BELLS,
    CLASS_DAYS,
    CLASS_TERMS,
    COVERAGE,
    ENROLLMENTS,
    EXPECTED,
    MEMBERS,
    NON_SCHOOL,
    PLANS,
    SLOTS,
    STAFF_FACTS,
    SUBJECT_FACTS,
    SUBSTITUTIONS,
    TERM_COVERAGE,
    TERMS,
    Relation,
    Row,
    column,
)
from services.journal.replacement import replaced_by
from services.journal.resolution import Resolver, Unknown
from services.journal.substituted import completed

PARTS = (
    TERMS, NON_SCHOOL, BELLS, SUBJECT_FACTS, STAFF_FACTS, ENROLLMENTS, MEMBERS, ASSIGNMENTS,
    SLOTS, SUBSTITUTIONS, PLANS,
)  # fmt: skip
"""Small enough to be compared whole."""

DERIVED = (CLASS_TERMS, CLASS_DAYS, CLASS_BELLS, EXPECTED, COVERAGE, TERM_COVERAGE)
"""What follows from PARTS, and from which files spoke of what."""


@dataclass(slots=True)
class Structure:
    """Resolves, converts and compares the structure sheets of the files of one import."""

    dictionary: Dictionary
    stored: Mapping[Relation, list[Stored]]
    accepted: frozenset[Unknown] = frozenset()
    staff_of: dict[StaffRow, int] = field(default_factory=dict)

    def kept(self, relation: Relation) -> list[Row]:
        return [row for _, row in self.stored.get(relation, [])]

    @property
    def subjects_known(self) -> bool:
        return bool(self.stored.get(SUBJECT_FACTS) or self.stored.get(SLOTS))

    def has_timetable(self, changes: Sequence[Change]) -> bool:
        return bool(self._after(changes, SLOTS))

    def _after(self, changes: Sequence[Change], relation: Relation) -> list[Row]:
        change = next((each for each in changes if each.relation is relation), None)
        return self.kept(relation) if change is None else change.after()

    def declare(self, files: Sequence[FilePart]) -> Resolver:
        """What the lists declare, those of the school and those of all files together."""
        return Declaring(self.dictionary, self.kept, self.staff_of).resolver(files, self.accepted)

    def convert(self, part: FilePart, names: Resolver) -> None:
        """Fill ``part.rows`` with the structure sheets that its file has."""
        batch = part.batch
        made: dict[Relation, Iterable[Row]] = {
            TERMS: ((int(r.year[:4]), r.kind, r.number, r.classes, r.first, r.last)
                    for r in batch.terms or ()),
            NON_SCHOOL: ((r.first, r.last, r.classes, r.title) for r in batch.non_school or ()),
            BELLS: ((r.number, r.classes, r.begins, r.ends) for r in batch.bells or ()),
            SUBJECT_FACTS: conversion.subject_facts(batch.subjects or (), names),
            STAFF_FACTS: conversion.staff_facts(batch.staff or (), self.staff_of),
            ENROLLMENTS: conversion.enrollments(batch.enrollments or (), names),
            MEMBERS: conversion.members(batch.members or (), names),
            ASSIGNMENTS: conversion.assignments(batch.assignments or (), names),
            SLOTS: conversion.slots(batch.slots or (), names),
            SUBSTITUTIONS: conversion.substitutions(self._substitutions(batch, names), names),
            PLANS: conversion.plans(batch.plans or (), names),
        }  # fmt: skip
        given = {
            TERMS: batch.terms, NON_SCHOOL: batch.non_school, BELLS: batch.bells,
            SUBJECT_FACTS: batch.subjects, STAFF_FACTS: batch.staff,
            ENROLLMENTS: batch.enrollments, MEMBERS: batch.members,
            ASSIGNMENTS: batch.assignments, SLOTS: batch.slots,
            SUBSTITUTIONS: batch.substitutions, PLANS: batch.plans,
        }  # fmt: skip
        for relation, rows in made.items():
            if given[relation] is not None:
                part.rows[relation] = list(rows)

    def _substitutions(self, batch: Batch, names: Resolver) -> list[SubstitutionRow]:
        return completed(batch.substitutions or (), self.kept(SLOTS), names)

    def changes(self, files: Sequence[FilePart]) -> list[Change]:
        """Compare with what is kept; ENROLLMENTS get their persons here."""
        found: list[Change] = []
        for relation in PARTS:
            parts = [part.rows[relation] for part in files if relation in part.rows]
            rows = [row for part in parts for row in part]
            if relation is STAFF_FACTS:
                ordered = (row for part in sorted(parts, key=repr) for row in part)
                rows = one_line_each([*self._accepted_staff(), *ordered])
            if relation is ENROLLMENTS:
                rows = self._with_persons(rows)
            if parts or rows:
                kept = self.stored.get(relation, [])
                replaced = replaced_by(relation, rows, self.dictionary)
                found.append(difference(relation, rows, kept, replaced))
        return found

    def _accepted_staff(self) -> list[Row]:
        names = [name for kind, name in self.accepted if kind == "staff"]
        found = [
            (self.dictionary.teacher(name) or self.dictionary.add_teacher(name), name)
            for name in sorted(names)
        ]
        return [(each, name, *(None,) * 5) for each, name in found]

    def _with_persons(self, rows: Sequence[Row]) -> list[Row]:
        """Transfers are seen over the whole school: these rows and the classes left untouched."""
        grades = {unit.id: unit.grade for unit in self.dictionary.class_units.values()}
        listed = set(column(ENROLLMENTS, rows, "class_unit"))
        others = [row for row in self.kept(ENROLLMENTS) if row[0] not in listed]
        stays = [
            Stay(row[1], grades[row[0]], row[2], row[3], row[5], row[6]) for row in (*others, *rows)
        ]
        joined = persons(stays)
        return [(*row[:4], joined[row[1]], *row[5:]) for row in rows]

    def calendar(
        self, changes: Sequence[Change], taught: Mapping[int, frozenset[int]]
    ) -> Mapping[Relation, list[Row]]:
        """The derived calendar as it is after the changes."""
        return deriving.calendar_of(
            self.dictionary, lambda relation: self._after(changes, relation), taught
        )

    def empty_rosters(
        self, enrollments: Sequence[Row], members: Sequence[Row], pupils: Sequence[Row]
    ) -> Iterator[Row]:
        return deriving.empty_rosters(self.dictionary, enrollments, members, pupils)
