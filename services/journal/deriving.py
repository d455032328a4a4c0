"""What follows from the school's structure: each class's calendar, and when nobody is there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.journal.calendar import (
    CalendarFacts,
    Class,
    Holiday,
    Slot,
    Substitution,
    Term,
    derive,
)
from services.journal.declaring import Kept
from services.journal.dictionary import Dictionary
from services.journal.model import FIRST_DAY, LAST_DAY
from services.journal.names import classes_match
from services.journal.relations import (
    BELLS,
    CLASS_BELLS,
    CLASS_DAYS,
    CLASS_TERMS,
    EXPECTED,
    NON_SCHOOL,
    SLOTS,
    SUBSTITUTIONS,
    TERMS,
    Relation,
    Row,
)


def calendar_of(
    dictionary: Dictionary, now: Kept, taught: Mapping[int, frozenset[int]]
) -> Mapping[Relation, list[Row]]:
    """The derived relations of the structure as it stands ``now``."""
    units = [Class(each.id, each.name, each.grade) for each in dictionary.class_units.values()]
    calendar = derive(
        CalendarFacts(
            classes=sorted(units),
            terms=[Term(*row) for row in now(TERMS)],
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


def _class_bells(units: Iterable[Class], bells: Sequence[Row]) -> Iterator[Row]:
    """(class, lesson number, end in minutes); bells for named classes win over those for all."""
    for unit in units:
        own = [row for row in bells if classes_match(row[1], unit.name)]
        ends = {row[0]: row[3] for row in sorted(own, key=lambda row: bool(row[1]))}
        yield from ((unit.id, number, end) for number, end in ends.items())


def empty_rosters(
    dictionary: Dictionary,
    enrollments: Sequence[Row],
    members: Sequence[Row],
    pupils: Sequence[Row],
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
    groups = dictionary.study_groups.values()
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
