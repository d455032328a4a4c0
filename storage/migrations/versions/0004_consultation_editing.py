"""Askers of open questions, suggested entries, files of the base of answers."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "unanswered_askers",
        sa.Column("question", KEY, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_unanswered_askers_person")
        ),
        sa.ForeignKeyConstraint(
            ["question"], ["unanswered_questions.id"], name=op.f("fk_unanswered_askers_question")
        ),
        sa.PrimaryKeyConstraint("question", "person", name=op.f("pk_unanswered_askers")),
    )
    op.create_table(
        "consultation_suggestions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("settled_by", KEY, nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_consultation_suggestions_person")
        ),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_consultation_suggestions_school")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["people.id"], name=op.f("fk_consultation_suggestions_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_suggestions")),
    )
    op.create_index(
        op.f("ix_consultation_suggestions_school_state"),
        "consultation_suggestions",
        ["school", "state"],
        unique=False,
    )
    op.create_table(
        "consultation_files",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("undo", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_consultation_files_person")
        ),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_consultation_files_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_files")),
    )
