"""The journal: dictionaries that only grow, and relations whose rows live from import to import."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from services.journal.relations import RELATIONS, Relation
from storage.schema.base import Moment, key, metadata

TEXTS = frozenset(
    {
        "kind", "classes", "title", "aliases", "subject_group", "name", "code", "post",
        "order_text", "room", "topic", "topic_plain", "homework", "work_kind",
        "work_type", "raw", "period", "action",
    }
)  # fmt: skip
OPTIONAL = frozenset(
    {
        "marks", "homework", "subject_group", "code", "post", "hired", "dismissed", "name",
        "order_text", "staff", "room", "absent", "substitute", "day", "instead_of", "topic",
        "topic_plain", "work_type", "attendance_said", "attendance_taken", "entered_at",
        "modified_at", "author", "value", "weight", "term_first", "term_last",
    }
)  # fmt: skip
ABSENT_IN_KEY = frozenset({("changes", name) for name in ("subject", "day", "author")})
"""Parts of a key that a row may lack: a log's line tells all that it says."""
YES_OR_NO = frozenset({("subject_facts", "homework"), ("subject_facts", "marks")})
INDEXED: dict[str, tuple[tuple[str, ...], ...]] = {
    "lessons": (("class_unit", "day", "number"),),
    "marks": (
        (
            "class_unit",
            "day",
            "number",
            "subject",
            "pupil",
            "position",
            "born",
            "died",
        ),
        ("pupil", "subject", "day", "value", "weight", "born", "died"),
    ),
    "attendance": (("class_unit", "day", "number", "subject", "pupil"),),
    "term_marks": (("pupil", "subject"),),
    "expected_lessons": (("class_unit", "day", "number"),),
    "class_days": (("class_unit", "day"), ("class_unit", "seq")),
    "class_terms": (("class_unit",),),
    "enrollments": (("class_unit",), ("pupil",)),
    "plan_items": (("class_unit", "subject", "day"),),
    "substitutions": (("class_unit", "day"),),
    "timetable_slots": (("class_unit",),),
    "assignments": (("class_unit", "subject"),),
    "changes": (("class_unit", "day"),),
    "coverage": (("class_unit", "subject"),),
    "term_coverage": (("class_unit", "subject"),),
    "group_pupils": (("study_group", "pupil"), ("pupil",)),
    "empty_rosters": (("class_unit",),),
    "class_bells": (("class_unit",),),
    "subject_facts": (("subject",),),
}
"""What rules and imports look rows up by, after the school; the marks' two serve alone, so that
their 250 000 rows a year are never visited in the table."""


def _column(relation: Relation, name: str) -> Column[object]:
    text = name in TEXTS and (relation.name, name) not in YES_OR_NO
    absent = name in OPTIONAL and name not in relation.key
    required = not absent and (relation.name, name) not in ABSENT_IN_KEY
    kind = Text() if text else BigInteger() if name.endswith("_at") else Integer()
    return Column(name, kind, nullable=not required)


def _table(relation: Relation) -> Table:
    return Table(
        relation.name,
        metadata,
        Column("row_id", key, primary_key=True),
        Column("school", Integer, ForeignKey("schools.id"), nullable=False),
        *(_column(relation, name) for name in relation.columns),
        Column("born", Integer, nullable=False),
        Column("died", Integer, nullable=False),
        *(Index(None, "school", *columns) for columns in INDEXED.get(relation.name, ((),))),
    )


relations = {relation.name: _table(relation) for relation in RELATIONS}

class_units = Table(
    "class_units",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("grade", Integer, nullable=False),
    UniqueConstraint("school", "name"),
)
subjects = Table(
    "subjects",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("marks", Integer, nullable=False),
    Column("homework", Integer, nullable=False),
    UniqueConstraint("school", "name"),
)
staff = Table(
    "staff",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("school", "name"),
)
study_groups = Table(
    "study_groups",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("class_unit", Integer, ForeignKey("class_units.id"), nullable=False),
    Column("subject", Integer, ForeignKey("subjects.id"), nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("school", "class_unit", "subject", "name"),
)
pupils = Table(
    "pupils",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("class_unit", Integer, ForeignKey("class_units.id"), nullable=False),
    Column("number", Integer, nullable=False),
    UniqueConstraint("school", "class_unit", "number"),
)
aliases = Table(
    "aliases",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("alias_key", Text, nullable=False),
    Column("target", Integer, nullable=False),
    UniqueConstraint("school", "kind", "alias_key"),
)
imports = Table(
    "imports",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False, index=True),
    Column("parent", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("touched", Text, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("staged_at", Moment, nullable=False),
    Column("applied_at", Moment),
    Column("undone_at", Moment),
    Column("analysed", Integer, nullable=False, default=0),
    Column("by_person", Integer),
)
import_places = Table(
    "import_places",
    metadata,
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("number", key, ForeignKey("imports.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("class_unit", Integer, primary_key=True),
    Column("subject", Integer, primary_key=True),
    Column("study_group", Integer, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, primary_key=True),
    Index(None, "school", "class_unit", "subject"),
)
"""What each import showed of the journal: two that showed one place are two snapshots of it."""
calendar_days = Table(
    "calendar_days",
    metadata,
    Column("school", Integer, ForeignKey("schools.id"), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("begins", BigInteger, nullable=False),
    Column("deadline", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Column("moved", BigInteger, nullable=False, server_default=text("0")),
)
rule_passports = Table(
    "rule_passports",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("rule", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("enabled", Integer, nullable=False),
    Column("severity", Text, nullable=False),
    Column("clause", Text, nullable=False),
    Column("thresholds", Text, nullable=False),
    Column("since", Integer, nullable=False, server_default=text("0")),
    Column("changed_at", Moment, nullable=False),
    Column("by_person", Integer),
    UniqueConstraint("school", "rule", "version"),
)
findings = Table(
    "findings",
    metadata,
    Column("id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("rule", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("class_unit", Integer),
    Column("study_group", Integer, nullable=False),
    Column("subject", Integer),
    Column("staff", Integer),
    Column("day", Integer),
    Column("number", Integer),
    Column("pupil", Integer),
    Column("first_seen", Moment, nullable=False),
    UniqueConstraint("school", "identity"),
)
finding_spans = Table(
    "finding_spans",
    metadata,
    Column("row_id", key, primary_key=True),
    Column("school", Integer, ForeignKey("schools.id"), nullable=False),
    Column("finding", Integer, ForeignKey("findings.id"), nullable=False),
    Column("severity", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("passport_version", Integer, nullable=False),
    Column("born", Integer, nullable=False),
    Column("died", Integer, nullable=False),
    Index(None, "school", "finding"),
)
