"""The journal's own log, what each import saw, and views of what the journal once said."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
VIEWS = {
    "journal_changes": """
        SELECT t.school, t.class_unit, t.subject, t.study_group, t.changed_at, t.day, t.author,
        t.period, t.action, t.position FROM changes AS t JOIN schools AS s ON s.id = t.school
        WHERE t.born <= s.generation AND t.died > s.generation
    """,
    "journal_past_lessons": """
        SELECT t.school, t.class_unit, t.day, t.number, t.subject, t.study_group, t.staff,
        t.instead_of, t.topic, t.topic_plain, t.homework, t.work_kind, t.work_type, t.state_said,
        t.state, t.attendance_said, t.attendance_taken, t.entered_at, t.modified_at, t.author,
        t.born, t.died FROM lessons AS t JOIN schools AS s ON s.id = t.school WHERE t.born <=
        s.generation AND t.died <= s.generation
    """,
    "journal_past_marks": """
        SELECT t.school, t.class_unit, t.pupil, t.day, t.number, t.subject, t.study_group,
        t.position, t.value, t.code, t.raw, t.work_kind, t.weight, t.entered_at, t.author, t.born,
        t.died FROM marks AS t JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation
        AND t.died <= s.generation
    """,
    "journal_past_term_marks": """
        SELECT t.school, t.class_unit, t.pupil, t.subject, t.year, t.kind, t.number, t.value,
        t.code, t.entered_at, t.born, t.died FROM term_marks AS t JOIN schools AS s ON s.id =
        t.school WHERE t.born <= s.generation AND t.died <= s.generation
    """,
    "journal_findings": """
        SELECT t.school, f.id AS finding, f.rule, f.identity, f.class_unit, f.subject,
        f.study_group, f.staff, f.day, f.number, f.pupil, f.first_seen / 1000000 AS first_seen,
        t.severity, t.facts, t.passport_version, t.born FROM finding_spans AS t JOIN findings AS f
        ON f.id = t.finding JOIN schools AS s ON s.id = t.school WHERE t.born <= s.generation AND
        t.died > s.generation
    """,
    "journal_snapshots": """
        SELECT p.school, p.number, p.kind, p.class_unit, p.subject, p.study_group, p.first,
        p.last, i.as_of / 1000000 AS as_of FROM import_places AS p JOIN imports AS i ON i.id =
        p.number JOIN schools AS s ON s.id = p.school WHERE i.state = 'applied' AND i.id <=
        s.generation
    """,
    "journal_access": """
        SELECT p.school, p.staff, r.role, r.since / 1000000 AS since, r.until / 1000000 AS until
        FROM people AS p JOIN person_roles AS r ON r.person = p.id WHERE p.revoked_at IS NULL
    """,
}


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("row_id", KEY, nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=True),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("author", sa.Integer(), nullable=True),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_changes_school")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_changes")),
    )
    op.create_index(
        op.f("ix_changes_school_class_unit_day"),
        "changes",
        ["school", "class_unit", "day"],
        unique=False,
    )
    op.create_table(
        "import_places",
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["imports.id"], name=op.f("fk_import_places_number")),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_import_places_school")),
        sa.PrimaryKeyConstraint(
            "number",
            "kind",
            "class_unit",
            "subject",
            "study_group",
            "first",
            "last",
            name=op.f("pk_import_places"),
        ),
    )
    op.create_index(
        op.f("ix_import_places_school_class_unit_subject"),
        "import_places",
        ["school", "class_unit", "subject"],
        unique=False,
    )
    op.execute("DROP VIEW journal_findings")
    for name, statement in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {statement}")
