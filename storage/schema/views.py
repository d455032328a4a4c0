"""The journal views: what rules may read, stable and documented (docs/journal-views.md).

``journal_<relation>`` shows a relation as the school's present generation has it; a few more join
what is not kept by generations. Days are whole numbers and moments epoch seconds, so statements
over the views need no date functions and read the same on SQLite and PostgreSQL.
"""

import re

from services.journal.relations import RELATIONS, Relation


def _living(relation: Relation) -> str:
    columns = ", ".join(f"t.{name}" for name in relation.columns)
    return (
        f"SELECT t.school, {columns} FROM {relation.name} AS t "  # noqa: S608  # our own names
        "JOIN schools AS s ON s.id = t.school "
        "WHERE t.born <= s.generation AND t.died > s.generation"
    )


VIEWS: dict[str, str] = {
    **{f"journal_{relation.name}": _living(relation) for relation in RELATIONS},
    "journal_classes": (
        "SELECT school, id AS class_unit, name, grade FROM class_units"
    ),
    "journal_subjects": (
        "SELECT u.school, u.id AS subject, u.name, "
        "COALESCE(f.marks, u.marks) AS marks, COALESCE(f.homework, u.homework) AS homework, "
        "f.subject_group "
        "FROM subjects AS u LEFT JOIN journal_subject_facts AS f "
        "ON f.school = u.school AND f.subject = u.id"
    ),
    "journal_calendar": (
        "SELECT school, day, begins, deadline, ends, moved FROM calendar_days"
    ),
    "journal_findings": (
        "SELECT t.school, f.id AS finding, f.rule, f.identity, f.class_unit, f.subject, "
        "f.study_group, f.staff, f.day, f.number, f.pupil, f.first_seen, t.severity, t.facts, "
        "t.passport_version, t.born "
        "FROM finding_spans AS t JOIN findings AS f ON f.id = t.finding "
        "JOIN schools AS s ON s.id = t.school "
        "WHERE t.born <= s.generation AND t.died > s.generation"
    ),
}  # fmt: skip
"""Name -> SELECT, in the order in which they can be made."""


_RELATIONS = {f"journal_{relation.name}": relation for relation in RELATIONS}
_MENTIONED = re.compile(r"\bjournal_[a-z_]+\b")


def _of_generation(relation: Relation) -> str:
    return (
        f"SELECT school, {', '.join(relation.columns)} FROM {relation.name} "  # noqa: S608  # ours
        "WHERE school = :school AND born <= :generation AND died > :generation"
    )


def inlined(statement: str) -> list[str]:
    """The views that a statement mentions, as tables of one school and one generation.

    They stand before the statement under the views' own names: the same rows, and every join can
    use an index, which a view that joins ``schools`` keeps SQLite from doing.
    """
    wanted = set(_MENTIONED.findall(statement))
    if "journal_subjects" in wanted:
        wanted.add("journal_subject_facts")
    return [
        f"{name} AS NOT MATERIALIZED ({_of_generation(_RELATIONS[name])})"
        for name in VIEWS
        if name in wanted and name in _RELATIONS
    ] + [
        f"{name} AS NOT MATERIALIZED ({VIEWS[name]})"
        for name in VIEWS
        if name in wanted and name not in _RELATIONS and name != "journal_findings"
    ]


def create_views() -> list[str]:
    return [f"CREATE VIEW {name} AS {select}" for name, select in VIEWS.items()]


def drop_views() -> list[str]:
    return [f"DROP VIEW IF EXISTS {name}" for name in reversed(VIEWS)]
