"""The base of answers, the backlog of questions and the log of consultations."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "consultation_bases",
        sa.Column("school", KEY, autoincrement=False, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_consultation_bases_school")
        ),
        sa.PrimaryKeyConstraint("school", name=op.f("pk_consultation_bases")),
    )
    op.create_table(
        "consultation_sections",
        sa.Column("school", KEY, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_consultation_sections_school")
        ),
        sa.PrimaryKeyConstraint("school", "id", name=op.f("pk_consultation_sections")),
    )
    op.create_table(
        "consultations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_consultations_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    op.create_index(
        op.f("ix_consultations_school_at"), "consultations", ["school", "at"], unique=False
    )
    op.create_table(
        "unanswered_questions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("first_at", Moment(), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_unanswered_questions_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered_questions")),
        sa.UniqueConstraint("school", "plain", name=op.f("uq_unanswered_questions_school_plain")),
    )
    op.create_table(
        "consultation_entries",
        sa.Column("school", KEY, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school", "section"],
            ["consultation_sections.school", "consultation_sections.id"],
            name=op.f("fk_consultation_entries_school_section"),
        ),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_consultation_entries_school")
        ),
        sa.PrimaryKeyConstraint("school", "id", name=op.f("pk_consultation_entries")),
    )
    op.create_table(
        "consultation_aliases",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school", "entry"],
            ["consultation_entries.school", "consultation_entries.id"],
            name=op.f("fk_consultation_aliases_school_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_consultation_aliases_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_aliases")),
        sa.UniqueConstraint(
            "school", "entry", "text", name=op.f("uq_consultation_aliases_school_entry_text")
        ),
    )
    op.create_table(
        "consultation_edits",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", KEY, nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_consultation_edits_person")
        ),
        sa.ForeignKeyConstraint(
            ["school", "entry"],
            ["consultation_entries.school", "consultation_entries.id"],
            name=op.f("fk_consultation_edits_school_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_consultation_edits_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_edits")),
        sa.UniqueConstraint(
            "school", "entry", "number", name=op.f("uq_consultation_edits_school_entry_number")
        ),
    )
