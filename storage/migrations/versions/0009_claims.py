"""What teachers say of their findings, what the administrator answers, and whether they count."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REFERENCES = {
    "school": "schools",
    "finding": "findings",
    "person": "people",
    "answered_by": "people",
    "checked_in": "imports",
}
LATEST = "NOT EXISTS (SELECT 1 FROM claims AS l WHERE l.finding = c.finding AND l.id > c.id)"
WAIVED = (
    "SELECT w.school, w.identity FROM claims AS c JOIN findings AS w ON w.id = c.finding "  # noqa: S608  # ours
    f"WHERE c.state = 'waived' AND {LATEST}"
)
POSTPONED = (
    "SELECT c.finding, c.until FROM claims AS c "  # noqa: S608  # ours
    f"WHERE c.kind = 'postponed' AND c.state = 'waiting' AND {LATEST}"
)
FINDINGS = f"""
    SELECT t.school, f.id AS finding, f.rule, f.identity, f.class_unit, f.subject, f.study_group,
    f.staff, f.day, f.number, f.pupil, f.first_seen / 1000000 AS first_seen, t.severity, t.facts,
    t.passport_version, t.born, CASE WHEN o.identity IS NULL AND g.identity IS NULL THEN 0 ELSE 1
    END AS waived, d.until AS postponed_until FROM finding_spans AS t JOIN findings AS f ON
    f.id = t.finding JOIN schools AS s ON s.id = t.school LEFT JOIN ({WAIVED}) AS o ON
    o.school = t.school AND o.identity = f.identity LEFT JOIN ({WAIVED}) AS g ON
    g.school = t.school AND f.rule IN ('P2', 'P3', 'P4') AND g.identity = 'P1' ||
    SUBSTR(f.identity, 3) LEFT JOIN ({POSTPONED}) AS d ON d.finding = f.id WHERE t.born <=
    s.generation AND t.died > s.generation
"""  # noqa: S608  # our own words


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("finding", KEY, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("canned", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("said_at", Moment(), nullable=False),
        sa.Column("said_in", sa.Integer(), nullable=False),
        sa.Column("answered_by", KEY, nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answer_canned", sa.Text(), nullable=False),
        sa.Column("answer_words", sa.Text(), nullable=False),
        sa.Column("checked_in", KEY, nullable=True),
        sa.Column("mended", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_claims_{column}"))
            for column, table in REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_school_finding"), "claims", ["school", "finding"], unique=False)
    op.create_index(op.f("ix_claims_checked_in"), "claims", ["checked_in"], unique=False)
    op.execute("DROP VIEW journal_findings")
    op.execute(f"CREATE VIEW journal_findings AS {FINDINGS}")
