"""The school's structure in a file: calendar, lists, load, timetable, substitutions, plans."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from services.journal import conversion
from services.journal.calendar import (
    CalendarFacts,
    Class,
    Holiday,
    Slot,
    Substitution,
    Term,
    derive,
    year_of,
)
from services.journal.dictionary import Dictionary
from services.journal.difference import Change, Stored, difference
from services.journal.model import FIRST_DAY, LAST_DAY, Batch, StaffRow
from services.journal.names import classes_match
from services.journal.persons import Stay, persons
from services.journal.ports import FilePart
from services.journal.relations import (
    ASSIGNMENTS,
    BELLS,
    CLASS_BELLS,
    CLASS_DAYS,
    CLASS_TERMS,
    ENROLLMENTS,
    EXPECTED,
    MEMBERS,
    NON_SCHOOL,
    PLANS,
    SLOTS,
    STAFF_FACTS,
    SUBJECT_FACTS,
    SUBSTITUTIONS,
    TERMS,
    Relation,
    Row,
)
from services.journal.resolution import Resolver, Unknown

PARTS = (
    TERMS, NON_SCHOOL, BELLS, SUBJECT_FACTS, STAFF_FACTS, ENROLLMENTS, MEMBERS, ASSIGNMENTS,
    SLOTS, SUBSTITUTIONS, PLANS,
)  # fmt: skip
"""Small enough to be compared whole."""

DERIVED = (CLASS_TERMS, CLASS_DAYS, CLASS_BELLS, EXPECTED)
CLASS_LISTS = (ENROLLMENTS, SLOTS, ASSIGNMENTS)


def column(relation: Relation, rows: Iterable[Row], name: str) -> list[int]:
    at = relation.columns.index(name)
    return [row[at] for row in rows]


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
        change = next((each for each in changes if each.relation is SLOTS), None)
        return bool(self.kept(SLOTS) if change is None else change.after())

    # -- names ---------------------------------------------------------------------------------

    def declare(self, files: Sequence[FilePart]) -> Resolver:
        """What the lists declare, those of the school and those of all files together."""
        batches = [part.batch for part in files]
        for batch in batches:
            self._declare_staff(batch.staff or ())
        listed = [
            row.class_unit
            for batch in batches
            for rows in (batch.enrollments, batch.slots, batch.assignments)
            for row in rows or ()
        ]
        classes = {self._class(name) for name in set(listed)}
        for relation in CLASS_LISTS:
            classes.update(column(relation, self.kept(relation), "class_unit"))
        staff = set(column(STAFF_FACTS, self.kept(STAFF_FACTS), "staff"))
        return Resolver(
            self.dictionary,
            Batch(),
            known_staff=frozenset(staff | set(self.staff_of.values())),
            known_classes=frozenset(classes),
            known_pupils=self._known_pupils(batches),
            accepted=self.accepted,
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

    # -- rows ----------------------------------------------------------------------------------

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
            SUBSTITUTIONS: conversion.substitutions(batch.substitutions or (), names),
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

    def changes(self, files: Sequence[FilePart]) -> list[Change]:
        """Compare with what is kept; ENROLLMENTS get their persons here."""
        found: list[Change] = []
        for relation in PARTS:
            parts = [part.rows[relation] for part in files if relation in part.rows]
            rows = [row for part in parts for row in part]
            if relation is STAFF_FACTS:
                rows = list({row[0]: row for row in rows + self._accepted_staff()}.values())
            if relation is ENROLLMENTS:
                rows = self._with_persons(rows)
            if parts or rows:
                kept = self.stored.get(relation, [])
                found.append(difference(relation, rows, kept, self._replaced(relation, rows)))
        return found

    def _accepted_staff(self) -> list[Row]:
        names = [name for kind, name in self.accepted if kind == "staff"]
        found = [
            (self.dictionary.teacher(name) or self.dictionary.add_teacher(name), name)
            for name in sorted(names)
        ]
        return [(each, name, *(None,) * 5) for each, name in found]

    def _replaced(self, relation: Relation, rows: Sequence[Row]) -> Callable[[Row], bool]:
        """Which kept rows a file with these rows speaks of."""
        if relation is BELLS:
            return lambda _: True
        if relation is TERMS:
            years = {row[0] for row in rows}
            return lambda row: row[0] in years
        if relation is NON_SCHOOL:
            years = {year_of(day) for day in column(relation, rows, "first")}
            return lambda row: year_of(row[0]) in years
        if relation in (SUBJECT_FACTS, STAFF_FACTS):
            return lambda _: False
        return self._replaced_places(relation, rows)

    def _replaced_places(self, relation: Relation, rows: Sequence[Row]) -> Callable[[Row], bool]:
        if relation is MEMBERS:
            groups = {group.id: (group.class_unit, group.subject)
                      for group in self.dictionary.study_groups.values()}  # fmt: skip
            own = {groups[row[0]] for row in rows}
            return lambda row: groups[row[0]] in own
        if relation is SUBSTITUTIONS:
            classes = set(column(relation, rows, "class_unit"))
            days = column(relation, rows, "day")
            return lambda row: row[0] in classes and min(days) <= row[1] <= max(days)
        teachers = relation.columns.index("staff") if "staff" in relation.columns else None
        single = teachers is not None and len({row[teachers] for row in rows}) == 1
        if relation is PLANS or single:
            pairs = set(zip(column(relation, rows, "class_unit"),
                            column(relation, rows, "subject"), strict=True))  # fmt: skip
            unit, subject = (relation.columns.index(n) for n in ("class_unit", "subject"))
            return lambda row: (row[unit], row[subject]) in pairs
        classes = set(column(relation, rows, "class_unit"))
        return lambda row: row[0] in classes

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

    # -- calendar ------------------------------------------------------------------------------

    def calendar(
        self, changes: Sequence[Change], taught: Mapping[int, frozenset[int]]
    ) -> Mapping[Relation, list[Row]]:
        """The derived relations as they are after the changes."""

        def now(relation: Relation) -> list[Row]:
            change = next((each for each in changes if each.relation is relation), None)
            return self.kept(relation) if change is None else change.after()

        units = [Class(u.id, u.name, u.grade) for u in self.dictionary.class_units.values()]
        terms = now(TERMS)
        calendar = derive(
            CalendarFacts(
                classes=sorted(units),
                terms=[Term(*row) for row in terms],
                holidays=[Holiday(*row[:3]) for row in now(NON_SCHOOL)],
                slots=[Slot(*row[:8]) for row in now(SLOTS)],
                substitutions=[Substitution(*row[:7]) for row in now(SUBSTITUTIONS)],
                taught=taught,
            )
        )
        return {
            CLASS_TERMS: calendar.class_terms,
            CLASS_DAYS: calendar.class_days,
            EXPECTED: calendar.expected,
            CLASS_BELLS: list(_class_bells(units, now(BELLS))),
        }

    def empty_rosters(
        self, enrollments: Sequence[Row], members: Sequence[Row], pupils: Sequence[Row]
    ) -> Iterator[Row]:
        """Days on which a listed class, or a listed study group, has nobody: no lesson to fill.

        Where «Группы» (``members``) names some group of a class x subject, a group of it that has
        no ``pupils``, by the list or by marks and absences, is empty.
        """
        stays: dict[int, list[tuple[int, int]]] = defaultdict(list)
        classes: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in enrollments:
            stays[row[1]].append((row[2], row[3]))
            classes[row[0]].append((row[2], row[3]))
        for unit, spans in classes.items():
            yield from ((unit, 0, *gap) for gap in gaps(spans))
        present: dict[int, list[int]] = defaultdict(list)
        for group, pupil in pupils:
            present[group].append(pupil)
        groups = self.dictionary.study_groups.values()
        listed = {row[0] for row in members}
        known = {(each.class_unit, each.subject) for each in groups if each.id in listed}
        for each in groups:
            if (each.class_unit, each.subject) in known and each.class_unit in classes:
                spans = [span for pupil in present[each.id] for span in stays[pupil]]
                yield from ((each.class_unit, each.id, *gap) for gap in gaps(spans))


def gaps(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The days that no span holds, as spans."""
    free = FIRST_DAY
    for first, last in sorted(spans):
        if first > free:
            yield free, first - 1
        free = max(free, last + 1)
    if free <= LAST_DAY:
        yield free, LAST_DAY


def _class_bells(units: Iterable[Class], bells: Sequence[Row]) -> Iterator[Row]:
    """(class, lesson number, end in minutes); bells for named classes win over those for all."""
    for unit in units:
        own = [row for row in bells if classes_match(row[1], unit.name)]
        ends = {row[0]: row[3] for row in sorted(own, key=lambda row: bool(row[1]))}
        yield from ((unit.id, number, end) for number, end in ends.items())
