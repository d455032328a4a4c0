"""The journal as it is kept: relations of whole numbers and texts, one tuple a row.

A relation's rows are plain tuples in the order of ``columns``; ``key`` columns tell one row from
another. Names are replaced by identities (class_unit, subject, study_group, staff, pupil), days are
``date.toordinal()``, moments epoch seconds. A row is seen from the import that bore it to the one
that ended it, so an import is applied, and undone, by moving one pointer.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

FOREVER = 2_147_483_647
"""The ``died`` of a row that no import has ended."""

UNNUMBERED = 100
"""Lesson numbers above it: the file knows no number; the rest is "which of that day"."""

Row = tuple[Any, ...]


class Relation(NamedTuple):
    name: str
    key: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.key + self.rest


def column(relation: Relation, rows: Iterable[Row], name: str) -> list[Any]:
    at = relation.columns.index(name)
    return [row[at] for row in rows]


_LESSON = ("class_unit", "day", "number", "subject", "study_group")
_CELL = ("class_unit", "pupil", "day", "number", "subject", "study_group")

TERMS = Relation("terms", ("year", "kind", "number", "classes"), ("first", "last"))
NON_SCHOOL = Relation("non_school_days", ("first", "last", "classes"), ("title",))
BELLS = Relation("bells", ("number", "classes"), ("begins", "ends"))
SUBJECT_FACTS = Relation(
    "subject_facts", ("subject",), ("marks", "homework", "aliases", "subject_group")
)
MEMBERS = Relation("group_members", ("study_group", "pupil"), ())
STAFF_FACTS = Relation(
    "staff_facts", ("staff",), ("name", "code", "post", "subject_group", "hired", "dismissed")
)
ENROLLMENTS = Relation(
    "enrollments",
    ("class_unit", "pupil", "first"),
    ("last", "person", "name", "code", "order_text"),
)
ASSIGNMENTS = Relation(
    "assignments", ("class_unit", "subject", "study_group", "staff", "first"), ("last", "hours")
)
SLOTS = Relation(
    "timetable_slots",
    ("class_unit", "weekday", "number", "subject", "study_group", "first"),
    ("last", "staff", "room"),
)
SUBSTITUTIONS = Relation(
    "substitutions",
    ("class_unit", "day", "number", "subject", "study_group"),
    ("absent", "substitute", "order_text"),
)
PLANS = Relation(
    "plan_items",
    ("class_unit", "subject", "study_group", "position", "topic"),
    ("staff", "hours", "day", "work_kind"),
)
LESSONS = Relation(
    "lessons",
    (*_LESSON, "staff"),
    (
        "instead_of", "topic", "topic_plain", "homework", "work_kind", "work_type",
        "state_said", "state", "attendance_said", "attendance_taken", "entered_at", "modified_at",
        "author",
    ),
)  # fmt: skip
MARKS = Relation(
    "marks",
    (*_CELL, "position"),
    ("value", "code", "raw", "work_kind", "weight", "entered_at", "author"),
)
ATTENDANCE = Relation("attendance", _CELL, ("code",))
TERM_MARKS = Relation(
    "term_marks",
    ("class_unit", "pupil", "subject", "year", "kind", "number"),
    ("value", "code", "entered_at"),
)
CHANGES = Relation(
    "changes",
    (
        "class_unit", "subject", "study_group", "changed_at", "day", "author", "period", "action",
        "position",
    ),
    (),
)  # fmt: skip
"""The journal's own log. A line is told from another by all that it says; ``position`` counts those
that say the same, from 0."""

COVERAGE = Relation(
    "coverage", ("kind", "class_unit", "subject", "study_group", "first"), ("last",)
)
TERM_COVERAGE = Relation(
    "term_coverage",
    ("class_unit", "subject", "year", "kind", "number"),
    (),
)
CLASS_TERMS = Relation("class_terms", ("class_unit", "year", "kind", "number"), ("first", "last"))
CLASS_DAYS = Relation(
    "class_days", ("class_unit", "day"), ("off", "school_day", "seq", "term_first", "term_last")
)
CLASS_BELLS = Relation("class_bells", ("class_unit", "number"), ("ends",))
EMPTY_ROSTERS = Relation("empty_rosters", ("class_unit", "study_group", "first"), ("last",))
GROUP_PUPILS = Relation("group_pupils", ("study_group", "pupil"), ())
EXPECTED = Relation(
    "expected_lessons",
    ("class_unit", "day", "number", "subject", "study_group"),
    ("staff", "state"),
)

RELATIONS = (
    TERMS, NON_SCHOOL, BELLS, SUBJECT_FACTS, MEMBERS, STAFF_FACTS, ENROLLMENTS, ASSIGNMENTS, SLOTS,
    SUBSTITUTIONS, PLANS, LESSONS, MARKS, ATTENDANCE, TERM_MARKS, CHANGES, COVERAGE,
    TERM_COVERAGE, CLASS_TERMS, CLASS_DAYS, CLASS_BELLS, EMPTY_ROSTERS, GROUP_PUPILS, EXPECTED,
)  # fmt: skip

HELD, CANCELLED, MOVED = 1, 2, 3
"""``lessons.state``."""

DUE, REPLACED, STRUCK, EXTRA = 1, 2, 3, 4
"""``expected_lessons.state``: to be held, taught as another subject, cancelled, a substitution
where the timetable has nothing."""
