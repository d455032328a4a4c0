"""Tables whose format a person named, known by their headers; names that a person explained."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SAID_BEFORE = """
INSERT INTO said_names (school, kind, alias_key, name, target, said_at)
SELECT school, kind, alias_key, alias_key, target, 0 FROM aliases WHERE kind = 'class'
"""


def upgrade() -> None:
    op.create_table(
        "familiar_headers",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("said_at", Moment(), nullable=False),
        sa.Column("forgotten_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_familiar_headers_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_familiar_headers")),
        sa.UniqueConstraint("school", "header", name=op.f("uq_familiar_headers_school_header")),
    )
    op.create_table(
        "said_names",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("alias_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("said_at", Moment(), nullable=False),
        sa.Column("forgotten_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_said_names_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_said_names")),
        sa.UniqueConstraint(
            "school", "kind", "alias_key", name=op.f("uq_said_names_school_kind_alias_key")
        ),
    )
    op.execute(SAID_BEFORE)
