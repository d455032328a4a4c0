"""Outages of the journal and the moments they move; causes of tickets, the queue's group."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CALENDAR = """
CREATE VIEW journal_calendar AS
SELECT school, day, begins, deadline, ends, moved FROM calendar_days
"""


def upgrade() -> None:
    op.create_table(
        "outages",
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begins", Moment(), nullable=False),
        sa.Column("ends", Moment(), nullable=True),
        sa.Column("declared_by", KEY, nullable=False),
        sa.Column("declared_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("looked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["people.id"], name=op.f("fk_outages_declared_by")
        ),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_outages_school")),
        sa.PrimaryKeyConstraint("school", "number", name=op.f("pk_outages")),
    )
    op.create_index(op.f("ix_outages_school_begins"), "outages", ["school", "begins"], unique=False)
    op.create_table(
        "outage_tickets",
        sa.Column("school", KEY, nullable=False),
        sa.Column("outage", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school", "number"],
            ["tickets.school", "tickets.number"],
            name=op.f("fk_outage_tickets_school_number"),
        ),
        sa.ForeignKeyConstraint(
            ["school", "outage"],
            ["outages.school", "outages.number"],
            name=op.f("fk_outage_tickets_school_outage"),
        ),
        sa.PrimaryKeyConstraint("school", "number", name=op.f("pk_outage_tickets")),
    )
    op.create_index(
        op.f("ix_outage_tickets_school_outage"),
        "outage_tickets",
        ["school", "outage"],
        unique=False,
    )
    op.create_table(
        "ticket_causes",
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school", "number"],
            ["tickets.school", "tickets.number"],
            name=op.f("fk_ticket_causes_school_number"),
        ),
        sa.PrimaryKeyConstraint("school", "number", name=op.f("pk_ticket_causes")),
    )
    op.create_table(
        "queue_groups",
        sa.Column("school", KEY, autoincrement=False, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("topics", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_queue_groups_school")),
        sa.PrimaryKeyConstraint("school", name=op.f("pk_queue_groups")),
    )
    op.add_column(
        "calendar_days",
        sa.Column("moved", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.execute("DROP VIEW journal_calendar")
    op.execute(CALENDAR)
