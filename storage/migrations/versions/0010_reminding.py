"""Silences, hours of private digests, steps of escalation."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _settings()
    _reminders()
    _silences()


def _settings() -> None:
    op.create_table(
        "reminding_settings",
        sa.Column("school", KEY, autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school"], ["schools.id"], name=op.f("fk_reminding_settings_school")
        ),
        sa.PrimaryKeyConstraint("school", name=op.f("pk_reminding_settings")),
    )
    op.create_table(
        "reminder_hours",
        sa.Column("person", KEY, autoincrement=False, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_reminder_hours_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_reminder_hours")),
    )
    op.create_table(
        "unreached_staff",
        sa.Column("school", KEY, nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_unreached_staff_school")),
        sa.PrimaryKeyConstraint("school", "staff", name=op.f("pk_unreached_staff")),
    )


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", KEY, nullable=False),
        sa.Column("school", KEY, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_reminders_person")),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_reminders_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("person", "key", name=op.f("uq_reminders_person_key")),
    )
    op.create_index(op.f("ix_reminders_school_day"), "reminders", ["school", "day"], unique=False)
    op.create_table(
        "reminder_findings",
        sa.Column("reminder", KEY, nullable=False),
        sa.Column("finding", KEY, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding"], ["findings.id"], name=op.f("fk_reminder_findings_finding")
        ),
        sa.ForeignKeyConstraint(
            ["reminder"], ["reminders.id"], name=op.f("fk_reminder_findings_reminder")
        ),
        sa.PrimaryKeyConstraint("reminder", "finding", "level", name=op.f("pk_reminder_findings")),
    )
    op.create_index(
        op.f("ix_reminder_findings_finding"), "reminder_findings", ["finding"], unique=False
    )


def _silences() -> None:
    op.create_table(
        "silences",
        sa.Column("school", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("class_unit", sa.Integer(), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Integer(), nullable=True),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", KEY, nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("ended_by", KEY, nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name=op.f("fk_silences_ended_by")),
        sa.ForeignKeyConstraint(["school"], ["schools.id"], name=op.f("fk_silences_school")),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_silences_set_by")),
        sa.PrimaryKeyConstraint("school", "number", name=op.f("pk_silences")),
    )
