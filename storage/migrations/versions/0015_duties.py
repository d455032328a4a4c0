"""Entries of the journal of own duties."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "duty_entries",
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by", KEY, nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_duty_entries_person")),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_duty_entries_school")),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["people.id"], name=op.f("fk_duty_entries_undone_by")
        ),
        sa.PrimaryKeyConstraint("school", "number", name=op.f("pk_duty_entries")),
    )
