"""The journal views: what rules may read, stable and documented (docs/journal-views.md).

``journal_<relation>`` shows a relation as the school's present generation has it; a few more join
what is not kept by generations. Days are whole numbers and moments epoch seconds, so statements
over the views need no date functions and read the same on SQLite and PostgreSQL.
"""

import re

from services.journal.relations import LESSONS, MARKS, RELATIONS, TERM_MARKS, Relation

PAST = (LESSONS, MARKS, TERM_MARKS)
"""Relations whose ended rows are shown too: what the journal once said."""


def _living(relation: Relation) -> str:
    columns = ", ".join(f"t.{name}" for name in relation.columns)
    return (
        f"SELECT t.school, {columns} FROM {relation.name} AS t "  # noqa: S608  # our own names
        "JOIN schools AS s ON s.id = t.school "
        "WHERE t.born <= s.generation AND t.died > s.generation"
    )


def _past(relation: Relation) -> str:
    columns = ", ".join(f"t.{name}" for name in relation.columns)
    return (
        f"SELECT t.school, {columns}, t.born, t.died FROM {relation.name} AS t "  # noqa: S608  # our own names
        "JOIN schools AS s ON s.id = t.school "
        "WHERE t.born <= s.generation AND t.died <= s.generation"
    )


_LATEST = "NOT EXISTS (SELECT 1 FROM claims AS l WHERE l.finding = c.finding AND l.id > c.id)"
_WAIVED = (
    "SELECT w.school, w.identity FROM claims AS c JOIN findings AS w ON w.id = c.finding "  # noqa: S608  # ours
    f"WHERE c.state = 'waived' AND {_LATEST}"
)
_POSTPONED = (
    "SELECT c.finding, c.until FROM claims AS c "  # noqa: S608  # ours
    f"WHERE c.kind = 'postponed' AND c.state = 'waiting' AND {_LATEST}"
)
"""What the last claim of a finding says (``services.claims.standing``)."""

VIEWS: dict[str, str] = {
    **{f"journal_{relation.name}": _living(relation) for relation in RELATIONS},
    **{f"journal_past_{relation.name}": _past(relation) for relation in PAST},
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
        "SELECT t.school, f.id AS finding, f.rule, f.identity, f.class_unit, f.subject, "  # noqa: S608  # ours
        "f.study_group, f.staff, f.day, f.number, f.pupil, f.first_seen / 1000000 AS first_seen, "
        "t.severity, t.facts, "
        "t.passport_version, t.born, "
        "CASE WHEN o.identity IS NULL AND g.identity IS NULL THEN 0 ELSE 1 END AS waived, "
        "d.until AS postponed_until "
        "FROM finding_spans AS t JOIN findings AS f ON f.id = t.finding "
        "JOIN schools AS s ON s.id = t.school "
        f"LEFT JOIN ({_WAIVED}) AS o ON o.school = t.school AND o.identity = f.identity "
        f"LEFT JOIN ({_WAIVED}) AS g ON g.school = t.school AND f.rule IN ('P2', 'P3', 'P4') "
        "AND g.identity = 'P1' || SUBSTR(f.identity, 3) "
        f"LEFT JOIN ({_POSTPONED}) AS d ON d.finding = f.id "
        "WHERE t.born <= s.generation AND t.died > s.generation"
    ),
    "journal_snapshots": (
        "SELECT p.school, p.number, p.kind, p.class_unit, p.subject, p.study_group, p.first, "
        "p.last, i.as_of / 1000000 AS as_of "
        "FROM import_places AS p JOIN imports AS i ON i.id = p.number "
        "JOIN schools AS s ON s.id = p.school "
        "WHERE i.state = 'applied' AND i.id <= s.generation"
    ),
    "journal_access": (
        "SELECT p.school, p.staff, r.role, r.since / 1000000 AS since, "
        "r.until / 1000000 AS until "
        "FROM people AS p JOIN person_roles AS r ON r.person = p.id "
        "WHERE p.revoked_at IS NULL"
    ),
}  # fmt: skip
"""Name -> SELECT, in the order in which they can be made."""


_RELATIONS = {f"journal_{relation.name}": relation for relation in RELATIONS}
_PAST = {f"journal_past_{relation.name}": relation for relation in PAST}
_AS_THEY_ARE = frozenset({"journal_findings", "journal_snapshots", "journal_access"})
"""Views that no rule joins by an index."""
_MENTIONED = re.compile(r"\bjournal_[a-z_]+\b")


def _of_generation(relation: Relation) -> str:
    return (
        f"SELECT school, {', '.join(relation.columns)} FROM {relation.name} "  # noqa: S608  # ours
        "WHERE school = :school AND born <= :generation AND died > :generation"
    )


def _until_generation(relation: Relation) -> str:
    return (
        f"SELECT school, {', '.join(relation.columns)}, born, died FROM {relation.name} "  # noqa: S608  # ours
        "WHERE school = :school AND born <= :generation AND died <= :generation"
    )


def inlined(statement: str) -> list[str]:
    """The views that a statement mentions, as tables of one school and one generation.

    They stand before the statement under the views' own names: the same rows, and every join can
    use an index, which a view that joins ``schools`` keeps SQLite from doing.
    """
    wanted = set(_MENTIONED.findall(statement))
    if "journal_subjects" in wanted:
        wanted.add("journal_subject_facts")
    return (
        [
            f"{name} AS NOT MATERIALIZED ({_of_generation(_RELATIONS[name])})"
            for name in VIEWS
            if name in wanted and name in _RELATIONS
        ]
        + [
            f"{name} AS NOT MATERIALIZED ({_until_generation(_PAST[name])})"
            for name in sorted(wanted & _PAST.keys())
        ]
        + [
            f"{name} AS NOT MATERIALIZED ({VIEWS[name]})"
            for name in VIEWS
            if name in wanted - _RELATIONS.keys() - _PAST.keys() - _AS_THEY_ARE
        ]
    )


def create_views() -> list[str]:
    return [f"CREATE VIEW {name} AS {select}" for name, select in VIEWS.items()]


def drop_views() -> list[str]:
    return [f"DROP VIEW IF EXISTS {name}" for name in reversed(VIEWS)]
