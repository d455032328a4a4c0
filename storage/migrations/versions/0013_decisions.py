"""Decisions with their owners and steps."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_decision(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["school", "number"],
        ["decisions.school", "decisions.number"],
        name=op.f(f"fk_{table}_school_number"),
    )


def _person(table: str, column: str = "person") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_ref", sa.BigInteger(), nullable=False),
        sa.Column("source_words", sa.Text(), nullable=False),
        sa.Column("set_by", KEY, nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("scenario", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_decisions_school")),
        _person("decisions", "set_by"),
        sa.PrimaryKeyConstraint("school", "number", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_school_state"), "decisions", ["school", "state"])
    op.create_table(
        "decision_owners",
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=True),
        _person("decision_owners"),
        _of_decision("decision_owners"),
        sa.PrimaryKeyConstraint("school", "number", "person", name=op.f("pk_decision_owners")),
    )
    op.create_index(op.f("ix_decision_owners_person"), "decision_owners", ["person"])
    op.create_table(
        "decision_events",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", KEY, nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        _person("decision_events"),
        _of_decision("decision_events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_events")),
    )
    op.create_index(
        op.f("ix_decision_events_school_number"), "decision_events", ["school", "number"]
    )
    op.create_index(op.f("ix_decision_events_person"), "decision_events", ["person"])
    op.create_table(
        "decision_files",
        sa.Column("event", KEY, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("unique_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event"], ["decision_events.id"], name=op.f("fk_decision_files_event")
        ),
        sa.PrimaryKeyConstraint("event", "part", name=op.f("pk_decision_files")),
    )
