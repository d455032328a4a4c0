"""Analyses with their versions."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "analyses",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rests_on", sa.Text(), nullable=False),
        sa.Column("as_of", Moment(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reminded_at", Moment(), nullable=True),
        sa.Column("recheck", sa.Integer(), nullable=False),
        sa.Column("rechecked", sa.Text(), nullable=True),
        _refers("analyses", "school", "schools"),
        _refers("analyses", "decided_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analyses")),
        sa.UniqueConstraint(
            "school", "period", "version", name=op.f("uq_analyses_school_period_version")
        ),
    )
    op.create_index(op.f("ix_analyses_state"), "analyses", ["state"])
    op.create_table(
        "analysis_recipients",
        sa.Column("analysis", KEY, nullable=False),
        sa.Column("person", KEY, nullable=False),
        _refers("analysis_recipients", "analysis", "analyses"),
        _refers("analysis_recipients", "person", "people"),
        sa.PrimaryKeyConstraint("analysis", "person", name=op.f("pk_analysis_recipients")),
    )
    op.create_table(
        "analysis_settings",
        sa.Column("school", KEY, nullable=False),
        sa.Column("deputy", KEY, nullable=True),
        sa.Column("template", sa.LargeBinary(), nullable=True),
        sa.Column("template_at", Moment(), nullable=True),
        _refers("analysis_settings", "school", "schools"),
        _refers("analysis_settings", "deputy", "people"),
        sa.PrimaryKeyConstraint("school", name=op.f("pk_analysis_settings")),
    )
