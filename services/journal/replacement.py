"""Which kept rows of the school's structure the rows of a file speak of, and so replace."""

from collections.abc import Callable, Sequence

from services.journal.calendar import year_of
from services.journal.dictionary import Dictionary
from services.journal.relations import (
    BELLS,
    MEMBERS,
    NON_SCHOOL,
    PLANS,
    STAFF_FACTS,
    SUBJECT_FACTS,
    SUBSTITUTIONS,
    TERMS,
    Relation,
    Row,
    column,
)

Replaced = Callable[[Row], bool]


def replaced_by(relation: Relation, rows: Sequence[Row], dictionary: Dictionary) -> Replaced:
    """Bells whole, a calendar by its year, lists of subjects and staff never, the rest by place."""
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
    if relation is MEMBERS:
        groups = {group.id: (group.class_unit, group.subject)
                  for group in dictionary.study_groups.values()}  # fmt: skip
        own = {groups[row[0]] for row in rows}
        return lambda row: groups[row[0]] in own
    return _by_class(relation, rows)


def _by_class(relation: Relation, rows: Sequence[Row]) -> Replaced:
    """A class whole; of plans, and of one single teacher's sheet, only its classes x subjects."""
    classes = set(column(relation, rows, "class_unit"))
    if relation is SUBSTITUTIONS:
        days = column(relation, rows, "day")
        return lambda row: row[0] in classes and min(days) <= row[1] <= max(days)
    if relation is PLANS or _single_teacher(relation, rows):
        pairs = set(zip(column(relation, rows, "class_unit"),
                        column(relation, rows, "subject"), strict=True))  # fmt: skip
        unit, subject = (relation.columns.index(name) for name in ("class_unit", "subject"))
        return lambda row: (row[unit], row[subject]) in pairs
    return lambda row: row[0] in classes


def _single_teacher(relation: Relation, rows: Sequence[Row]) -> bool:
    return "staff" in relation.columns and len(set(column(relation, rows, "staff"))) == 1
