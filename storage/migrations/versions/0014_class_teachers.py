"""Classes of class teachers."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "class_teachers",
        sa.Column("school", KEY, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("class_unit", sa.BigInteger(), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_class_teachers_person")),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_class_teachers_school")),
        sa.PrimaryKeyConstraint("person", "class_unit", name=op.f("pk_class_teachers")),
    )
